/* SPDX-License-Identifier: MIT */
/* Looks up names in a schema table: which row is the member, which rows are in its container. */
#ifndef AMP_SRC_NAME_LOOKUP_H
#define AMP_SRC_NAME_LOOKUP_H

#include "ampersand/reader_state.h"

/* Returns 1 if the reader can use the table. amp_schema_check() checks the rows. */
int amp__schema_is_usable(const amp_schema_t *schema);

/* Returns 1 if a value of the row that cannot be stored counts as absent. */
static inline int amp__row_is_lenient(const amp_reader_t *reader, const amp_field_t *field)
{
    return (reader->schema->flags & AMP_LENIENT) != 0 && (field->flags & AMP_REQUIRED) == 0;
}

/* Picks the row of the next value by the name of its member in a watched object. `name` is the part of the
 * name that is not in the window. Returns AMP_PENDING, or an error. */
amp_status_t amp__name_pick(amp_reader_t *reader, const uint8_t *name, size_t len);

/* Changes a copy of the level above to the container of one of its rows, or to an element of its AMP_RECORDS
 * row. The caller has set level->is_array. */
void amp__row_enter(amp_level_t *level, unsigned row, int is_element);

/* Returns the first required row directly in the level's container that is not in the mask, or NULL. */
const amp_field_t *amp__row_missing(const amp_level_t *level, uint32_t present);

#endif

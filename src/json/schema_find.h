/* SPDX-License-Identifier: MIT */
/* Finds rows in a schema table. */
#ifndef AMP_SRC_SCHEMA_FIND_H
#define AMP_SRC_SCHEMA_FIND_H

#include "ampersand/reader_state.h"

/* 1 when a table can be read by at all. Its rows are the business of amp_schema_check(). */
int amp__schema_is_usable(const amp_schema_t *schema);

/* 1 when a value of the row that cannot be stored counts as absent. */
static inline int amp__row_is_lenient(const amp_reader_t *reader, const amp_field_t *field)
{
    return (reader->schema->flags & AMP_LENIENT) != 0 && (field->flags & AMP_REQUIRED) == 0;
}

/* The row of a name in the level's container, or NULL. */
const amp_field_t *amp__schema_find(amp_level_t *level, const char *name, size_t len);

/* Goes from a level into the container of one of its rows, or into an element of its AMP_RECORDS row. The
 * caller has set level->is_array. */
void amp__row_enter(amp_level_t *level, unsigned row, int is_element);

/* The first required row directly in the level's container that is not in the mask, or NULL. */
const amp_field_t *amp__row_missing(const amp_level_t *level, uint32_t present);

#endif

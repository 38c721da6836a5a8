/* SPDX-License-Identifier: MIT */
/* Finds rows in a schema table. */
#ifndef AMP_SRC_JSON_ROWS_H
#define AMP_SRC_JSON_ROWS_H

#include "ampersand/state.h"

/* 1 when the reader can use the table at all. amp_schema_check() checks its rows. */
int amp_rows_fit(const amp_schema_t *schema);

/* 1 when a value of the row that cannot be stored counts as absent. */
static inline int amp_row_is_lenient(const amp_reader_t *reader, const amp_field_t *field)
{
    return (reader->schema->flags & AMP_LENIENT) != 0 && (field->flags & AMP_REQUIRED) == 0;
}

/* Returns the row of a name in the level's container, or NULL. */
const amp_field_t *amp_row_find(amp_level_t *level, const uint8_t *name, size_t len);

/* Goes from a level into the container of one of its rows, or into an element of its AMP_EACH row. The
 * caller has set level->is_array. */
void amp_row_enter(amp_level_t *level, unsigned row, int is_element);

/* Returns the row after the last one that is in the container of `row`. */
uint8_t amp_row_end(const amp_schema_t *schema, unsigned row);

/* Returns the first required row directly in the level's container that is not in the mask, or NULL. */
const amp_field_t *amp_row_missing(const amp_level_t *level, uint32_t present);

#endif

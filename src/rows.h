/* SPDX-License-Identifier: MIT */
/* Finds rows in a schema table. */
#ifndef AMP_SRC_ROWS_H
#define AMP_SRC_ROWS_H

#include "ampersand/state.h"

/* 1 when a table can be read by at all. Its rows are the business of amp_schema_check(). */
int amp_rows_fit(const amp_schema_t *schema);

/* 1 when the row is directly in a container whose rows have a common path of `prefix` bytes. */
int amp_row_is_direct(const amp_field_t *field, size_t prefix);

/* The row of a name in the level's container, or NULL. */
const amp_field_t *amp_row_find(amp_level_t *level, const char *name, size_t len);

/* The end of the rows that follow `row` and are in its container: they begin with its path and
 * `mark`. */
uint8_t amp_row_group_end(const amp_schema_t *schema, unsigned row, char mark);

#endif

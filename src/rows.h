/* SPDX-License-Identifier: MIT */
/* Finds rows in a schema table. */
#ifndef AMP_SRC_ROWS_H
#define AMP_SRC_ROWS_H

#include "ampersand/state.h"

/* 1 when this, the end of a path, is one name or element. */
int amp_row_is_one(const char *path);

/* The row of a name in the level's container, or NULL. */
const amp_field_t *amp_row_find(amp_level_t *level, const char *name, size_t len);

/* The end of the rows that follow `row` and begin with its path of len bytes and `mark`. */
uint8_t amp_row_group_end(const amp_schema_t *schema, unsigned row, size_t len, char mark);

#endif

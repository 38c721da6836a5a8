/* SPDX-License-Identifier: MIT */
/* Prints a row of a table on standard output, over as many lines as the width of the terminal needs. */
#ifndef CLI_TABLE_OUT_H
#define CLI_TABLE_OUT_H

typedef struct {
    const char *header;
    const char *path;
    unsigned width; /* columns of the terminal. A longer text is truncated, except in the last column. */
} column_t;

/* Returns the text of a row in a column, and its colour, an escape sequence that is empty by default. */
typedef const char *(*table_cell_t)(void *ctx, const column_t *column, const char **out_colour);

/* Prints a row. The last element of `columns` has no header. */
void table_print(const column_t *columns, table_cell_t cell, void *ctx);

#endif

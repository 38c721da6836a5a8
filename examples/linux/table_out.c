/* SPDX-License-Identifier: MIT */
/* A column that does not fit the line starts the next line, after two spaces. Its place depends only on the
 * widths of the columns and the terminal, so rows are aligned and each is printed when it arrives:
 *
 *   STATUS           PROVIDER        GROUP                 CONSUMER
 *     UPDATED               ID
 *   working          salesforce      group-alpha           consumer-alpha
 *     2026-11-28 17:48:49Z  665e047a-4ec6-5be2-be1d-772fd9576b77
 *
 * Invariant: a line is longer than the terminal only if it has a word of the last column that is longer. */
#include "table_out.h"

#include <stdio.h>

#include "terminal.h"
#include "text_out.h"

#define GAP 2u /* spaces between columns, and before the first column of a further line */
#define PLAIN "\033[0m"

/* Returns 1 when the next column fits the line, of which `at` columns are used. */
static int fits(const column_t *column, unsigned at, unsigned width)
{
    return at + GAP + column->width <= width;
}

/* Prints a text in the column at `at`. `is_end`: it is the last of the line, so that it is not padded and has
 * the rest of the line. */
static void print_cell(const column_t *column, const char *text, unsigned at, unsigned width, int is_end)
{
    if (column[1].header == NULL) {
        text_wrap(stdout, text, at, at, width);
    } else if (is_end) {
        text_clip(stdout, text, width > at ? width - at : 1u);
    } else {
        text_print(stdout, text, column->width);
    }
}

void table_print(const column_t *columns, table_cell_t cell, void *ctx)
{
    unsigned width = terminal_width(stdout);
    unsigned at = 0;
    for (const column_t *column = columns; column->header != NULL; ++column) {
        const char *colour = "";
        const char *text = cell(ctx, column, &colour);
        if (column != columns) {
            int is_same_line = fits(column, at, width);
            fputs(is_same_line ? "" : "\n", stdout);
            at = is_same_line ? at : 0;
            at += (unsigned)printf("%*s", (int)GAP, "");
        }
        fputs(colour, stdout);
        print_cell(column, text, at, width, !fits(column + 1, at + column->width, width));
        fputs(*colour != '\0' ? PLAIN : "", stdout);
        at += column->width;
    }
    putchar('\n');
}

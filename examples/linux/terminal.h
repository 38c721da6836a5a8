/* SPDX-License-Identifier: MIT */
/* The capabilities of the terminal. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdio.h>

/* Returns 1 when standard output is a terminal with colours, and NO_COLOR is not set. */
int terminal_has_colour(void);

/* Returns 1 when standard output is a terminal where a line can be overwritten. */
int terminal_can_redraw(void);

/* Returns the columns of the terminal that a stream is connected to, or 0 when they are unknown. */
unsigned terminal_columns(FILE *out);

/* Returns the columns of the terminal that a stream is connected to, or 80 when they are unknown. */
unsigned terminal_width(FILE *out);

#endif

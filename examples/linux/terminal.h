/* SPDX-License-Identifier: MIT */
/* What standard output is able to show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdio.h>

/* It is a terminal that obeys, and is to be shown colour. */
int terminal_has_colour(void);

/* It is a terminal where a line can be written over. */
int terminal_can_redraw(void);

/* The columns of the terminal that a stream is; 0: it is none, or does not say. */
unsigned terminal_columns(FILE *out);

#endif

/* SPDX-License-Identifier: MIT */
/* Text of others on a terminal and in JSON: whatever the bytes are, what is printed is UTF-8
 * that moves no cursor. */
#ifndef CLI_TEXT_OUT_H
#define CLI_TEXT_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The character at p, which is not at the closing NUL: its bytes; 1 with U+FFFD in *out_character
 * when they are not UTF-8. */
size_t text_character(const char *p, uint32_t *out_character);

/* Prints text in `width` columns: padded with spaces, or cut with an ellipsis. A width of 0
 * prints all of it and no more. */
void text_print(FILE *out, const char *text, unsigned width);

/* Prints text as a JSON string. */
void text_print_json(FILE *out, const char *text);

#endif

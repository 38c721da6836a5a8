/* SPDX-License-Identifier: MIT */
/* Prints text from outside, such as the service or a path, on a terminal and in JSON. The output is valid
 * UTF-8 without control characters, for any input bytes. */
#ifndef CLI_TEXT_OUT_H
#define CLI_TEXT_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Decodes the UTF-8 character at `p`, which is not at the NUL. Returns its length in bytes. When the bytes
 * are not valid UTF-8 (RFC 3629), stores U+FFFD and returns 1. */
size_t text_character(const char *p, uint32_t *out_character);

/* Prints text in `width` columns, padded with spaces or truncated with an ellipsis. A width of 0 prints the
 * whole text without padding. */
void text_print(FILE *out, const char *text, unsigned width);

/* Prints text in at most `width` columns, truncated with an ellipsis and not padded. */
void text_clip(FILE *out, const char *text, unsigned width);

/* Prints text in lines that end before column `width`, broken at spaces. The text starts in column `at`, its
 * further lines in column `indent`. A longer word is not broken. A command line is not broken either, so that
 * it can be pasted. It starts with "ampersand " and is the end of the text. A width of 0 breaks no line. No
 * newline is printed after the text. */
void text_wrap(FILE *out, const char *text, unsigned at, unsigned indent, unsigned width);

/* Prints text as a JSON string. */
void text_print_json(FILE *out, const char *text);

#endif

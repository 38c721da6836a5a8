/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): writes a character, validates text, finds where text can be truncated. */
#ifndef AMP_SRC_UTF8_H
#define AMP_SRC_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/text.h"

/* Writes a character up to U+10FFFF and returns its length in bytes, 1 to 4. No NUL is written. */
size_t amp__utf8_put(uint32_t character, char out[4]);

/* Returns the length of `text` without an incomplete last character; `len` when the last one is complete.
 * The text must be valid up to there. */
size_t amp__utf8_whole(const char *text, size_t len);

/* Value of `remaining` after a byte that is not valid. */
#define AMP_UTF8_INVALID 4u

/* Validates the adjacent characters beyond ASCII from p on, up to `end`. *utf8 must be zero at the start of a
 * text. Returns the first byte that is ASCII or not valid, or end. utf8->remaining is then 0 between two
 * characters, 1 to 3 if `end` is within a character, and AMP_UTF8_INVALID if the byte is not valid. */
const uint8_t *amp__utf8_run(amp_utf8_t *utf8, const uint8_t *p, const uint8_t *end);

/* Returns 1 when the view is valid UTF-8 without a NUL, else 0. */
int amp__utf8_valid(const amp_str_t *text);

#endif

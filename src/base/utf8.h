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

/* Validates the next byte of a text. *utf8 must be zero before the first byte. utf8->remaining is 0 between
 * two characters, so the text must also end with remaining 0. Returns 1, or 0 when the byte is not valid
 * there. */
int amp__utf8_step(amp_utf8_t *utf8, uint8_t c);

/* Returns 1 when the view is valid UTF-8 without a NUL, else 0. */
int amp__utf8_valid(const amp_str_t *text);

#endif

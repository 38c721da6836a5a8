/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629). */
#ifndef AMP_SRC_UTF8_H
#define AMP_SRC_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/state.h"

/* Writes a character up to U+10FFFF; returns how many bytes it took. */
size_t amp_utf8_put(uint32_t character, char out[4]);

/* How many of len bytes are left when an incomplete last character is dropped. */
size_t amp_utf8_whole(const char *text, size_t len);

/* Takes the characters beyond ASCII that follow one another from p on, up to `end`. *utf8 is zero at the start of
 * a text; its `left` is 0 between characters, and else this goes on with the character that is in progress.
 * Returns the first byte that is ASCII, or end; NULL when a byte cannot be where it is. */
const uint8_t *amp_utf8_run(amp_utf8_t *utf8, const uint8_t *p, const uint8_t *end);

/* 1 when the view is valid UTF-8 without a NUL. */
int amp_utf8_valid(amp_str_t text);

#endif

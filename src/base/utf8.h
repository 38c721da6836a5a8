/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629). */
#ifndef AMP_SRC_UTF8_H
#define AMP_SRC_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/text.h"

/* Writes a character up to U+10FFFF; gives how many bytes it took. */
size_t amp__utf8_put(uint32_t character, char out[4]);

/* How many of len bytes are left when an incomplete last character is dropped. */
size_t amp__utf8_whole(const char *text, size_t len);

/* Takes the next byte of a text; *utf8 is zero at its start, and remaining is 0 between characters. 0 when
 * the byte cannot be there. */
int amp__utf8_step(amp_utf8_t *utf8, uint8_t c);

/* 1 when the view is valid UTF-8 without a NUL. */
int amp__utf8_valid(amp_str_t text);

#endif

/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629). */
#ifndef AMP_SRC_UTF8_H
#define AMP_SRC_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/text.h"

/* Writes a character up to U+10FFFF; gives how many bytes it took. */
size_t amp_utf8_put(uint32_t character, char out[4]);

/* How many of len bytes are left when an incomplete last character is dropped. */
size_t amp_utf8_whole(const char *text, size_t len);

/* 1 when the view is valid UTF-8 without a NUL. */
int amp_utf8_valid(amp_str_t text);

#endif

/* SPDX-License-Identifier: MIT */
/* Unescapes the raw text of a JSON string: \n, \u00e9, \ud83d\ude00 (RFC 8259, section 7). */
#ifndef AMP_SRC_UNESCAPE_H
#define AMP_SRC_UNESCAPE_H

#include <stddef.h>
#include <stdint.h>

/* Returns the bytes of UTF-8 that a UTF-16 code unit becomes. Half of a surrogate pair becomes 2, because the
 * pair becomes 4. */
static inline unsigned amp__unescape_size(unsigned unit)
{
    return unit < 0x80u ? 1u : unit < 0x800u || unit >> 11 == 0x1bu ? 2u : 3u;
}

/* Unescapes `len` bytes, whose form was checked, into `cap` bytes with a NUL at the end. `out` may be p, or
 * before p. Returns the length; or -1 if the text has U+0000 or half of a surrogate pair, or does not fit.
 * With `truncate`, the text ends after the last character that fits; the raw text may itself be truncated. */
int amp__unescape(const uint8_t *p, size_t len, char *out, size_t cap, int truncate);

/* Returns the length of the raw text without an escape that is truncated at its end. The text begins with its
 * quote. */
size_t amp__unescape_whole(const uint8_t *text, size_t len);

#endif

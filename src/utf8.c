/* SPDX-License-Identifier: MIT */
#include "utf8.h"

size_t amp_utf8_put(uint32_t character, char out[4])
{
    size_t len = character < 0x80u ? 1 : character < 0x800u ? 2 : character < 0x10000u ? 3 : 4;
    for (size_t i = len - 1u; i > 0; --i) {
        out[i] = (char)(0x80u | (character & 0x3fu));
        character >>= 6;
    }
    out[0] = (char)(len > 1u ? 0xf00u >> len | character : character);
    return len;
}

/* Bytes of the character that starts with c; 0 when no character does. */
static size_t length_by_lead(uint8_t c)
{
    if (c < 0x80u) {
        return 1;
    }
    if (c < 0xc2u || c > 0xf4u) {
        return 0;
    }
    return c < 0xe0u ? 2 : c < 0xf0u ? 3 : 4;
}

size_t amp_utf8_whole(const char *text, size_t len)
{
    size_t at = len;
    size_t back = 0;
    while (at > 0 && back < 4u) {
        --at;
        ++back;
        if (((uint8_t)text[at] & 0xc0u) != 0x80u) {
            return length_by_lead((uint8_t)text[at]) > back ? at : len;
        }
    }
    return len;
}

int amp_utf8_valid(amp_str_t text)
{
    size_t at = 0;
    while (at < text.len) {
        const uint8_t *p = (const uint8_t *)text.ptr + at;
        size_t len = length_by_lead(p[0]);
        if (p[0] == 0 || len == 0 || len > text.len - at) {
            return 0;
        }
        for (size_t i = 1; i < len; ++i) {
            if ((p[i] & 0xc0u) != 0x80u) {
                return 0;
            }
        }
        if ((p[0] == 0xe0u && p[1] < 0xa0u) || (p[0] == 0xedu && p[1] > 0x9fu) ||
            (p[0] == 0xf0u && p[1] < 0x90u) || (p[0] == 0xf4u && p[1] > 0x8fu)) {
            return 0;
        }
        at += len;
    }
    return 1;
}

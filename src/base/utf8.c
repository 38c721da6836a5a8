/* SPDX-License-Identifier: MIT */
#include "utf8.h"

size_t amp__utf8_put(uint32_t character, char out[4])
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

size_t amp__utf8_whole(const char *text, size_t len)
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

int amp__utf8_step(amp_utf8_t *utf8, uint8_t c)
{
    unsigned quarter = (unsigned)(c >> 4) - 8u; /* of the range of bytes that continue a character */
    if (utf8->remaining == 0) {
        utf8->remaining = (uint8_t)(length_by_lead(c) - 1u);
        utf8->allowed = c == 0xe0 ? 0xc : c == 0xed ? 0x3 : c == 0xf0 ? 0xe : c == 0xf4 ? 0x1 : 0xf;
        return utf8->remaining < 4u;
    }
    int fits = quarter < 4u && ((unsigned)utf8->allowed >> quarter & 1u) != 0;
    --utf8->remaining;
    utf8->allowed = 0xf;
    return fits;
}

int amp__utf8_valid(amp_str_t text)
{
    amp_utf8_t utf8 = {0, 0};
    for (size_t i = 0; i < text.len; ++i) {
        if (text.ptr[i] == '\0' || !amp__utf8_step(&utf8, (uint8_t)text.ptr[i])) {
            return 0;
        }
    }
    return utf8.remaining == 0;
}

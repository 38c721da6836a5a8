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

/* The bits of `quarters` after each first byte: RFC 3629, section 4. A quarter is 80 to 8f, and so on. */
static unsigned quarters_by_lead(unsigned c)
{
    return c == 0xe0u ? 0xcu : c == 0xedu ? 0x3u : c == 0xf0u ? 0xeu : c == 0xf4u ? 0x1u : 0xfu;
}

const uint8_t *amp_utf8_run(amp_utf8_t *utf8, const uint8_t *p, const uint8_t *end)
{
    unsigned left = utf8->left;
    unsigned quarters = utf8->quarters;
    for (; p < end; ++p) {
        unsigned c = *p;
        if (left > 0) {
            unsigned quarter = (c >> 4) - 8u;
            if (quarter >= 4u || (quarters >> quarter & 1u) == 0) {
                return NULL;
            }
            --left;
            quarters = 0xf;
        } else if (c >= 0x80u) {
            if (c < 0xc2u || c > 0xf4u) {
                return NULL;
            }
            left = 1u + (c >= 0xe0u) + (c >= 0xf0u);
            quarters = quarters_by_lead(c);
        } else {
            break;
        }
    }
    utf8->left = (uint8_t)left;
    utf8->quarters = (uint8_t)quarters;
    return p;
}

int amp_utf8_valid(amp_str_t text)
{
    amp_utf8_t utf8 = {0, 0};
    const uint8_t *p = (const uint8_t *)text.ptr;
    const uint8_t *end = text.len > 0 ? p + text.len : p;
    while (p < end) {
        if (*p == '\0') {
            return 0;
        }
        p = *p < 0x80u ? p + 1 : amp_utf8_run(&utf8, p, end);
        if (p == NULL) {
            return 0;
        }
    }
    return utf8.left == 0;
}

/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629). Overlong forms, surrogates and characters above U+10FFFF are invalid. */
#include "utf8.h"

size_t amp__utf8_put(uint32_t character, char out[4])
{
    size_t len = character < 0x80u ? 1 : character < 0x800u ? 2 : character < 0x10000u ? 3 : 4;
    for (size_t i = len - 1u; i > 0; --i) {
        out[i] = (char)(0x80u | (character & 0x3fu));
        character >>= 6;
    }
    /* The low byte of 0xf00 >> len is the mark of a first byte: 0xc0 for 2 bytes, 0xe0 for 3, 0xf0 for 4. */
    out[0] = (char)(len > 1u ? 0xf00u >> len | character : character);
    return len;
}

/* Returns the length of the character whose first byte is c, or 0 when no character starts with c. The bytes
 * 0xc0 and 0xc1 would be overlong; 0xf5 and above would exceed U+10FFFF. */
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
    size_t tail = 0; /* bytes from `at` to the end */
    while (at > 0 && tail < 4u) {
        --at;
        ++tail;
        if (((uint8_t)text[at] & 0xc0u) != 0x80u) {
            return length_by_lead((uint8_t)text[at]) > tail ? at : len;
        }
    }
    return len;
}

/* Returns the bits of `allowed` after a first byte. The bytes 0x80 to 0xbf continue a character. `allowed`
 * has a bit for each quarter of that range: bit 0 for 0x80 to 0x8f, bit 3 for 0xb0 to 0xbf. The bit is set if
 * the next byte may be in that quarter. Only the second byte of a character is restricted. After 0xe0 it is
 * 0xa0 to 0xbf (else overlong), after 0xed 0x80 to 0x9f (else a surrogate). After 0xf0 it is 0x90 to 0xbf,
 * after 0xf4 0x80 to 0x8f. */
static unsigned allowed_by_lead(unsigned c)
{
    return c == 0xe0u ? 0xcu : c == 0xedu ? 0x3u : c == 0xf0u ? 0xeu : c == 0xf4u ? 0x1u : 0xfu;
}

const uint8_t *amp__utf8_run(amp_utf8_t *utf8, const uint8_t *p, const uint8_t *end)
{
    unsigned remaining = utf8->remaining;
    unsigned allowed = utf8->allowed;
    for (; p < end; ++p) {
        unsigned c = *p;
        if (remaining > 0) {
            unsigned quarter = (c >> 4) - 8u;
            if (quarter >= 4u || (allowed >> quarter & 1u) == 0) {
                remaining = AMP_UTF8_INVALID;
                break;
            }
            --remaining;
            allowed = 0xf;
        } else if (c >= 0x80u) {
            if (c < 0xc2u || c > 0xf4u) {
                remaining = AMP_UTF8_INVALID;
                break;
            }
            remaining = 1u + (c >= 0xe0u) + (c >= 0xf0u);
            allowed = allowed_by_lead(c);
        } else {
            break;
        }
    }
    utf8->remaining = (uint8_t)remaining;
    utf8->allowed = (uint8_t)allowed;
    return p;
}

int amp__utf8_valid(const amp_str_t *text)
{
    amp_utf8_t utf8 = {0, 0};
    const uint8_t *p = (const uint8_t *)text->ptr;
    const uint8_t *end = text->len > 0 ? p + text->len : p;
    while (p < end && *p != '\0') {
        p = *p < 0x80u ? p + 1 : amp__utf8_run(&utf8, p, end);
        if (utf8.remaining > 0) {
            return 0; /* invalid, or the text ends within a character */
        }
    }
    return p == end;
}

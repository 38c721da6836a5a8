/* SPDX-License-Identifier: MIT */
/* Unescapes JSON strings (RFC 8259, section 7). The automaton has checked the form of every escape. This file
 * checks only that the characters exist: no NUL, no surrogate without its other half. */
#include "unescape.h"

#include <string.h>

#include "../base/utf8.h"

/* Returns the code unit of the \uXXXX at p. */
static unsigned code_unit(const uint8_t *p)
{
    unsigned unit = 0;
    for (int i = 2; i < 6; ++i) {
        unsigned c = p[i];
        unit = unit << 4 | (c <= '9' ? c - '0' : (c | 0x20u) - 'a' + 10u);
    }
    return unit;
}

static int is_high_half(uint32_t character)
{
    return character >> 10 == 0x36u;
}

static int is_half(uint32_t character)
{
    return character >> 11 == 0x1bu;
}

/* Returns the character of the escape at *at and moves *at after it. Returns half of a pair if its other half
 * does not follow. */
static uint32_t escaped_character(const uint8_t **at, const uint8_t *end)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    const uint8_t *p = *at;
    if (p[1] != 'u') {
        const char *simple = strchr(from, p[1]);
        *at = p + 2;
        return simple != NULL ? (uint32_t)to[simple - from] : p[1];
    }
    uint32_t unit = code_unit(p);
    *at = p + 6;
    if (!is_high_half(unit) || end - *at < 6 || p[6] != '\\' || p[7] != 'u') {
        return unit;
    }
    uint32_t low = code_unit(p + 6);
    if (low >> 10 != 0x37u) {
        return unit;
    }
    *at = p + 12;
    return 0x10000u + ((unit - 0xd800u) << 10) + (low - 0xdc00u);
}

/* Returns the bytes that the escape or byte at p becomes. */
static size_t size_at(const uint8_t *p)
{
    return p[0] == '\\' && p[1] == 'u' ? amp__unescape_size(code_unit(p)) : 1u;
}

/* Returns 1 if a truncated text ends before this character, of `size` bytes, when it has room for `room`
 * more. The first half of a pair is dropped at the end, because its other half may have been truncated. */
static int is_cut_off(uint32_t character, size_t size, size_t room, const uint8_t *next, const uint8_t *end)
{
    return size > room || (is_high_half(character) && (next == end || size_at(next) > room - size));
}

int amp__unescape(const uint8_t *p, size_t len, char *out, size_t cap, int truncate)
{
    const uint8_t *end = p + len;
    size_t at = 0;
    while (p < end) {
        char bytes[4];
        const void *from = p;
        size_t room = cap - 1u - at;
        size_t size;
        if (*p == '\\') {
            uint32_t character = escaped_character(&p, end);
            size = is_half(character) ? 2u : amp__utf8_put(character, bytes);
            from = bytes;
            if (truncate && is_cut_off(character, size, room, p, end)) {
                break;
            }
            if (character == 0 || is_half(character)) {
                return -1;
            }
        } else {
            const uint8_t *escape = memchr(p, '\\', (size_t)(end - p));
            size = (size_t)((escape != NULL ? escape : end) - p);
            p += size;
        }
        if (size > room) {
            if (!truncate) {
                return -1;
            }
            size = room;
            p = end;
        }
        memmove(out + at, from, size);
        at += size;
    }
    at = truncate ? amp__utf8_whole(out, at) : at;
    out[at] = '\0';
    return (int)at;
}

size_t amp__unescape_whole(const uint8_t *text, size_t len)
{
    size_t at = 1;
    while (at < len) {
        size_t size = 1;
        if (text[at] == '\\') {
            size = at + 1u < len && text[at + 1u] != 'u' ? 2u : 6u;
        }
        if (size > len - at) {
            break;
        }
        at += size;
    }
    return at;
}

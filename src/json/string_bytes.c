/* SPDX-License-Identifier: MIT */
/* Reads the bytes inside strings and literals (RFC 8259, sections 3 and 7; RFC 3629 for UTF-8).
 *
 * Invariants
 * - json->part is the state between two bytes of a string: in a UTF-8 character, after a backslash, or in the
 *   digits of \uXXXX. json->place is the number of remaining digits, and is 0 outside of such an escape.
 * - Halves of surrogate pairs are valid here, because RFC 8259 allows them. unescape.c refuses them in a
 *   value. */
#include "string_bytes.h"

#include <string.h>

#include "../base/scan.h"
#include "../base/utf8.h"
#include "jsmn_value.h"
#include "unescape.h"

/* In a literal, json->place is an index of this list, from 1 on; 0: no literal. */
static const char literals[] = "\0true\0false\0null";
enum { TRUE_AT = 1, FALSE_AT = 6, NULL_AT = 12 };

const uint8_t *amp__json_literal(amp_json_t *json, const uint8_t *p, const uint8_t *end)
{
    const char *next = literals + json->place;
    if (json->place == 0) {
        next += *p == 't' ? TRUE_AT : *p == 'f' ? FALSE_AT : NULL_AT;
    }
    while (p < end && *next != '\0' && *p == (uint8_t)*next) {
        ++p;
        ++next;
    }
    json->part = p < end && *next != '\0' ? AMP_PART_BAD : AMP_PART_NONE;
    json->place = (uint8_t)(*next != '\0' ? next - literals : 0);
    return p;
}

static int is_simple_escape(uint8_t c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return 1;
    default:
        return 0;
    }
}

/* Returns the value of a hexadecimal digit, more than 15 for any other byte. */
static unsigned hex_digit(uint8_t c)
{
    unsigned digit = c - (unsigned)'0';
    unsigned letter = (c | 0x20u) - 'a';
    return digit <= 9u ? digit : letter <= 5u ? letter + 10u : 16u;
}

/* Reads the remaining digits of an escape, up to `end` or to a byte that is not a digit. */
static const uint8_t *take_hex(amp_json_t *json, const uint8_t *p, const uint8_t *end)
{
    unsigned unit = json->unit;
    unsigned remaining = json->place;
    for (; remaining > 0 && p < end; --remaining) {
        unsigned digit = hex_digit(*p);
        if (digit > 15u) {
            json->part = AMP_PART_BAD;
            break;
        }
        ++p;
        unit = unit << 4 | digit;
    }
    json->unit = (uint16_t)unit;
    json->place = (uint8_t)remaining;
    return p;
}

/* Handles the end of an escape in a watched string: of \uXXXX, or of a simple one (unit 0, with `size` 2).
 * Table names are printable ASCII that needs no simple escape. Such a character of a name is kept; any other
 * makes the name longer than the names of a table can be. */
static void end_escape(amp_reader_t *reader, unsigned unit, unsigned size, unsigned in)
{
    uint8_t c = (uint8_t)unit;
    if (in == AMP_STRING_TEXT) {
        reader->saved += size - amp__unescape_size(unit);
    } else if (in == AMP_STRING_NAME && unit - 0x20u < 0x5fu) {
        amp__value_keep(reader, &c, 1);
    } else if (in == AMP_STRING_NAME) {
        reader->kept |= AMP_KEY_SIZE;
    }
}

/* Reads bytes of an escape, after its backslash. */
static const uint8_t *take_escape(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in)
{
    unsigned size = 6;
    if (json->part == AMP_PART_ESCAPE) {
        json->unit = 0;
        if (*p == 'u') {
            json->part = AMP_PART_HEX;
            json->place = 4;
        } else if (is_simple_escape(*p)) {
            size = 2;
        } else {
            json->part = AMP_PART_BAD;
            return p;
        }
        ++p;
    }
    if (json->part == AMP_PART_HEX) {
        p = take_hex(json, p, end);
    }
    if (json->place == 0) {
        json->part = AMP_PART_NONE;
        end_escape(amp__json_reader(json), json->unit, size, in);
    }
    return p;
}

/* Reads plain text byte by byte: only a few plain bytes are between two escapes or characters beyond ASCII.
 */
static const uint8_t *take_plain(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in)
{
    const uint8_t *from = p;
    while (p < end && amp__is_plain(*p)) {
        ++p;
    }
    if (in == AMP_STRING_NAME) {
        amp__value_keep(amp__json_reader(json), from, (size_t)(p - from));
    }
    return p;
}

/* Reads adjacent characters beyond ASCII. */
static const uint8_t *take_utf8(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in)
{
    /* Most are of two bytes, between letters. */
    if (json->part == AMP_PART_NONE && *p - 0xc2u < 0x1eu && end - p > 1 && (p[1] & 0xc0u) == 0x80u &&
        in != AMP_STRING_NAME) {
        return p + 2;
    }
    p = amp__utf8_run(&json->utf8, p, end);
    json->part = json->utf8.remaining == 0  ? AMP_PART_NONE
                 : json->utf8.remaining < 4 ? AMP_PART_UTF8
                                            : AMP_PART_BAD;
    if (in == AMP_STRING_NAME) {
        amp__json_reader(json)->kept |= AMP_KEY_SIZE; /* table names are ASCII */
    }
    return p;
}

const uint8_t *amp__json_string(amp_json_t *json, const uint8_t *from, const uint8_t *p, const uint8_t *end,
                                unsigned in)
{
    if (in == AMP_STRING_NAME && json->part == AMP_PART_NONE) {
        amp__value_keep(amp__json_reader(json), from, (size_t)(p - from));
    }
    while (p < end && json->part < AMP_PART_END) {
        if (json->part == AMP_PART_NONE && *p == '\\') {
            json->part = AMP_PART_ESCAPE;
            if (++p == end) {
                break;
            }
        }
        if (json->part >= AMP_PART_ESCAPE) {
            p = take_escape(json, p, end, in);
        } else if (json->part == AMP_PART_UTF8 || *p >= 0x80u) {
            p = take_utf8(json, p, end, in);
        } else if (amp__is_plain(*p)) {
            p = take_plain(json, p, end, in);
        } else if (*p == '"') {
            json->part = AMP_PART_END;
            ++p;
        } else {
            json->part = AMP_PART_BAD;
        }
    }
    return p;
}

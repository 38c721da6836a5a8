/* SPDX-License-Identifier: MIT */
#include "json_strings.h"

#include <string.h>

#include "json_levels.h"
#include "json_values.h"
#include "scan.h"
#include "utf8.h"

/* A place in a literal, from 1 on; 0 is none. */
static const char literals[] = "\0true\0false\0null";
enum { TRUE_AT = 1, FALSE_AT = 6, NULL_AT = 12 };

/* More than a quote, a colon and the longest literal take. */
#define MARGIN 8

/* Returns the end of the literal at p, which has five bytes to look at; NULL when there is none. */
static inline const uint8_t *skip_literal(const uint8_t *p)
{
    uint32_t found;
    uint32_t wanted;
    const char *word = *p == 't' ? "true" : *p == 'f' ? "alse" : "null";
    p += *p == 'f';
    memcpy(&found, p, sizeof found);
    memcpy(&wanted, word, sizeof wanted);
    return found == wanted ? p + 4 : NULL;
}

const uint8_t *amp_json_literal(amp_json_t *json, const uint8_t *p, const uint8_t *end)
{
    const char *wanted = literals + json->place;
    if (json->place == 0 && end - p > MARGIN) {
        return skip_literal(p);
    }
    if (json->place == 0) {
        wanted += *p == 't' ? TRUE_AT : *p == 'f' ? FALSE_AT : NULL_AT;
    }
    while (p < end && *wanted != '\0') {
        if (*p++ != (uint8_t)*wanted++) {
            return NULL;
        }
    }
    json->place = (uint8_t)(*wanted != '\0' ? wanted - literals : 0);
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

/* Takes the four digits of an escape, or those that there are. Returns NULL when one is no digit. */
static const uint8_t *take_hex(amp_json_t *json, const uint8_t *p, const uint8_t *end)
{
    unsigned unit = json->unit;
    unsigned left = json->place;
    for (; left > 0 && p < end; --left) {
        unsigned digit = hex_digit(*p++);
        if (digit > 15u) {
            return NULL;
        }
        unit = unit << 4 | digit;
    }
    json->unit = (uint16_t)unit;
    json->place = (uint8_t)left;
    return p;
}

/* An escape of a watched string ended. Of a name, which is ASCII in a table and has no character that must
 * be escaped, printable ones are kept; any other makes it longer than each name that a table can have. */
static void escape_ended(amp_json_t *json, unsigned in)
{
    unsigned unit = json->unit;
    uint8_t c = (uint8_t)unit;
    if (in == AMP_STRING_NAME && unit - 0x20u < 0x5fu) {
        amp_level_keep(amp_json_reader(json), &c, 1);
    } else if (in == AMP_STRING_NAME) {
        amp_json_reader(json)->kept |= AMP_KEY_SIZE;
    } else if (json->place > 0) {
        ++amp_json_reader(json)->saved; /* a simple one */
    } else {
        amp_json_reader(json)->saved += 6u - amp_value_unit_size(unit);
    }
}

/* Takes bytes of an escape. */
static const uint8_t *take_escape(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in)
{
    if (json->part == AMP_PART_ESCAPE) {
        uint8_t c = *p++;
        json->unit = 0;
        json->place = 4;
        if (c == 'u') {
            json->part = AMP_PART_HEX;
        } else if (!is_simple_escape(c)) {
            return NULL;
        }
    }
    if (json->part == AMP_PART_HEX) {
        p = take_hex(json, p, end);
        if (p == NULL || json->place > 0) {
            return p;
        }
    }
    json->part = AMP_PART_NONE;
    if (in != AMP_STRING_IGNORED) {
        escape_ended(json, in);
    }
    return p;
}

/* Takes a few plain bytes, which often stand between two characters beyond ASCII. */
static inline const uint8_t *skip_letters(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *last = end - p > 4 ? p + 4 : end;
    while (p < last && amp_is_plain(*p)) {
        ++p;
    }
    return p;
}

const uint8_t *amp_json_special(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in)
{
    while (p != NULL && p < end) {
        if (json->part >= AMP_PART_ESCAPE) {
            p = take_escape(json, p, end, in);
        } else if (json->part == AMP_PART_UTF8 || *p >= 0x80u) {
            p = amp_utf8_run(&json->utf8, p, end);
            json->part = json->utf8.left > 0 ? AMP_PART_UTF8 : AMP_PART_NONE;
            if (in == AMP_STRING_NAME) {
                amp_json_reader(json)->kept |= AMP_KEY_SIZE; /* no name of a table */
            }
            p = p != NULL ? skip_letters(p, end) : NULL;
        } else if (*p == '\\') {
            json->part = AMP_PART_ESCAPE;
            ++p;
        } else {
            return *p >= 0x20u ? p : NULL;
        }
    }
    return p;
}

const uint8_t *amp_json_skip(const uint8_t *p, const uint8_t *end)
{
    while (end - p > MARGIN && p[0] == ',' && p[1] == '"') {
        const uint8_t *q = amp_scan_plain(p + 2, end);
        if (end - q <= MARGIN || q[0] != '"' || q[1] != ':') {
            break;
        }
        p = q + 2;
        if (*p == '"') {
            q = amp_scan_plain(p + 1, end);
            if (q == end || *q++ != '"') {
                break;
            }
        } else {
            q = skip_literal(p);
            if (q == NULL) {
                break;
            }
        }
        p = q;
    }
    return p;
}

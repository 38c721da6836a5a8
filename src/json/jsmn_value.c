/* SPDX-License-Identifier: MIT */
/* Runs jsmn on one value and stores the token in the struct. The automaton has checked the JSON form of the
 * value (RFC 8259), so this file checks only what the struct requires: range, size and characters. */
#include "jsmn_value.h"

#include <string.h>

#include "containers.h"
#include "jsmn_wrap.h"
#include "unescape.h"

/* Longest number or time, in bytes. */
#define SCALAR_LIMIT 40u

void amp__value_keep(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    if (reader->kept < reader->room) {
        size_t room = reader->room - reader->kept;
        memcpy(reader->window + reader->kept, text, len < room ? len : room);
    }
    /* A text may be longer than memory. It is then still too long. */
    if (reader->kept <= SIZE_MAX / 2u) {
        reader->kept += len;
    }
}

/* Reads decimal digits with or without a minus. 19 of them cannot overflow 64 bits. Returns 0 or -1. */
static int read_int(const uint8_t *p, size_t len, int64_t *out_value)
{
    uint64_t value = 0;
    unsigned negative = *p == '-';
    const uint8_t *end = p + len;
    p += negative;
    if (end - p > 19) {
        return -1;
    }
    for (; p < end; ++p) {
        unsigned digit = *p - (unsigned)'0';
        if (digit > 9u) {
            return -1;
        }
        value = value * 10u + digit;
    }
    *out_value = (int64_t)(negative ? 0u - value : value);
    return value <= (uint64_t)INT64_MAX + negative ? 0 : -1;
}

/* Reads the time in the window, and unescapes it there. Returns 0 or -1. */
static int read_time(const amp_reader_t *reader, int64_t *out_value)
{
    amp_str_t text = {(const char *)reader->window, reader->kept};
    if (reader->saved > 0) {
        int unescaped =
            amp__unescape(reader->window, reader->kept, (char *)reader->window, SCALAR_LIMIT + 1u, 0);
        if (unescaped < 0) {
            return -1;
        }
        text.len = (size_t)unescaped;
    }
    return amp_time_parse(text, out_value) == AMP_OK ? 0 : -1;
}

/* Stores a number in the row's size. Returns 0, or -1 if it does not fit. */
static int store_number(const amp_field_t *field, int64_t value, uint8_t *out)
{
    int32_t low = (int32_t)value;
    if (field->size == sizeof value) {
        memcpy(out, &value, sizeof value);
        return 0;
    }
    if (field->size != sizeof low) {
        return -1;
    }
    memcpy(out, &low, sizeof low);
    return low == value ? 0 : -1;
}

/* Stores a token of any type but AMP_TIME, which is the text between the quotes of a string. Returns 0 or
 * more; -1 if it is not valid. */
static int store(const amp_reader_t *reader, const uint8_t *p, size_t len, int truncate, uint8_t *out)
{
    const amp_field_t *field = reader->pick.field;
    int64_t number;
    if (field->size == 0) {
        return -1;
    }
    if (field->type <= AMP_STRING_TRUNC) {
        if (reader->saved > 0 || truncate) {
            return amp__unescape(p, len, (char *)out, field->size, truncate);
        }
        memcpy(out, p, len);
        out[len] = '\0';
        return 0;
    }
    if (field->type == AMP_BOOL) {
        *out = *p == 't';
        return 0;
    }
    return read_int(p, len, &number) != 0 ? -1 : store_number(field, number, out);
}

/* Returns the error of a value that is longer than its row or the window: `decoded` bytes unescaped, at most
 * `limit` fit. An AMP_STRING_TRUNC is truncated, which is AMP_PENDING. */
static amp_status_t too_long(amp_reader_t *reader, size_t len, size_t decoded, size_t limit)
{
    unsigned type = reader->pick.field->type;
    if (type == AMP_STRING_TRUNC) {
        return AMP_PENDING;
    }
    if (decoded <= limit) {
        reader->saved = len + 2u;
        return AMP_ERR_WINDOW;
    }
    if (type == AMP_STRING) {
        reader->saved = decoded + 1u;
        return AMP_ERR_TOO_LONG;
    }
    return AMP_ERR_VALUE;
}

/* Moves *text to the token in it and sets *len. Returns 0 or -1. The text is one scalar whose bytes were all
 * checked. Any other result than one token is a fault of this library, and must not be stored as a value. */
static int tokenize(const uint8_t **text, size_t *len)
{
    jsmn_parser parser;
    jsmntok_t token;
    jsmn_init(&parser);
    if (jsmn_parse(&parser, (const char *)*text, *len, &token, 1) != 1) {
        return -1;
    }
    *text += token.start;
    *len = (size_t)(token.end - token.start);
    return 0;
}

/* Returns the place of the picked row in the struct. */
static uint8_t *place_of(const amp_reader_t *reader)
{
    return reader->out + reader->pick.base + reader->pick.field->offset;
}

/* Ends the value of the picked row: sets its bits in the mask, or zeroes its place if `stored` is below 0.
 * Returns AMP_PENDING or an error. */
static amp_status_t settle(amp_reader_t *reader, int stored, int truncate)
{
    amp_mask_t *mask = amp__level_mask(reader, reader->pick.base);
    uint32_t bit = (uint32_t)1 << reader->pick.row;
    if (stored < 0) {
        memset(place_of(reader), 0, reader->pick.field->size);
        return AMP_ERR_VALUE;
    }
    mask->present |= bit;
    mask->truncated |= truncate ? bit : 0;
    return AMP_PENDING;
}

/* The last step of each value. Forgets the value, unless `status` is an error about it. Returns `status`. */
static amp_status_t finish(amp_reader_t *reader, amp_status_t status)
{
    if (status >= 0) {
        reader->pick.field = NULL;
        reader->kept = 0;
        reader->saved = 0;
    }
    return status;
}

/* Moves *text and *len to the token of the picked row's value. A value of more than reader->room bytes is in
 * the window, truncated to that size. Returns AMP_PENDING or an error. */
static amp_status_t take_token(amp_reader_t *reader, const uint8_t **text, size_t *len, int *out_truncate)
{
    const amp_field_t *field = reader->pick.field;
    size_t limit = field->type > AMP_STRING_TRUNC ? SCALAR_LIMIT : field->size - 1u;
    size_t decoded = *len - reader->saved - (**text == '"' ? 2u : 0u);
    *out_truncate = decoded > limit || *len > reader->room;
    if (*out_truncate) {
        amp_status_t status = too_long(reader, *len, decoded, limit);
        if (status < 0) {
            return status;
        }
        if (*len > reader->room) {
            *len = amp__unescape_whole(reader->window, reader->room - 1u);
            reader->window[(*len)++] = '"';
        }
    }
    return tokenize(text, len) == 0 ? AMP_PENDING : AMP_ERR_JSON;
}

/* Returns 1 if a value that begins with this byte can be stored in a row of the type. */
static int kind_fits(unsigned type, uint8_t first)
{
    switch (type) {
    case AMP_INT:
        return first == '-' || first - (unsigned)'0' <= 9u;
    case AMP_BOOL:
        return first == 't' || first == 'f';
    default:
        return type < AMP_OBJECT && first == '"';
    }
}

/* Handles the end of a value that is the whole text, or that is an element of a list of objects. null is an
 * empty list. Only literals are kept here: a part of a text ends in a quote, a part of a number in a digit.
 */
static amp_status_t outer_scalar(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    reader->complete =
        reader->json.depth == 0 && len == 4u && text[3] == 'l' && (reader->schema->flags & AMP_LIST) != 0;
    return reader->complete ? AMP_PENDING : AMP_ERR_TYPE;
}

amp_status_t amp__value_end(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    amp_status_t status;
    /* A value that is longer than the window goes there even if it came in one piece. It is then truncated at
     * the same byte for every split. */
    if (reader->kept > 0 || len > reader->room) {
        amp__value_keep(reader, text, len);
        text = reader->window;
        len = reader->kept;
    }
    if (reader->levels == 0) {
        status = outer_scalar(reader, text, len);
    } else if (*text == 'n' && amp__level_top(reader)->is_array != AMP_RECORDS) {
        status = amp__level_null(reader);
    } else {
        int truncate;
        const amp_field_t *field = reader->pick.field;
        status = kind_fits(field->type, *text) ? take_token(reader, &text, &len, &truncate) : AMP_ERR_TYPE;
        if (status == AMP_PENDING && field->type == AMP_TIME) {
            memmove(reader->window, text, len); /* take_token has held len to reader->room */
            reader->kept = len;
            return AMP_END;
        }
        if (status == AMP_PENDING) {
            status = settle(reader, store(reader, text, len, truncate, place_of(reader)), truncate);
        }
        status = status < 0 ? amp__level_refuse(reader, status) : status;
    }
    return finish(reader, status);
}

amp_status_t amp__value_element_end(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    amp_status_t status = AMP_PENDING;
    if (reader->pick.field != NULL || reader->levels == 0) {
        status = amp__value_end(reader, text, len);
    }
    return status == AMP_PENDING ? amp__level_next_element(reader) : status;
}

amp_status_t amp__value_time(amp_reader_t *reader)
{
    int64_t time;
    const amp_field_t *field = reader->pick.field;
    int stored =
        field->size > 0 && read_time(reader, &time) == 0 ? store_number(field, time, place_of(reader)) : -1;
    amp_status_t status = settle(reader, stored, 0);
    status = finish(reader, status < 0 ? amp__level_refuse(reader, status) : status);
    return status == AMP_PENDING ? amp__level_next_element(reader) : status;
}

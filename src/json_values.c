/* SPDX-License-Identifier: MIT */
#include "json_values.h"

#include <string.h>

#include "tokens.h"
#include "utf8.h"

/* A number in no more digits than this; also more than a time can be. */
#define SCALAR_LIMIT 40u

/* Returns the code unit of the \uXXXX at p, whose digits were checked. */
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

/* Returns the character of the escape at *at, whose form was checked, and moves *at past it: half of a pair
 * when the other half does not follow. */
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

/* Returns how many bytes the text gets longer by the byte or escape at p. */
static size_t unit_size(const uint8_t *p)
{
    return p[0] == '\\' && p[1] == 'u' ? amp_value_unit_size(code_unit(p)) : 1u;
}

/* Text that is unescaped into `cap` bytes, NUL included. */
typedef struct {
    char *out;
    size_t cap;
    size_t len;
} unescaped_t;

/* Appends what fits. 1 when that was all. */
static int append(unescaped_t *text, const void *from, size_t len)
{
    size_t room = text->cap - 1u - text->len;
    size_t fitting = len < room ? len : room;
    memmove(text->out + text->len, from, fitting);
    text->len += fitting;
    return fitting == len;
}

/* Appends the character of the escape at *at. 1 when it fitted, 0 when the text ends before it, -1 when it
 * cannot stand in a text: NUL, or half of a pair. The first half of one is dropped where the text was cut after
 * it, since the cut may have taken the other half. */
static int append_escaped(unescaped_t *text, const uint8_t **at, const uint8_t *end, int was_cut)
{
    char bytes[4];
    uint32_t character = escaped_character(at, end);
    size_t size = is_half(character) ? 2u : amp_utf8_put(character, bytes);
    size_t room = text->cap - 1u - text->len;
    if (size > room) {
        return 0;
    }
    if (was_cut && is_high_half(character) && (*at == end || unit_size(*at) > room - size)) {
        return 0;
    }
    return character == 0 || is_half(character) ? -1 : append(text, bytes, size);
}

/* Unescapes into cap bytes with a NUL at the end; `out` may be p, or before it. Returns how many bytes that made,
 * or -1 when it cannot be such a text. A text that was cut ends with the last character that fits. */
static int unescape(const uint8_t *p, size_t len, char *out, size_t cap, int was_cut)
{
    const uint8_t *end = p + len;
    unescaped_t text = {out, cap, 0};
    int fits = 1;
    while (fits > 0 && p < end) {
        if (*p == '\\') {
            fits = append_escaped(&text, &p, end, was_cut);
        } else {
            const uint8_t *escape = memchr(p, '\\', (size_t)(end - p));
            const uint8_t *next = escape != NULL ? escape : end;
            fits = append(&text, p, (size_t)(next - p));
            p = next;
        }
    }
    if (fits < 0 || (fits == 0 && !was_cut)) {
        return -1;
    }
    if (was_cut) {
        text.len = amp_utf8_whole(out, text.len);
    }
    out[text.len] = '\0';
    return (int)text.len;
}

/* Decimal digits with or without a minus. 19 of them cannot overflow 64 bits. */
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

/* A time with escapes is unescaped in the window, which may be where it stands. */
static int read_time(const amp_reader_t *reader, const uint8_t *p, size_t len, int64_t *out_value)
{
    amp_str_t text = {(const char *)p, len};
    if (reader->saved > 0) {
        int unescaped = unescape(p, len, (char *)reader->window, SCALAR_LIMIT + 1u, 0);
        if (unescaped < 0) {
            return -1;
        }
        text.ptr = (const char *)reader->window;
        text.len = (size_t)unescaped;
    }
    return amp_time_parse(text, out_value);
}

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

static int store_text(const amp_reader_t *reader, const uint8_t *p, size_t len, int cut, uint8_t *out)
{
    const amp_field_t *field = reader->pick.field;
    if (reader->saved > 0 || cut) {
        return unescape(p, len, (char *)out, field->size, cut);
    }
    memcpy(out, p, len);
    out[len] = '\0';
    return 0;
}

/* Stores what is between the quotes, if there are any. Returns 0 or more; -1 when it is no such value. */
static int store(const amp_reader_t *reader, const uint8_t *p, size_t len, int cut, uint8_t *out)
{
    const amp_field_t *field = reader->pick.field;
    int64_t number;
    if (field->size == 0) {
        return -1;
    }
    switch (field->type) {
    case AMP_BOOL:
        *out = *p == 't';
        return 0;
    case AMP_INT:
        return read_int(p, len, &number) == 0 ? store_number(field, number, out) : -1;
    case AMP_TIME:
        return read_time(reader, p, len, &number) == 0 ? store_number(field, number, out) : -1;
    default:
        return store_text(reader, p, len, cut, out);
    }
}

/* How many bytes of the text in the window are left when an escape that its end has cut is dropped, which
 * begins with a quote. */
static size_t whole_escapes(const uint8_t *text, size_t len)
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

/* Checks the lengths of a raw text. Returns AMP_PENDING, also for one that is to be cut, or an error. */
static amp_status_t check_length(amp_reader_t *reader, size_t len, size_t decoded, size_t limit)
{
    const amp_field_t *field = reader->pick.field;
    if (field->type == AMP_NAME || (decoded <= limit && len <= reader->room)) {
        return AMP_PENDING;
    }
    if (decoded <= limit) {
        reader->need = len + 2u;
        return AMP_ERR_WINDOW;
    }
    if (field->type == AMP_ID) {
        reader->need = decoded + 1u;
        return AMP_ERR_TOO_LONG;
    }
    return AMP_ERR_VALUE;
}

/* Finds the value between its quotes. The text is one whole scalar of which the automaton has checked every
 * byte, so anything but one token is a fault of this library; it must not pass for a value. */
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

amp_status_t amp_value_store(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    const amp_field_t *field = reader->pick.field;
    amp_mask_t *mask = amp_value_mask(reader, reader->pick.base);
    uint8_t *out = reader->out + reader->pick.base + field->offset;
    uint32_t bit = (uint32_t)1 << reader->pick.row;
    size_t limit = field->type > AMP_NAME ? SCALAR_LIMIT : field->size - 1u;
    size_t decoded = len - reader->saved - (*text == '"' ? 2u : 0u);
    amp_status_t status = check_length(reader, len, decoded, limit);
    int cut = decoded > limit || len > reader->room;
    if (status < 0) {
        return status;
    }
    if (len > reader->room) {
        len = whole_escapes(reader->window, reader->room - 1u);
        reader->window[len++] = '"';
    }
    if (tokenize(&text, &len) != 0) {
        return AMP_ERR_JSON;
    }
    if (store(reader, text, len, cut, out) < 0) {
        memset(out, 0, field->size);
        return AMP_ERR_VALUE;
    }
    mask->present |= bit;
    mask->cut |= cut ? bit : 0;
    return AMP_PENDING;
}

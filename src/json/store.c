/* SPDX-License-Identifier: MIT */
/* Converts the values in the window and stores them in the struct. The lexer has validated their JSON form
 * (RFC 8259), so this file checks only what the struct requires: range, size and characters. */
#include "store.h"

#include <string.h>

#include "../base/utf8.h"
#include "jsmn_wrap.h"
#include "schema_find.h"

/* Returns the code unit of the \uXXXX at p, whose digits the lexer has checked. */
static unsigned code_unit(const uint8_t *p)
{
    unsigned unit = 0;
    for (int i = 2; i < 6; ++i) {
        unsigned c = p[i];
        unit = unit << 4 | (c <= '9' ? c - '0' : (c | 0x20u) - 'a' + 10u);
    }
    return unit;
}

static int is_half(uint32_t character)
{
    return character >> 11 == 0x1bu;
}

/* The character of the escape at *at, moving *at after it; 0 for half a surrogate pair, which like
 * NUL cannot stand in a text. The first half at the end of the text is left as it is, since a cut
 * may have taken the other. The lexer has checked the form. */
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
    if (!is_half(unit) || (unit < 0xdc00u && *at == end)) {
        return unit;
    }
    if (unit > 0xdbffu || end - *at < 6 || p[6] != '\\' || p[7] != 'u') {
        return 0;
    }
    uint32_t low = code_unit(p + 6);
    *at = p + 12;
    return low >> 10 == 0x37u ? 0x10000u + ((unit - 0xd800u) << 10) + (low - 0xdc00u) : 0;
}

/* Unescapes into cap bytes with a NUL at the end; `out` may be p. Returns the number of bytes, or
 * -1 if the text is not valid. Drops an incomplete last character of a truncated text. */
static int unescape(const uint8_t *p, size_t len, char *out, size_t cap, int was_cut)
{
    const uint8_t *end = p + len;
    char *const start = out;
    while (p < end) {
        char bytes[4];
        const void *from = p;
        size_t n;
        if (*p == '\\') {
            uint32_t character = escaped_character(&p, end);
            if (is_half(character) && was_cut) {
                break;
            }
            if (character == 0 || is_half(character)) {
                return -1;
            }
            n = amp__utf8_put(character, bytes);
            from = bytes;
        } else {
            const uint8_t *escape = memchr(p, '\\', (size_t)(end - p));
            n = (size_t)((escape != NULL ? escape : end) - p);
            p += n;
        }
        if (n >= cap) {
            return -1;
        }
        memmove(out, from, n);
        out += n;
        cap -= n;
    }
    if (was_cut) {
        out = start + amp__utf8_whole(start, (size_t)(out - start));
    }
    *out = '\0';
    return (int)(out - start);
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

/* A time is unescaped in place: the values after it have their tokens already. */
static int read_time(uint8_t *p, size_t len, int64_t *out_value)
{
    amp_str_t text = {(const char *)p, 0};
    int n = unescape(p, len, (char *)p, len + 1u, 0);
    text.len = (size_t)n;
    return n < 0 ? -1 : amp_time_parse(text, out_value);
}

static int store_value(const amp_pick_t *pick, uint8_t *p, size_t len, uint8_t *out)
{
    const amp_field_t *field = pick->field;
    int64_t value = 0;
    int bad;
    if (field->size == 0) {
        return -1;
    }
    switch (field->type) {
    case AMP_BOOL:
        *out = *p == 't';
        return 0;
    case AMP_INT:
        bad = read_int(p, len, &value);
        break;
    case AMP_TIME:
        bad = read_time(p, len, &value);
        break;
    default:
        return unescape(p, len, (char *)out, field->size, pick->cut);
    }
    if (bad != 0) {
        return -1;
    }
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

void amp__store_clear(const amp_reader_t *reader)
{
    if (reader->schema != NULL) {
        memset(reader->out, 0, reader->schema->size);
    }
}

amp_status_t amp__store_tokenize(amp_reader_t *reader)
{
    const amp_sink_t *sink = &reader->json.sink;
    jsmn_parser parser;
    jsmntok_t tokens[AMP_BATCH];
    jsmn_init(&parser);
    int count = jsmn_parse(&parser, (const char *)sink->ptr, sink->start, tokens, AMP_BATCH);
    /* The window is text of our own making, so any other count is a fault of this library; it
     * must not pass for a record. */
    if (count != reader->batched) {
        return AMP_ERR_JSON;
    }
    for (int i = 0; i < count; ++i) {
        reader->batch[i].start = (uint16_t)tokens[i].start;
        reader->batch[i].end = (uint16_t)tokens[i].end;
    }
    return AMP_PENDING;
}

amp_status_t amp__store_store(amp_reader_t *reader)
{
    for (unsigned i = 0; i < reader->batched; ++i) {
        const amp_pick_t *pick = &reader->batch[i];
        const amp_field_t *field = pick->field;
        uint8_t *out = reader->out + pick->base + field->offset;
        if (store_value(pick, reader->json.sink.ptr + pick->start, (size_t)pick->end - pick->start, out) >=
            0) {
            continue;
        }
        if (!amp__row_is_lenient(reader, field)) {
            reader->field = field->path;
            return AMP_ERR_VALUE;
        }
        amp_mask_t *mask = (void *)(reader->out + pick->base);
        mask->present ^= (uint32_t)1 << pick->row;
        mask->truncated |= (uint32_t)1 << pick->row;
        memset(out, 0, field->size);
    }
    return AMP_PENDING;
}

/* SPDX-License-Identifier: MIT */
/* Reads strings (RFC 8259, 7; UTF-8 is validated) and keeps the bytes of scalars in the sink. */
#include <string.h>

#include "../base/utf8.h"
#include "lexer_private.h"

/* A text may be longer than memory, and is still too long then: the count stops in the upper half of its
 * range. What is kept or would be is bounded by the limit. */
static void count(amp_sink_t *sink, size_t decoded)
{
    if (sink->decoded <= SIZE_MAX / 2u) {
        sink->decoded += decoded;
    }
}

int amp__sink_put(amp_sink_t *sink, const uint8_t *data, size_t len)
{
    if (!sink->counting) {
        if (len > sink->cap - sink->len) {
            return 0;
        }
        memcpy(sink->ptr + sink->len, data, len);
    }
    sink->len += len;
    return 1;
}

void amp__sink_close(amp_sink_t *sink, char c)
{
    if (!sink->counting) {
        sink->ptr[sink->len] = (uint8_t)c;
    }
    ++sink->len;
}

void amp__lexer_cut(amp_json_t *json)
{
    if (json->state == IN_ESCAPE || json->state == IN_HEX) {
        json->sink.len = json->escape_at;
    }
    json->sink.limit = json->sink.decoded;
}

static void key_put(amp_json_t *json, const uint8_t *data, size_t len)
{
    if (len >= AMP_KEY_SIZE - (size_t)json->key_len) {
        json->key_len = AMP_KEY_SIZE;
        return;
    }
    memcpy(json->key + json->key_len, data, len);
    json->key_len = (uint8_t)(json->key_len + len);
}

size_t amp__lexer_keep_run(amp_json_t *json, const uint8_t *data, size_t len)
{
    amp_sink_t *sink = &json->sink;
    if (json->keep == AMP_KEEP_KEY) {
        key_put(json, data, len);
    } else if (json->keep == AMP_KEEP_VALUE) {
        size_t room = sink->decoded < sink->limit ? sink->limit - sink->decoded : 0;
        size_t wanted = len < room ? len : room;
        if (!sink->counting) {
            if (wanted > sink->cap - sink->len) {
                len = wanted = sink->cap - sink->len;
            }
            memcpy(sink->ptr + sink->len, data, wanted);
        }
        sink->len += wanted;
        count(sink, len);
    }
    return len;
}

int amp__lexer_keep(amp_json_t *json, const uint8_t *p)
{
    amp_sink_t *sink = &json->sink;
    int counts = json->state >= IN_STRING;
    if (json->state == IN_STRING) {
        json->escape_at = sink->len;
        counts = *p != '\\';
        if (*p == '"') {
            return 1;
        }
    }
    if (counts) {
        return amp__lexer_keep_run(json, p, 1) > 0;
    }
    return json->keep != AMP_KEEP_VALUE || (json->state != OPENING_QUOTE && sink->decoded >= sink->limit) ||
           amp__sink_put(sink, p, 1);
}

/* An escape ended: `unit` is its UTF-16 code unit. An escape that no longer fits is taken out
 * whole. Half of a surrogate pair counts 2, since the pair makes 4 bytes. */
static void keep_escaped(amp_json_t *json, unsigned unit)
{
    amp_sink_t *sink = &json->sink;
    if (json->keep == AMP_KEEP_KEY) {
        uint8_t c = (uint8_t)unit;
        if (unit - 0x20u < 0x5fu) {
            key_put(json, &c, 1);
        } else {
            json->key_len = AMP_KEY_SIZE;
        }
    } else {
        unsigned bytes = unit < 0x80u ? 1u : unit < 0x800u || unit >> 11 == 0x1bu ? 2u : 3u;
        if (sink->decoded < sink->limit && sink->decoded + bytes > sink->limit) {
            sink->len = json->escape_at;
        }
        count(sink, bytes);
    }
}

static amp_json_event_t utf8_byte(amp_json_t *json, uint8_t c)
{
    int fits = amp__utf8_step(&json->utf8, c);
    json->state = json->utf8.remaining > 0 ? IN_UTF8 : IN_STRING;
    return fits ? AMP_JSON_MORE : AMP_JSON_BAD;
}

static amp_json_event_t escape_byte(amp_json_t *json, uint8_t c)
{
    static const char simple[] = "\"\\/bfnrt";
    if (c == 'u') {
        json->state = IN_HEX;
        json->unit = 1;
        return AMP_JSON_MORE;
    }
    if (memchr(simple, c, sizeof simple - 1u) == NULL) {
        return AMP_JSON_BAD;
    }
    json->state = IN_STRING;
    /* A name with such an escape is in no table, so \n represents all of them. */
    keep_escaped(json, '\n');
    return AMP_JSON_MORE;
}

/* The digits follow a 1, which reaches bit 16 with the fourth: \u00e9 is 1, 0x10, 0x100, 0x100e, 0x100e9. */
static amp_json_event_t hex_byte(amp_json_t *json, uint8_t c)
{
    unsigned digit = c - (unsigned)'0';
    if (digit > 9u) {
        digit = (c | 0x20u) - 'a';
        if (digit > 5u) {
            return AMP_JSON_BAD;
        }
        digit += 10u;
    }
    json->unit = json->unit << 4 | digit;
    if (json->unit > 0xffffu) {
        json->state = IN_STRING;
        keep_escaped(json, json->unit & 0xffffu);
    }
    return AMP_JSON_MORE;
}

amp_json_event_t amp__lexer_string_byte(amp_json_t *json, uint8_t c)
{
    switch (json->state) {
    case IN_ESCAPE:
        return escape_byte(json, c);
    case IN_HEX:
        return hex_byte(json, c);
    case IN_UTF8:
        return utf8_byte(json, c);
    case OPENING_QUOTE:
        json->state = IN_STRING;
        return AMP_JSON_MORE;
    default:
        break;
    }
    if (c == '"') {
        if (json->keep == AMP_KEEP_VALUE) {
            amp__sink_close(&json->sink, '"');
        }
        return AMP_JSON_VALUE;
    }
    if (c == '\\') {
        json->state = IN_ESCAPE;
        return AMP_JSON_MORE;
    }
    return c < 0x20u ? AMP_JSON_BAD : utf8_byte(json, c);
}

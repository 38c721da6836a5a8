/* SPDX-License-Identifier: MIT */
/* JSON lexer and validator (RFC 8259), fed in pieces of any size. lexer_string.c reads strings.
 *
 * Invariants:
 * - All state between two bytes is in amp_json_t (see lexer_private.h), so the lexer can stop at any byte.
 * - The fast paths (skip, run) leave the state that the byte-wise path would leave. */
#include "lexer.h"

#include <string.h>

#include "../base/scan.h"
#include "../base/wipe.h"
#include "lexer_private.h"

static const char words[] = "true\0false\0null";

void amp__lexer_init(amp_json_t *json)
{
    memset(json, 0, sizeof *json);
    json->state = VALUE;
}

int amp__lexer_whole(const amp_json_t *json)
{
    return json->depth == 0 &&
           (json->state == AFTER || (json->state >= IN_NUMBER && (json->state & 1u) != 0));
}

/* Ends a scalar and sets the next state. Returns its event, or MORE if the container is not watched. */
static amp_json_event_t scalar_end(amp_json_t *json)
{
    json->state = json->is_key ? COLON : AFTER;
    return json->depth > json->watch ? AMP_JSON_MORE : json->is_key ? AMP_JSON_KEY : AMP_JSON_VALUE;
}

static unsigned number_step(unsigned state, uint8_t c)
{
    if (c - (unsigned)'0' <= 9u) {
        return state <= IN_MINUS  ? c == '0' ? IN_ZERO : IN_INTEGER
               : state == IN_ZERO ? NUMBER_ENDS
                                  : state | 1u;
    }
    if (c == '.' && (state == IN_INTEGER || state == IN_ZERO)) {
        return IN_POINT;
    }
    if ((c | 0x20) == 'e' && (state & 1u) != 0 && state < IN_E) {
        return IN_E;
    }
    if (c == '-' && state == IN_NUMBER) {
        return IN_MINUS;
    }
    if ((c == '-' || c == '+') && state == IN_E) {
        return IN_E_SIGN;
    }
    return (state & 1u) != 0 ? NUMBER_ENDS : NUMBER_BAD;
}

static amp_json_event_t open_container(amp_json_t *json, int is_object)
{
    uint8_t *at = &json->stack[json->depth >> 3];
    unsigned bit = 1u << (json->depth & 7u);
    if (json->depth == AMP_JSON_DEPTH) {
        return AMP_JSON_TOO_DEEP;
    }
    *at = (uint8_t)((*at & ~bit) | (is_object ? bit : 0));
    json->in_object = (uint8_t)is_object;
    json->state = FIRST;
    return json->depth++ > json->watch ? AMP_JSON_MORE : is_object ? AMP_JSON_OBJECT : AMP_JSON_ARRAY;
}

static amp_json_event_t close_container(amp_json_t *json)
{
    unsigned above = --json->depth - 1u;
    json->in_object = json->depth > 0 && ((unsigned)json->stack[above >> 3] >> (above & 7u) & 1u) != 0;
    json->state = AFTER;
    return json->depth > json->watch ? AMP_JSON_MORE : AMP_JSON_CLOSE;
}

/* Chooses the kind of the next value by its first byte `c`. The first byte of a scalar is not consumed. */
static amp_json_event_t start_value(amp_json_t *json, uint8_t c)
{
    json->is_key = 0;
    json->keep = json->keep_next;
    json->kind = c;
    switch (c) {
    case '{':
    case '[':
        return open_container(json, c == '{');
    case '"':
        json->state = OPENING_QUOTE;
        break;
    case 't':
    case 'f':
    case 'n':
        json->word_at = c == 't' ? 0 : c == 'f' ? 5 : 11;
        json->state = IN_WORD;
        break;
    default:
        json->kind = 0;
        json->state = IN_NUMBER;
        break;
    }
    return AMP_JSON_MORE;
}

/* Reads a byte between scalars that is not white space. */
static amp_json_event_t structure_byte(amp_json_t *json, uint8_t c)
{
    switch (json->state) {
    case COLON:
        json->state = VALUE;
        return c == ':' ? AMP_JSON_MORE : AMP_JSON_BAD;
    case AFTER:
    case FIRST:
        if (json->depth > 0 && c == (json->in_object ? '}' : ']')) {
            return close_container(json);
        }
        if (json->state == AFTER) {
            json->state = json->in_object ? KEY : VALUE;
            return json->depth > 0 && c == ',' ? AMP_JSON_MORE : AMP_JSON_BAD;
        }
        if (!json->in_object) {
            return start_value(json, c);
        }
        /* fall through */
    case KEY:
        json->state = OPENING_QUOTE;
        json->is_key = 1;
        json->keep = json->depth > json->watch ? AMP_KEEP_NOTHING : AMP_KEEP_KEY;
        json->key_len = 0;
        return c == '"' ? AMP_JSON_MORE : AMP_JSON_BAD;
    default:
        return start_value(json, c);
    }
}

static int is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Reads a byte of a scalar. Returns FULL if the byte was not read because the sink is full. */
static amp_json_event_t scalar_byte(amp_json_t *json, const uint8_t *p)
{
    amp_json_event_t event = AMP_JSON_MORE;
    unsigned number = NUMBER_BAD;
    uint8_t c = *p;
    if (json->state >= IN_NUMBER) {
        number = number_step(json->state, c);
        if (number == NUMBER_BAD) {
            return AMP_JSON_BAD;
        }
    }
    if (!amp__lexer_keep(json, p)) {
        return AMP_JSON_FULL;
    }
    if (json->state >= IN_NUMBER) {
        json->state = (uint8_t)number;
    } else if (json->state == IN_WORD) {
        if (c != (uint8_t)words[json->word_at]) {
            event = AMP_JSON_BAD;
        } else if (words[++json->word_at] == '\0') {
            event = scalar_end(json);
        }
    } else {
        event = amp__lexer_string_byte(json, c);
        if (event == AMP_JSON_VALUE) {
            event = scalar_end(json);
        }
    }
    return event;
}

#if !defined(__OPTIMIZE_SIZE__)

/* Fast path in containers that are not watched, for members without white space whose strings are plain and
 * whole in this piece. Reads a name with its colon, a string, or a brace, each as a whole or not at all.
 * Leaves the state that the byte-wise path would leave. Example: `,"a":"x"` is one step. */
static amp_json_event_t skip(amp_json_t *json, const uint8_t **at, const uint8_t *last)
{
    const uint8_t *p = *at;
    while (p <= last) {
        const uint8_t *q;
        if (json->state == VALUE) {
            q = *p == '"' ? amp__scan_words(p + 1, last) : p;
            if (*q == '"') {
                json->state = AFTER;
            } else if (*q == '{' && q == p && json->depth < AMP_JSON_DEPTH) {
                open_container(json, 1);
            } else {
                break;
            }
            p = q + 1;
        } else if (!json->in_object) {
            break;
        } else if (*p == '}') {
            *at = ++p;
            if (close_container(json) != AMP_JSON_MORE) {
                return AMP_JSON_CLOSE;
            }
        } else {
            q = json->state == AFTER ? amp__scan_members(p, last) : amp__scan_name(p, last);
            if (q == NULL || q == p) {
                break;
            }
            p = json->state == AFTER ? q : q + 2;
            json->state = p[-1] == ':' ? VALUE : AFTER;
        }
        *at = p;
    }
    return AMP_JSON_MORE;
}

/* Does skip() for fewer than AMP_SCAN_MARGIN bytes before `end`. A copy is padded with zeros, which match
 * nothing. */
static amp_json_event_t skip_tail(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    uint8_t copy[2 * AMP_SCAN_MARGIN] = {0};
    const uint8_t *p = copy;
    size_t len = (size_t)(end - *at);
    memcpy(copy, *at, len);
    amp_json_event_t event = skip(json, &p, copy + len - 1u);
    *at += p - copy;
    amp__wipe(copy, len);
    return event;
}

#endif

/* Fast path through the plain text of a string, and its closing quote if the value is not kept. Small builds
 * have it too: most of an answer is text, and they would take three times as long without it. */
static amp_json_event_t run(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    const uint8_t *from = *at;
    if (json->state == OPENING_QUOTE) {
        json->state = IN_STRING;
        ++from;
    }
    const uint8_t *p = amp__scan_plain(from, end);
    size_t len = (size_t)(p - from);
    size_t kept = json->keep == AMP_KEEP_NOTHING ? len : amp__lexer_keep_run(json, from, len);
    *at = from + kept;
    if (kept < len) {
        return AMP_JSON_FULL;
    }
    if (p < end && *p == '"' && json->keep != AMP_KEEP_VALUE) {
        *at = p + 1;
        return scalar_end(json);
    }
    return AMP_JSON_MORE;
}

amp_json_event_t amp__lexer_next(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    amp_json_event_t event = AMP_JSON_MORE;
    const uint8_t *p = *at;
    while (event == AMP_JSON_MORE && p < end) {
        if (json->state == IN_STRING || (json->state == OPENING_QUOTE && json->keep != AMP_KEEP_VALUE)) {
            event = run(json, &p, end);
#if !defined(__OPTIMIZE_SIZE__)
        } else if (json->depth > json->watch && json->state <= VALUE) {
            event =
                end - p >= AMP_SCAN_MARGIN ? skip(json, &p, end - AMP_SCAN_MARGIN) : skip_tail(json, &p, end);
#endif
        }
        if (event != AMP_JSON_MORE || p == end) {
            break;
        }
        if (json->state <= COLON) {
            event = is_space(*p) ? AMP_JSON_MORE : structure_byte(json, *p);
            p += json->state <= COLON;
        } else if (json->state >= IN_NUMBER && number_step(json->state, *p) == NUMBER_ENDS) {
            event = scalar_end(json);
        } else {
            event = scalar_byte(json, p);
            p += event != AMP_JSON_FULL;
        }
    }
    *at = p;
    return event;
}

int amp__lexer_is_object(amp_str_t text)
{
    amp_json_t json;
    const uint8_t *p = (const uint8_t *)text.ptr;
    if (text.len == 0) {
        return 0;
    }
    const uint8_t *end = p + text.len;
    amp__lexer_init(&json);
    if (amp__lexer_next(&json, &p, end) != AMP_JSON_OBJECT) {
        return 0;
    }
    amp_json_event_t event = amp__lexer_next(&json, &p, end);
    if (event != AMP_JSON_CLOSE) {
        return 0;
    }
    event = amp__lexer_next(&json, &p, end); /* nothing may follow the object */
    return event == AMP_JSON_MORE;
}

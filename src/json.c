/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <string.h>

#include "json_state.h"
#include "scan.h"
#include "wipe.h"

static const char words[] = "true\0false\0null";

void amp_json_init(amp_json_t *json)
{
    memset(json, 0, sizeof *json);
    json->state = VALUE;
}

int amp_json_whole(const amp_json_t *json)
{
    return json->depth == 0 &&
           (json->state == AFTER || (json->state >= IN_NUMBER && (json->state & 1u) != 0));
}

/* A scalar ended: what follows it, and whether anybody wants to know. */
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

static amp_json_event_t number_byte(amp_json_t *json, const uint8_t *p)
{
    unsigned next = number_step(json->state, *p);
    if (next == NUMBER_BAD) {
        return AMP_JSON_BAD;
    }
    if (!amp_json_keep(json, p, 1, 1)) {
        return AMP_JSON_FULL;
    }
    json->state = (uint8_t)next;
    return AMP_JSON_MORE;
}

static amp_json_event_t word_byte(amp_json_t *json, const uint8_t *p)
{
    if (*p != (uint8_t)words[json->word_at]) {
        return AMP_JSON_BAD;
    }
    if (!amp_json_keep(json, p, 1, 1)) {
        return AMP_JSON_FULL;
    }
    return words[++json->word_at] == '\0' ? scalar_end(json) : AMP_JSON_MORE;
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

static amp_json_event_t start_value(amp_json_t *json, const uint8_t *p)
{
    uint8_t c = *p;
    json->is_key = 0;
    json->keep = json->keep_next;
    json->kind = c;
    switch (c) {
    case '"':
        if (json->keep == AMP_KEEP_VALUE && !amp_sink_put(&json->sink, p, 1)) {
            return AMP_JSON_FULL;
        }
        json->state = IN_STRING;
        return AMP_JSON_MORE;
    case '{':
    case '[':
        return open_container(json, c == '{');
    case 't':
    case 'f':
    case 'n':
        json->word_at = c == 't' ? 0 : c == 'f' ? 5 : 11;
        json->state = IN_WORD;
        return word_byte(json, p);
    default:
        json->kind = 0;
        json->state = IN_NUMBER;
        return number_byte(json, p);
    }
}

/* A byte between scalars that is not white space. */
static amp_json_event_t structure_byte(amp_json_t *json, const uint8_t *p)
{
    uint8_t c = *p;
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
            return start_value(json, p);
        }
        /* fall through */
    case KEY:
        json->state = IN_STRING;
        json->is_key = 1;
        json->keep = json->depth > json->watch ? AMP_KEEP_NOTHING : AMP_KEEP_KEY;
        json->key_len = 0;
        return c == '"' ? AMP_JSON_MORE : AMP_JSON_BAD;
    default:
        return start_value(json, p);
    }
}

static int is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static amp_json_event_t any_byte(amp_json_t *json, const uint8_t *p)
{
    if (json->state < IN_STRING) {
        return is_space(*p) ? AMP_JSON_MORE : structure_byte(json, p);
    }
    if (json->state < IN_WORD) {
        amp_json_event_t event = amp_json_string_byte(json, p);
        return event == AMP_JSON_VALUE ? scalar_end(json) : event;
    }
    return json->state == IN_WORD ? word_byte(json, p) : number_byte(json, p);
}

#if !defined(__OPTIMIZE_SIZE__)

/* The short cut through what most of an answer is: members without white space whose strings
 * are plain and whole in this piece, in containers that nobody watches. It reads a name with its
 * colon, a text, an opening or a closing, and leaves the state that the general way would, or
 * reads nothing of it. */
static amp_json_event_t skip(amp_json_t *json, const uint8_t **at, const uint8_t *last)
{
    const uint8_t *p = *at;
    while (p <= last) {
        const uint8_t *q;
        if (json->state == VALUE) {
            q = *p == '"' ? amp_scan_words(p + 1, last) : p;
            if (*q == '"') {
                json->state = AFTER;
            } else if (*q == '{' && q == p && json->depth < AMP_JSON_DEPTH) {
                open_container(json, 1);
            } else {
                break;
            }
            p = q + 1;
        } else if (!json->in_object || json->state > AFTER) {
            break;
        } else if (*p == '}') {
            *at = ++p;
            if (close_container(json) != AMP_JSON_MORE) {
                return AMP_JSON_CLOSE;
            }
        } else {
            q = json->state == AFTER ? amp_scan_members(p, last) : amp_scan_name(p, last);
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

/* The same for less than AMP_SCAN_MARGIN bytes before `end`: zeros stand in for what is missing,
 * which nothing matches. */
static amp_json_event_t skip_tail(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    uint8_t copy[2 * AMP_SCAN_MARGIN] = {0};
    const uint8_t *p = copy;
    size_t len = (size_t)(end - *at);
    memcpy(copy, *at, len);
    amp_json_event_t event = skip(json, &p, copy + len - 1u);
    *at += p - copy;
    amp_wipe(copy, len);
    return event;
}

#endif

amp_json_event_t amp_json_next(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    amp_json_event_t event = AMP_JSON_MORE;
    const uint8_t *p = *at;
    while (event == AMP_JSON_MORE && p < end) {
#if !defined(__OPTIMIZE_SIZE__)
        if (json->depth > json->watch && json->state <= VALUE) {
            event =
                end - p >= AMP_SCAN_MARGIN ? skip(json, &p, end - AMP_SCAN_MARGIN) : skip_tail(json, &p, end);
            if (event != AMP_JSON_MORE || p == end) {
                break;
            }
        }
#endif
        const uint8_t *run = p;
        if (json->state == IN_STRING) {
            p = amp_scan_plain(p, end);
            size_t len = (size_t)(p - run);
            size_t kept = json->keep == AMP_KEEP_NOTHING ? len : amp_json_keep(json, run, len, 1);
            if (kept < len) {
                p = run + kept;
                event = AMP_JSON_FULL;
                break;
            }
            if (p == end) {
                break;
            }
            if (*p == '"' && json->keep != AMP_KEEP_VALUE) {
                ++p;
                event = scalar_end(json);
                continue;
            }
        } else if (json->state >= IN_NUMBER && number_step(json->state, *p) == NUMBER_ENDS) {
            event = scalar_end(json);
            continue;
        }
        event = any_byte(json, p);
        p += event != AMP_JSON_FULL;
    }
    *at = p;
    return event;
}

int amp_json_is_object(amp_str_t text)
{
    amp_json_t json;
    const uint8_t *p = (const uint8_t *)text.ptr;
    const uint8_t *end = p + text.len;
    amp_json_init(&json);
    if (text.len == 0 || amp_json_next(&json, &p, end) != AMP_JSON_OBJECT) {
        return 0;
    }
    return amp_json_next(&json, &p, end) == AMP_JSON_CLOSE && amp_json_next(&json, &p, end) == AMP_JSON_MORE;
}

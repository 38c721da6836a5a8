/* SPDX-License-Identifier: MIT */
/* Reads JSON by one automaton (RFC 8259 with UTF-8), fed in pieces of any size.
 *
 *             ┌──────────── , ────────────┐
 *             v                           │
 *   VALUE or NAME ── scalar ends ──> AFTER_ELEMENT, AFTER_MEMBER or DONE
 *             │                           ^
 *             └── [ or { opens ── ] or } ─┘
 *
 * automaton_tables.h has the states between scalars and inside numbers as a table. The states inside a string
 * or a literal are in string_bytes.c. Most members of an answer follow one another without white space, as in
 * `"a":"x","b":true`. take_members() therefore goes from one string or literal to the next without the table.
 * It enters the same states, so a piece may end at any byte.
 *
 * Invariants
 * - Everything that the automaton knows between two pieces is in amp_json_t. Values that change with every
 *   byte are in a cursor while it runs.
 * - `state` is a state of automaton_tables.h. `after` is the state after a value in the open container:
 *   AFTER_ELEMENT, AFTER_MEMBER, or DONE outside of all containers.
 * - `watched` is 1 if the schema table knows the open container. Only then names, scalars, openings and
 *   closings are reported to containers.c. All other text passes through the same states and is only checked.
 * - In a string, `part` is AMP_PART_NONE between two characters. Otherwise it is the part of a character that
 *   is in progress.
 * - `from` is the start of the current string or literal in this piece: a name after its quote, a text with
 *   its quote. At the end of a piece the bytes from there on go to the window. This holds only for a watched
 *   name, a picked value and an outermost literal. No other byte is stored, because it could belong to a
 *   credential.
 * - A number needs no `from`. No byte before a number can be part of the number, so its start is found from
 *   its end.
 * - Line feeds are counted in white space only. A string cannot have one.
 * - A name that has escapes goes to the window unescaped, character by character. It is then never longer
 *   there than in the table. */
#include "automaton.h"

#include <string.h>

#include "../base/scan.h"
#include "automaton_tables.h"
#include "containers.h"
#include "jsmn_value.h"
#include "name_lookup.h"
#include "string_bytes.h"

typedef struct {
    const uint8_t *p; /* the next byte */
    const uint8_t *end;
    const uint8_t *words_end;
    const uint8_t *from;
    const uint8_t *start; /* of the piece */
    size_t state;         /* as wide as an index */
    size_t after;
    int watched;
} cursor_t;

void amp__json_init(amp_json_t *json)
{
    memset(json, 0, sizeof *json);
    json->state = VALUE;
}

int amp__json_whole(const amp_json_t *json)
{
    return json->depth == 0 && (json->state == DONE || (json->state >= FIRST_END && json->state <= LAST_ROW));
}

/* Follows the table. Returns the action of the next byte, which was not read; BAD if the byte leads nowhere,
 * which ends a number where a number may end; SPACES at the end of the piece. */
static inline int follow_table(amp_json_t *json, cursor_t *c)
{
    while (c->p < c->end) {
        int8_t next = json_table.next[PAIR(c->state, json_table.kind[*c->p])];
        if (next > 0) {
            c->state = (size_t)next;
            ++c->p;
        } else if (next == SPACES) {
            if (*c->p == '\n') {
                ++json->lines;
                json->line_start = json->offset + (size_t)(c->p - c->start) + 1u;
            }
            do {
                ++c->p;
            } while (c->p < c->end && *c->p == ' ');
        } else if (next == BAD && c->state >= FIRST_END && !c->watched) {
            c->state = c->after;
        } else {
            return next;
        }
    }
    return SPACES;
}

/* Returns the start of the number that ends before p, as far as it is in this piece. */
static const uint8_t *number_start(const uint8_t *p, const uint8_t *start)
{
    while (p > start && json_table.kind[p[-1]] >= DIGIT_0) { /* no letter of a literal is before a number */
        --p;
    }
    return p;
}

/* Returns the state after a value in the open container. */
static size_t after_value(const amp_json_t *json)
{
    if (json->depth == 0) {
        return DONE;
    }
    unsigned last = json->depth - 1u;
    return AFTER_ELEMENT + ((size_t)json->stack[last >> 3] >> (last & 7u) & 1u);
}

static int is_picked(const amp_json_t *json)
{
    return ((const amp_reader_t *)(const void *)json)->pick.field != NULL;
}

/* Reads a string up to and including its closing quote. Returns 1; or 0 at the end of the piece, or with
 * AMP_PART_BAD in json->part at a byte that is not JSON. */
static inline int take_string(amp_json_t *json, cursor_t *c)
{
    if (json->part == AMP_PART_NONE) {
        c->p = amp__scan_plain(c->p, c->words_end, c->end);
        if (c->p == c->end) {
            return 0;
        }
        if (*c->p == '"') {
            ++c->p;
            return 1;
        }
    }
    unsigned in = !c->watched           ? AMP_STRING_IGNORED
                  : c->state == IN_NAME ? AMP_STRING_NAME
                  : is_picked(json)     ? AMP_STRING_TEXT
                                        : AMP_STRING_IGNORED;
    c->p = amp__json_string(json, c->from, c->p, c->end, in);
    int has_ended = json->part == AMP_PART_END;
    if (has_ended) {
        json->part = AMP_PART_NONE;
    }
    if (in == AMP_STRING_NAME) {
        c->from = c->p - has_ended; /* all of the name is in the window */
    }
    return has_ended;
}

/* Reads a literal. Returns as take_string does. */
static inline int take_literal(amp_json_t *json, cursor_t *c)
{
    const uint8_t *from = c->p;
    if (json->place == 0) {
        c->p = amp__json_whole_literal(from, c->end);
        if (c->p > from) {
            return 1;
        }
    }
    c->p = amp__json_literal(json, c->p, c->end);
    return json->place == 0;
}

/* Reports a value of a watched container. One of a member without a row is not reported. Returns AMP_END
 * for a time: see amp__json_take. */
static inline amp_status_t end_value(amp_json_t *json, size_t after, const uint8_t *from, size_t len)
{
    if (after != AFTER_MEMBER) {
        return amp__value_element_end(amp__json_reader(json), from, len);
    }
    return is_picked(json) ? amp__value_end(amp__json_reader(json), from, len) : AMP_PENDING;
}

/* A name has ended: reads the colon and the first byte of a string after it. Returns 1 if a string or literal
 * follows in this piece, else 0. */
static inline int begin_value(cursor_t *c)
{
    c->state = COLON;
    if (c->end - c->p < 2 || *c->p != ':') {
        return 0;
    }
    c->from = ++c->p;
    if (*c->p == '"') {
        c->state = IN_TEXT;
        ++c->p;
        return 1;
    }
    c->state = json_table.kind[*c->p] == LETTER ? IN_LITERAL : VALUE;
    return c->state == IN_LITERAL;
}

/* A value has ended: reads a comma and the quote of a name. Returns 1 if they are there, else 0. */
static inline int begin_member(cursor_t *c)
{
    if (c->state != AFTER_MEMBER || c->end - c->p < 2 || c->p[0] != ',' || c->p[1] != '"') {
        return 0;
    }
    c->state = IN_NAME;
    c->p += 2;
    c->from = c->p;
    return 1;
}

/* Reads the members of an object as long as one follows another without white space and with a string or
 * literal for a value: `"a":"x","b":true`. Begins with a name, or with the value of a member or element. */
static inline amp_status_t take_members(amp_json_t *json, cursor_t *c)
{
    amp_status_t status = AMP_PENDING;
    int is_next;
    do {
        if (!(c->state == IN_LITERAL ? take_literal(json, c) : take_string(json, c))) {
            return json->part == AMP_PART_BAD ? AMP_ERR_JSON : AMP_PENDING;
        }
        size_t len = (size_t)(c->p - c->from);
        if (c->state == IN_NAME) {
            if (c->watched) {
                status = amp__name_pick(amp__json_reader(json), c->from, len - 1u);
            }
            is_next = status == AMP_PENDING && begin_value(c);
        } else {
            c->state = c->after;
            if (c->watched) {
                status = end_value(json, c->after, c->from, len);
            }
            is_next = status == AMP_PENDING && begin_member(c);
        }
    } while (is_next);
    return status;
}

/* The table has no state for the next byte. follow_table ends the numbers of containers that are not watched.
 */
static inline amp_status_t end_number(amp_json_t *json, cursor_t *c)
{
    if (c->state < FIRST_END) {
        return AMP_ERR_JSON;
    }
    const uint8_t *from = number_start(c->p, c->start);
    c->state = c->after;
    return end_value(json, c->after, from, (size_t)(c->p - from));
}

static inline amp_status_t open_container(amp_json_t *json, cursor_t *c)
{
    unsigned is_object = *c->p == '{';
    amp_status_t status = AMP_PENDING;
    if (json->depth == AMP_JSON_DEPTH) {
        return AMP_ERR_DEPTH;
    }
    uint8_t *at = &json->stack[json->depth >> 3];
    unsigned bit = 1u << (json->depth & 7u);
    *at = (uint8_t)(is_object ? *at | bit : *at & ~bit);
    ++json->depth;
    ++c->p;
    c->state = is_object ? MEMBER : ELEMENT;
    c->after = is_object ? AFTER_MEMBER : AFTER_ELEMENT;
    if (c->watched) {
        status = amp__level_open(amp__json_reader(json), !is_object);
        c->watched = json->depth < json->watch;
    }
    return status;
}

static inline amp_status_t close_container(amp_json_t *json, cursor_t *c)
{
    amp_status_t status = AMP_PENDING;
    ++c->p;
    --json->depth;
    c->after = after_value(json);
    c->state = c->after;
    if (json->depth < json->watch) {
        status = amp__level_close(amp__json_reader(json));
        c->watched = json->depth < json->watch;
    }
    return status;
}

/* Reads bytes between strings and literals: structure, numbers and white space. */
static inline amp_status_t take_structure(amp_json_t *json, cursor_t *c)
{
    switch (follow_table(json, c)) {
    case OPEN:
        return open_container(json, c);
    case CLOSE:
        return close_container(json, c);
    case BEGIN_NAME:
        c->state = IN_NAME;
        c->from = ++c->p;
        return AMP_PENDING;
    case BEGIN_TEXT:
        c->state = IN_TEXT;
        c->from = c->p++;
        return AMP_PENDING;
    case BEGIN_LITERAL:
        c->state = IN_LITERAL;
        c->from = c->p;
        return AMP_PENDING;
    case BAD:
        return end_number(json, c);
    default:
        return AMP_PENDING;
    }
}

/* Returns 1 if the window gets the bytes that this piece has of the current scalar. */
static inline int is_kept(const amp_json_t *json, const cursor_t *c)
{
    return c->watched && c->state > DONE &&
           (c->state == IN_NAME || is_picked(json) || (c->state == IN_LITERAL && json->depth == 0));
}

/* Stores the state at the end of a piece. */
static inline void leave_piece(amp_json_t *json, const cursor_t *c)
{
    json->state = (uint8_t)c->state;
    json->offset += (size_t)(c->p - c->start);
    if (is_kept(json, c)) {
        const uint8_t *from = c->state <= LAST_ROW ? number_start(c->p, c->start) : c->from;
        amp__value_keep(amp__json_reader(json), from, (size_t)(c->p - from));
    }
}

amp_status_t amp__json_take(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    cursor_t c = {*at,
                  end,
                  amp__scan_words_end(*at, end),
                  *at,
                  *at,
                  json->state,
                  after_value(json),
                  json->depth < json->watch};
    amp_status_t status = AMP_PENDING;
    while (status == AMP_PENDING && c.p < c.end) {
        status = c.state <= LAST_ROW ? take_structure(json, &c) : take_members(json, &c);
    }
    leave_piece(json, &c);
    *at = c.p;
    return status;
}

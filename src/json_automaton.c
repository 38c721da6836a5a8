/* SPDX-License-Identifier: MIT */
#include "json_automaton.h"

#include <string.h>

#include "json_levels.h"
#include "json_strings.h"
#include "json_tables.h"
#include "scan.h"

/* The automaton stops after any byte and goes on in the next piece, so all that it knows between two pieces is in
 * the reader. While it runs, what changes with every byte is in a cursor, whose members live in registers.
 *
 * - `state` is a state of json_tables.h. `after` is the state after a value in the container that is open:
 *   AFTER_ELEMENT, AFTER_MEMBER, or DONE outside of all.
 * - `watched` is 1 when the table knows the container that is open. Then names, scalars, openings and closings
 *   go to json_levels.c; otherwise the same states check the bytes and tell nobody.
 * - In a string `part` is AMP_PART_NONE between two characters, or says what of one is in progress.
 * - `from` is where the scalar in progress begins in this piece: a name after its quote, a text with it. At
 *   the end of a piece what there is of it goes to the window, if it is a name or literal in a watched container
 *   or its row is picked, and nothing else: it could be a credential. A number needs no `from`, since what comes
 *   before one cannot be part of it.
 * - A name with escapes is the exception: it goes to the window unescaped, character by character, so that
 *   none is longer there than it is in the table. */

typedef struct {
    const uint8_t *p; /* the next byte */
    const uint8_t *end;
    const uint8_t *from;
    const uint8_t *start; /* of the piece */
    size_t state; /* as wide as an index */
    size_t after;
    int watched;
} cursor_t;

void amp_json_init(amp_json_t *json)
{
    memset(json, 0, sizeof *json);
    json->state = VALUE;
}

int amp_json_whole(const amp_json_t *json)
{
    return json->depth == 0 &&
           (json->state == DONE || (json->state >= FIRST_END && json->state <= LAST_ROW));
}

/* Takes bytes as the table says. Returns what begins or ends with the next one; BAD when it leads nowhere, which
 * is the end of a number where that may end; SPACES at the end of the piece. */
static inline int follow_table(cursor_t *c)
{
    while (c->p < c->end) {
        int next = json_table.next[PAIR(c->state, json_table.kind[*c->p])];
        if (next > 0) {
            c->state = (size_t)next;
            ++c->p;
        } else if (next == SPACES) {
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

/* The number that ends before p, as far as it is in this piece. */
static const uint8_t *number_start(const uint8_t *p, const uint8_t *start)
{
    while (p > start && json_table.kind[p[-1]] >= DIGIT_0 && json_table.kind[p[-1]] <= LETTER_E) {
        --p;
    }
    return p;
}

/* A container opens with this byte, in one that is not as deep as it may be. */
static void push(amp_json_t *json, int is_object)
{
    uint8_t *at = &json->stack[json->depth >> 3];
    unsigned bit = 1u << (json->depth & 7u);
    *at = (uint8_t)(is_object ? *at | bit : *at & ~bit);
    ++json->depth;
}

static size_t after_value(const amp_json_t *json)
{
    unsigned last = json->depth - 1u;
    if (json->depth == 0) {
        return DONE;
    }
    return AFTER_ELEMENT + ((size_t)json->stack[last >> 3] >> (last & 7u) & 1u);
}

/* Takes what is no plain text from a string. 0 when it is not JSON. */
static inline int take_special(amp_json_t *json, cursor_t *c)
{
    unsigned in = AMP_STRING_IGNORED;
    if (c->watched && c->state == IN_NAME) {
        in = AMP_STRING_NAME;
    } else if (c->watched && amp_json_reader(json)->pick.field != NULL) {
        in = AMP_STRING_TEXT;
    }
    if (in == AMP_STRING_NAME && json->part == AMP_PART_NONE) {
        amp_level_keep(amp_json_reader(json), c->from, (size_t)(c->p - c->from));
    }
    const uint8_t *next = amp_json_special(json, c->p, c->end, in);
    if (next == NULL) {
        return 0;
    }
    c->p = next;
    if (c->state == IN_NAME) {
        c->from = next;
    }
    return 1;
}

/* Takes a string past its closing quote, and returns 1; or up to the end of the piece or the byte that cannot be there,
 * and returns 0. */
static inline int take_string(amp_json_t *json, cursor_t *c, amp_status_t *out_status)
{
    while (c->p < c->end) {
        if (json->part == AMP_PART_NONE) {
            c->p = amp_scan_plain(c->p, c->end);
            if (c->p == c->end) {
                return 0;
            }
            if (*c->p == '"') {
                ++c->p;
                return 1;
            }
        }
        if (!take_special(json, c)) {
            *out_status = AMP_ERR_JSON;
            return 0;
        }
    }
    return 0;
}

/* 1 when a watched name begins here and is the one that is expected: it is taken. */
static inline int take_expected(amp_json_t *json, cursor_t *c)
{
    if (c->state != IN_NAME || !c->watched || c->p != c->from || amp_json_reader(json)->kept > 0) {
        return 0;
    }
    size_t len = amp_level_expected(amp_json_reader(json), c->p, c->end);
    c->p += len;
    return len > 0;
}

/* A string of a watched container has ended. */
static inline amp_status_t tell_string(amp_json_t *json, const cursor_t *c)
{
    size_t len = (size_t)(c->p - c->from);
    if (c->state == IN_NAME) {
        return amp_level_name(amp_json_reader(json), c->from, len - 1u);
    }
    /* A member without a row is nothing to anybody. */
    if (amp_json_reader(json)->pick.field == NULL && c->after == AFTER_MEMBER) {
        return AMP_PENDING;
    }
    return amp_level_scalar(amp_json_reader(json), c->from, len);
}

static inline int has_pair(const cursor_t *c, char first, char second)
{
    return c->end - c->p >= 2 && c->p[0] == (uint8_t)first && c->p[1] == (uint8_t)second;
}

/* After a name mostly a colon and a text follow, and after a text a comma and a name. 0 when they do not, or not in
 * this piece; or where amp_json_skip() can go on. */
static inline int next_string(cursor_t *c)
{
    if (c->state == IN_NAME) {
        c->state = COLON;
        if (has_pair(c, ':', '"')) {
            c->state = IN_TEXT;
            c->from = c->p + 1;
            c->p += 2;
            return 1;
        }
        return 0;
    }
    c->state = c->after;
    if (c->watched && c->state == AFTER_MEMBER && has_pair(c, ',', '"')) {
        c->state = IN_NAME;
        c->p += 2;
        c->from = c->p;
        return 1;
    }
    return 0;
}

/* Takes names and texts as long as one follows the other. */
static inline amp_status_t take_strings(amp_json_t *json, cursor_t *c)
{
    amp_status_t status = AMP_PENDING;
    do {
        if (take_expected(json, c)) {
            status = (amp_status_t)amp_json_reader(json)->status;
        } else if (!take_string(json, c, &status)) {
            return status;
        } else if (c->watched) {
            status = tell_string(json, c);
        }
    } while (next_string(c) && status == AMP_PENDING);
    return status;
}

static inline amp_status_t take_literal(amp_json_t *json, cursor_t *c)
{
    const uint8_t *next = amp_json_literal(json, c->p, c->end);
    if (next == NULL) {
        return AMP_ERR_JSON;
    }
    c->p = next;
    if (json->place > 0) {
        return AMP_PENDING;
    }
    c->state = c->after;
    return c->watched ? amp_level_scalar(amp_json_reader(json), c->from, (size_t)(next - c->from)) : AMP_PENDING;
}

/* The next byte leads nowhere in the table. */
static inline amp_status_t end_number(amp_json_t *json, cursor_t *c)
{
    if (c->state < FIRST_END) {
        return AMP_ERR_JSON;
    }
    const uint8_t *from = number_start(c->p, c->start);
    c->state = c->after;
    return c->watched ? amp_level_scalar(amp_json_reader(json), from, (size_t)(c->p - from)) : AMP_PENDING;
}

static inline amp_status_t open_container(amp_json_t *json, cursor_t *c)
{
    int is_object = *c->p == '{';
    amp_status_t status = AMP_PENDING;
    if (json->depth == AMP_JSON_DEPTH) {
        return AMP_ERR_DEPTH;
    }
    ++c->p;
    push(json, is_object);
    c->state = is_object ? MEMBER : ELEMENT;
    c->after = is_object ? AFTER_MEMBER : AFTER_ELEMENT;
    if (c->watched) {
        status = amp_level_open(amp_json_reader(json), !is_object);
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
        status = amp_level_close(amp_json_reader(json));
        c->watched = json->depth < json->watch;
    }
    return status;
}

/* Takes what is between names and texts: structure and numbers. */
static inline amp_status_t take_structure(amp_json_t *json, cursor_t *c)
{
    if (!c->watched && c->state == AFTER_MEMBER) {
        c->p = amp_json_skip(c->p, c->end);
        c->state = c->p > c->start && c->p[-1] == ':' ? VALUE : AFTER_MEMBER;
    }
    int what = follow_table(c);
    if (what == OPEN) {
        return open_container(json, c);
    }
    if (what == CLOSE) {
        return close_container(json, c);
    }
    switch (what) {
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
        json->place = 0;
        return AMP_PENDING;
    case BAD:
        return end_number(json, c);
    default:
        return AMP_PENDING;
    }
}

/* 1 when the window gets what this piece has of the scalar in progress. */
static inline int is_kept(amp_json_t *json, const cursor_t *c)
{
    return c->watched && c->state > DONE &&
           (c->state == IN_NAME || amp_json_reader(json)->pick.field != NULL ||
            (c->state == IN_LITERAL && json->depth == 0));
}

/* At the end of a piece. */
static inline void leave_piece(amp_json_t *json, const cursor_t *c)
{
    json->state = (uint8_t)c->state;
    if (is_kept(json, c)) {
        const uint8_t *from = c->state <= LAST_ROW ? number_start(c->p, c->start) : c->from;
        amp_level_keep(amp_json_reader(json), from, (size_t)(c->p - from));
    }
}

amp_status_t amp_json_take(amp_json_t *json, const uint8_t **at, const uint8_t *end)
{
    cursor_t c = {*at, end, *at, *at, json->state, after_value(json), json->depth < json->watch};
    amp_status_t status = AMP_PENDING;
    while (status == AMP_PENDING && c.p < c.end) {
        if (c.state <= LAST_ROW) {
            status = take_structure(json, &c);
        }
        if (c.state == IN_LITERAL) {
            status = take_literal(json, &c);
        } else if (c.state > LAST_ROW) {
            status = take_strings(json, &c);
        }
    }
    leave_piece(json, &c);
    *at = c.p;
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Proves the automaton for texts of any length, in pieces of any size. One step of amp__json_take starts in
 * any state that the invariant allows. It touches no memory but its own, and its end state satisfies the
 * invariant again. Any container may be watched, or none. A step reads up to PIECE bytes, at any place of a
 * piece.
 *
 * Every other file is replaced by its contract. Each stub proves the preconditions of its function, then does
 * anything that the function is allowed to do. proof_string.c proves these contracts for the functions of
 * strings and literals. proof_value.c has those of jsmn_value.h. containers.c is tested and fuzzed. */
/* cbmc --unwind 5 --unwindset follow_table.1:7 --object-bits 9 src/base/scan.c */
#include "reader_invariant.h"

#include "json/automaton.c"

#define PIECE 3u

static amp_reader_t reader;
static const amp_field_t picked_row;
static uint8_t bytes[PIECE];
static const uint8_t *piece; /* the piece is [piece, bytes + PIECE) */

/* Returns AMP_PENDING, `other`, or any error. */
static amp_status_t any_status(int other)
{
    int status;
    assume(status == AMP_PENDING || status == other || (status < 0 && status > -100));
    return (amp_status_t)status;
}

static void pick_any(void)
{
    _Bool is_picked;
    reader.pick.field = is_picked ? &picked_row : NULL;
}

static int is_in_piece(const uint8_t *text, size_t len)
{
    return __CPROVER_same_object(text, bytes) && text >= piece && text <= bytes + PIECE &&
           len <= (size_t)(bytes + PIECE - text);
}

static int is_watched(unsigned depth)
{
    return depth < reader.json.watch;
}

void amp__value_keep(amp_reader_t *self, const uint8_t *text, size_t len)
{
    prove(self == &reader && is_watched(self->json.depth));
    prove(is_in_piece(text, len));
    self->kept += len;
}

amp_status_t amp__name_pick(amp_reader_t *self, const uint8_t *name, size_t len)
{
    prove(self == &reader && is_watched(self->json.depth));
    prove(self->json.depth > 0 && is_object_open(&self->json));
    prove(is_in_piece(name, len) && self->saved == 0);
    self->kept = 0;
    pick_any();
    return any_status(AMP_PENDING);
}

/* Drops the value, unless there is an error. A text may be a time, which amp__value_time stores after
 * AMP_END. */
static amp_status_t end_any(const uint8_t *text, size_t len)
{
    amp_status_t status = any_status(len > 0 && text[len - 1u] == '"' ? AMP_END : AMP_PENDING);
    if (status == AMP_PENDING) {
        reader.kept = 0;
        reader.saved = 0;
    }
    return status;
}

/* The scalar's bytes in the window and in this piece must form a complete scalar. Its first byte is the first
 * one in the window, or the first one in this piece. A text ends with its quote. */
static void prove_value(const uint8_t *text, size_t len)
{
    prove(reader.kept + len > 0 && reader.saved < reader.kept + len);
    if (reader.saved > 0) {
        prove(len > 0 && text[len - 1u] == '"' && reader.saved + 2u <= reader.kept + len);
    }
    if (reader.kept == 0) {
        int kind = json_table.kind[text[0]];
        prove(kind == QUOTE || kind == HYPHEN || kind == DIGIT_0 || kind == DIGIT || kind == LETTER);
        prove(kind != QUOTE || (len > 1u && text[len - 1u] == '"'));
        prove(kind == QUOTE || reader.saved == 0);
    }
}

amp_status_t amp__value_end(amp_reader_t *self, const uint8_t *text, size_t len)
{
    prove(self == &reader && is_watched(self->json.depth) && self->pick.field != NULL);
    prove(self->json.depth > 0 && is_object_open(&self->json));
    prove(is_in_piece(text, len));
    prove_value(text, len);
    amp_status_t status = end_any(text, len);
    self->pick.field = status == AMP_PENDING ? NULL : self->pick.field;
    return status;
}

amp_status_t amp__value_element_end(amp_reader_t *self, const uint8_t *text, size_t len)
{
    prove(self == &reader && is_watched(self->json.depth));
    prove(self->json.depth == 0 || !is_object_open(&self->json));
    prove(is_in_piece(text, len));
    if (self->pick.field != NULL) {
        prove_value(text, len);
    }
    pick_any();
    return end_any(text, len);
}

amp_status_t amp__level_open(amp_reader_t *self, int is_array)
{
    prove(self == &reader && self->json.depth > 0 && is_watched(self->json.depth - 1u));
    prove(is_array == !is_object_open(&self->json));
    prove(self->kept == 0 && self->saved == 0);
    _Bool is_known;
    if (is_known) {
        self->json.watch = (uint8_t)(self->json.depth + 1u);
    }
    pick_any();
    return any_status(AMP_PENDING);
}

amp_status_t amp__level_close(amp_reader_t *self)
{
    prove(self == &reader && is_watched(self->json.depth));
    prove(self->kept == 0 && self->saved == 0);
    _Bool is_list;
    if (self->json.depth > 0 || !is_list) {
        self->json.watch = (uint8_t)(self->json.depth + 1u);
    }
    pick_any();
    return any_status(AMP_ITEM);
}

const uint8_t *amp__json_string(amp_json_t *json, const uint8_t *from, const uint8_t *p, const uint8_t *end,
                                unsigned in)
{
    prove(json == &reader.json && is_part(json));
    prove(from <= p && p < end && end == bytes + PIECE && is_in_piece(from, 0));
    prove(in == AMP_STRING_IGNORED || is_watched(json->depth));
    prove(in != AMP_STRING_TEXT || reader.pick.field != NULL);
    amp_json_t any;
    size_t step;
    size_t kept;
    size_t saved;
    assume(step <= (size_t)(end - p));
    json->part = any.part;
    json->place = any.place;
    json->utf8 = any.utf8;
    json->unit = any.unit;
    if (json->part == AMP_PART_END) {
        assume(step > 0 && p[step - 1u] == '"' && json->place == 0 && json->utf8.remaining == 0);
    } else {
        assume(json->part == AMP_PART_BAD || (p + step == end && is_part(json)));
    }
    if (in == AMP_STRING_NAME) {
        assume(kept <= PIECE * 2u * AMP_KEY_SIZE);
        reader.kept += kept;
    } else if (in == AMP_STRING_TEXT) {
        size_t all = reader.kept + (size_t)(p + step - from) - (json->part == AMP_PART_END);
        assume(saved < all && escape_bytes(json) < all - saved);
        reader.saved = saved;
    }
    return p + step;
}

const uint8_t *amp__json_literal(amp_json_t *json, const uint8_t *p, const uint8_t *end)
{
    prove(json == &reader.json && json->part == AMP_PART_NONE);
    prove(p < end && end == bytes + PIECE && is_in_piece(p, 0));
    prove(is_in_literal(json->place) || (json->place == 0 && json_table.kind[*p] == LETTER));
    amp_json_t any;
    size_t step;
    assume(step <= (size_t)(end - p) && (any.part == AMP_PART_BAD || any.part == AMP_PART_NONE));
    assume(any.part == AMP_PART_BAD
               ? any.place > 0 && any.place < 16u
               : step > 0 && (any.place == 0 || (p + step == end && is_in_literal(any.place))));
    json->part = any.part;
    json->place = any.place;
    return p + step;
}

static int holds(void)
{
    return is_automaton(&reader.json) && is_watch(&reader.json) && is_window(&reader);
}

/* Between two steps, within a piece: between two scalars, or at the first byte of a string or literal that
 * has begun in this piece. */
static int is_between_steps(const cursor_t *c)
{
    int is_begun = c->state == IN_NAME   ? c->from == c->p
                   : c->state == IN_TEXT ? c->from + 1 == c->p && *c->from == '"'
                                         : c->from == c->p && json_table.kind[*c->p] == LETTER;
    const amp_json_t *json = &reader.json;
    int is_value = c->state == VALUE || c->state == ELEMENT;
    if (is_value && c->p > c->start && json_table.kind[c->p[-1]] >= DIGIT_0 &&
        json_table.kind[c->p[-1]] <= LETTER_E) {
        return 0; /* it would be parsed as part of a number */
    }
    return reader.kept == 0 && reader.saved == 0 && json->part == AMP_PART_NONE && json->place == 0 &&
           json->utf8.remaining == 0 && (c->state <= DONE || (c->state >= IN_NAME && is_begun));
}

static int is_cursor(const cursor_t *c)
{
    const amp_json_t *json = &reader.json;
    return c->state >= VALUE && c->state <= IN_LITERAL && json->depth <= AMP_JSON_DEPTH &&
           (!is_in_object((unsigned)c->state) || (json->depth > 0 && is_object_open(json))) &&
           (!is_in_array((unsigned)c->state) || (json->depth > 0 && !is_object_open(json))) &&
           (c->state != DONE || json->depth == 0) && is_watch(json) && c->after == after_value(json) &&
           c->watched == is_watched(json->depth);
}

int main(void)
{
    size_t start;
    size_t at;
    size_t from;
    size_t state;
    _Bool is_first;
    set_any(reader);
    amp__json_init(&reader.json);
    reader.kept = reader.saved = 0;
    prove(holds());

    set_any(bytes);
    set_any(reader);
    pick_any();
    assume(start <= at && at < PIECE && start <= from && from <= at);
    assume(reader.kept <= KEPT_MAX - PIECE * 3u * AMP_KEY_SIZE);
    piece = bytes + start;
    cursor_t c = {bytes + at,
                  bytes + PIECE,
                  amp__scan_words_end(piece, bytes + PIECE),
                  bytes + from,
                  piece,
                  state,
                  after_value(&reader.json),
                  is_watched(reader.json.depth)};
    if (is_first) {
        /* The first step, as amp__json_take begins it. */
        assume(at == start && from == start && state == reader.json.state && holds());
    } else {
        assume(is_cursor(&c) && is_between_steps(&c));
    }
    amp_status_t status =
        c.state <= LAST_ROW ? take_structure(&reader.json, &c) : take_members(&reader.json, &c);
    prove(__CPROVER_same_object(c.p, bytes) && c.p >= bytes + at && c.p <= c.end && c.end == bytes + PIECE);
    prove(status != AMP_END || c.p > bytes + at);
    if (status == AMP_PENDING && c.p < c.end) {
        prove(is_cursor(&c) && is_between_steps(&c));
    } else {
        prove(status < 0 || is_cursor(&c));
        leave_piece(&reader.json, &c);
        prove(status < 0 || status == AMP_END || holds());
    }
    return 0;
}

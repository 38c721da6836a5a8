/* SPDX-License-Identifier: MIT */
/* Proves the contracts of string_bytes.c that proof_automaton.c relies on: from any byte of a string or
 * literal, in any piece. proof_utf8.c proves the check of characters. */
/* cbmc --unwind 5 --object-bits 9 src/json/string_bytes.c src/base/utf8.c */
#include "reader_invariant.h"

#include "json/jsmn_value.h"

#define PIECE 3u

static amp_reader_t reader;
static uint8_t bytes[PIECE];
static unsigned kind;

/* Plain text of the piece, or one character that was written as an escape. Only a name is kept here. */
void amp__value_keep(amp_reader_t *self, const uint8_t *text, size_t len)
{
    prove(self == &reader && kind == AMP_STRING_NAME);
    if (__CPROVER_same_object(text, bytes)) {
        prove(text >= bytes && text <= bytes + PIECE && len <= (size_t)(bytes + PIECE - text));
    } else {
        prove(len == 1u && __CPROVER_r_ok(text, 1) && *text >= ' ' && *text <= '~');
    }
    self->kept += len;
}

static void check_string(size_t from, size_t at)
{
    amp_json_t *json = &reader.json;
    assume(is_part(json) && kind <= AMP_STRING_TEXT);
    assume(reader.kept <= KEPT_MAX && reader.saved <= KEPT_MAX);
    size_t kept = reader.kept;
    size_t saved = reader.saved;
    if (kind == AMP_STRING_TEXT) {
        /* The opening quote is the byte before it. */
        assume(saved + escape_bytes(json) < kept + (at - from));
    }
    const uint8_t *p = amp__json_string(json, bytes + from, bytes + at, bytes + PIECE, kind);
    prove(__CPROVER_same_object(p, bytes) && p >= bytes + at && p <= bytes + PIECE);
    if (json->part == AMP_PART_END) {
        prove(p > bytes + at && p[-1] == '"' && json->place == 0 && json->utf8.remaining == 0);
    } else if (json->part != AMP_PART_BAD) {
        prove(p == bytes + PIECE && is_part(json));
    }
    prove(kind == AMP_STRING_NAME ? reader.kept <= kept + PIECE * 2u * AMP_KEY_SIZE : reader.kept == kept);
    prove(kind == AMP_STRING_TEXT || reader.saved == saved);
    if (kind == AMP_STRING_TEXT && json->part != AMP_PART_BAD) {
        size_t all = kept + (size_t)(p - (bytes + from)) - (json->part == AMP_PART_END);
        prove(reader.saved >= saved && reader.saved + escape_bytes(json) < all);
    }
}

static void check_literal(size_t at)
{
    amp_json_t *json = &reader.json;
    const uint8_t *p = bytes + at;
    assume(json->part == AMP_PART_NONE);
    assume(is_in_literal(json->place) || (json->place == 0 && (*p == 't' || *p == 'f' || *p == 'n')));
    p = amp__json_literal(json, p, bytes + PIECE);
    prove(__CPROVER_same_object(p, bytes) && p >= bytes + at && p <= bytes + PIECE);
    if (json->part == AMP_PART_BAD) {
        prove(json->place > 0 && json->place < 16u);
    } else {
        prove(json->part == AMP_PART_NONE && p > bytes + at);
        prove(json->place == 0 || (p == bytes + PIECE && is_in_literal(json->place)));
    }
}

int main(void)
{
    size_t from;
    size_t at;
    _Bool is_string;
    set_any(bytes);
    set_any(reader);
    kind = reader.room;
    assume(at < PIECE && from <= at);
    if (is_string) {
        check_string(from, at);
    } else {
        check_literal(at);
    }
    return 0;
}

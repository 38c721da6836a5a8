/* SPDX-License-Identifier: MIT */
/* The contract between the automaton (automaton.c) and the files that it reports to (containers.c,
 * jsmn_value.c, name_lookup.c). proof_automaton.c shows that the automaton keeps its half, for all behaviour
 * of the others that the contract allows. */
#ifndef AMP_TEST_READER_INVARIANT_H
#define AMP_TEST_READER_INVARIANT_H

#include "proof.h"

#include "ampersand/reader_state.h"
#include "json/automaton_tables.h"
#include "json/string_bytes.h"

static inline int is_in_object(unsigned state)
{
    return state == MEMBER || state == NAME || state == COLON || state == AFTER_MEMBER || state == IN_NAME;
}

static inline int is_in_array(unsigned state)
{
    return state == ELEMENT || state == AFTER_ELEMENT;
}

/* Returns 1 if the innermost open container is an object. At least one container is open. */
static inline unsigned is_object_open(const amp_json_t *json)
{
    unsigned last = json->depth - 1u;
    return (unsigned)json->stack[last / 8u] >> last % 8u & 1u;
}

/* Returns the index of the next letter in "true", "false" or "null". The three words are stored in sequence,
 * each with a NUL before it. At least one letter was read. */
static inline int is_in_literal(unsigned at)
{
    return (at > 1u && at < 5u) || (at > 6u && at < 11u) || (at > 12u && at < 16u);
}

/* Within a string, or not in one: the part of a character that is in progress. */
static inline int is_part(const amp_json_t *json)
{
    int is_place = json->part == AMP_PART_HEX ? json->place > 0 && json->place <= 4u : json->place == 0;
    return json->part <= AMP_PART_HEX && is_place && json->utf8.remaining <= 3u &&
           (json->part == AMP_PART_UTF8) == (json->utf8.remaining > 0);
}

/* The state of an automaton between two pieces, without the containers that it watches. */
static inline int is_automaton(const amp_json_t *json)
{
    int is_string = json->state == IN_NAME || json->state == IN_TEXT;
    return json->state >= VALUE && json->state <= IN_LITERAL && json->depth <= AMP_JSON_DEPTH &&
           (!is_in_object(json->state) || (json->depth > 0 && is_object_open(json))) &&
           (!is_in_array(json->state) || (json->depth > 0 && !is_object_open(json))) &&
           (json->state != DONE || json->depth == 0) &&
           (json->state == IN_LITERAL
                ? is_in_literal(json->place) && json->part == AMP_PART_NONE && json->utf8.remaining == 0
                : is_part(json) && (is_string || json->part == AMP_PART_NONE));
}

/* If `watch` is 0, no container is watched. Otherwise the containers outside of the watched one are open. At
 * depth 0, `watch` is 2 after an array that is the whole text. */
static inline int is_watch(const amp_json_t *json)
{
    return json->watch <= json->depth + 1u || (json->depth == 0 && json->watch == 2u);
}

/* The bytes of an escape that were read, as long as it is incomplete. */
static inline size_t escape_bytes(const amp_json_t *json)
{
    return json->part == AMP_PART_ESCAPE ? 1u : json->part == AMP_PART_HEX ? 6u - json->place : 0;
}

/* Texts are shorter than half of the memory, so `kept` can count all bytes of a text. */
#define KEPT_MAX (SIZE_MAX / 4u)

/* Between two pieces, the window has the bytes of an unfinished scalar that is kept. That is a watched name,
 * a picked value, or a literal that is the whole text. For a text, the quote is included, and unescaping
 * makes it shorter. Otherwise no byte is kept. */
static inline int is_window(const amp_reader_t *reader)
{
    const amp_json_t *json = &reader->json;
    int is_scalar = json->depth < json->watch && json->state > DONE;
    if (is_scalar && json->state == IN_NAME) {
        return reader->kept <= KEPT_MAX && reader->saved == 0;
    }
    if (is_scalar && (reader->pick.field != NULL || (json->state == IN_LITERAL && json->depth == 0))) {
        return reader->kept > 0 && reader->kept <= KEPT_MAX &&
               (json->state == IN_TEXT ? reader->saved + escape_bytes(json) < reader->kept
                                       : reader->saved == 0);
    }
    return reader->kept == 0 && reader->saved == 0;
}

#endif

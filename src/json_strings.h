/* SPDX-License-Identifier: MIT */
/* What the automaton takes many bytes of at a time: the insides of strings and literals, and members that are not
 * wanted. */
#ifndef AMP_SRC_JSON_STRINGS_H
#define AMP_SRC_JSON_STRINGS_H

#include "ampersand/state.h"

/* The reader of an automaton that watches: it is the first member. */
static inline amp_reader_t *amp_json_reader(amp_json_t *json)
{
    void *reader = json;
    return reader;
}

/* For json->part: what is in progress in a string. */
enum { AMP_PART_NONE, AMP_PART_UTF8, AMP_PART_ESCAPE, AMP_PART_HEX };

/* Whose string it is: of a container that is not watched, or a watched name or text. */
enum { AMP_STRING_IGNORED, AMP_STRING_NAME, AMP_STRING_TEXT };

/* Takes what is no plain text from p on, which is before end: escapes and characters beyond ASCII that follow one
 * another. Of a watched name the characters go to the window, unescaped; of a watched text the reader's `saved` counts
 * what the escapes take more than their characters.
 * Returns where plain text goes on, or end; NULL when a byte cannot be in a string. */
const uint8_t *amp_json_special(amp_json_t *json, const uint8_t *p, const uint8_t *end, unsigned in);

/* Takes true, false or null, or what there is of it, from p on, which is before end; json->place is 0 where it begins
 * and once it is whole. Returns where it stopped; NULL when it is none of them. */
const uint8_t *amp_json_literal(amp_json_t *json, const uint8_t *p, const uint8_t *end);

/* Takes members of an object that is not watched, from after a value on, as long as they are plain: without white space,
 * whole in this piece, with literals for values or texts without escapes. Of another value it takes the name and the
 * colon. It does what the states would, without going from one to the next: most bytes of an answer are such members.
 * Returns where it stopped: after a colon, or after a value. */
const uint8_t *amp_json_skip(const uint8_t *p, const uint8_t *end);

#endif

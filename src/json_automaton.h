/* SPDX-License-Identifier: MIT */
/* The automaton that reads JSON: RFC 8259 with UTF-8, in pieces of any size. */
#ifndef AMP_SRC_JSON_AUTOMATON_H
#define AMP_SRC_JSON_AUTOMATON_H

#include "ampersand/state.h"

/* Puts the automaton in front of the text. Nothing is watched. */
void amp_json_init(amp_json_t *json);

/* Takes [*at, end), and moves *at past what was taken: all of it with AMP_PENDING, up to the end of a record with
 * AMP_ITEM, up to about the byte that is wrong with an error. An automaton that watches is that of a reader. */
amp_status_t amp_json_take(amp_json_t *json, const uint8_t **at, const uint8_t *end);

/* 1 when the text may end here: one whole value was read. */
int amp_json_whole(const amp_json_t *json);

/* 1 when the text is one JSON object and nothing else. */
int amp_json_is_object(amp_str_t text);

#endif

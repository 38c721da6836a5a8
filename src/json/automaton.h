/* SPDX-License-Identifier: MIT */
/* The automaton that reads JSON: RFC 8259 with UTF-8, in pieces of any size. */
#ifndef AMP_SRC_AUTOMATON_H
#define AMP_SRC_AUTOMATON_H

#include "ampersand/reader_state.h"

/* Starts a text. Nothing is watched. */
void amp__json_init(amp_json_t *json);

/* Reads [*at, end), and moves *at after the bytes that were read. Returns AMP_PENDING if all were read,
 * AMP_ITEM at the end of a record, or an error at the byte that is not valid. AMP_END: the value before *at
 * is a time, which amp__value_time stores. An automaton that watches must be that of a reader. */
amp_status_t amp__json_take(amp_json_t *json, const uint8_t **at, const uint8_t *end);

/* Returns 1 if the text may end here: one whole value was read. */
int amp__json_whole(const amp_json_t *json);

/* Returns 1 if the text is one JSON object and nothing else. */
int amp__json_is_object(amp_str_t text);

#endif

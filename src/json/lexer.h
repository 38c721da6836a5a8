/* SPDX-License-Identifier: MIT */
/* A JSON lexer and validator (RFC 8259) that is pushed bytes in pieces of any size, keeps no
 * text but what it is asked for, and makes no event for what nobody watches. */
#ifndef AMP_SRC_LEXER_H
#define AMP_SRC_LEXER_H

#include "ampersand/reader_state.h"

typedef enum {
    AMP_JSON_MORE,   /* the input is used up */
    AMP_JSON_KEY,    /* a member's name, unescaped in key, key_len */
    AMP_JSON_OBJECT, /* an object opened */
    AMP_JSON_ARRAY,
    AMP_JSON_CLOSE, /* an object or array closed */
    AMP_JSON_VALUE, /* a string, number, true, false or null ended */
    AMP_JSON_FULL,  /* the sink has no room: empty it or let it count, then go on */
    AMP_JSON_BAD,   /* not JSON */
    AMP_JSON_TOO_DEEP
} amp_json_event_t;

/* Some of the states, for short cuts. */
enum {
    AMP_JSON_FIRST, /* what a container may begin with, or its end */
    AMP_JSON_AFTER, /* a comma or the end of the container; at depth 0 nothing but white space */
    AMP_JSON_BEFORE /* a value */
};

/* For keep_next: whether the value to come goes to the sink, raw. */
enum { AMP_KEEP_NOTHING, AMP_KEEP_KEY, AMP_KEEP_VALUE };

void amp__lexer_init(amp_json_t *json);

/* Reads from *at up to end, moves *at behind what was read, and stops at the first event in a
 * container no deeper than json->watch. */
amp_json_event_t amp__lexer_next(amp_json_t *json, const uint8_t **at, const uint8_t *end);

/* 1 when the text may end here: one whole value was read. */
int amp__lexer_whole(const amp_json_t *json);

/* 1 when the text is one JSON object and nothing else. */
int amp__lexer_is_object(amp_str_t text);

/* Ends a value with one of the bytes that are always free. */
void amp__sink_close(amp_sink_t *sink, char c);

/* Appends bytes that are not part of a value's text, or a value as a whole. 0 when there is no
 * room. */
int amp__sink_put(amp_sink_t *sink, const uint8_t *data, size_t len);

/* Keeps no more of the string under way: what is kept so far is its beginning. */
void amp__lexer_cut(amp_json_t *json);

#endif

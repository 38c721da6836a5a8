/* SPDX-License-Identifier: MIT */
/* JSON lexer and validator (RFC 8259), fed in pieces of any size. It keeps only the text that keep_next
 * requests, and reports no events in containers deeper than json->watch. */
#ifndef AMP_SRC_LEXER_H
#define AMP_SRC_LEXER_H

#include "ampersand/reader_state.h"

typedef enum {
    AMP_JSON_MORE,   /* all input was read */
    AMP_JSON_KEY,    /* a member's name, unescaped in key, key_len */
    AMP_JSON_OBJECT, /* an object opened */
    AMP_JSON_ARRAY,
    AMP_JSON_CLOSE, /* an object or array closed */
    AMP_JSON_VALUE, /* a string, number, true, false or null ended */
    AMP_JSON_FULL,  /* the sink has no room: empty it or set `counting`, then continue */
    AMP_JSON_BAD,   /* not JSON */
    AMP_JSON_TOO_DEEP
} amp_json_event_t;

/* The states that the fast path (ahead.c) uses. */
enum {
    AMP_JSON_FIRST, /* the first member or element, or the container's end */
    AMP_JSON_AFTER, /* a comma or the end of the container; at depth 0 only white space */
    AMP_JSON_BEFORE /* a value */
};

/* Values of keep_next: whether the next value goes to the sink, with its escapes. */
enum { AMP_KEEP_NOTHING, AMP_KEEP_KEY, AMP_KEEP_VALUE };

void amp__lexer_init(amp_json_t *json);

/* Reads from *at up to end, moves *at after the bytes that were read, and stops at the first event in a
 * container no deeper than json->watch. */
amp_json_event_t amp__lexer_next(amp_json_t *json, const uint8_t **at, const uint8_t *end);

/* Returns 1 if the text may end here: one whole value was read. */
int amp__lexer_whole(const amp_json_t *json);

/* Returns 1 if the text is one JSON object and nothing else. */
int amp__lexer_is_object(amp_str_t text);

/* Ends a value with `c`, in one of the reserved bytes of the sink. */
void amp__sink_close(amp_sink_t *sink, char c);

/* Appends bytes that are not part of a value's text, or a whole value. Returns 1, or 0 if there is no
 * room. */
int amp__sink_put(amp_sink_t *sink, const uint8_t *data, size_t len);

/* Truncates the current string: the bytes kept so far stay, the rest is dropped. */
void amp__lexer_cut(amp_json_t *json);

#endif

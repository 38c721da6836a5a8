/* SPDX-License-Identifier: MIT */
/* Runs the lexer through pieces.h and records its events as text: `{`, `[`, `v` for a value, `k` and the name
 * for a member, `k-` for a name that is too long for any row, and `]` for the end of an object or an array.
 */
#ifndef AMP_TEST_LEXING_H
#define AMP_TEST_LEXING_H

#include "pieces.h"

#include "json/lexer.h"

#define WATCH_ALL 255u

typedef struct {
    amp_json_event_t last;
    int whole;
    char events[512];
} lexing_result_t;

typedef struct {
    amp_json_t json;
    uint8_t watch;
    lexing_result_t result;
} lexing_t;

static lexing_t lexing;

static inline void lexing_start(void *state)
{
    lexing_t *l = state;
    memset(&l->result, 0, sizeof l->result);
    amp__lexer_init(&l->json);
    l->json.watch = l->watch;
}

static inline void lexing_note(lexing_t *l, const char *text, size_t len)
{
    size_t used = strlen(l->result.events);
    if (used + len < sizeof l->result.events) {
        memcpy(l->result.events + used, text, len);
    }
}

static inline void lexing_event(lexing_t *l, amp_json_event_t event)
{
    static const char *const marks[] = {"", "k", "{", "[", "]", "v"};
    lexing_note(l, marks[event], strlen(marks[event]));
    if (event == AMP_JSON_KEY) {
        int wanted = l->json.key_len < AMP_KEY_SIZE;
        lexing_note(l, wanted ? l->json.key : "-", wanted ? l->json.key_len : 1u);
    }
}

static inline void lexing_feed(void *state, const uint8_t *piece, size_t len)
{
    lexing_t *l = state;
    const uint8_t *at = piece;
    while (l->result.last < AMP_JSON_BAD && at < piece + len) {
        l->result.last = amp__lexer_next(&l->json, &at, piece + len);
        assert_true(at >= piece && at <= piece + len);
        assert_int_not_equal(l->result.last, AMP_JSON_FULL);
        if (l->result.last < AMP_JSON_BAD) {
            lexing_event(l, l->result.last);
        }
    }
    if (l->result.last < AMP_JSON_BAD) {
        l->result.last = AMP_JSON_MORE;
    }
}

static inline void lexing_finish(void *state, void *out_result)
{
    lexing_t *l = state;
    l->result.whole = l->result.last == AMP_JSON_MORE && amp__lexer_whole(&l->json);
    memcpy(out_result, &l->result, sizeof l->result);
}

static inline pieces_parser_t lexing_parser(unsigned watch)
{
    pieces_parser_t parser = {&lexing,      sizeof lexing, sizeof(lexing_result_t),
                              lexing_start, lexing_feed,   lexing_finish};
    lexing.watch = (uint8_t)watch;
    return parser;
}

static inline const lexing_result_t *lex(unsigned watch, const void *text, size_t len)
{
    static lexing_result_t result;
    pieces_parser_t parser = lexing_parser(watch);
    pieces_run(&parser, text, len, &result);
    return &result;
}

static inline int is_json_once(unsigned watch, const void *text, size_t len)
{
    static lexing_result_t result;
    pieces_parser_t parser = lexing_parser(watch);
    pieces_one_shot(&parser, text, len, &result);
    return result.whole;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Feeds a text to a push parser in one piece, byte by byte, and split in two at every position. Checks that
 * all results are equal. Each piece is in memory of exactly its size, so AddressSanitizer reports a read past
 * its end.
 *
 * Feeding may change only one object, `state`. It is copied at each split and restored at the same address,
 * so it may point into itself. The output of finish() is compared byte by byte; it is zeroed first, including
 * padding. */
#ifndef AMP_TEST_PIECES_H
#define AMP_TEST_PIECES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Distance between the positions of splits: 1, or more where the processor is emulated and slow. */
#ifndef PIECES_STRIDE
#define PIECES_STRIDE 1u
#endif

typedef struct {
    void *state;
    size_t state_size;
    size_t result_size;
    void (*start)(void *state);
    void (*feed)(void *state, const uint8_t *piece, size_t len);
    void (*finish)(void *state, void *out_result);
} pieces_parser_t;

static inline void *pieces_alloc(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    assert_non_null(memory);
    return memory;
}

static inline void pieces_feed(const pieces_parser_t *parser, const uint8_t *text, size_t len)
{
    uint8_t *piece = malloc(len > 0 ? len : 1);
    assert_non_null(piece);
    memcpy(piece, text, len);
    parser->feed(parser->state, piece, len);
    free(piece);
}

static inline void pieces_finish(const pieces_parser_t *parser, void *out_result)
{
    memset(out_result, 0, parser->result_size);
    parser->finish(parser->state, out_result);
}

static inline void pieces_one_shot(const pieces_parser_t *parser, const void *text, size_t len,
                                   void *out_result)
{
    parser->start(parser->state);
    pieces_feed(parser, text, len);
    pieces_finish(parser, out_result);
}

static inline void pieces_compare(const pieces_parser_t *parser, const void *expected, const void *got,
                                  const char *how, size_t at, const uint8_t *text, size_t len)
{
    if (memcmp(expected, got, parser->result_size) != 0) {
        fail_msg("%s %lu: the result differs from that of one piece: %.*s", how, (unsigned long)at,
                 (int)(len < 400 ? len : 400), (const char *)text);
    }
}

/* Runs all ways. Stores the result in *out_result. */
static inline void pieces_run(const pieces_parser_t *parser, const void *text, size_t len, void *out_result)
{
    const uint8_t *bytes = text;
    void *result = pieces_alloc(parser->result_size);
    void *copy = pieces_alloc(parser->state_size);
    pieces_one_shot(parser, text, len, out_result);
    parser->start(parser->state);
    for (size_t at = 0; at < len; ++at) {
        if (at % PIECES_STRIDE == 0) {
            memcpy(copy, parser->state, parser->state_size);
            pieces_feed(parser, bytes + at, len - at);
            pieces_finish(parser, result);
            pieces_compare(parser, out_result, result, "a cut at", at, bytes, len);
            memcpy(parser->state, copy, parser->state_size);
        }
        pieces_feed(parser, bytes + at, 1);
    }
    pieces_finish(parser, result);
    pieces_compare(parser, out_result, result, "pieces of one byte, text of", len, bytes, len);
    free(copy);
    free(result);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Reads a text by a schema in one piece, byte by byte and in other pieces. Does so with the library built for
 * speed and for size. All results must be equal. */
#ifndef AMP_FUZZ_READING_H
#define AMP_FUZZ_READING_H

#include "fuzz.h"

typedef struct {
    __typeof__(&amp_reader_init) init;
    __typeof__(&amp_reader_feed) feed;
    __typeof__(&amp_reader_end) end;
} reader_calls_t;

extern __typeof__(amp_reader_init) small_amp_reader_init;
extern __typeof__(amp_reader_feed) small_amp_reader_feed;
extern __typeof__(amp_reader_end) small_amp_reader_end;

static const reader_calls_t fast_reader = {amp_reader_init, amp_reader_feed, amp_reader_end};
static const reader_calls_t small_reader = {small_amp_reader_init, small_amp_reader_feed,
                                            small_amp_reader_end};

typedef struct {
    amp_status_t status;
    const char *field;
    size_t need;
    unsigned items;
    uint64_t digest; /* hash of every record and of the position where it was complete */
} read_result_t;

/* A text, its schema, and the size of the window. */
typedef struct {
    const amp_schema_t *schema;
    size_t window;
    const uint8_t *text;
    size_t len;
} reading_t;

/* Feeds one piece and reads its records. */
static inline amp_status_t read_piece(const reading_t *what, const reader_calls_t *calls,
                                      amp_reader_t *reader, const uint8_t *out, size_t from, size_t len,
                                      read_result_t *result)
{
    uint8_t *piece = copy_of(what->text + from, len);
    size_t at = 0;
    amp_status_t status;
    do {
        size_t used = len + 1u;
        status = calls->feed(reader, piece + at, len - at, &used);
        MUST(used <= len - at);
        MUST(status != AMP_PENDING || used == len - at);
        at += used;
        if (status == AMP_ITEM) {
            size_t place = from + at;
            ++result->items;
            result->digest = digest(result->digest, &place, sizeof place);
            result->digest = digest(result->digest, out, what->schema->size);
        }
    } while (status == AMP_ITEM);
    free(piece);
    return status;
}

static inline read_result_t read_by(const reading_t *what, const reader_calls_t *calls, const cuts_t *cuts)
{
    read_result_t result = {AMP_PENDING, NULL, 0, 0, DIGEST_START};
    amp_reader_t reader;
    size_t size = what->schema != NULL ? what->schema->size : 0;
    uint8_t *out = copy_of(what->text, 0);
    uint8_t *window = malloc(what->window);
    cuts_t mine = cuts != NULL ? *cuts : (cuts_t){{0}, 0};
    out = realloc(out, size > 0 ? size : 1u);
    MUST(out != NULL && window != NULL);
    memset(out, 0xa5, size > 0 ? size : 1u);
    memset(window, 0xa5, what->window);
    MUST(calls->init(&reader, what->schema, out, window, what->window) == AMP_OK);
    for (size_t at = 0; at < what->len && result.status >= 0;) {
        size_t len = cuts != NULL ? next_cut(&mine, what->len - at) : what->len;
        result.status = read_piece(what, calls, &reader, out, at, len, &result);
        at += len;
    }
    amp_status_t end = calls->end(&reader);
    MUST(result.status >= 0 ? end == AMP_END || end < 0 : end == result.status);
    result.status = end;
    result.field = amp_reader_field(&reader);
    result.need = amp_reader_need(&reader);
    MUST(end == AMP_END || all_zero(out, size));
    if (end == AMP_END && size > 0) {
        result.digest = digest(result.digest, out, size);
    }
    free(window);
    free(out);
    return result;
}

static inline void must_be_same(const read_result_t *a, const read_result_t *b)
{
    MUST(a->status == b->status);
    MUST(a->items == b->items);
    MUST(a->digest == b->digest);
    MUST(a->field == b->field);
    MUST(a->need == b->need);
}

/* Reads the text in all ways. Returns the result. */
static inline read_result_t read_all_ways(const reading_t *what, const cuts_t *cuts)
{
    static const cuts_t bytes = {{0}, 0};
    read_result_t whole = read_by(what, &fast_reader, NULL);
    read_result_t other = read_by(what, &fast_reader, cuts);
    must_be_same(&whole, &other);
    other = read_by(what, &fast_reader, &bytes);
    must_be_same(&whole, &other);
    other = read_by(what, &small_reader, NULL);
    must_be_same(&whole, &other);
    other = read_by(what, &small_reader, cuts);
    must_be_same(&whole, &other);
    MUST(whole.need == 0 || whole.status == AMP_ERR_TOO_LONG || whole.status == AMP_ERR_WINDOW);
    MUST(whole.status != AMP_ERR_WINDOW || whole.need > what->window);
    return whole;
}

/* Checks `need` of AMP_ERR_WINDOW. That window size must be enough for the values up to the one that did not
 * fit. */
static inline void need_must_be_true(const reading_t *what, const read_result_t *result)
{
    if (result->status == AMP_ERR_WINDOW) {
        reading_t larger = *what;
        larger.window = result->need;
        read_result_t then = read_by(&larger, &fast_reader, NULL);
        MUST(then.status != AMP_ERR_WINDOW || then.need > result->need);
    }
}

#endif

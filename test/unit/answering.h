/* SPDX-License-Identifier: MIT */
/* Parses an HTTP response at every split into pieces, and stores the result. */
#ifndef AMP_TEST_ANSWERING_H
#define AMP_TEST_ANSWERING_H

#include "pieces.h"

#include "http/response.h"

#define ANSWERING_BODY 512u

/* The events of an answer. `last` is AMP_RESPONSE_MORE until the answer is complete. */
typedef struct {
    amp_response_event_t last;
    uint32_t heads;
    uint16_t status;
    uint8_t media;
    uint8_t encoded;
    uint8_t closes;
    uint8_t ends_by_close;
    uint32_t retry_after_s;
    char note[AMP_NOTE_SIZE];
    size_t body_len;
    size_t after; /* bytes after the end */
    char body[ANSWERING_BODY];
} reading_t;

typedef struct {
    amp_response_t response;
    amp_info_t info;
    reading_t result;
} answering_t;

static answering_t answering;

static void answering_start(void *state)
{
    answering_t *a = state;
    memset(a, 0, sizeof *a);
    amp__response_init(&a->response, &a->info);
}

static void answering_head(answering_t *a)
{
    ++a->result.heads;
    a->result.status = a->response.status;
    a->result.media = a->response.media;
    a->result.encoded = a->response.encoded;
    a->result.closes = a->response.closes;
    a->result.retry_after_s = amp_retry_after_s(&a->info, 0);
    a->result.ends_by_close = (uint8_t)amp__response_ends_by_close(&a->response);
    memcpy(a->result.note, a->info.note, sizeof a->info.note);
}

static void answering_body(answering_t *a, const uint8_t *data, size_t len)
{
    assert_int_equal(a->result.heads, 1);
    assert_true(len > 0);
    assert_true(a->result.body_len + len <= ANSWERING_BODY);
    memcpy(a->result.body + a->result.body_len, data, len);
    a->result.body_len += len;
}

static void answering_feed(void *state, const uint8_t *piece, size_t len)
{
    answering_t *a = state;
    const uint8_t *p = piece;
    if (a->result.last == AMP_RESPONSE_BAD) {
        return;
    }
    for (;;) {
        size_t body_len = 0;
        amp_response_event_t event = amp__response_next(&a->response, &p, piece + len, &body_len);
        assert_true(p >= piece && p <= piece + len);
        a->result.last = event;
        if (event == AMP_RESPONSE_HEAD) {
            answering_head(a);
        } else if (event == AMP_RESPONSE_BODY) {
            assert_true(body_len <= (size_t)(piece + len - p));
            answering_body(a, p, body_len);
            p += body_len;
            amp__response_took(&a->response, body_len);
        } else {
            a->result.after += event == AMP_RESPONSE_DONE ? (size_t)(piece + len - p) : 0;
            return;
        }
    }
}

static void answering_finish(void *state, void *out_result)
{
    memcpy(out_result, &((answering_t *)state)->result, sizeof(reading_t));
}

static const pieces_parser_t answering_parser = {&answering,      sizeof answering, sizeof(reading_t),
                                                 answering_start, answering_feed,   answering_finish};

static inline void answering_read(const char *text, size_t len, reading_t *out_reading)
{
    pieces_run(&answering_parser, text, len, out_reading);
}

/* A refused answer must also be refused in the same way at each split. */
static inline void answering_is(const char *text, size_t len, amp_response_event_t last)
{
    reading_t reading;
    answering_read(text, len, &reading);
    if (reading.last != last) {
        fail_msg("ends with event %d: %.*s", (int)reading.last, (int)len, text);
    }
}

#endif

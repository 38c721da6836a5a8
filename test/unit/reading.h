/* SPDX-License-Identifier: MIT */
/* Runs an amp_reader_t through pieces.h and keeps its visible results. Window and record have memory of their
 * own. Each is followed by bytes that must not change. */
#ifndef AMP_TEST_READING_H
#define AMP_TEST_READING_H

#include "pieces.h"

#include "ampersand/reader.h"

#define READING_RECORD 4096u
#define READING_WINDOW 4096u
#define READING_GUARD 16u
#define READING_GUARD_BYTE 0xa5

typedef struct {
    amp_status_t status;
    const char *field;
    size_t need;
    unsigned items;
    uint64_t digest;                      /* of all records, and of where in the text each was whole */
    int out_is_zero;                      /* when it ended */
    uint64_t record[READING_RECORD / 8u]; /* the last that was whole */
} reading_result_t;

typedef struct {
    amp_reader_t reader;
    const amp_schema_t *schema;
    size_t window_size;
    size_t fed;
    reading_result_t result;
    uint64_t out[(READING_RECORD + READING_GUARD) / 8u];
    uint8_t window[READING_WINDOW + READING_GUARD];
} reading_t;

static reading_t reading;

static inline size_t reading_record_size(void)
{
    return reading.schema != NULL ? reading.schema->size : 0;
}

static inline void reading_start(void *state)
{
    reading_t *r = state;
    memset(&r->result, 0, sizeof r->result);
    memset(r->out, READING_GUARD_BYTE, sizeof r->out);
    memset(r->window, READING_GUARD_BYTE, sizeof r->window);
    r->fed = 0;
    r->result.digest = 1469598103934665603u;
    r->result.status = AMP_PENDING;
    assert_int_equal(amp_reader_init(&r->reader, r->schema, r->schema != NULL ? r->out : NULL,
                                     r->schema != NULL ? r->window : NULL, r->window_size),
                     AMP_OK);
}

static inline void reading_digest(reading_t *r, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < len; ++i) {
        r->result.digest = (r->result.digest ^ bytes[i]) * 1099511628211u;
    }
}

static inline void reading_feed(void *state, const uint8_t *piece, size_t len)
{
    reading_t *r = state;
    amp_status_t status;
    do {
        size_t used = len + 1;
        status = amp_reader_feed(&r->reader, piece, len, &used);
        assert_true(used <= len);
        if (status == AMP_PENDING) {
            assert_int_equal(used, len);
        }
        piece += used;
        len -= used;
        r->fed += used;
        if (status == AMP_ITEM) {
            ++r->result.items;
            reading_digest(r, &r->fed, sizeof r->fed);
            reading_digest(r, r->out, r->schema->size);
            memcpy(r->result.record, r->out, r->schema->size);
        }
    } while (status == AMP_ITEM);
}

static inline void reading_check_guards(const reading_t *r)
{
    const uint8_t *out = (const uint8_t *)r->out;
    for (size_t i = 0; i < READING_GUARD; ++i) {
        assert_int_equal(out[reading_record_size() + i], READING_GUARD_BYTE);
        assert_int_equal(r->window[r->window_size + i], READING_GUARD_BYTE);
    }
}

static inline void reading_finish(void *state, void *out_result)
{
    reading_t *r = state;
    const uint8_t *out = (const uint8_t *)r->out;
    r->result.status = amp_reader_end(&r->reader);
    r->result.field = amp_reader_field(&r->reader);
    r->result.need = amp_reader_need(&r->reader);
    r->result.out_is_zero = 1;
    for (size_t i = 0; i < reading_record_size(); ++i) {
        r->result.out_is_zero &= out[i] == 0;
    }
    reading_check_guards(r);
    if (r->result.status < 0) {
        assert_true(r->result.out_is_zero);
    }
    memcpy(out_result, &r->result, sizeof r->result);
}

static inline pieces_parser_t reading_parser(const amp_schema_t *schema, size_t window_size)
{
    pieces_parser_t parser = {&reading,      sizeof reading, sizeof(reading_result_t),
                              reading_start, reading_feed,   reading_finish};
    assert_true(window_size <= READING_WINDOW);
    assert_true(schema == NULL || schema->size <= READING_RECORD);
    reading.schema = schema;
    reading.window_size = window_size;
    return parser;
}

/* Reads in all ways. The result is valid until the next call. */
static inline const reading_result_t *read_bytes(const amp_schema_t *schema, size_t window_size,
                                                 const void *text, size_t len)
{
    static reading_result_t result;
    pieces_parser_t parser = reading_parser(schema, window_size);
    pieces_run(&parser, text, len, &result);
    return &result;
}

static inline const reading_result_t *read_text(const amp_schema_t *schema, const char *text)
{
    return read_bytes(schema, AMP_WORK_SIZE, text, strlen(text));
}

/* Reads in one piece only, for loops over many texts. */
static inline const reading_result_t *read_once(const amp_schema_t *schema, size_t window_size,
                                                const void *text, size_t len)
{
    static reading_result_t result;
    pieces_parser_t parser = reading_parser(schema, window_size);
    pieces_one_shot(&parser, text, len, &result);
    return &result;
}

/* `field` of NULL and `need` of 0 mean that the reader must not set them. */
static inline void check_result(const reading_result_t *result, amp_status_t status, const char *field,
                                size_t need, const char *text)
{
    int same_field =
        (field == NULL) == (result->field == NULL) && (field == NULL || strcmp(field, result->field) == 0);
    if (result->status != status || !same_field || result->need != need) {
        fail_msg("got %d, field %s, need %lu; expected %d, %s, %lu: %.400s", (int)result->status,
                 result->field != NULL ? result->field : "none", (unsigned long)result->need, (int)status,
                 field != NULL ? field : "none", (unsigned long)need, text);
    }
}

static inline void check_read(const amp_schema_t *schema, const char *text, amp_status_t status,
                              const char *field)
{
    check_result(read_text(schema, text), status, field, 0, text);
}

#endif

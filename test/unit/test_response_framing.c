/* SPDX-License-Identifier: MIT */
/* Start and end of an answer's body, and heads that leave them unclear. */
#include "answering.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))
#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

static reading_t reading;

typedef struct {
    const char *text;
    amp_response_event_t last;
    const char *body;
    size_t after;
} framing_t;

static void check_all(const framing_t *rows, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        answering_read(rows[i].text, strlen(rows[i].text), &reading);
        if (reading.last != rows[i].last || reading.body_len != strlen(rows[i].body) ||
            memcmp(reading.body, rows[i].body, reading.body_len) != 0 || reading.after != rows[i].after) {
            fail_msg("ends with event %d after %d, body %.*s, of: %s", (int)reading.last, (int)reading.after,
                     (int)reading.body_len, reading.body, rows[i].text);
        }
    }
}

static void a_length_ends_the_body(void **unused)
{
    static const framing_t rows[] = {
        {OK "Content-Length: 0\r\n\r\n", AMP_RESPONSE_DONE, "", 0},
        {OK "Content-Length: 0\r\n\r\nxy", AMP_RESPONSE_DONE, "", 2},
        {OK "content-LENGTH:5\r\n\r\nhello", AMP_RESPONSE_DONE, "hello", 0},
        {OK "Content-Length: \t 005 \t\r\n\r\nhello", AMP_RESPONSE_DONE, "hello", 0},
        {OK "Content-Length: 5\r\n\r\nhelloHTTP/1.1 200", AMP_RESPONSE_DONE, "hello", 12},
        {OK "Content-Length: 5\r\n\r\nhell", AMP_RESPONSE_MORE, "hell", 0},
        {OK "Content-Length: 5\r\n\r\n\r\n\r\n\r", AMP_RESPONSE_DONE, "\r\n\r\n\r", 0},
        {OK "Content-Length: 999999999999999999\r\n\r\nx", AMP_RESPONSE_MORE, "x", 0},
        {OK "Content-Length: 000000000000000001\r\n\r\nx", AMP_RESPONSE_DONE, "x", 0},
        {"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", AMP_RESPONSE_DONE, "x", 0},
        {"HTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx", AMP_RESPONSE_DONE, "x", 0},
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
}

static void unclear_lengths_are_refused(void **unused)
{
    static const char *const rows[] = {
        "Content-Length:\r\n",
        "Content-Length: \r\n",
        "Content-Length: 1000000000000000000\r\n",
        "Content-Length: 0000000000000000001\r\n",
        "Content-Length: 18446744073709551617\r\n",
        "Content-Length: 5\r\nX: y\r\nContent-Length: 6\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: 5,\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: a\r\n",
        "Content-Length: 5.0\r\n",
        "Content-Length: 1:\r\n",
        "Content-Length: 1/\r\n",
        "Content-Length: \"5\"\r\n",
        "Content-Length: \xc2\xb2\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nX: y\r\nContent-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding: chunkedx\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: \013chunked\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        int len = snprintf(text, sizeof text, OK "%s\r\n5\r\nhello\r\n0\r\n\r\n", rows[i]);
        answering_is(text, (size_t)len, AMP_RESPONSE_BAD);
    }
    static const char old[] = "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    answering_is(old, sizeof old - 1u, AMP_RESPONSE_BAD);
}

static void chunks_are_joined(void **unused)
{
    static const framing_t rows[] = {
        {CHUNKED "0\r\n\r\n", AMP_RESPONSE_DONE, "", 0},
        {CHUNKED "000\r\n\r\nxyz", AMP_RESPONSE_DONE, "", 3},
        {CHUNKED "5\r\nhello\r\n0\r\n\r\n", AMP_RESPONSE_DONE, "hello", 0},
        {OK "TRANSFER-encoding:\tCHUNKED \r\n\r\n1\r\nx\r\n0\r\n\r\n", AMP_RESPONSE_DONE, "x", 0},
        {CHUNKED "2\r\nhe\r\n00003\r\nllo\r\n0\r\n\r\n", AMP_RESPONSE_DONE, "hello", 0},
        {CHUNKED "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n", AMP_RESPONSE_DONE,
         "01234567890123456789a", 0},
        {CHUNKED "1F\r\n0123456789abcdef0123456789abcde\r\n0\r\n\r\n", AMP_RESPONSE_DONE,
         "0123456789abcdef0123456789abcde", 0},
        {CHUNKED "000000000000001\r\nx\r\n000000000000000\r\n\r\n", AMP_RESPONSE_DONE, "x", 0},
        {CHUNKED "2\r\n\r\n\r\n0\r\n\r\n", AMP_RESPONSE_DONE, "\r\n", 0},
        {CHUNKED "1;a\r\nx\r\n0;b=c\r\n\r\n", AMP_RESPONSE_DONE, "x", 0},
        {CHUNKED "1 ; a = \"b;\\\"\xff\t c\"\r\nx\r\n0\t;\r\n\r\n", AMP_RESPONSE_DONE, "x", 0},
        {CHUNKED "0\r\nX: y\r\nZ:\r\nContent-Length: 7\r\n\r\nq", AMP_RESPONSE_DONE, "", 1},
        {CHUNKED "0\r\nX: \xff\r\n\r\n", AMP_RESPONSE_DONE, "", 0},
        {CHUNKED "5\r\nhel", AMP_RESPONSE_MORE, "hel", 0},
        {CHUNKED "5\r\nhello", AMP_RESPONSE_MORE, "hello", 0},
        {CHUNKED "5\r\nhello\r\n0\r\n", AMP_RESPONSE_MORE, "hello", 0},
        {CHUNKED "5\r\nhello\r\n0\r\n\r", AMP_RESPONSE_MORE, "hello", 0},
        {CHUNKED "7fffffffffffffe\r\nx", AMP_RESPONSE_MORE, "x", 0},
        {CHUNKED "fffffffffffffff\r\nx", AMP_RESPONSE_MORE, "x", 0},
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
}

static void bad_chunks_are_refused(void **unused)
{
    static const char *const rows[] = {
        "\r\n",
        ";a\r\n",
        " 5\r\nhello",
        "\t5\r\nhello",
        "g\r\n",
        "-1\r\n",
        "+1\r\nx",
        "0x1\r\nx",
        "1h\r\nx",
        "1.\r\nx",
        "1,\r\nx",
        "@\r\n",
        "`\r\n",
        "1G\r\nx",
        "1000000000000000\r\nx",
        "ffffffffffffffff\r\nx",
        "5\nhello",
        "5\r\rhello",
        "5\rhello",
        "5;a\nhello",
        "5;a\rb\r\n",
        "5;\x01\r\nhello",
        "5;\x7f\r\nhello",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhellox\r\n0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n",
        "5\r\nhello\r\r\n0\r\n\r\n",
        "5\r\nhello\r\n\r\n0\r\n\r\n",
        "5\r\nhello\r\n 0\r\n\r\n",
        "0\r\n\n",
        "0\r\n\r\r",
        "0\r\n\rx",
        "0\n\r\n",
        "0\r\nX: y\n\r\n",
        "0\r\nX: y\r\r\n",
        "0\r\n X: y\r\n\r\n",
        "0\r\n: y\r\n\r\n",
        "0\r\nX: \x01\r\n\r\n",
        "0\r\nX: \x7f\r\n\r\n",
        "0\r\n\xff: y\r\n\r\n",
        "0\r\n\x80: y\r\n\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        int len = snprintf(text, sizeof text, CHUNKED "%s", rows[i]);
        answering_is(text, (size_t)len, AMP_RESPONSE_BAD);
    }
    answering_is(CHUNKED "5;\0\r\n", sizeof(CHUNKED) + 4u, AMP_RESPONSE_BAD);
    answering_is(CHUNKED "0\r\nX: \0\r\n", sizeof(CHUNKED) + 8u, AMP_RESPONSE_BAD);
}

/* A trailer is made of header lines, and an extension begins with a semicolon. */
static void bad_trailers_and_extensions_are_refused(void **unused)
{
    static const char *const rows[] = {
        "0\r\nX\r\n\r\n",   "0\r\nX y: z\r\n\r\n", "0\r\nX : y\r\n\r\n",
        "5 hello\r\nhello", "5 5\r\nhello",        "5\t\x80\r\nhello",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        int len = snprintf(text, sizeof text, CHUNKED "%s", rows[i]);
        answering_is(text, (size_t)len, AMP_RESPONSE_BAD);
    }
}

static void some_answers_have_no_body(void **unused)
{
    static const framing_t rows[] = {
        {"HTTP/1.1 204 No Content\r\n\r\nx", AMP_RESPONSE_DONE, "", 1},
        {"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", AMP_RESPONSE_DONE, "", 5},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", AMP_RESPONSE_DONE, "", 0},
        {"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", AMP_RESPONSE_DONE, "", 0},
    };
    (void)unused;
    check_all(rows, COUNT_OF(rows));
    answering_read(rows[0].text, strlen(rows[0].text), &reading);
    assert_int_equal(reading.closes, 0);
}

static void without_a_length_the_end_of_the_connection_ends_the_body(void **unused)
{
    static const framing_t rows[] = {
        {OK "\r\n", AMP_RESPONSE_MORE, "", 0},
        {OK "\r\nhello", AMP_RESPONSE_MORE, "hello", 0},
        {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nhello", AMP_RESPONSE_MORE, "hello", 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        check_all(rows + i, 1);
        assert_int_equal(reading.ends_by_close, 1);
        assert_int_equal(reading.closes, 1);
    }
    answering_read(OK "Content-Length: 5\r\n\r\n", 38, &reading);
    assert_int_equal(reading.ends_by_close, 0);
}

/* Feeds a text repeatedly. Returns how many bytes were accepted before one was refused. */
static size_t taken_of_endless(const char *start, const char *more, size_t limit)
{
    amp_response_t response;
    static amp_info_t info;
    size_t body_len;
    size_t taken = 0;
    amp_response_event_t event = AMP_RESPONSE_MORE;
    amp__response_init(&response, &info);
    for (const char *text = start; taken < limit; text = more) {
        const uint8_t *p = (const uint8_t *)text;
        const uint8_t *end = p + strlen(text);
        do {
            event = amp__response_next(&response, &p, end, &body_len);
            if (event == AMP_RESPONSE_BODY) {
                amp__response_took(&response, body_len);
                p += body_len;
            }
        } while (event == AMP_RESPONSE_HEAD || event == AMP_RESPONSE_BODY);
        taken += strlen(text) - (size_t)(end - p);
        if (event == AMP_RESPONSE_BAD) {
            return taken;
        }
    }
    return limit;
}

/* A field that the library uses in a head is ignored in a trailer (RFC 9110, 6.5.1), also where complete
 * lines are read. */
static void fields_of_a_trailer_do_not_count(void **unused)
{
    static const char text[] = CHUNKED "0\r\nConnection: close\r\nRetry-After: 90\r\nX: y\r\n\r\n";
    (void)unused;
    answering_start(&answering);
    answering_feed(&answering, (const uint8_t *)text, sizeof text - 1u);
    assert_int_equal(answering.result.last, AMP_RESPONSE_DONE);
    assert_int_equal(answering.response.closes, 0);
    assert_int_equal(amp_retry_after_s(&answering.info, 0), 0);
}

static void endless_heads_and_trailers_are_refused(void **unused)
{
    static const struct {
        const char *start;
        const char *more;
        size_t before; /* bytes before the limit applies */
    } rows[] = {
        {OK, "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", 0},
        {OK "X: ", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", 0},
        {OK, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 0},
        {OK "Location: ", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", 0},
        {OK "X:", "                                                ", 0},
        {"HTTP/1.1 200 ", "OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO", 0},
        {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", 0},
        {CHUNKED "0\r\n", "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", sizeof(CHUNKED) - 1u},
        {CHUNKED "1;", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", sizeof(CHUNKED) - 1u},
        {CHUNKED "1\r\nx\r\n1;", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", sizeof(CHUNKED) + 3u},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        size_t taken = taken_of_endless(rows[i].start, rows[i].more, 100000);
        /* A run of text is read at once, so a piece may exceed the limit. */
        assert_in_range(taken, AMP_HEAD_LIMIT + 1u + rows[i].before, AMP_HEAD_LIMIT + 60u + rows[i].before);
    }
}

static void long_bodies_are_not_limited(void **unused)
{
    (void)unused;
    assert_int_equal(taken_of_endless(CHUNKED, "1;abc\r\nx\r\n", 200000), 200000);
    assert_int_equal(taken_of_endless(OK "\r\n", "xxxxxxxxxxxxxxxxxxxxxx", 200000), 200000);
    assert_int_equal(taken_of_endless(OK "Content-Length: 999999\r\n\r\n", "xxxxxxxxxxxxxxxxxxx", 200000),
                     200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_length_ends_the_body),
        cmocka_unit_test(unclear_lengths_are_refused),
        cmocka_unit_test(chunks_are_joined),
        cmocka_unit_test(bad_chunks_are_refused),
        cmocka_unit_test(bad_trailers_and_extensions_are_refused),
        cmocka_unit_test(some_answers_have_no_body),
        cmocka_unit_test(without_a_length_the_end_of_the_connection_ends_the_body),
        cmocka_unit_test(fields_of_a_trailer_do_not_count),
        cmocka_unit_test(endless_heads_and_trailers_are_refused),
        cmocka_unit_test(long_bodies_are_not_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

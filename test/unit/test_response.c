/* SPDX-License-Identifier: MIT */
/* The head of an answer: the status line, header lines, and the headers that the library uses. Every text is
 * also read byte by byte and split at every place. */
#include "answering.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))
#define OK "HTTP/1.1 200 OK\r\n"

static reading_t reading;

static void read_text(const char *text)
{
    answering_read(text, strlen(text), &reading);
}

/* Reads an answer without body that has these lines of headers. */
static void read_lines(const char *status, const char *lines)
{
    char text[4096];
    int len = snprintf(text, sizeof text, "HTTP/1.1 %s\r\n%s\r\n", status, lines);
    assert_in_range(len, 1, sizeof text - 1u);
    read_text(text);
}

static void status_lines_are_understood(void **unused)
{
    static const struct {
        const char *line;
        uint16_t status;
        uint8_t closes;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\n", 200, 0},
        {"HTTP/1.1 200 \r\n", 200, 0},
        {"HTTP/1.1 200\r\n", 200, 0},
        {"HTTP/1.0 200 OK\r\n", 200, 1},
        {"HTTP/1.1 599 x\r\n", 599, 0},
        {"HTTP/1.1 404 Not  Found\t!\r\n", 404, 0},
        {"HTTP/1.1 200 \xc3\xa9\xff\r\n", 200, 0},
        {"HTTP/1.1 201   \r\n", 201, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        (void)snprintf(text, sizeof text, "%sContent-Length: 0\r\n\r\n", rows[i].line);
        read_text(text);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        assert_int_equal(reading.heads, 1);
        assert_int_equal(reading.status, rows[i].status);
        assert_int_equal(reading.closes, rows[i].closes);
    }
}

static void bad_status_lines_are_refused(void **unused)
{
    static const char *const rows[] = {
        "\r\nHTTP/1.1 200 OK\r\n", "\nHTTP/1.1 200 OK\r\n",   " HTTP/1.1 200 OK\r\n",
        "http/1.1 200 OK\r\n",     "HTTP/2 200 OK\r\n",       "HTTP/2.0 200 OK\r\n",
        "HTTP/0.9 200 OK\r\n",     "HTTP/1.2 200 OK\r\n",     "HTTP/1. 200 OK\r\n",
        "HTTP/1.11 200 OK\r\n",    "HTTP/1.1  200 OK\r\n",    "HTTP/1.1\t200 OK\r\n",
        "HTTP/1.1 99 OK\r\n",      "HTTP/1.1 099 OK\r\n",     "HTTP/1.1 000 OK\r\n",
        "HTTP/1.1 600 OK\r\n",     "HTTP/1.1 999 OK\r\n",     "HTTP/1.1 2000 OK\r\n",
        "HTTP/1.1 20 OK\r\n",      "HTTP/1.1 2x0 OK\r\n",     "HTTP/1.1 -20 OK\r\n",
        "HTTP/1.1 +20 OK\r\n",     "HTTP/1.1 OK\r\n",         "HTTP/1.1\r\n",
        "HTTP/1.1 200\n",          "HTTP/1.1 200 OK\n",       "HTTP/1.1 200 OK\r\r\n",
        "HTTP/1.1 200 O\rK\r\n",   "HTTP/1.1 200 O\x01K\r\n", "HTTP/1.1 200 \x7f\r\n",
        "HTTP/1.1 200\tOK\r\n",    "HTTP/1.1 200OK\r\n",      "<html>",
        "ICY 200 OK\r\n",          "SSH-2.0-x\r\n",           "HTTPS/1.1 200 OK\r\n",
        "HTTP/1.1 2/0 OK\r\n",     "HTTP/1.1 2:0 OK\r\n",     "http/1.1 200 OK\r\n\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        answering_is(rows[i], strlen(rows[i]), AMP_RESPONSE_BAD);
    }
    answering_is("HTTP/1.1 200 O\0K\r\n", 18, AMP_RESPONSE_BAD);
}

static void interim_answers_are_skipped(void **unused)
{
    (void)unused;
    read_text("HTTP/1.1 100 Continue\r\n\r\n"
              "HTTP/1.1 103 Early Hints\r\nConnection: close\r\nRetry-After: 5\r\nContent-Type: text/html\r\n"
              "Content-Encoding: gzip\r\nLink: </x>\r\n\r\n"
              "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nhi");
    assert_int_equal(reading.last, AMP_RESPONSE_DONE);
    assert_int_equal(reading.heads, 1);
    assert_int_equal(reading.status, 201);
    assert_int_equal(reading.closes, 0);
    assert_int_equal(reading.encoded, 0);
    assert_int_equal(reading.media, AMP_MEDIA_NONE);
    assert_int_equal(reading.retry_after_s, 0);
    assert_string_equal(reading.note, "");
    assert_memory_equal(reading.body, "hi", 2);
}

static void interim_answers_that_cannot_be_are_refused(void **unused)
{
    static const char *const rows[] = {
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 100 x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 100 x\r\n\r\n\r\n",
        "HTTP/1.1 100 x\r\n\r\nx",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        answering_is(rows[i], strlen(rows[i]), AMP_RESPONSE_BAD);
    }
}

static void lines_of_headers_that_may_be(void **unused)
{
    static const char *const rows[] = {
        "",
        "X: y\r\n",
        "X:y\r\n",
        "X:\r\n",
        "X: \r\n",
        "X:\t y \t\r\n",
        "x-!#$%&'*+.^_`|~09Az: y\r\n",
        "X: \"a, b\"; c=(d)\r\n",
        "X: \x80\xff\xc3\xa9\r\n",
        "Connectio: close\r\nConnectionx: close\r\nContent-Lengt: x\r\nContent-Lengthy: x\r\n",
        "Content-: x\r\nC: x\r\nTransfer-Encodingx: x\r\nTransfer-Encodin: x\r\nLocatio: x\r\n",
        "Content-Lxngth: x\r\nContent-T: x\r\nContent-TransferX: x\r\nRetry-Afte: x\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_lines("204 No Content", rows[i]);
        if (reading.last != AMP_RESPONSE_DONE) {
            fail_msg("refused: %s", rows[i]);
        }
        assert_int_equal(reading.closes, 0);
        assert_int_equal(reading.retry_after_s, 0);
    }
}

static void lines_of_headers_that_may_not_be(void **unused)
{
    static const char *const rows[] = {
        "X: y\n",
        "X: y\n\r\n",
        "X: y\r\r\n",
        "X: a\rb\r\n",
        "X: a\nb\r\n",
        "\nX: y\r\n",
        " X: y\r\n",
        "\tX: y\r\n",
        "X : y\r\n",
        "X\t: y\r\n",
        ": y\r\n",
        ":\r\n",
        "X\r\n",
        "X y: z\r\n",
        "X\n",
        "\x80: y\r\n",
        "X\xc3\xa9: y\r\n",
        "X\x7f: y\r\n",
        "X\x01: y\r\n",
        "X: \x01\r\n",
        "X: \x1f\r\n",
        "X: \x7f\r\n",
        "X: a\x08\r\n",
        "(X): y\r\n",
        "X/Y: z\r\n",
        "\"X\": y\r\n",
        "X@: y\r\n",
        "X[: y\r\n",
        "X\\: y\r\n",
        "X{}: y\r\n",
        "X,: y\r\n",
        "X;: y\r\n",
        "X=: y\r\n",
        "Content-Length\r\n",
        "Connection : close\r\n",
        "Connection: a\x7f\r\n",
        "Connection: a\nb\r\n",
        "\r \r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        int len = snprintf(text, sizeof text, OK "%s\r\n", rows[i]);
        answering_is(text, (size_t)len, AMP_RESPONSE_BAD);
    }
    answering_is(OK "X\0: y\r\n\r\n", 26, AMP_RESPONSE_BAD);
    answering_is(OK "X: \0\r\n\r\n", 25, AMP_RESPONSE_BAD);
    answering_is(OK "location\0: y\r\n\r\n", 33, AMP_RESPONSE_BAD);
    answering_is(OK "Location: y\0\r\n\r\n", 33, AMP_RESPONSE_BAD);
}

static void connection_close_is_found_in_lists(void **unused)
{
    static const struct {
        const char *lines;
        uint8_t closes;
    } rows[] = {
        {"Connection: close\r\n", 1},
        {"CONNECTION:CLOSE\r\n", 1},
        {"Connection: keep-alive\r\n", 0},
        {"Connection: keep-alive, close\r\n", 1},
        {"Connection: close,keep-alive\r\n", 1},
        {"Connection: a,close\r\n", 1},
        {"Connection: ,,close\r\n", 1},
        {"Connection: a,\tClose ,b\r\n", 1},
        {"Connection: keep-alive\r\nConnection: close\r\n", 1},
        {"Connection: close\r\nConnection: keep-alive\r\n", 1},
        {"Connection: closed\r\n", 0},
        {"Connection: xclose, close-x\r\n", 0},
        {"Connection:\r\n", 0},
        {"Connection: clos\r\n", 0},
        /* The value is too long to be kept whole, so its end is unknown. */
        {"Connection: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 1},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_lines("204 No Content", rows[i].lines);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        if (reading.closes != rows[i].closes) {
            fail_msg("parsed as %d: %s", reading.closes, rows[i].lines);
        }
    }
}

static void retry_after_is_read_in_seconds(void **unused)
{
    static const struct {
        const char *lines;
        uint32_t seconds;
    } rows[] = {
        {"Retry-After: 120\r\n", 120},
        {"retry-after:0\r\n", 0},
        {"Retry-After: 007 \r\n", 7},
        {"Retry-After: 4294967294\r\n", 4294967294u},
        {"Retry-After: 4294967295\r\n", UINT32_MAX},
        {"Retry-After: 4294967296\r\n", UINT32_MAX},
        {"Retry-After: 4294967417\r\n", UINT32_MAX},
        {"Retry-After: 999999999999999999\r\n", UINT32_MAX},
        {"Retry-After: -1\r\n", 0},
        {"Retry-After: +1\r\n", 0},
        {"Retry-After: 1.5\r\n", 0},
        {"Retry-After: 1:\r\n", 0},
        {"Retry-After: 1 2\r\n", 0},
        {"Retry-After:\r\n", 0},
        {"Retry-After: 10x\r\n", 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_lines("204 No Content", rows[i].lines);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        assert_int_equal(reading.retry_after_s, rows[i].seconds);
    }
}

/* A date is compared with the Date of the same answer, before or after it. */
static void retry_after_is_read_as_a_date(void **unused)
{
#define DATE "Date: Fri, 31 Dec 1999 23:59:50 GMT\r\n"
    static const struct {
        const char *lines;
        uint32_t seconds;
    } rows[] = {
        {DATE "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", 9},
        {"Retry-After: Sat, 01 Jan 2000 00:00:00 UTC\r\n" DATE, 10},
        {"date: Fri, 31 Dec 1999 23:59:50 UTC\r\nretry-after:Sat, 01 Jan 2000 00:59:50 GMT \r\n", 3600},
        {DATE "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", UINT32_MAX},
        {DATE "Retry-After: Fri, 31 Dec 1999 23:59:50 GMT\r\n", 0},
        {DATE "Retry-After: Fri, 31 Dec 1999 23:59:49 GMT\r\n", 0},
        {DATE "Retry-After: Sat, 01 Jan 2000 00:00:00 EST\r\n", 0},
        {DATE "Retry-After: Sat, 01 Jan 2000 00:00:00 GMT, 5\r\n", 0},
        {DATE "Retry-After: Sat, 01 Jan 2000 00:00:00 GMT, 0005\r\n", 0},
        {DATE "Retry-After: Saturday, 01-Jan-00 00:00:00 GMT\r\n", 10},
        {DATE "Retry-After: Sat Jan  1 00:00:00 2000\r\n", 10},
        {"Date: Friday, 31-Dec-99 23:59:50 GMT\r\nRetry-After: Sat Jan  1 00:00:01 2000\r\n", 11},
        {"Date: Fri Dec 31 23:59:50 1999\r\nRetry-After: Saturday, 01-Jan-00 00:00:02 GMT\r\n", 12},
        {"Date: Wednesday, 29-Dec-99 23:59:50 GMT\r\nRetry-After: Thursday, 30-Dec-99 00:00:00 GMT\r\n", 10},
        {DATE "Retry-After: 5\r\nRetry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n", 10},
        {DATE "Retry-After: 15\r\nRetry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n", 15},
        {DATE "Retry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\nRetry-After: yesterday\r\n", 10},
        {DATE "Retry-After: Sat, 01 Jan 2000\r\n 00:00:00 GMT\r\n", 10},
        {DATE "Retry-After: Xyz, 01 Jan 2000 00:00:00 GMT\r\n", 0},
        {DATE "Retry-After: 5\r\n", 5},
        /* Without a Date and a clock, the wait for a date before the library's build is one poll. */
        {"Date: yesterday\r\nRetry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n", 3600},
        {"Retry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n", 3600},
        {DATE, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_lines("204 No Content", rows[i].lines);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        if (reading.retry_after_s != rows[i].seconds) {
            fail_msg("%s: %lu", rows[i].lines, (unsigned long)reading.retry_after_s);
        }
    }
}

static void content_types_are_distinguished(void **unused)
{
    static const struct {
        const char *type;
        uint8_t media;
        const char *note;
    } rows[] = {
        {"application/json", AMP_MEDIA_JSON, "application/json"},
        {"Application/JSON", AMP_MEDIA_JSON, "application/json"},
        {"application/json;charset=UTF-8", AMP_MEDIA_JSON, "application/json;charset=utf-8"},
        {"application/json ; charset=utf-8", AMP_MEDIA_JSON, "application/json ; charset=utf-8"},
        {"application/json\t", AMP_MEDIA_JSON, "application/json"},
        {"application/problem+json", AMP_MEDIA_PROBLEM, "application/problem+json"},
        {"application/problem+json; x=y", AMP_MEDIA_PROBLEM, "application/problem+json; x=y"},
        {"text/plain; charset=utf-8", AMP_MEDIA_TEXT, "text/plain; charset=utf-8"},
        {"text/html", AMP_MEDIA_OTHER, "text/html"},
        {"application/jsonx", AMP_MEDIA_OTHER, "application/jsonx"},
        {"application/jso", AMP_MEDIA_OTHER, "application/jso"},
        {"audio/xxxxxxxx+json", AMP_MEDIA_OTHER, "audio/xxxxxxxx+json"},
        {"application/json,text/html", AMP_MEDIA_OTHER, "application/json,text/html"},
        {"json", AMP_MEDIA_OTHER, "json"},
        {"", AMP_MEDIA_OTHER, ""},
        {"text/\xc3\xa9\thtml", AMP_MEDIA_OTHER, "text/html"},
        {"application/json; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         AMP_MEDIA_JSON, "application/json; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char lines[256];
        (void)snprintf(lines, sizeof lines, "Content-Type: %s\r\n", rows[i].type);
        read_lines("204 No Content", lines);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        assert_int_equal(reading.media, rows[i].media);
        assert_string_equal(reading.note, rows[i].note);
    }
}

static void other_codings_are_noticed(void **unused)
{
    static const struct {
        const char *lines;
        uint8_t encoded;
    } rows[] = {
        {"", 0},
        {"Content-Encoding: identity\r\n", 0},
        {"content-encoding: IDENTITY\r\n", 0},
        {"Content-Encoding: gzip\r\n", 1},
        {"Content-Encoding: identity, gzip\r\n", 1},
        {"Content-Encoding: identity\r\nContent-Encoding: br\r\n", 1},
        {"Content-Encoding: br\r\nContent-Encoding: identity\r\n", 1},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_lines("204 No Content", rows[i].lines);
        assert_int_equal(reading.last, AMP_RESPONSE_DONE);
        assert_int_equal(reading.encoded, rows[i].encoded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_lines_are_understood),
        cmocka_unit_test(bad_status_lines_are_refused),
        cmocka_unit_test(interim_answers_are_skipped),
        cmocka_unit_test(interim_answers_that_cannot_be_are_refused),
        cmocka_unit_test(lines_of_headers_that_may_be),
        cmocka_unit_test(lines_of_headers_that_may_not_be),
        cmocka_unit_test(connection_close_is_found_in_lists),
        cmocka_unit_test(retry_after_is_read_in_seconds),
        cmocka_unit_test(retry_after_is_read_as_a_date),
        cmocka_unit_test(content_types_are_distinguished),
        cmocka_unit_test(other_codings_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

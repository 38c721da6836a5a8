/* SPDX-License-Identifier: MIT */
/* Deviations from the grammar of HTTP that real servers send, and that are accepted. Each test names a report
 * of such a server. Similar texts are refused if they could be read in two ways. Every text is also read byte
 * by byte and split at every place. */
#include "answering.h"

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))
#define OK "HTTP/1.1 200 OK\r\n"
#define JSON "Content-Type: application/json\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"
#define ZEROS_16 "0000000000000000"

static reading_t reading;

static void refuse(const char *text)
{
    answering_is(text, strlen(text), AMP_RESPONSE_BAD);
}

/* Checks that the text is an answer with this body, and that no byte follows. */
static void read_whole(const char *text, const char *body)
{
    answering_read(text, strlen(text), &reading);
    if (reading.last != AMP_RESPONSE_DONE || reading.after != 0 || reading.body_len != strlen(body) ||
        memcmp(reading.body, body, reading.body_len) != 0) {
        fail_msg("event %d, %u bytes after the body %.*s, of: %s", (int)reading.last, (unsigned)reading.after,
                 (int)reading.body_len, reading.body, text);
    }
}

static void read_head(const char *lines)
{
    char text[1024];
    int len = snprintf(text, sizeof text, OK "%sContent-Length: 2\r\n\r\nhi", lines);
    assert_in_range(len, 1, sizeof text - 1u);
    read_whole(text, "hi");
}

/* Apache and Akamai folded an ETag and a header of 400 bytes: erlang/otp 798, httparse 68. RFC 9112, 5.2
 * requires a user agent to read it. */
static void a_fold_is_a_space(void **unused)
{
    static const struct {
        const char *lines;
        uint8_t media;
        const char *note;
    } rows[] = {
        {"X: a\r\n b\r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {"X: a\r\n\tb\r\n\t \t c\r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {"X:\r\n y\r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {"X: y\r\n \r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {JSON " \r\n", AMP_MEDIA_JSON, "application/json"},
        {"ETag: \"a\"\r\n    viewport_width=;is_mobile=false\r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {"X: a\r\n Content-Type: text/html\r\n" JSON, AMP_MEDIA_JSON, "application/json"},
        {"Content-Type:\r\n application/json\r\n", AMP_MEDIA_JSON, "application/json"},
        {"Content-Type: \t\r\n\t \r\n application/json\r\n", AMP_MEDIA_JSON, "application/json"},
        {"Content-Type: application/json;\r\n charset=utf-8\r\n", AMP_MEDIA_JSON,
         "application/json; charset=utf-8"},
        {"Content-Type: application/json \t \r\n\t ; a=b\r\n", AMP_MEDIA_JSON, "application/json ; a=b"},
        {"Content-Type: application/\r\n json\r\n", AMP_MEDIA_OTHER, "application/ json"},
        {"Content-Type: application/json\r\n x\r\n", AMP_MEDIA_JSON, "application/json x"},
        {"Content-Type: text/html\r\n JSON\r\n", AMP_MEDIA_OTHER, "text/html json"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_head(rows[i].lines);
        if (reading.media != rows[i].media || strcmp(reading.note, rows[i].note) != 0) {
            fail_msg("%s: parsed as %d, %s", rows[i].lines, reading.media, reading.note);
        }
    }
}

static void a_fold_is_read_in_each_header_that_matters(void **unused)
{
    (void)unused;
    read_whole(OK "Content-Length:\r\n 5\r\n\r\nhello", "hello");
    read_whole(OK "Content-Length: 5\r\n \r\n\t\r\n\r\nhello", "hello");
    read_whole(OK "Content-Length: 5,\r\n 5\r\n\r\nhello", "hello");
    read_whole(OK "Transfer-Encoding:\r\n\tchunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", "x");
    read_whole(CHUNKED "1\r\nx\r\n0\r\nX: y\r\n z\r\nY:\r\n\tz\r\n\r\n", "x");
    read_head("Connection: keep-alive,\r\n close\r\n");
    assert_int_equal(reading.closes, 1);
    read_head("Connection: keep-alive\r\n close\r\n");
    assert_int_equal(reading.closes, 1);
    read_head("Content-Encoding:\r\n identity\r\n");
    assert_int_equal(reading.encoded, 0);
    read_head("Content-Encoding: identity\r\n , gzip\r\n");
    assert_int_equal(reading.encoded, 1);
    read_head("Retry-After:\r\n 17\r\n");
    assert_int_equal(reading.retry_after_s, 17);
    read_head(
        "Date: Fri, 31 Dec 1999\r\n   23:59:50 GMT\r\nRetry-After: Sat, 01\t\r\n\tJan 2000 00:00:00 GMT\r\n");
    assert_int_equal(reading.retry_after_s, 10);
    read_whole("HTTP/1.1 302 x\r\nLocation:\r\n https://else.example/x\r\nContent-Length: 0\r\n\r\n", "");
    assert_string_equal(reading.note, "else.example");
}

/* Folds at the end of the bytes that are kept of a value. No byte beyond them is kept. */
static void a_fold_at_the_limit_of_a_value(void **unused)
{
    (void)unused;
    for (unsigned len = AMP_NOTE_SIZE - 4u; len <= AMP_NOTE_SIZE + 4u; ++len) {
        char lines[256];
        char type[AMP_NOTE_SIZE + 8u];
        memset(type, 'a', len);
        type[len] = '\0';
        (void)snprintf(lines, sizeof lines, "Content-Type: %s\r\n b\r\nConnection: %s \r\n\t\r\n", type,
                       type);
        read_head(lines);
        assert_int_equal(reading.media, AMP_MEDIA_OTHER);
        assert_int_equal(strlen(reading.note), len + 2u < AMP_NOTE_SIZE ? len + 2u : AMP_NOTE_SIZE - 1u);
        assert_int_equal(reading.closes, len >= AMP_NOTE_SIZE - 1u);
    }
}

static void a_fold_without_a_line_before_is_refused(void **unused)
{
    static const char *const rows[] = {
        OK " X: y\r\nContent-Length: 0\r\n\r\n",
        OK "\tContent-Length: 0\r\n\r\n",
        OK " \r\nContent-Length: 0\r\n\r\n",
        OK "X\r\n : y\r\n\r\n",
        OK "X\r\n y: z\r\n\r\n",
        OK "X: y\r\n \n\r\n",
        OK "X: y\n z\r\n\r\n",
        OK "X: y\r\n z\x01\r\n\r\n",
        OK "X: y\r\n \x7f\r\n\r\n",
        OK "X: y\r\n\vz\r\n\r\n",
        "HTTP/1.1\r\n 200 OK\r\n\r\n",
        CHUNKED "0\r\n X: y\r\n\r\n",
        CHUNKED "5\r\n \r\nhello\r\n0\r\n\r\n",
        /* As two lines these would be a valid length and a valid coding. */
        OK "Content-Length: 5\r\n 5\r\n\r\nhello",
        OK "Content-Length: 5\r\n 0\r\n\r\nhello",
        OK "Content-Length: 5,\r\n 6\r\n\r\nhello",
        OK "Content-Length: 5\r\n\tX: y\r\n\r\nhello",
        OK "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        OK "Transfer-Encoding:\r\n chunked\r\nContent-Length:\r\n 5\r\n\r\n0\r\n\r\n",
        OK "Transfer-Encoding: chunked\r\n , gzip\r\n\r\n0\r\n\r\n",
        OK "Transfer-Encoding: gzip,\r\n chunked\r\n\r\n0\r\n\r\n",
        OK "Transfer-Encoding: chun\r\n ked\r\n\r\n0\r\n\r\n",
        OK "Transfer-Encoding: x\r\n chunked\r\n\r\n0\r\n\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        refuse(rows[i]);
    }
    answering_is(OK "X: y\r\n \0\r\n\r\n", 29, AMP_RESPONSE_BAD);
}

/* In the value of a skipped header, a folded line may look like another header. */
static void a_fold_hides_no_header(void **unused)
{
    (void)unused;
    read_whole(OK "X: y\r\n Content-Length: 9\r\nContent-Length: 1\r\n\r\nx", "x");
    read_whole(OK "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nx", "x");
    read_whole(OK "X: y\r\n\tConnection: close\r\nContent-Length: 1\r\n\r\nx", "x");
    assert_int_equal(reading.closes, 0);
}

/* The server of an Arduino ESP8266 writes the line twice: dart-lang/sdk 45679; also nodejs/node 6517,
 * boostorg/beast 1880. RFC 9110, 8.6 lets a recipient accept it. */
static void the_same_length_again(void **unused)
{
    static const char *const rows[] = {
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nX: y\r\nCONTENT-LENGTH:\t5 \r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 005\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: 5,5\r\n",
        "Content-Length: 5\t,\t5 , 5 \r\n",
        "Content-Length: 5, 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5,5\r\n",
        "Content-Length: 000000000000000005, 5\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        (void)snprintf(text, sizeof text, OK "%s\r\nhello", rows[i]);
        read_whole(text, "hello");
    }
    read_whole(OK "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", "");
}

static void another_length_is_refused(void **unused)
{
    static const char *const rows[] = {
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 0\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 0\r\n",
        "Content-Length: 5\r\nContent-Length:\r\n",
        "Content-Length:\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5x\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: 6, 5\r\n",
        "Content-Length: 5, 5, 50\r\n",
        "Content-Length: 5, 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5\r\nContent-Length: 5, 6\r\n",
        "Content-Length: 5,\r\n",
        "Content-Length: ,5\r\n",
        "Content-Length: ,\r\n",
        "Content-Length: 5,,5\r\n",
        "Content-Length: 5, ,5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: 5;5\r\n",
        "Content-Length: 5, +5\r\n",
        "Content-Length: 5, 1000000000000000005\r\n",
        "Content-Length: 5, 18446744073709551621\r\n",
        /* Too long to be kept completely: its end could be another length. */
        "Content-Length: 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5\r\n",
        "Content-Length: 5, 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\nContent-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char text[256];
        (void)snprintf(text, sizeof text, OK "%s\r\n5\r\nhello\r\n0\r\n\r\n", rows[i]);
        refuse(text);
    }
}

/* Both a web server and its module or proxy add the line: Internet.nl 1409 (the second one has a charset),
 * jshttp/content-type 29. */
static void the_same_type_again(void **unused)
{
    static const struct {
        const char *lines;
        uint8_t media;
    } rows[] = {
        {JSON JSON, AMP_MEDIA_JSON},
        {JSON "X: y\r\nCONTENT-TYPE: Application/JSON; charset=utf-8\r\n" JSON, AMP_MEDIA_JSON},
        {"Content-Type: text/plain\r\nContent-Type: text/plain; charset=utf-8\r\n", AMP_MEDIA_TEXT},
        {"Content-Type: application/problem+json\r\nContent-Type: application/problem+json\r\n",
         AMP_MEDIA_PROBLEM},
        {"Content-Type: text/html\r\nContent-Type: text/html\r\n", AMP_MEDIA_OTHER},
        {"Content-Type:\r\nContent-Type:\r\n", AMP_MEDIA_OTHER},
    };
    static const char *const others[] = {"text/html", "text/plain", "application/problem+json",
                                         "",          "json",       "application/json, application/json"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_head(rows[i].lines);
        assert_int_equal(reading.media, rows[i].media);
    }
    for (size_t i = 0; i < COUNT_OF(others); ++i) {
        char text[256];
        (void)snprintf(text, sizeof text, OK JSON "Content-Type: %s\r\nContent-Length: 0\r\n\r\n", others[i]);
        refuse(text);
        (void)snprintf(text, sizeof text, OK "Content-Type: %s\r\n" JSON "Content-Length: 0\r\n\r\n",
                       others[i]);
        refuse(text);
    }
}

/* Tomcat's Coyote padded sizes below 1000 to four places: iipc/jwarc 33; ESPAsyncWebServer 1324,
 * undici 2678, h11 133. */
static void blanks_after_the_size_of_a_chunk(void **unused)
{
    (void)unused;
    read_whole(CHUNKED "5 \r\nhello\r\n0 \r\n\r\n", "hello");
    read_whole(CHUNKED "5   \r\nhello\r\n000\t\r\n\r\n", "hello");
    read_whole(CHUNKED "5 \t \t\r\nhello\r\n0\r\n\r\n", "hello");
    read_whole(CHUNKED "5 ;a=b\r\nhello\r\n0\t; c\r\n\r\n", "hello");
    read_whole(CHUNKED "a  \r\n0123456789\r\n1\t\r\nx\r\n0  \r\nX: y\r\n\r\n", "0123456789x");
    refuse(CHUNKED " 5\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "  \r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 0\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 \n\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 \nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 \r\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 \v\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5 x\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5\xa0\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "5\r\nhello \r\n0\r\n\r\n");
}

/* Varnish writes zeros before a size, and ESPAsyncWebServer could replace its spaces by zeros:
 * reactphp/http-client 73, ESPAsyncWebServer 1301. The grammar does not limit their number. */
static void zeros_before_the_size_of_a_chunk(void **unused)
{
    (void)unused;
    read_whole(CHUNKED "0000000000000005\r\nhello\r\n0\r\n\r\n", "hello");
    read_whole(CHUNKED ZEROS_16 "5\r\nhello\r\n" ZEROS_16 "0\r\n\r\n", "hello");
    read_whole(CHUNKED ZEROS_16 ZEROS_16 ZEROS_16 "00000000000000a \r\n0123456789\r\n0\r\n\r\n",
               "0123456789");
    read_whole(CHUNKED ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_16 "\r\n\r\n", "");
    refuse(CHUNKED ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_16 "5\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_16 "0\r\n\r\n");
    /* The value decides, for any number of leading zeros: 2^60, 2^64, 2^64 + 5. */
    answering_is(CHUNKED "0fffffffffffffff\r\nx", sizeof(CHUNKED) + 18u, AMP_RESPONSE_MORE);
    refuse(CHUNKED "01000000000000000\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "10000000000000000\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "10000000000000005\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED ZEROS_16 "10000000000000005\r\nhello\r\n0\r\n\r\n");
    refuse(CHUNKED "100000000000000000000000000000005\r\nhello\r\n0\r\n\r\n");
}

/* JSON:API requires application/vnd.api+json: needle 362, code-dot-org 70258, wreck 89. */
static void types_with_the_suffix_of_json(void **unused)
{
    static const struct {
        const char *type;
        uint8_t media;
    } rows[] = {
        {"application/vnd.api+json", AMP_MEDIA_JSON},
        {"Application/VND.API+JSON; charset=utf-8", AMP_MEDIA_JSON},
        {"application/ld+json", AMP_MEDIA_JSON},
        {"application/x+json", AMP_MEDIA_JSON},
        {"application/a+b+json;q", AMP_MEDIA_JSON},
        {"application/vnd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+json", AMP_MEDIA_JSON},
        /* One byte more, and the end may be elsewhere. */
        {"application/vnd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+json", AMP_MEDIA_OTHER},
        {"application/vnd.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+jsonx", AMP_MEDIA_OTHER},
        {"application/problem+json", AMP_MEDIA_PROBLEM},
        {"application/+json", AMP_MEDIA_OTHER},
        {"application+json", AMP_MEDIA_OTHER},
        {"application/xjson", AMP_MEDIA_OTHER},
        {"application/x+jsonx", AMP_MEDIA_OTHER},
        {"application/x+json+xml", AMP_MEDIA_OTHER},
        {"application/x +json", AMP_MEDIA_OTHER},
        {"application/json,text/x+json", AMP_MEDIA_OTHER},
        {"application/x/y+json", AMP_MEDIA_OTHER},
        {"application/\"x\"+json", AMP_MEDIA_OTHER},
        {"application/html;x+json", AMP_MEDIA_OTHER},
        {"text/x+json", AMP_MEDIA_OTHER},
        {"xapplication/x+json", AMP_MEDIA_OTHER},
        {"+json", AMP_MEDIA_OTHER},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char lines[256];
        (void)snprintf(lines, sizeof lines, "Content-Type: %s\r\n", rows[i].type);
        read_head(lines);
        if (reading.media != rows[i].media) {
            fail_msg("parsed as %d: %s", reading.media, rows[i].type);
        }
    }
}

/* Amazon S3 sends the name without a value: sttp 1853. ASP.NET Core sends identity: aspnetcore 64719. */
static void no_coding_said_in_words(void **unused)
{
    static const struct {
        const char *lines;
        uint8_t encoded;
    } rows[] = {
        {"Content-Encoding:\r\n", 0},
        {"Content-Encoding: \t \r\n", 0},
        {"Content-Encoding: Identity \r\nContent-Encoding:\r\n", 0},
        {"Content-Encoding:\r\nContent-Encoding: gzip\r\n", 1},
        {"Content-Encoding: gzip\r\nContent-Encoding:\r\n", 1},
        {"Content-Encoding: identityx\r\n", 1},
        {"Content-Encoding: none\r\n", 1},
        {"Content-Encoding: ,\r\n", 1},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        read_head(rows[i].lines);
        if (reading.encoded != rows[i].encoded) {
            fail_msg("parsed as %d: %s", reading.encoded, rows[i].lines);
        }
    }
}

/* XRootD sends it with 100: xrootd 1120. */
static void an_interim_answer_of_length_0(void **unused)
{
    (void)unused;
    read_whole("HTTP/1.1 100\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n"
               "HTTP/1.1 103 Early\r\nContent-Length: 00, 0\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi",
               "hi");
    assert_int_equal(reading.status, 200);
    refuse("HTTP/1.1 100 x\r\nContent-Length: 1\r\n\r\nx" OK "\r\n");
    refuse("HTTP/1.1 100 x\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n" OK "\r\n");
    refuse("HTTP/1.1 100 x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" OK "\r\n");
    refuse("HTTP/1.1 101 x\r\nContent-Length: 0\r\n\r\n" OK "\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fold_is_a_space),
        cmocka_unit_test(a_fold_is_read_in_each_header_that_matters),
        cmocka_unit_test(a_fold_at_the_limit_of_a_value),
        cmocka_unit_test(a_fold_without_a_line_before_is_refused),
        cmocka_unit_test(a_fold_hides_no_header),
        cmocka_unit_test(the_same_length_again),
        cmocka_unit_test(another_length_is_refused),
        cmocka_unit_test(the_same_type_again),
        cmocka_unit_test(blanks_after_the_size_of_a_chunk),
        cmocka_unit_test(zeros_before_the_size_of_a_chunk),
        cmocka_unit_test(types_with_the_suffix_of_json),
        cmocka_unit_test(no_coding_said_in_words),
        cmocka_unit_test(an_interim_answer_of_length_0),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

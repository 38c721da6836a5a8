/* SPDX-License-Identifier: MIT */
/* amp_explain: the text contains each fact of a failure and advice, and no secret. */
#include "fixture.h"

#include "base/status_texts.h"
#include "base/utf8.h"
#include "client/explain.h"

static fixture_t f;
static amp_tls_failure_t failure;
static char text[AMP_EXPLAIN_SIZE];

static void set_up(amp_status_t status)
{
    fixture_init(&f, NULL, 0);
    memset(&failure, 0, sizeof failure);
    failure.rule = "";
    f.client.info.status = status;
}

static const char *explained(void)
{
    assert_ptr_equal(amp_explain_failure(&f.client, &failure, text, sizeof text), text);
    return text;
}

static void the_port_and_its_number_are_named(void **unused)
{
    static const struct {
        amp_status_t status;
        amp_stage_t stage;
        amp_origin_t origin;
        int32_t code;
        const char *text;
    } rows[] = {
        {AMP_ERR_DNS, AMP_STAGE_DNS, AMP_ORIGIN_GETADDRINFO, -2,
         "The host name could not be resolved (AMP_ERR_DNS, stage dns, getaddrinfo error -2). "
         "Check the name and the network."},
        {AMP_ERR_CONNECT, AMP_STAGE_CONNECT, AMP_ORIGIN_ERRNO, 111,
         "No connection could be made (AMP_ERR_CONNECT, stage connect, errno 111). "
         "Check host, port and firewall."},
        {AMP_ERR_ABORTED, AMP_STAGE_HEAD, AMP_ORIGIN_LWIP, -14,
         "The connection was aborted before the answer was complete (AMP_ERR_ABORTED, stage head, "
         "lwIP error -14). Check the network."},
        {AMP_ERR_TLS, AMP_STAGE_TLS, AMP_ORIGIN_MBEDTLS, -0x7780,
         "The TLS handshake or a TLS record failed (AMP_ERR_TLS, stage tls, mbedTLS error -0x7780). "
         "Check the base URL, and look for a proxy that intercepts TLS."},
        {AMP_ERR_NETWORK, AMP_STAGE_CONNECT, AMP_ORIGIN_PORT, INT32_MIN,
         "The network failed (AMP_ERR_NETWORK, stage connect, error -2147483648). Check the network."},
        {AMP_ERR_CANCELLED, AMP_STAGE_HEAD, AMP_ORIGIN_PORT, 0,
         "Cancelled by the application (AMP_ERR_CANCELLED, stage head)."},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up(rows[i].status);
        f.client.info.stage = rows[i].stage;
        f.client.info.origin = (uint8_t)rows[i].origin;
        f.client.info.code = rows[i].code;
        assert_string_equal(explained(), rows[i].text);
        fixture_end(&f);
    }
}

static void fields_sizes_and_notes_are_named(void **unused)
{
    (void)unused;
    set_up(AMP_ERR_TOO_LONG);
    f.client.info.stage = AMP_STAGE_BODY;
    f.client.info.http = 200;
    f.client.info.field = "group.groupRef";
    f.client.info.need = 300;
    assert_string_equal(explained(), "A member of the answer is too long for its place in the record: "
                                     "group.groupRef, 300 bytes needed (AMP_ERR_TOO_LONG, stage body, HTTP "
                                     "200). Compile with a larger size in config.h.");
    f.client.info.status = AMP_ERR_REDIRECT;
    f.client.info.field = NULL;
    f.client.info.need = 0;
    f.client.info.http = 302;
    strcpy(f.client.info.note, "portal.example");
    assert_string_equal(explained(), "The answer is a redirect, which is never followed: to portal.example "
                                     "(AMP_ERR_REDIRECT, stage body, HTTP 302). Check the base URL.");
    f.client.info.http = 200;
    strcpy(f.client.info.note, "text/html");
    assert_non_null(strstr(explained(), ": content type text/html ("));
    fixture_end(&f);
}

static void the_certificate_is_named(void **unused)
{
    (void)unused;
    set_up(AMP_ERR_CERT_UNTRUSTED);
    f.client.info.stage = AMP_STAGE_TLS;
    failure.status = AMP_ERR_CERT_UNTRUSTED;
    failure.rule = "unknown issuer";
    strcpy(failure.subject, "api.example");
    strcpy(failure.issuer, "Evil\033[2J CA");
    assert_string_equal(explained(), "The server's certificate is not signed by a trusted authority: unknown "
                                     "issuer, certificate of api.example, issued by Evil?[2J CA "
                                     "(AMP_ERR_CERT_UNTRUSTED, stage tls). Check the trust anchors.");
    failure.status = f.client.info.status = AMP_ERR_TLS;
    failure.rule = "server requires TLS 1.3";
    failure.alert = 70;
    assert_non_null(strstr(explained(), ": server requires TLS 1.3, alert 70 (AMP_ERR_TLS"));
    assert_null(strstr(text, "api.example"));
    strcpy(failure.detail, "1.2.3");
    assert_non_null(strstr(explained(), ": server requires TLS 1.3 1.2.3, alert 70 (AMP_ERR_TLS"));
    failure.status = f.client.info.status = AMP_ERR_CERT;
    failure.alert = 0;
    failure.issuer[0] = '\0';
    failure.rule = "";
    assert_non_null(strstr(explained(), "refused: certificate of api.example (AMP_ERR_CERT,"));
    strcpy(failure.issuer, "Some CA");
    failure.subject[0] = '\0';
    failure.rule = NULL;
    assert_non_null(strstr(explained(), "refused: issued by Some CA (AMP_ERR_CERT,"));
    f.client.info.status = AMP_ERR_UNKNOWN_OUTCOME; /* a change was sent, and then its connection failed */
    f.client.info.cause = AMP_ERR_CERT;
    assert_non_null(strstr(explained(), "issued by Some CA"));
    f.client.info.cause = AMP_OK;
    f.client.info.status = AMP_ERR_DNS; /* the failure is that of an earlier connection */
    assert_null(strstr(explained(), "alert"));
    fixture_end(&f);
}

static void numbers_out_of_range_are_shown(void **unused)
{
    (void)unused;
    set_up(AMP_ERR_MEMORY); /* mbedTLS could not allocate memory: the sufficient size is unknown */
    assert_null(strstr(explained(), "Enlarge the buffer"));
    f.client.info.need = SIZE_MAX;
    assert_non_null(strstr(explained(), "2147483647 bytes needed"));
    f.client.info.status = AMP_ERR_NETWORK;
    f.client.info.need = 0;
    f.client.info.code = 7;
    f.client.info.origin = 200; /* a port compiled with another version of the headers */
    assert_non_null(strstr(explained(), ", error 7)"));
    f.client.info.retry_after_s = UINT32_MAX;
    assert_non_null(strstr(explained(), "asks to wait "));
    fixture_end(&f);
}

static void the_service_is_quoted(void **unused)
{
    const memory_answer_t answer = answer_with(0, "429 Too Many Requests", PROBLEM_TYPE "Retry-After: 30\r\n",
                                               "{\"title\":\"Slow\\u001b[1m\\u009b down\",\"detail\":\"be"
                                               "\\u202ecause\",\"requestId\":\"r-1\"}");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_RATE_LIMITED);
    assert_string_equal(amp_explain(&f.client, NULL, text, sizeof text),
                        "Too many requests (AMP_ERR_RATE_LIMITED, stage body, HTTP 429). Wait for the time "
                        "in Retry-After. The service asks to wait 30 s. The service says: Slow?[1m? down: "
                        "be?cause (request r-1).");
    fixture_end(&f);
}

/* If a service repeats the key in its texts, the key must not reach a log. */
static void the_key_is_left_out(void **unused)
{
    const memory_answer_t answer =
        answer_with(0, "401 Unauthorized", PROBLEM_TYPE,
                    "{\"title\":\"n\",\"detail\":\"not " API_KEY "!\",\"requestId\":\"" API_KEY "\"}");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_UNAUTHORIZED);
    (void)amp_explain(&f.client, NULL, text, sizeof text);
    assert_null(strstr(text, API_KEY));
    assert_non_null(strstr(text, "Use a valid key or token. The service says: n: (left out"));
    fixture_end(&f);
}

/* For every status there is a sentence, and the advice does not name a member of a struct. */
#define EACH(name, clause) name,
static const amp_status_t statuses[] = {AMP__STATUS_TEXTS(EACH)};

static void every_status_is_a_sentence(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(statuses); ++i) {
        set_up(statuses[i]);
        f.client.info.need = statuses[i] == AMP_ERR_MEMORY ? 7 : 0;
        size_t len = strlen(explained());
        assert_true(len > 4 && text[len - 1] == '.');
        assert_true(text[0] >= 'A' && text[0] <= 'Z');
        assert_null(strstr(text, "see "));
        assert_null(strstr(text, ".."));
        int has_advice = statuses[i] < 0 && statuses[i] != AMP_ERR_CANCELLED;
        assert_true(!has_advice || strstr(text, "). ") != NULL);
        fixture_end(&f);
    }
}

/* A change that may have taken effect must be checked, not repeated. */
static void no_change_is_advised_twice(void **unused)
{
    static const uint16_t codes[] = {200, 201, 500, 502, 504};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(statuses); ++i) {
        for (size_t k = 0; k < COUNT_OF(codes); ++k) {
            set_up(statuses[i] < 0 ? statuses[i] : AMP_ERR_SERVICE);
            f.client.info.is_unsafe = 1;
            f.client.info.http = codes[k];
            assert_non_null(
                strstr(explained(), "heck whether the change took effect before you send it again."));
            assert_null(strstr(text, "ask again"));
            fixture_end(&f);
        }
    }
    set_up(AMP_ERR_UNKNOWN_OUTCOME);
    f.client.info.is_unsafe = 1;
    f.client.info.cause = AMP_ERR_CLOSED;
    f.client.info.stage = AMP_STAGE_HEAD;
    assert_string_equal(
        explained(), "The request may have taken effect: the peer closed the connection before the answer "
                     "was complete (AMP_ERR_UNKNOWN_OUTCOME, stage head). Check its outcome before sending "
                     "it again.");
    fixture_end(&f);
}

/* A gateway that answers 503 has not forwarded the change. */
static void a_busy_service_may_be_asked_again(void **unused)
{
    (void)unused;
    set_up(AMP_ERR_SERVICE);
    f.client.info.is_unsafe = 1;
    f.client.info.http = 503;
    assert_null(strstr(explained(), "heck whether"));
    fixture_end(&f);
}

/* The advice for each status begins after the only colon of its text. */
static void a_colon_begins_the_advice(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(statuses); ++i) {
        const char *colon = strchr(amp_status_text(statuses[i]), ':');
        assert_true(colon == NULL || (colon[1] == ' ' && strchr(colon + 1, ':') == NULL));
    }
}

static void sentences_may_begin_with_anything(void **unused)
{
    amp_pieces_t pieces;
    (void)unused;
    set_up(AMP_OK);
    amp__explain_begin(&pieces, &f.client, text, sizeof text);
    amp__pieces_add_sentence(&pieces, "2 tries", 7);
    amp__pieces_add_sentence(&pieces, "", 0);
    amp__pieces_add_outside(&pieces, " \xff\xfe\xff\xff.");
    amp__pieces_end(&pieces);
    assert_string_equal(text, "2 tries ????.");
    fixture_end(&f);
}

static void a_problem_may_have_no_title(void **unused)
{
    const memory_answer_t answer =
        answer_with(0, "400 Bad Request", PROBLEM_TYPE, "{\"detail\":\"no such group\"}");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_BAD_REQUEST);
    assert_non_null(
        strstr(amp_explain(&f.client, NULL, text, sizeof text), "The service says: no such group."));
    fixture_end(&f);
}

/* At every size the text is NUL-terminated, is a prefix of the complete text, ends with a complete character,
 * and does not overflow. */
static void it_fits_any_buffer(void **unused)
{
    const memory_answer_t answer =
        answer_with(0, "404 Not Found", PROBLEM_TYPE,
                    "{\"title\":\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82\",\"detail\":\"\xc3\xa4\xe2\x82\xac"
                    "\xf0\x9f\x99\x82\"}");
    char whole[AMP_EXPLAIN_SIZE];
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_NOT_FOUND);
    (void)amp_explain(&f.client, NULL, whole, sizeof whole);
    assert_non_null(strstr(whole, "\xf0\x9f\x99\x82: \xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82."));
    for (size_t size = 1; size <= strlen(whole) + 2u; ++size) {
        memset(text, 0x7e, sizeof text);
        assert_ptr_equal(amp_explain(&f.client, NULL, text, size), text);
        assert_true(strlen(text) < size && text[size] == 0x7e);
        assert_memory_equal(text, whole, strlen(text));
        const amp_str_t view = amp_str(text);
        assert_true(amp__utf8_valid(&view));
        assert_true(strlen(text) + 5u > size || strlen(text) == strlen(whole));
    }
    assert_string_equal(amp_explain(&f.client, NULL, NULL, 0), "");
    fixture_end(&f);
}

static void bytes_that_are_no_text_are_replaced(void **unused)
{
    static const char *const rows[][2] = {{"a\x80z", "a?z"},
                                          {"\xc3", "?"},
                                          {"\xe2\x82", "??"},
                                          {"\xed\xa0\x80", "???"},
                                          {"\xc2\x85x\x7f", "?x?"},
                                          {"\xd8\x9c", "?"},
                                          {"\xe2\x80\xa8", "?"},
                                          {"\xe2\x81\xa6", "?"},
                                          {"\xe2\x80\x8e\xe2\x80\x8f", "??"},
                                          {"\xe2\x80\xae\xe2\x81\xa9", "??"},
                                          {"\xe2\x80\xa7", "\xe2\x80\xa7"},
                                          {"\xe2\x80\x8d\xe2\x80\xaf", "\xe2\x80\x8d\xe2\x80\xaf"},
                                          {"\xe2\x81\xa5\xe2\x81\xaa", "\xe2\x81\xa5\xe2\x81\xaa"},
                                          {"\xe2\x82\xac\xe3\x80\x8e", "\xe2\x82\xac\xe3\x80\x8e"},
                                          {"\xd8\xa8\xd9\x9c", "\xd8\xa8\xd9\x9c"},
                                          {"\xc2\xa0", "\xc2\xa0"},
                                          {"\n\t", "??"}};
    const amp_str_t none = {NULL, 0};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        amp_pieces_t pieces;
        amp__pieces_init(&pieces, text, sizeof text, none);
        amp__pieces_add_outside(&pieces, rows[i][0]);
        amp__pieces_end(&pieces);
        assert_string_equal(text, rows[i][1]);
    }
}

static void a_client_without_a_request_is_explained(void **unused)
{
    static amp_client_t empty;
    (void)unused;
    assert_string_equal(amp_explain(&empty, NULL, text, sizeof text),
                        "The client is not initialized. Call amp_init, and check its result.");
    fixture_init(&f, NULL, 0);
    f.config.api_key.len = 0;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_ERR_CONFIG);
    assert_string_equal(amp_explain(&f.client, NULL, text, sizeof text),
                        "The configuration cannot work: api_key (AMP_ERR_CONFIG, stage start). Correct the "
                        "configuration.");
    f.config.api_key = AMP_STR(API_KEY);
    assert_int_equal(amp_init(&f.client, &f.config, f.work, AMP_WORK_MIN - 1u), AMP_ERR_MEMORY);
    assert_string_equal(amp_explain(&f.client, NULL, text, sizeof text),
                        "Not enough memory: 384 bytes needed (AMP_ERR_MEMORY, stage start). Enlarge the "
                        "buffer.");
    free(f.work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_and_its_number_are_named),
        cmocka_unit_test(fields_sizes_and_notes_are_named),
        cmocka_unit_test(the_certificate_is_named),
        cmocka_unit_test(numbers_out_of_range_are_shown),
        cmocka_unit_test(the_service_is_quoted),
        cmocka_unit_test(the_key_is_left_out),
        cmocka_unit_test(every_status_is_a_sentence),
        cmocka_unit_test(no_change_is_advised_twice),
        cmocka_unit_test(a_busy_service_may_be_asked_again),
        cmocka_unit_test(a_colon_begins_the_advice),
        cmocka_unit_test(sentences_may_begin_with_anything),
        cmocka_unit_test(a_problem_may_have_no_title),
        cmocka_unit_test(it_fits_any_buffer),
        cmocka_unit_test(bytes_that_are_no_text_are_replaced),
        cmocka_unit_test(a_client_without_a_request_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

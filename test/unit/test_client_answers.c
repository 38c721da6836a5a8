/* SPDX-License-Identifier: MIT */
/* The result of each kind of answer: the service's errors and their problem documents, redirects, other
 * types, records with a fault. */
#include "fixture.h"

#include "client/endpoint.h"

static fixture_t f;

static void get_with(memory_answer_t answer, amp_status_t status)
{
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), status);
    assert_int_equal(amp_client_info(&f.client)->status, status);
    assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
    assert_int_equal(amp_step(&f.client), status);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(is_zero(f.work, f.work_size));
    holds_no_secret(&f);
}

typedef struct {
    const char *line;
    uint16_t http;
    amp_status_t status;
} refusal_t;

static const refusal_t refusals[] = {
    {"400 Bad Request", 400, AMP_ERR_BAD_REQUEST},
    {"401 Unauthorized", 401, AMP_ERR_UNAUTHORIZED},
    {"403 Forbidden", 403, AMP_ERR_FORBIDDEN},
    {"404 Not Found", 404, AMP_ERR_NOT_FOUND},
    {"422 Unprocessable", 422, AMP_ERR_BAD_REQUEST},
    {"429 Too Many", 429, AMP_ERR_RATE_LIMITED},
    {"500 Internal", 500, AMP_ERR_SERVICE},
    {"503 Unavailable", 503, AMP_ERR_SERVICE},
    {"402 Pay", 402, AMP_ERR_REFUSED},
    {"409 Conflict", 409, AMP_ERR_CONFLICT},
    {"410 Gone", 410, AMP_ERR_NOT_FOUND},
    {"499 x", 499, AMP_ERR_REFUSED},
    {"599 x", 599, AMP_ERR_SERVICE},
};

static void errors_bring_their_problem(void **unused)
{
    static const char *const types[] = {PROBLEM_TYPE, JSON_TYPE,
                                        "Content-Type: application/problem+json; charset=utf-8\r\n"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(refusals); ++i) {
        for (size_t k = 0; k < COUNT_OF(types); ++k) {
            get_with(answer_with(0, refusals[i].line, types[k], PROBLEM), refusals[i].status);
            assert_int_equal(amp_client_info(&f.client)->http, refusals[i].http);
            assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_BODY);
            assert_ptr_equal(amp_client_problem(&f.client), &f.problem);
            assert_string_equal(f.problem.title, "No");
            assert_string_equal(f.problem.detail, "because");
            assert_string_equal(f.problem.request_id, "r-1");
            assert_int_equal(f.problem.status, 400);
            assert_int_equal(f.problem.retryable, 1);
            assert_true(f.memory.is_open);
            fixture_end(&f);
        }
    }
}

static void errors_need_no_place_for_a_problem(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(refusals); ++i) {
        const memory_answer_t answer = answer_with(0, refusals[i].line, PROBLEM_TYPE, PROBLEM);
        fixture_init(&f, &answer, 1);
        f.config.problem = NULL;
        f.config.problem_schema = NULL;
        assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), refusals[i].status);
        assert_null(amp_client_problem(&f.client));
        assert_true(f.memory.is_open);
        holds_no_secret(&f);
        fixture_end(&f);
    }
}

/* Members that cannot be stored are omitted, and the rest of the document is read. */
static void a_problem_s_other_members_are_kept(void **unused)
{
    static const char *const bodies[] = {
        "{\"title\":1,\"detail\":\"because\"}",
        "{\"detail\":\"because\",\"detail\":\"b\"}",
        "{\"time\":\"yesterday\",\"detail\":\"because\"}",
        "{\"detail\":\"because\",\"status\":1e99}",
        "{\"status\":\"403\",\"detail\":\"because\",\"retryable\":\"no\",\"retryAfter\":30}",
        "{\"causes\":\"x\",\"issues\":{\"in\":\"body\"},\"detail\":\"because\"}",
        "{\"title\":\"\\ud800\",\"detail\":\"because\",\"instance\":\"\\u0000\"}",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(bodies); ++i) {
        get_with(answer_with(0, "403 Forbidden", PROBLEM_TYPE, bodies[i]), AMP_ERR_FORBIDDEN);
        assert_ptr_equal(amp_client_problem(&f.client), &f.problem);
        assert_int_equal(f.problem.mask.present, 1u << AMP_PROBLEM_DETAIL);
        assert_string_equal(f.problem.detail, "because");
        assert_string_equal(f.problem.title, "");
        assert_int_equal(f.problem.status, 0);
        assert_null(amp_client_info(&f.client)->field);
        fixture_end(&f);
    }
}

/* The status code decides when the body is not JSON, or not an object. */
static void a_bad_problem_changes_nothing(void **unused)
{
    static const char *const bodies[] = {
        "",
        "{",
        "[]",
        "x",
        "{\"title\":\"a\"}x",
        "{\"title\":\"a\",}",
        "{\"title\":\"a\",\"status\":01}",
        "\"a\"",
        "{\"title\":\"\xff\"}",
        "{\"title\":\"\\ud80\"}",
        "null",
        "[{\"title\":\"a\"}]",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(bodies); ++i) {
        get_with(answer_with(0, "403 Forbidden", PROBLEM_TYPE, bodies[i]), AMP_ERR_FORBIDDEN);
        assert_null(amp_client_problem(&f.client));
        assert_true(is_zero(&f.problem, sizeof f.problem));
        assert_null(amp_client_info(&f.client)->field);
        fixture_end(&f);
    }
}

static void an_error_may_have_no_words(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(refusals); ++i) {
        get_with(answer_with(0, refusals[i].line, "", ""), refusals[i].status);
        assert_null(amp_client_problem(&f.client));
        fixture_end(&f);
        get_with(answer_with(0, refusals[i].line, "", "words without a type"), refusals[i].status);
        assert_null(amp_client_problem(&f.client));
        fixture_end(&f);
    }
}

static void a_problem_is_of_the_last_request_only(void **unused)
{
    const memory_answer_t answers[] = {answer_with(0, "400 Bad", PROBLEM_TYPE, PROBLEM),
                                       answer_with(1, "404 No", "", ""),
                                       json_answer(2, "200 OK", CONNECTION("a"))};
    (void)unused;
    fixture_init(&f, answers, 3);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_BAD_REQUEST);
    assert_non_null(amp_client_problem(&f.client));
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_ERR_NOT_FOUND);
    assert_null(amp_client_problem(&f.client));
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    assert_null(amp_client_problem(&f.client));
    fixture_end(&f);
}

static void retry_after_is_reported(void **unused)
{
    (void)unused;
    get_with(answer_with(0, "429 x", PROBLEM_TYPE "Retry-After: 17\r\n", PROBLEM), AMP_ERR_RATE_LIMITED);
    assert_int_equal(amp_client_info(&f.client)->retry_after_s, 17);
    assert_string_equal(amp_client_info(&f.client)->date, "");
    fixture_end(&f);
    get_with(answer_with(0, "503 x",
                         PROBLEM_TYPE "Retry-After: Sun, 06 Nov 1994 08:50:00 UTC\r\n"
                                      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
                         PROBLEM),
             AMP_ERR_SERVICE);
    assert_int_equal(amp_client_info(&f.client)->retry_after_s, 0);
    assert_int_equal(amp_retry_after_s(amp_client_info(&f.client), 0), 23);
    assert_string_equal(amp_client_info(&f.client)->date, "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_string_equal(amp_client_info(&f.client)->retry_at, "Sun, 06 Nov 1994 08:50:00 UTC");
    amp_reset(&f.client);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_client_info(&f.client)->retry_after_s, 0);
    assert_string_equal(amp_client_info(&f.client)->date, "");
    assert_string_equal(amp_client_info(&f.client)->retry_at, "");
    assert_int_equal(amp_retry_after_s(amp_client_info(&f.client), 0), 0);
    assert_int_equal(amp_client_info(&f.client)->http, 0);
    fixture_end(&f);
}

static void redirects_are_not_followed(void **unused)
{
    static const unsigned codes[] = {300, 301, 302, 303, 304, 305, 307, 308, 399};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(codes); ++i) {
        char line[32];
        (void)snprintf(line, sizeof line, "%u Elsewhere", codes[i]);
        get_with(answer_with(0, line, JSON_TYPE "Location: https://else.example/x?token=s\r\n", ""),
                 AMP_ERR_REDIRECT);
        assert_string_equal(amp_client_info(&f.client)->note, "else.example");
        assert_int_equal(amp_client_info(&f.client)->http, codes[i]);
        assert_int_equal(f.memory.open_calls, 1);
        assert_false(f.memory.is_open);
        fixture_end(&f);
        get_with(answer_with(0, line, "", ""), AMP_ERR_REDIRECT);
        assert_string_equal(amp_client_info(&f.client)->note, "");
        fixture_end(&f);
    }
}

static void other_types_are_not_the_service(void **unused)
{
    static const struct {
        const char *line;
        const char *headers;
        const char *note;
    } rows[] = {
        {"200 OK", "Content-Type: text/html; charset=UTF-8\r\n", "text/html; charset=utf-8"},
        {"200 OK", "Content-Type: text/plain\r\n", "text/plain"},
        {"200 OK", "Content-Type: application/problem+json\r\n", "application/problem+json"},
        {"200 OK", "", ""},
        {"200 OK", JSON_TYPE "Content-Encoding: gzip\r\n", "application/json"},
        {"500 x", "Content-Type: text/html\r\n", "text/html"},
        {"511 x", "Content-Type: text/plain\r\n", "text/plain"},
        {"302 x", "Content-Type: text/html\r\nLocation: https://login.example/x\r\n", "login.example"},
        {"401 x", "Content-Type: image/png\r\n", "image/png"},
        {"400 x", JSON_TYPE "Content-Encoding: br\r\n", "application/json"},
        {"400 x", PROBLEM_TYPE "Content-Encoding: br\r\n", "application/problem+json"},
        {"202 Accepted", JSON_TYPE, "application/json"},
        {"203 x", JSON_TYPE, "application/json"},
        {"204 No Content", JSON_TYPE, "application/json"},
        {"205 x", JSON_TYPE, "application/json"},
        {"206 Partial", JSON_TYPE, "application/json"},
        {"226 x", JSON_TYPE, "application/json"},
        {"299 x", JSON_TYPE, "application/json"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        get_with(answer_with(0, rows[i].line, rows[i].headers, CONNECTION("a")), AMP_ERR_NOT_API);
        assert_string_equal(amp_client_info(&f.client)->note, rows[i].note);
        assert_int_equal(amp_client_info(&f.client)->http, strtol(rows[i].line, NULL, 10));
        assert_null(amp_client_problem(&f.client));
        assert_false(f.memory.is_open);
        fixture_end(&f);
    }
}

static void an_answer_other_than_http_is_reported(void **unused)
{
    static const char *const texts[] = {"SSH-2.0-x\r\n", "HTTP/1.1 101 x\r\n\r\n", "HTTP/1.1 200 OK\n",
                                        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(texts); ++i) {
        const memory_answer_t answer = {texts[i], strlen(texts[i]), 0, 0};
        get_with(answer, AMP_ERR_HTTP);
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_HEAD);
        assert_int_equal(amp_client_info(&f.client)->http, 0);
        assert_false(f.memory.is_open);
        fixture_end(&f);
    }
}

#define LONG_ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void records_with_a_fault_are_reported(void **unused)
{
    static const struct {
        const char *body;
        amp_status_t status;
        const char *field;
        size_t need;
    } rows[] = {
        {"", AMP_ERR_JSON, NULL, 0},
        {"{", AMP_ERR_JSON, NULL, 0},
        {"<html>", AMP_ERR_JSON, NULL, 0},
        {CONNECTION("a") "x", AMP_ERR_JSON, NULL, 0},
        {"[]", AMP_ERR_TYPE, NULL, 0},
        {"null", AMP_ERR_TYPE, NULL, 0},
        {"{}", AMP_ERR_MISSING, "id", 0},
        {"{\"id\":1}", AMP_ERR_TYPE, "id", 0},
        {"{\"id\":\"a\",\"id\":\"a\"}", AMP_ERR_DUPLICATE, "id", 0},
        {"{\"id\":\"a\",\"projectId\":\"p\",\"provider\":\"s\",\"group\":{\"groupRef\":\"g\",\"groupName\":"
         "\"G\"},"
         "\"consumer\":{\"consumerRef\":\"c\",\"consumerName\":\"C\"},\"createTime\":\"now\","
         "\"authScheme\":\"none\",\"status\":\"created\"}",
         AMP_ERR_VALUE, "createTime", 0},
        {"{\"id\":\"" LONG_ID "\"}", AMP_ERR_TOO_LONG, "id", sizeof(LONG_ID)},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        get_with(json_answer(0, "200 OK", rows[i].body), rows[i].status);
        if (rows[i].field != NULL) {
            assert_non_null(amp_client_info(&f.client)->field);
            assert_string_equal(amp_client_info(&f.client)->field, rows[i].field);
        }
        assert_int_equal(amp_client_info(&f.client)->http, 200);
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_BODY);
        assert_int_equal(amp_client_info(&f.client)->need, rows[i].need);
        assert_false(f.memory.is_open);
        fixture_end(&f);
    }
}

static void a_bad_record_ends_a_list(void **unused)
{
    const memory_answer_t answer =
        json_answer(0, "200 OK", "[" CONNECTION("a") ",{\"id\":1}," CONNECTION("c") "]");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    out_is(&f.out, "a");
    assert_int_equal(amp_next(&f.client), AMP_ERR_TYPE);
    assert_int_equal(amp_next(&f.client), AMP_ERR_TYPE);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

/* A row without a schema, text or flag accepts only an answer without content. */
static void an_endpoint_that_expects_nothing_accepts_nothing(void **unused)
{
    static const amp_endpoint_t row = {.method = "GET", .path = "/x", .flags = AMP_IS_SAFE};
    const memory_answer_t rows[] = {json_answer(0, "200 OK", "{}"), answer_with(1, "204 No Content", "", "")};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        fixture_init(&f, &rows[i], 1);
        assert_int_equal(amp__endpoint_start(&f.client, &row, NULL, NULL), AMP_OK);
        assert_int_equal(amp_run(&f.client), i == 0 ? AMP_ERR_NOT_API : AMP_OK);
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_bring_their_problem),
        cmocka_unit_test(errors_need_no_place_for_a_problem),
        cmocka_unit_test(a_problem_s_other_members_are_kept),
        cmocka_unit_test(a_bad_problem_changes_nothing),
        cmocka_unit_test(an_error_may_have_no_words),
        cmocka_unit_test(a_problem_is_of_the_last_request_only),
        cmocka_unit_test(retry_after_is_reported),
        cmocka_unit_test(redirects_are_not_followed),
        cmocka_unit_test(other_types_are_not_the_service),
        cmocka_unit_test(an_answer_other_than_http_is_reported),
        cmocka_unit_test(records_with_a_fault_are_reported),
        cmocka_unit_test(a_bad_record_ends_a_list),
        cmocka_unit_test(an_endpoint_that_expects_nothing_accepts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

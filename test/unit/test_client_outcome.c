/* SPDX-License-Identifier: MIT */
/* Every status code with every kind of body, for a safe request and for one that changes something. A change
 * that may have taken effect is never reported as an error that suggests a second try. */
#include "fixture.h"

static fixture_t f;

typedef enum { SAFE, UNSAFE, REFRESH, OWN_GET, OWN_CHANGE, KINDS } kind_t;

static int is_unsafe(kind_t kind)
{
    return kind != SAFE && kind != OWN_GET;
}

static amp_status_t start(kind_t kind)
{
    static amp_generate_connection_t generate;
    static const amp_get_connection_t refresh = {{"a", 1}, {"force", 5}};
    static const amp_request_t get = {.method = "GET", .path = "/x", .schema = &amp_connection_schema};
    static const amp_request_t change = {
        .method = "GET", .path = "/x", .schema = &amp_connection_schema, .changes = 1};
    switch (kind) {
    case SAFE:
        return amp_get_connection_start(&f.client, &get_args, &f.out);
    case REFRESH:
        return amp_get_connection_start(&f.client, &refresh, &f.out);
    case OWN_GET:
        return amp_request_start(&f.client, &get, &f.out);
    case OWN_CHANGE:
        return amp_request_start(&f.client, &change, &f.out);
    default:
        generate = generate_args();
        return amp_generate_connection_start(&f.client, &generate, &f.out);
    }
}

static uint32_t none(void *ctx)
{
    (void)ctx;
    return 0;
}

static amp_health_t judged(void)
{
    amp_health_t health;
    amp_pace_t pace = {.random = none};
    const amp_evidence_t evidence = {.result = amp_client_info(&f.client)->status,
                                     .info = amp_client_info(&f.client),
                                     .problem = amp_client_problem(&f.client)};
    amp_health(&evidence, &pace, &health);
    return health;
}

/* The status must be `expected`. For a change it may have to be AMP_ERR_UNKNOWN_OUTCOME with that cause. */
static void comes_to(kind_t kind, const memory_answer_t *answer, amp_status_t expected, int is_open)
{
    int unknown = is_open && is_unsafe(kind);
    fixture_init(&f, answer, 1);
    assert_int_equal(start(kind), AMP_OK);
    amp_status_t status = amp_run(&f.client);
    if (status != (unknown ? AMP_ERR_UNKNOWN_OUTCOME : expected) ||
        amp_client_info(&f.client)->cause != (unknown ? expected : AMP_OK)) {
        fail_msg("%.60s, kind %d: %s, cause %s", answer->text, (int)kind, amp_status_name(status),
                 amp_status_name(amp_client_info(&f.client)->cause));
    }
    assert_int_equal(amp_client_info(&f.client)->is_unsafe, is_unsafe(kind));
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    assert_true(is_zero(&f.out, sizeof f.out));
    amp_health_t health = judged();
    if (unknown) {
        assert_int_equal(health.verdict, AMP_VERDICT_RECONCILE);
        assert_int_equal(health.remedy, AMP_REMEDY_RECONCILE);
    }
    holds_no_secret(&f);
    fixture_end(&f);
}

typedef enum { PROBLEM_JSON, PLAIN_JSON, FOREIGN_JSON, BROKEN, TEXT, NOTHING, PAGE, PACKED, BODIES } body_t;

static const struct {
    const char *headers;
    const char *text;
} bodies[] = {
    [PROBLEM_JSON] = {PROBLEM_TYPE, "{}"},
    [PLAIN_JSON] = {JSON_TYPE, PROBLEM},
    [FOREIGN_JSON] = {JSON_TYPE, "{\"message\":\"Endpoint request timed out\"}"},
    [BROKEN] = {PROBLEM_TYPE, "{\"title\":\"No"},
    [TEXT] = {"Content-Type: text/plain; charset=utf-8\r\n", "upstream connect error"},
    [NOTHING] = {"", ""},
    [PAGE] = {"Content-Type: text/html\r\n", "<html>"},
    [PACKED] = {PROBLEM_TYPE "Content-Encoding: gzip\r\n", "{}"},
};

static int is_page(body_t body)
{
    return body == PAGE || body == PACKED;
}

static amp_status_t by_code(unsigned code)
{
    static const struct {
        unsigned code;
        amp_status_t status;
    } rows[] = {
        {400, AMP_ERR_BAD_REQUEST},  {401, AMP_ERR_UNAUTHORIZED}, {403, AMP_ERR_FORBIDDEN},
        {404, AMP_ERR_NOT_FOUND},    {408, AMP_ERR_SERVICE},      {409, AMP_ERR_CONFLICT},
        {410, AMP_ERR_NOT_FOUND},    {422, AMP_ERR_BAD_REQUEST},  {425, AMP_ERR_SERVICE},
        {429, AMP_ERR_RATE_LIMITED},
    };
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        if (rows[i].code == code) {
            return rows[i].status;
        }
    }
    return code < 500u ? AMP_ERR_REFUSED : AMP_ERR_SERVICE;
}

static amp_status_t expected_of(unsigned code, body_t body)
{
    int is_json = body <= BROKEN;
    int is_busy = code == 408u || code == 429u || code == 502u || code == 503u || code == 504u;
    if (code < 400u) {
        return is_page(body) ? AMP_ERR_NOT_API : AMP_ERR_REDIRECT;
    }
    if (((code == 407u || code == 511u) && !is_json) || (is_page(body) && !is_busy)) {
        return AMP_ERR_NOT_API;
    }
    return by_code(code);
}

static int is_open(unsigned code, body_t body)
{
    int may_be_done = code == 303u || code == 408u || code >= 500u;
    return is_page(body) ? expected_of(code, body) == AMP_ERR_NOT_API || may_be_done
           : expected_of(code, body) == AMP_ERR_NOT_API
               ? 1
               : may_be_done && (code == 303u || body >= FOREIGN_JSON);
}

static const unsigned codes[] = {300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
                                 408, 409, 410, 411, 412, 413, 414, 415, 417, 418, 421, 422, 423, 425, 426,
                                 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 520, 599};

static memory_answer_t answer_of(unsigned code, body_t body)
{
    char line[32];
    (void)snprintf(line, sizeof line, "%u x", code);
    return answer_with(0, line, bodies[body].headers, bodies[body].text);
}

static void every_code_with_every_body(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(codes); ++i) {
        for (unsigned body = 0; body < BODIES; ++body) {
            const memory_answer_t answer = answer_of(codes[i], (body_t)body);
            for (unsigned kind = 0; kind < KINDS; ++kind) {
                comes_to((kind_t)kind, &answer, expected_of(codes[i], (body_t)body),
                         is_open(codes[i], (body_t)body));
            }
        }
    }
}

/* Without memory for the document, its type is sufficient to show that the service sent it. */
static void without_memory_for_the_document_its_type_decides(void **unused)
{
    (void)unused;
    for (unsigned body = 0; body < BODIES; ++body) {
        const memory_answer_t answer = answer_of(504, (body_t)body);
        int is_own = body == PROBLEM_JSON || body == BROKEN;
        fixture_init(&f, &answer, 1);
        f.config.problem = NULL;
        f.config.problem_schema = NULL;
        assert_int_equal(start(UNSAFE), AMP_OK);
        assert_int_equal(amp_run(&f.client), is_own ? AMP_ERR_SERVICE : AMP_ERR_UNKNOWN_OUTCOME);
        fixture_end(&f);
    }
}

/* In application/json, one member of RFC 9457 is sufficient. Any other member is not. */
static void each_member_of_a_problem_shows_whose_it_is(void **unused)
{
    static const struct {
        const char *body;
        int is_own;
    } rows[] = {
        {"{\"type\":\"about:blank\"}", 1}, {"{\"title\":\"t\"}", 1},           {"{\"detail\":\"d\"}", 1},
        {"{\"requestId\":\"r\"}", 0},      {"{\"message\":\"timed out\"}", 0}, {"{}", 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, "500 x", JSON_TYPE, rows[i].body);
        fixture_init(&f, &answer, 1);
        assert_int_equal(start(UNSAFE), AMP_OK);
        assert_int_equal(amp_run(&f.client), rows[i].is_own ? AMP_ERR_SERVICE : AMP_ERR_UNKNOWN_OUTCOME);
        fixture_end(&f);
    }
}

/* A 5xx determines the outcome only if its document is complete. For a refusal the head is sufficient. */
static void a_document_that_is_cut_settles_no_change(void **unused)
{
    static const amp_status_t ends[] = {AMP_ERR_ABORTED, AMP_ERR_CLOSED, AMP_ERR_NETWORK};
    static const unsigned cut_codes[] = {503, 500, 408, 409, 403};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cut_codes); ++i) {
        char line[32];
        (void)snprintf(line, sizeof line, "%u x", cut_codes[i]);
        const memory_answer_t whole = answer_with(0, line, PROBLEM_TYPE, PROBLEM);
        for (size_t cut = head_length(&whole); cut <= whole.len; ++cut) {
            const memory_answer_t answer = {whole.text, cut, ends[cut % COUNT_OF(ends)], 0};
            int may_be_done = cut < whole.len && i < 3;
            comes_to(UNSAFE, &answer, by_code(cut_codes[i]), may_be_done);
            comes_to(SAFE, &answer, by_code(cut_codes[i]), may_be_done);
        }
    }
}

/* A success that is not from the service, for a change and for a safe request. */
static void a_foreign_success_settles_no_change(void **unused)
{
    static const struct {
        const char *line;
        const char *headers;
        const char *body;
        amp_status_t status;
        int is_open;
    } rows[] = {
        {"200 OK", "Content-Type: text/html\r\n", "<html>", AMP_ERR_NOT_API, 1},
        {"201 Created", "Content-Type: text/plain\r\n", "made", AMP_ERR_NOT_API, 1},
        {"200 OK", "", "", AMP_ERR_NOT_API, 1},
        {"202 Accepted", JSON_TYPE, CONNECTION("a"), AMP_ERR_NOT_API, 1},
        {"204 No Content", "", "", AMP_ERR_NOT_API, 1},
        {"201 Created", JSON_TYPE "Content-Length: 1\r\n", "{}", AMP_ERR_HTTP, 1},
        {"201 Created", JSON_TYPE, "{", AMP_ERR_JSON, 0},
        {"201 Created", JSON_TYPE, "{}", AMP_ERR_MISSING, 0},
        {"200 OK", JSON_TYPE, "{\"id\":1}", AMP_ERR_TYPE, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, rows[i].line, rows[i].headers, rows[i].body);
        for (unsigned kind = 0; kind < KINDS; ++kind) {
            comes_to((kind_t)kind, &answer, rows[i].status, rows[i].is_open);
        }
    }
}

/* A complete answer that breaks a rule is reported by its own error. The verdict for a change is still to
 * reconcile. */
static void a_wrong_record_is_no_reason_to_send_a_change_again(void **unused)
{
    const memory_answer_t answer = json_answer(0, "201 Created", "{}");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(start(UNSAFE), AMP_OK);
    assert_int_equal(amp_run(&f.client), AMP_ERR_MISSING);
    assert_int_equal(judged().remedy, AMP_REMEDY_RECONCILE);
    assert_int_equal(judged().verdict, AMP_VERDICT_RECONCILE);
    fixture_end(&f);
    const memory_answer_t other = json_answer(0, "200 OK", "{}");
    fixture_init(&f, &other, 1);
    assert_int_equal(start(SAFE), AMP_OK);
    assert_int_equal(amp_run(&f.client), AMP_ERR_MISSING);
    assert_int_equal(judged().remedy, AMP_REMEDY_REPORT);
    fixture_end(&f);
}

/* In application/json, each member of RFC 9457 shows that the service wrote the document. */
static void one_member_of_a_problem_settles_a_change(void **unused)
{
    static const char *const documents[] = {"{\"type\":\"about:blank\"}", "{\"title\":\"No\"}",
                                            "{\"detail\":\"No\"}"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(documents); ++i) {
        const memory_answer_t answer = answer_with(0, "500 x", JSON_TYPE, documents[i]);
        comes_to(UNSAFE, &answer, AMP_ERR_SERVICE, 0);
    }
}

/* A body that ends with the connection looks the same when it is truncated. */
static void a_body_by_close_that_ends_early_settles_no_change(void **unused)
{
    static const char text[] = "HTTP/1.1 201 x\r\n" JSON_TYPE "\r\n" CONNECTION("a");
    const size_t head = strlen("HTTP/1.1 201 x\r\n" JSON_TYPE "\r\n");
    (void)unused;
    for (size_t cut = head; cut < sizeof text - 1u; ++cut) {
        const memory_answer_t answer = {text, cut, AMP_ERR_CLOSED, 0};
        comes_to(UNSAFE, &answer, AMP_ERR_JSON, 1);
    }
}

static memory_answer_t kept_answers[3];

/* The first request succeeds and leaves the connection open. `second` is the answer to the next one. */
static amp_status_t run_kept(kind_t kind, memory_answer_t second)
{
    kept_answers[0] = json_answer(1, "200 OK", CONNECTION("a"));
    kept_answers[1] = second;
    kept_answers[2] = json_answer(2, "200 OK", CONNECTION("a"));
    fixture_init(&f, kept_answers, 3);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    memset(&f.out, 0xee, sizeof f.out);
    assert_int_equal(start(kind), AMP_OK);
    return amp_run(&f.client);
}

/* RFC 9110, 15.5.9: the server closed the idle connection while the request was on its way. */
static void a_timeout_on_a_kept_connection_is_retried_once(void **unused)
{
    static const char *const headers[] = {"", "Connection: close\r\n",
                                          "Connection: close\r\nContent-Type: text/html\r\n"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(headers); ++i) {
        for (unsigned kind = 0; kind < KINDS; ++kind) {
            const memory_answer_t late = answer_with(0, "408 Request Timeout", headers[i], "late");
            amp_status_t status = run_kept((kind_t)kind, late);
            if (is_unsafe((kind_t)kind)) {
                assert_int_equal(status, AMP_ERR_UNKNOWN_OUTCOME);
                assert_int_equal(amp_client_info(&f.client)->cause, AMP_ERR_SERVICE);
                assert_int_equal(amp_client_info(&f.client)->requests, 2);
            } else {
                assert_int_equal(status, AMP_OK);
                out_is(&f.out, "a");
                assert_int_equal(amp_client_info(&f.client)->requests, 3);
                assert_int_equal(amp_client_info(&f.client)->connects, 2);
            }
            fixture_end(&f);
        }
    }
}

/* On a new connection it is the service's answer to this request. A second one is final too. */
static void a_timeout_on_a_new_connection_is_final(void **unused)
{
    const memory_answer_t late = answer_with(0, "408 Request Timeout", "", "");
    (void)unused;
    comes_to(SAFE, &late, AMP_ERR_SERVICE, 0);
    assert_int_equal(run_kept(SAFE, late), AMP_OK);
    amp_reset(&f.client);
    f.memory.answer = 1;
    kept_answers[2] = late;
    assert_int_equal(start(SAFE), AMP_OK);
    assert_int_equal(amp_run(&f.client), AMP_ERR_SERVICE);
    assert_int_equal(amp_client_info(&f.client)->http, 408);
    fixture_end(&f);
}

/* Unread bytes on a kept connection from before the request are not its answer. The request is sent once,
 * over a new connection. */
static void waiting_bytes_are_not_an_answer(void **unused)
{
    static const char *const lines[] = {"200 OK", "400 Bad Request", "408 Request Timeout", "503 x"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(lines); ++i) {
        for (unsigned kind = 0; kind < KINDS; ++kind) {
            memory_answer_t early =
                answer_with(0, lines[i], JSON_TYPE "Connection: close\r\n", CONNECTION("b"));
            early.unasked = 1;
            assert_int_equal(run_kept((kind_t)kind, early), AMP_OK);
            out_is(&f.out, "a");
            assert_int_equal(amp_client_info(&f.client)->requests, 2);
            assert_int_equal(amp_client_info(&f.client)->connects, 2);
            fixture_end(&f);
        }
    }
}

/* One step checks the kept connection and sends the first bytes. Otherwise bytes could arrive between the
 * two, while the application does something else. */
static void a_kept_connection_is_looked_at_when_the_request_leaves(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       json_answer(1, "200 OK", CONNECTION("a"))};
    (void)unused;
    fixture_init(&f, answers, 2);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    size_t sent = f.memory.sent_len;
    assert_int_equal(start(SAFE), AMP_OK);
    size_t looks = f.memory.recv_calls;
    while (f.memory.recv_calls == looks) {
        assert_int_equal(f.memory.sent_len, sent);
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    assert_true(f.memory.sent_len > sent);
    fixture_end(&f);
}

/* On a stale connection a request is sent again only if its row or the caller marks it as safe. */
static void unsafe_requests_are_not_sent_again(void **unused)
{
    (void)unused;
    for (unsigned kind = 0; kind < KINDS; ++kind) {
        const memory_answer_t cut = {"", 0, AMP_ERR_ABORTED, 0};
        amp_status_t status = run_kept((kind_t)kind, cut);
        assert_int_equal(status, is_unsafe((kind_t)kind) ? AMP_ERR_UNKNOWN_OUTCOME : AMP_OK);
        assert_int_equal(amp_client_info(&f.client)->requests, is_unsafe((kind_t)kind) ? 2 : 3);
        fixture_end(&f);
    }
}

static amp_status_t delete_with(const memory_answer_t *answer)
{
    static const amp_delete_connection_t args = {{"a", 1}};
    fixture_init(&f, answer, 1);
    return amp_delete_connection(&f.client, &args, NULL);
}

/* RFC 9110, 9.3.5. A page with status 200 is from a captive portal. */
static void a_deletion_succeeds_with_any_body(void **unused)
{
    static const char *const done[] = {"200 OK", "202 Accepted", "204 No Content", "205 Reset Content"};
    static const char *const heads[] = {JSON_TYPE, PROBLEM_TYPE, "Content-Type: text/plain\r\n", "",
                                        JSON_TYPE "Content-Encoding: gzip\r\n"};
    static const amp_status_t ends[] = {0, AMP_ERR_ABORTED, AMP_ERR_CLOSED, AMP_ERR_NETWORK};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(done); ++i) {
        for (size_t k = 0; k < COUNT_OF(heads); ++k) {
            const memory_answer_t whole = answer_with(0, done[i], heads[k], "{\"deleted\":tr");
            for (size_t cut = head_length(&whole); cut <= whole.len; ++cut) {
                const memory_answer_t answer = {whole.text, cut, ends[cut % COUNT_OF(ends)], 0};
                assert_int_equal(delete_with(&answer), AMP_OK);
                fixture_end(&f);
            }
        }
        const memory_answer_t chunked = {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx", 48, 0, 0};
        assert_int_equal(delete_with(&chunked), AMP_OK);
        assert_false(f.memory.is_open);
        fixture_end(&f);
    }
}

static void a_deletion_needs_the_service_s_success(void **unused)
{
    static const struct {
        const char *line;
        const char *headers;
    } rows[] = {
        {"200 OK", "Content-Type: text/html\r\n"},
        {"202 Accepted", "Content-Type: text/html\r\n"},
        {"201 Created", JSON_TYPE},
        {"203 x", JSON_TYPE},
        {"206 Partial Content", JSON_TYPE},
        {"299 x", ""},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, rows[i].line, rows[i].headers, "{}");
        assert_int_equal(delete_with(&answer), AMP_ERR_UNKNOWN_OUTCOME);
        assert_int_equal(amp_client_info(&f.client)->cause, AMP_ERR_NOT_API);
        fixture_end(&f);
    }
}

static void a_connection_is_made_with_200_or_201(void **unused)
{
    static const char *const lines[] = {"200 OK", "201 Created"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(lines); ++i) {
        const memory_answer_t answer = json_answer(0, lines[i], CONNECTION("new"));
        fixture_init(&f, &answer, 1);
        assert_int_equal(start(UNSAFE), AMP_OK);
        assert_int_equal(amp_run(&f.client), AMP_OK);
        out_is(&f.out, "new");
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_with_every_body),
        cmocka_unit_test(one_member_of_a_problem_settles_a_change),
        cmocka_unit_test(without_memory_for_the_document_its_type_decides),
        cmocka_unit_test(each_member_of_a_problem_shows_whose_it_is),
        cmocka_unit_test(a_document_that_is_cut_settles_no_change),
        cmocka_unit_test(a_foreign_success_settles_no_change),
        cmocka_unit_test(a_wrong_record_is_no_reason_to_send_a_change_again),
        cmocka_unit_test(a_body_by_close_that_ends_early_settles_no_change),
        cmocka_unit_test(a_timeout_on_a_kept_connection_is_retried_once),
        cmocka_unit_test(a_timeout_on_a_new_connection_is_final),
        cmocka_unit_test(waiting_bytes_are_not_an_answer),
        cmocka_unit_test(a_kept_connection_is_looked_at_when_the_request_leaves),
        cmocka_unit_test(unsafe_requests_are_not_sent_again),
        cmocka_unit_test(a_deletion_succeeds_with_any_body),
        cmocka_unit_test(a_deletion_needs_the_service_s_success),
        cmocka_unit_test(a_connection_is_made_with_200_or_201),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

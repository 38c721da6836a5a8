/* SPDX-License-Identifier: MIT */
/* Secrets are in the work buffer only while they are sent. Secrets of an answer never reach memory that
 * outlives the answer. This test's own endpoints cover the possible rows of an endpoint. */
#include "fixture.h"

#include "client/endpoint.h"

static fixture_t f;

static void close_leaves_nothing(void)
{
    amp_close(&f.client);
    assert_true(is_zero(f.work, f.work_size));
    f.client.info.status = AMP_OK;
    assert_true(is_zero(&f.client, sizeof f.client));
    assert_false(f.memory.is_open);
    free(f.work);
}

/* Closes or resets the client after each call of a request. */
static void ending_at_any_step_leaves_no_secret(void **unused)
{
    const amp_generate_connection_t args = generate_args();
    int saw_secret = 0;
    amp_status_t status = AMP_PENDING;
    (void)unused;
    for (unsigned steps = 1; status == AMP_PENDING; ++steps) {
        const memory_answer_t answer = json_answer(0, "201 Created", CONNECTION("a"));
        fixture_init(&f, &answer, 1);
        f.memory.pace = MEMORY_BYTE_BY_BYTE;
        assert_int_equal(amp_generate_connection_start(&f.client, &args, &f.out), AMP_OK);
        for (unsigned i = 0; i < steps; ++i) {
            status = amp_step(&f.client);
        }
        saw_secret |= memory_holds(f.work, f.work_size, API_KEY);
        if (steps % 2u != 0) {
            amp_reset(&f.client);
            holds_no_secret(&f);
        }
        close_leaves_nothing();
    }
    assert_true(saw_secret); /* otherwise the search looks in the wrong place */
}

/* While the answer is read, the request's secrets are already wiped. */
static void sent_bytes_are_wiped_before_the_answer(void **unused)
{
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_generate_connection_start(&f.client, &args, &f.out), AMP_OK);
    while (amp_client_info(&f.client)->requests == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    assert_true(is_zero(f.work, f.work_size));
    holds_no_secret(&f);
    close_leaves_nothing();
}

static void opening_holds_no_secret(void **unused)
{
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    fixture_init(&f, NULL, 0);
    f.memory.open_delay = 10;
    assert_int_equal(amp_generate_connection_start(&f.client, &args, &f.out), AMP_OK);
    while (f.memory.open_calls < 5) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
        holds_no_secret(&f);
    }
    assert_string_equal((const char *)f.work, "api.example");
    close_leaves_nothing();
}

/* Opening another connection also leaves no secret of a request that was partly sent. */
static void opening_again_holds_no_secret(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       json_answer(1, "200 OK", CONNECTION("b"))};
    size_t first_len;
    (void)unused;
    fixture_init(&f, answers, 2);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    first_len = f.memory.sent_len;
    f.memory.open_delay = 10;
    f.memory.fault = MEMORY_SEND_BYTE;
    f.memory.fault_at = first_len + 20u;
    f.memory.fault_status = AMP_ERR_ABORTED;
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.open_calls < 8) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
        if (!f.memory.is_open) {
            holds_no_secret(&f);
        }
    }
    assert_int_equal(f.memory.sent_len, first_len + 20u);
    assert_string_equal((const char *)f.work, "api.example");
    close_leaves_nothing();
}

/* Secrets of an answer are dropped while they are parsed. Between two steps of one byte each, no secret is
 * complete anywhere in memory. */
static void secrets_of_an_answer_are_never_whole(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       answer_with(1, "400 Bad", PROBLEM_TYPE, PROBLEM)};
    (void)unused;
    for (size_t i = 0; i < 2; ++i) {
        amp_status_t status = AMP_PENDING;
        fixture_init(&f, &answers[i], 1);
        f.memory.pace = MEMORY_BYTE_BY_BYTE;
        assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
        while (status == AMP_PENDING) {
            status = amp_step(&f.client);
            if (amp_client_info(&f.client)->requests > 0) {
                holds_no_secret(&f);
            }
        }
        assert_int_equal(status, i == 0 ? AMP_ITEM : AMP_ERR_BAD_REQUEST);
        close_leaves_nothing();
    }
}

static void records_of_a_list_hold_no_secret(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", "[" CONNECTION("a") "," CONNECTION("b") "]");
    (void)unused;
    for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_BY_BYTE; ++pace) {
        fixture_init(&f, &answer, 1);
        f.memory.pace = (memory_pace_t)pace;
        assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
        for (unsigned i = 0; i < 2; ++i) {
            assert_int_equal(amp_next(&f.client), AMP_ITEM);
            for (size_t k = 0; k < COUNT_OF(answer_secrets); ++k) {
                assert_false(memory_holds(&f.out, sizeof f.out, answer_secrets[k]));
            }
        }
        assert_int_equal(amp_next(&f.client), AMP_END);
        holds_no_secret(&f);
        close_leaves_nothing();
    }
}

/* Only two errors report the note of the answer. */
static void the_note_is_for_two_errors_only(void **unused)
{
    static const struct {
        const char *line;
        const char *body;
    } rows[] = {{"200 OK", CONNECTION("a")}, {"200 OK", "x"}, {"404 No", "{}"}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = json_answer(0, rows[i].line, rows[i].body);
        fixture_init(&f, &answer, 1);
        (void)!amp_get_connection(&f.client, &get_args, &f.out);
        assert_string_equal(amp_client_info(&f.client)->note, "");
        close_leaves_nothing();
    }
}

/* Only the host of a Location is kept. Nothing is kept of a Location that is truncated or not an HTTPS
 * URL. */
static void a_location_leaves_no_secret(void **unused)
{
    static const struct {
        const char *text;
        amp_status_t status;
    } rows[] = {
        {"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: https://u:pa55-5ecret@else.example/x\r\n\r\n",
         AMP_ERR_REDIRECT},
        {"HTTP/1.1 302 x\r\nLocation: https://else.example/?token=t0ken-5ecret\r\n", AMP_ERR_ABORTED},
        {"HTTP/1.1 302 x\r\nLocation: /?token=t0ken-5ecret", AMP_ERR_ABORTED},
        {"HTTP/1.1 404 x\r\nContent-Length: 0\r\nLocation: /?token=t0ken-5ecret\r\n\r\n", AMP_ERR_NOT_FOUND},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_BY_BYTE; ++pace) {
            const memory_answer_t answer = {rows[i].text, strlen(rows[i].text), AMP_ERR_ABORTED, 0};
            fixture_init(&f, &answer, 1);
            f.memory.pace = (memory_pace_t)pace;
            assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), rows[i].status);
            assert_string_equal(amp_client_info(&f.client)->note, i == 0 ? "else.example" : "");
            holds_no_secret(&f);
            close_leaves_nothing();
        }
    }
}

static const amp_endpoint_t remove_it = {.method = "DELETE", .path = "/it", .flags = AMP_IS_DELETE};
static const amp_endpoint_t look = {
    .method = "GET", .path = "/look", .flags = AMP_IS_ANONYMOUS | AMP_IS_SAFE};

static amp_status_t never(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx;
    (void)renew;
    (void)out_token;
    fail_msg("requested a token that is not needed");
    return AMP_ERR_TOKEN;
}

static void an_anonymous_operation_spends_no_secret(void **unused)
{
    (void)unused;
    for (unsigned with_token = 0; with_token < 2; ++with_token) {
        const memory_answer_t answer = answer_with(0, "204 No Content", "", "");
        fixture_init(&f, &answer, 1);
        f.config.token = with_token ? never : NULL;
        f.config.api_key.len = with_token ? 0 : f.config.api_key.len;
        assert_int_equal(amp__endpoint_start(&f.client, &look, NULL, NULL), AMP_OK);
        assert_int_equal(amp_run(&f.client), AMP_OK);
        assert_memory_equal(f.memory.sent, "GET /v1/look HTTP/1.1\r\n", 23);
        assert_false(memory_holds(f.memory.sent, f.memory.sent_len, "X-Api-Key"));
        assert_false(memory_holds(f.memory.sent, f.memory.sent_len, "Authorization"));
        close_leaves_nothing();
    }
}

static void an_operation_may_have_no_record(void **unused)
{
    static const struct {
        const char *line;
        amp_status_t status;
    } rows[] = {{"204 No Content", AMP_OK},   {"200 OK", AMP_OK},
                {"202 Accepted", AMP_OK},     {"201 Created", AMP_ERR_UNKNOWN_OUTCOME},
                {"404 x", AMP_ERR_NOT_FOUND}, {"302 x", AMP_ERR_REDIRECT}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, rows[i].line, "", "");
        fixture_init(&f, &answer, 1);
        assert_int_equal(amp__endpoint_start(&f.client, &remove_it, NULL, NULL), AMP_OK);
        assert_int_equal(amp_run(&f.client), rows[i].status);
        assert_memory_equal(f.memory.sent, "DELETE /v1/it HTTP/1.1\r\n", 24);
        close_leaves_nothing();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ending_at_any_step_leaves_no_secret),
        cmocka_unit_test(sent_bytes_are_wiped_before_the_answer),
        cmocka_unit_test(opening_holds_no_secret),
        cmocka_unit_test(opening_again_holds_no_secret),
        cmocka_unit_test(secrets_of_an_answer_are_never_whole),
        cmocka_unit_test(records_of_a_list_hold_no_secret),
        cmocka_unit_test(the_note_is_for_two_errors_only),
        cmocka_unit_test(a_location_leaves_no_secret),
        cmocka_unit_test(an_anonymous_operation_spends_no_secret),
        cmocka_unit_test(an_operation_may_have_no_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Successful requests, the order of calls, and the use of connections. */
#include "fixture.h"

static fixture_t f;

static void get_one(const amp_get_connection_t *args, amp_status_t status)
{
    assert_int_equal(amp_get_connection(&f.client, args, &f.out), status);
    assert_int_equal(amp_client_info(&f.client)->status, status == AMP_OK ? AMP_END : status);
    holds_no_secret(&f);
}

static void get(amp_status_t status)
{
    get_one(&get_args, status);
}

static void counts_are(unsigned requests, unsigned connects)
{
    assert_int_equal(amp_client_info(&f.client)->requests, requests);
    assert_int_equal(amp_client_info(&f.client)->connects, connects);
    assert_int_equal(f.memory.opens, connects);
}

/* The result must be the same for each speed of the port. */
static void get_and_generate_fill_the_record(void **unused)
{
    (void)unused;
    for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_EVERY_OTHER_CALL; ++pace) {
        const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                           json_answer(1, "201 Created", CONNECTION("b"))};
        const amp_generate_connection_t args = generate_args();
        fixture_init(&f, answers, 2);
        f.memory.pace = (memory_pace_t)pace;
        f.memory.open_delay = 3;
        get(AMP_OK);
        out_is(&f.out, "a");
        assert_int_equal(amp_client_info(&f.client)->http, 200);
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_BODY);
        assert_int_equal(amp_generate_connection(&f.client, &args, &f.out), AMP_OK);
        out_is(&f.out, "b");
        assert_int_equal(amp_client_info(&f.client)->http, 201);
        assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
        assert_null(amp_client_info(&f.client)->field);
        assert_null(amp_client_problem(&f.client));
        counts_are(2, 1);
        holds_no_secret(&f);
        fixture_end(&f);
    }
}

static void lists_stream_their_records(void **unused)
{
    static const char *const bodies[] = {"[]", "[" CONNECTION("a") "]",
                                         "[" CONNECTION("a") "," CONNECTION("b") "," CONNECTION("c") "]"};
    (void)unused;
    for (size_t n = 0; n < COUNT_OF(bodies); ++n) {
        for (unsigned pace = MEMORY_AT_ONCE; pace <= MEMORY_BYTE_EVERY_OTHER_CALL; ++pace) {
            const memory_answer_t answer = json_answer(0, "200 OK", bodies[n]);
            const size_t items[] = {0, 1, 3};
            fixture_init(&f, &answer, 1);
            f.memory.pace = (memory_pace_t)pace;
            assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
            for (size_t i = 0; i < items[n]; ++i) {
                const char id[2] = {(char)('a' + i), '\0'};
                assert_int_equal(amp_next(&f.client), AMP_ITEM);
                assert_int_equal(amp_client_info(&f.client)->status, AMP_ITEM);
                out_is(&f.out, id);
            }
            assert_int_equal(amp_next(&f.client), AMP_END);
            assert_int_equal(amp_next(&f.client), AMP_END);
            assert_int_equal(amp_step(&f.client), AMP_END);
            holds_no_secret(&f);
            fixture_end(&f);
        }
    }
}

/* A record is returned before the list is complete. */
static void a_list_need_not_end(void **unused)
{
    memory_answer_t answer = json_answer(0, "200 OK", "[" CONNECTION("a") "," CONNECTION("b") "]");
    (void)unused;
    answer.len -= strlen(CONNECTION("b"));
    answer.end = AMP_ERR_ABORTED;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    out_is(&f.out, "a");
    assert_int_equal(amp_next(&f.client), AMP_ERR_ABORTED);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

/* The message is complete, but its JSON is not. The client does not wait for more bytes. */
static void a_list_that_ends_after_a_record_is_refused(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", "[" CONNECTION("a"));
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    out_is(&f.out, "a");
    assert_int_equal(amp_next(&f.client), AMP_ERR_JSON);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

static void steps_give_the_single_record_then_the_end(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    amp_status_t status;
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_client_info(&f.client)->status, AMP_PENDING);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    do {
        status = amp_step(&f.client);
        assert_int_equal(amp_client_info(&f.client)->status, status);
    } while (status == AMP_PENDING);
    assert_int_equal(status, AMP_ITEM);
    out_is(&f.out, "a");
    assert_int_equal(amp_step(&f.client), AMP_END);
    assert_int_equal(amp_step(&f.client), AMP_END);
    assert_int_equal(f.memory.waits, 0);
    fixture_end(&f);
}

static void calls_out_of_turn_are_refused(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(amp_step(&f.client), AMP_ERR_STATE);
    assert_int_equal(amp_next(&f.client), AMP_ERR_STATE);
    assert_int_equal(amp_run(&f.client), AMP_ERR_STATE);
    amp_wait(&f.client, 10);
    assert_int_equal(f.memory.waits, 0);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_ERR_STATE);
    assert_int_equal(amp_step(&f.client), AMP_PENDING);
    assert_int_equal(amp_generate_connection(&f.client, &args, &f.out), AMP_ERR_STATE);
    assert_int_equal(amp_run(&f.client), AMP_OK);
    out_is(&f.out, "a");
    counts_are(1, 1);
    fixture_end(&f);
}

static void errors_stick_until_the_next_start(void **unused)
{
    const memory_answer_t answers[] = {{"", 0, AMP_ERR_ABORTED, 0},
                                       json_answer(0, "200 OK", CONNECTION("a"))};
    (void)unused;
    fixture_init(&f, answers, 2);
    get(AMP_ERR_ABORTED);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_int_equal(amp_step(&f.client), AMP_ERR_ABORTED);
    assert_int_equal(amp_next(&f.client), AMP_ERR_ABORTED);
    assert_int_equal(amp_run(&f.client), AMP_ERR_ABORTED);
    assert_int_equal(f.memory.open_calls, 1);
    get(AMP_OK);
    out_is(&f.out, "a");
    counts_are(2, 2);
    fixture_end(&f);
}

static void reset_aborts_a_request_at_any_step(void **unused)
{
    unsigned steps;
    amp_status_t status = AMP_PENDING;
    (void)unused;
    for (steps = 0; status == AMP_PENDING; ++steps) {
        const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                           json_answer(1, "200 OK", CONNECTION("b"))};
        fixture_init(&f, answers, 2);
        f.memory.pace = MEMORY_BYTE_BY_BYTE;
        f.memory.open_delay = 1;
        assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
        status = AMP_PENDING;
        for (unsigned i = 0; i < steps; ++i) {
            status = amp_step(&f.client);
        }
        amp_reset(&f.client);
        assert_true(is_zero(f.work, f.work_size));
        assert_true(status == AMP_ITEM || is_zero(&f.out, sizeof f.out));
        assert_int_equal(amp_client_info(&f.client)->status, AMP_OK);
        assert_int_equal(amp_step(&f.client), AMP_ERR_STATE);
        assert_int_equal(f.memory.is_open, status == AMP_ITEM);
        f.memory.answer = 1;
        get_one(&get_b_args, AMP_OK);
        out_is(&f.out, "b");
        fixture_end(&f);
    }
    assert_true(steps > 500);
}

static void reset_forgets_the_problem(void **unused)
{
    const memory_answer_t answer = answer_with(0, "400 Bad", PROBLEM_TYPE, PROBLEM);
    (void)unused;
    fixture_init(&f, &answer, 1);
    get(AMP_ERR_BAD_REQUEST);
    assert_ptr_equal(amp_client_problem(&f.client), &f.problem);
    amp_reset(&f.client);
    assert_int_equal(amp_client_info(&f.client)->status, AMP_OK);
    assert_null(amp_client_problem(&f.client));
    fixture_end(&f);
}

static void a_connection_is_used_again(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", CONNECTION("a")), json_answer(1, "200 OK", CONNECTION("b")),
        answer_with(2, "404 No", JSON_TYPE, "{}"), json_answer(3, "200 OK", CONNECTION("a"))};
    (void)unused;
    fixture_init(&f, answers, 4);
    get(AMP_OK);
    get_one(&get_b_args, AMP_OK);
    out_is(&f.out, "b");
    get(AMP_ERR_NOT_FOUND);
    get(AMP_OK);
    out_is(&f.out, "a");
    counts_are(4, 1);
    assert_int_equal(f.memory.closes, 0);
    fixture_end(&f);
}

/* Endings after which the connection cannot be used for the next request, so that it opens another one. */
static void a_connection_is_not_used_again(void **unused)
{
    memory_answer_t firsts[] = {
        answer_with(0, "200 OK", JSON_TYPE "Connection: close\r\n", CONNECTION("a")),
        answer_with(1, "200 OK", JSON_TYPE, CONNECTION("a")),
        {"HTTP/1.0 200 OK\r\n" JSON_TYPE "\r\n" CONNECTION("a"), 0, AMP_ERR_CLOSED, 0},
        {"HTTP/1.1 404 No\r\n\r\n", 0, AMP_ERR_CLOSED, 0},
        answer_with(2, "404 No", JSON_TYPE "Connection: x, close\r\n", "{}"),
    };
    (void)unused;
    firsts[2].len = strlen(firsts[2].text);
    firsts[3].len = strlen(firsts[3].text);
    memcpy((char *)(size_t)firsts[1].text + firsts[1].len, "HTTP", 4);
    firsts[1].len += 4; /* bytes that were not requested */
    for (size_t i = 0; i < COUNT_OF(firsts); ++i) {
        const memory_answer_t answers[] = {firsts[i], json_answer(3, "200 OK", CONNECTION("b"))};
        fixture_init(&f, answers, 2);
        get(i < 3 ? AMP_OK : AMP_ERR_NOT_FOUND);
        assert_false(f.memory.is_open);
        f.memory.answer = 1;
        get_one(&get_b_args, AMP_OK);
        out_is(&f.out, "b");
        counts_are(2, 2);
        fixture_end(&f);
    }
}

static void close_ends_all(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    (void)unused;
    fixture_init(&f, &answer, 1);
    get(AMP_OK);
    amp_close(&f.client);
    assert_false(f.memory.is_open);
    assert_true(is_zero(f.work, f.work_size));
    assert_int_equal(amp_client_info(&f.client)->status, AMP_ERR_STATE);
    assert_int_equal(amp_step(&f.client), AMP_ERR_STATE);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_ERR_STATE);
    assert_null(amp_client_problem(&f.client));
    amp_wait(&f.client, 10);
    amp_reset(&f.client);
    amp_close(&f.client);
    f.client.info.status = AMP_OK;
    assert_true(is_zero(&f.client, sizeof f.client));
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_and_generate_fill_the_record),
        cmocka_unit_test(lists_stream_their_records),
        cmocka_unit_test(a_list_need_not_end),
        cmocka_unit_test(a_list_that_ends_after_a_record_is_refused),
        cmocka_unit_test(steps_give_the_single_record_then_the_end),
        cmocka_unit_test(calls_out_of_turn_are_refused),
        cmocka_unit_test(errors_stick_until_the_next_start),
        cmocka_unit_test(reset_aborts_a_request_at_any_step),
        cmocka_unit_test(reset_forgets_the_problem),
        cmocka_unit_test(a_connection_is_used_again),
        cmocka_unit_test(a_connection_is_not_used_again),
        cmocka_unit_test(close_ends_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

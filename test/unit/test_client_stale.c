/* SPDX-License-Identifier: MIT */
/* A kept connection that is dead when the next request starts: which requests may be sent again, and which
 * never are. */
#include "fixture.h"

static fixture_t f;

/* One operation for each method. All except the first change something. */
typedef enum { GET, GENERATE, UPDATE, DELETE, KINDS } kind_t;

static const char *const methods[] = {"GET ", "POST ", "PATCH ", "DELETE "};

/* The first request succeeds and leaves the connection open. */
static void set_up(const memory_answer_t *answers, size_t count)
{
    fixture_init(&f, answers, count);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    assert_true(f.memory.is_open);
    f.memory.sent_len = 0;
    memset(&f.out, 0xee, sizeof f.out);
}

static amp_status_t start(kind_t kind)
{
    static amp_generate_connection_t generate;
    static amp_update_connection_t update = {.id = {"b", 1}, .provider_workspace_ref = {"w", 1}};
    static const amp_delete_connection_t delete_args = {{"id-1", 4}};
    switch (kind) {
    case GET:
        return amp_get_connection_start(&f.client, &get_b_args, &f.out);
    case GENERATE:
        generate = generate_args();
        return amp_generate_connection_start(&f.client, &generate, &f.out);
    case UPDATE:
        return amp_update_connection_start(&f.client, &update, &f.out);
    default:
        return amp_delete_connection_start(&f.client, &delete_args, NULL);
    }
}

static amp_status_t run(kind_t kind)
{
    assert_int_equal(start(kind), AMP_OK);
    return amp_run(&f.client);
}

/* The answer that the operation expects. */
static memory_answer_t good_answer(kind_t kind)
{
    static const char nothing[] = "HTTP/1.1 204 No Content\r\n\r\n";
    const memory_answer_t empty = {nothing, sizeof nothing - 1u, 0, 0};
    return kind == DELETE ? empty
                          : json_answer(1, kind == GENERATE ? "201 Created" : "200 OK", CONNECTION("b"));
}

static void went_well(kind_t kind)
{
    if (kind != DELETE) {
        out_is(&f.out, "b");
    }
}

static const amp_status_t ends[] = {AMP_ERR_CLOSED, AMP_ERR_ABORTED, AMP_ERR_NETWORK, AMP_ERR_TLS};

/* Before anything is sent over the connection, the client finds it closed, or finds unrequested bytes. */
static void a_dead_connection_is_found_before_sending(void **unused)
{
    (void)unused;
    for (unsigned kind = GET; kind < KINDS; ++kind) {
        for (size_t i = 0; i <= COUNT_OF(ends); ++i) {
            const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                               {"HTTP/1.1 408 x\r\n", i < COUNT_OF(ends) ? 0 : 16,
                                                i < COUNT_OF(ends) ? ends[i] : AMP_ERR_CLOSED, 1},
                                               good_answer((kind_t)kind)};
            set_up(answers, 3);
            assert_int_equal(run((kind_t)kind), AMP_OK);
            went_well((kind_t)kind);
            assert_int_equal(sent_count(&f, methods[kind]), 1);
            assert_int_equal(sent_count(&f, " HTTP/1.1\r\n"), 1);
            assert_int_equal(amp_client_info(&f.client)->connects, 2);
            assert_int_equal(amp_client_info(&f.client)->requests, 2);
            fixture_end(&f);
        }
    }
}

static void a_get_is_sent_again_once(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(ends); ++i) {
        const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                           {"", 0, ends[i], 0},
                                           json_answer(1, "200 OK", CONNECTION("b"))};
        set_up(answers, 3);
        assert_int_equal(run(GET), AMP_OK);
        out_is(&f.out, "b");
        assert_int_equal(sent_count(&f, "GET "), 2);
        assert_int_equal(amp_client_info(&f.client)->connects, 2);
        assert_int_equal(amp_client_info(&f.client)->requests, 3);
        holds_no_secret(&f);
        fixture_end(&f);
    }
}

static void a_second_loss_is_final(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       {"", 0, AMP_ERR_ABORTED, 0},
                                       {"", 0, AMP_ERR_ABORTED, 0},
                                       json_answer(1, "200 OK", CONNECTION("b"))};
    (void)unused;
    set_up(answers, 4);
    assert_int_equal(run(GET), AMP_ERR_ABORTED);
    assert_int_equal(sent_count(&f, "GET "), 2);
    assert_int_equal(amp_client_info(&f.client)->connects, 2);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

static void a_new_connection_is_not_replaced(void **unused)
{
    const memory_answer_t answers[] = {{"", 0, AMP_ERR_CLOSED, 0}, json_answer(1, "200 OK", CONNECTION("b"))};
    (void)unused;
    fixture_init(&f, answers, 2);
    assert_int_equal(run(GET), AMP_ERR_CLOSED);
    assert_int_equal(amp_client_info(&f.client)->connects, 1);
    fixture_end(&f);
}

/* Once a byte of an answer has arrived, the connection was not stale. */
static void a_get_that_was_being_answered_is_not_sent_again(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       {"H", 1, AMP_ERR_ABORTED, 0},
                                       json_answer(1, "200 OK", CONNECTION("b"))};
    (void)unused;
    set_up(answers, 3);
    assert_int_equal(run(GET), AMP_ERR_ABORTED);
    assert_int_equal(sent_count(&f, "GET "), 1);
    fixture_end(&f);
}

static void a_change_is_never_sent_again_once_a_byte_was_sent(void **unused)
{
    (void)unused;
    for (unsigned kind = GENERATE; kind < KINDS; ++kind) {
        for (size_t i = 0; i < COUNT_OF(ends); ++i) {
            const memory_answer_t answers[] = {
                json_answer(0, "200 OK", CONNECTION("a")), {"", 0, ends[i], 0}, good_answer((kind_t)kind)};
            set_up(answers, 3);
            assert_int_equal(run((kind_t)kind), AMP_ERR_UNKNOWN_OUTCOME);
            assert_int_equal(amp_client_info(&f.client)->cause, ends[i]);
            assert_int_equal(sent_count(&f, methods[kind]), 1);
            assert_int_equal(amp_client_info(&f.client)->connects, 1);
            assert_int_equal(f.memory.open_calls, 1);
            assert_true(kind == DELETE || is_zero(&f.out, sizeof f.out));
            holds_no_secret(&f);
            fixture_end(&f);
        }
    }
}

/* The loss is detected while the request is sent. If no byte was sent, any request may be sent again. */
static void sending_over_a_dead_connection(void **unused)
{
    (void)unused;
    for (unsigned kind = GET; kind < KINDS; ++kind) {
        for (size_t at = 0; at < 40; ++at) {
            const memory_answer_t answers[] = {
                json_answer(0, "200 OK", CONNECTION("a")), {"", 0, 0, 0}, good_answer((kind_t)kind)};
            amp_status_t status = AMP_PENDING;
            set_up(answers, 3);
            f.memory.fault = MEMORY_SEND_BYTE;
            f.memory.fault_at = at;
            f.memory.fault_status = AMP_ERR_ABORTED;
            assert_int_equal(start((kind_t)kind), AMP_OK);
            while (status == AMP_PENDING) {
                status = amp_step(&f.client);
                if (!f.memory.is_open) {
                    f.memory.fault = MEMORY_NO_FAULT;
                    f.memory.answer = 2;
                }
            }
            if (kind != GET && at > 0) {
                assert_int_equal(status, AMP_ERR_UNKNOWN_OUTCOME);
                assert_int_equal(sent_count(&f, methods[kind]), at >= strlen(methods[kind]));
                assert_int_equal(f.memory.sent_len, at);
            } else {
                assert_int_equal(status, kind == DELETE ? AMP_END : AMP_ITEM);
                went_well((kind_t)kind);
                assert_int_equal(amp_client_info(&f.client)->connects, 2);
            }
            fixture_end(&f);
        }
    }
}

static int send_too_much(void *ctx, const uint8_t *data, size_t len)
{
    return memory_send(ctx, data, len) + 1;
}

/* A port that reports more bytes than it was given is faulty, but may have sent something. */
static void a_change_is_not_sent_again_over_a_port_that_reports_too_much(void **unused)
{
    (void)unused;
    for (unsigned kind = GENERATE; kind < KINDS; ++kind) {
        const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                           good_answer((kind_t)kind)};
        set_up(answers, 2);
        f.port.send = send_too_much;
        assert_int_equal(run((kind_t)kind), AMP_ERR_UNKNOWN_OUTCOME);
        assert_int_equal(sent_count(&f, methods[kind]), 1);
        assert_int_equal(f.memory.open_calls, 1);
        fixture_end(&f);
    }
}

/* A bad argument is detected before anything is sent, over a kept connection too. */
static void arguments_are_checked_before_a_kept_connection_is_used(void **unused)
{
    static const amp_get_connection_t bad = {{"..", 2}, {NULL, 0}};
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    (void)unused;
    set_up(&answer, 1);
    assert_int_equal(amp_get_connection(&f.client, &bad, &f.out), AMP_ERR_ARGUMENT);
    assert_string_equal(amp_client_info(&f.client)->field, "connectionId");
    assert_int_equal(f.memory.sent_len, 0);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

/* Both connections have the same deadline. */
static void a_replaced_connection_gets_no_more_time(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       {"", 0, AMP_ERR_ABORTED, 0}};
    (void)unused;
    set_up(answers, 2);
    f.memory.event_at = f.memory.calls + 3; /* the recv that detects it */
    f.memory.event_jump_ms = 29000;
    f.memory.wait_step_ms = UINT32_MAX;
    assert_int_equal(run(GET), AMP_ERR_DEADLINE);
    assert_int_equal(amp_client_info(&f.client)->connects, 2);
    assert_int_equal(f.memory.now_ms, 31000);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dead_connection_is_found_before_sending),
        cmocka_unit_test(a_get_is_sent_again_once),
        cmocka_unit_test(a_second_loss_is_final),
        cmocka_unit_test(a_new_connection_is_not_replaced),
        cmocka_unit_test(a_get_that_was_being_answered_is_not_sent_again),
        cmocka_unit_test(a_change_is_never_sent_again_once_a_byte_was_sent),
        cmocka_unit_test(sending_over_a_dead_connection),
        cmocka_unit_test(a_change_is_not_sent_again_over_a_port_that_reports_too_much),
        cmocka_unit_test(arguments_are_checked_before_a_kept_connection_is_used),
        cmocka_unit_test(a_replaced_connection_gets_no_more_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

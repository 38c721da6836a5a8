/* SPDX-License-Identifier: MIT */
/* The deadline and the cancel flag at every stage, and the length of waits. */
#include "fixture.h"

static fixture_t f;

typedef enum { GET, GENERATE } kind_t;

static amp_status_t run(kind_t kind)
{
    const amp_generate_connection_t args = generate_args();
    return kind == GET ? amp_get_connection(&f.client, &get_args, &f.out)
                       : amp_generate_connection(&f.client, &args, &f.out);
}

static memory_answer_t answer;

static void set_up(uint32_t start_ms)
{
    answer = json_answer(0, "201 Created", CONNECTION("a"));
    fixture_init(&f, &answer, 1);
    f.memory.pace = MEMORY_BYTE_EVERY_OTHER_CALL;
    f.memory.open_delay = 3;
    f.memory.now_ms = start_ms;
    f.memory.wait_step_ms = 0;
}

static void interrupted(kind_t kind, amp_status_t how)
{
    amp_status_t status = run(kind);
    int unknown = kind == GENERATE && f.memory.sent_len > 0;
    assert_int_equal(status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how);
    assert_int_equal(amp_client_info(&f.client)->cause, unknown ? how : AMP_OK);
    assert_int_equal(f.memory.calls, f.memory.event_at);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(is_zero(f.work, f.work_size));
    assert_false(f.memory.is_open);
    assert_int_equal(amp_step(&f.client), status);
    holds_no_secret(&f);
    fixture_end(&f);
}

/* An event happens during a call of the port; the next step must see it, before any other call. */
static void each_call_may_be_the_last_in_time(void **unused)
{
    static const uint32_t starts[] = {1000, 0xffffffffu - 29999u, 0xffffffffu, 0x7fffffffu};
    (void)unused;
    for (unsigned kind = GET; kind <= GENERATE; ++kind) {
        set_up(1000);
        assert_int_equal(run((kind_t)kind), AMP_OK);
        size_t calls = f.memory.calls;
        fixture_end(&f);
        for (size_t at = 1; at < calls; ++at) {
            set_up(starts[at % COUNT_OF(starts)]);
            f.memory.event_at = at;
            f.memory.event_jump_ms = 30000;
            interrupted((kind_t)kind, AMP_ERR_DEADLINE);
            set_up(starts[at % COUNT_OF(starts)]);
            f.memory.event_at = at;
            f.memory.event_cancel = &f.cancel;
            interrupted((kind_t)kind, AMP_ERR_CANCELLED);
        }
    }
}

/* One millisecond less is in time, also when the clock wraps around. */
static void a_request_may_use_all_its_time(void **unused)
{
    static const uint32_t starts[] = {0, 1000, 0xffffffffu - 29999u, 0xfffffff0u, 0x7fffffffu};
    static const uint32_t limits[] = {0, 1, 500, INT32_MAX};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(starts); ++i) {
        for (size_t k = 0; k < COUNT_OF(limits); ++k) {
            uint32_t limit_ms = limits[k] > 0 ? limits[k] : 30000;
            set_up(starts[i]);
            f.config.timeout_ms = limits[k];
            f.memory.event_at = 9;
            f.memory.event_jump_ms = limit_ms - 1u;
            assert_int_equal(run(GET), AMP_OK);
            fixture_end(&f);
            set_up(starts[i]);
            f.config.timeout_ms = limits[k];
            f.memory.event_at = 9;
            f.memory.event_jump_ms = limit_ms;
            interrupted(GET, AMP_ERR_DEADLINE);
        }
    }
}

/* A request whose deadline passed more than 2^31 ms ago stays over, until the clock has wrapped around. */
static void a_deadline_long_past_is_seen(void **unused)
{
    static const uint32_t late[] = {0x7fffffffu, 0x80000000u, 0x80000001u, 0xc0000000u, UINT32_MAX - 30000u};
    static const uint32_t starts[] = {0, 1000, 0x7fffffffu, 0xffffffffu};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(late); ++i) {
        for (size_t k = 0; k < COUNT_OF(starts); ++k) {
            for (unsigned kind = GET; kind <= GENERATE; ++kind) {
                set_up(starts[k]);
                f.memory.event_at = 9;
                f.memory.event_jump_ms = 30000u + late[i];
                interrupted((kind_t)kind, AMP_ERR_DEADLINE);
            }
        }
    }
}

/* After the deadline the client does not wait. */
static void no_wait_after_the_deadline(void **unused)
{
    (void)unused;
    set_up(1000);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.client.wanted == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    f.memory.now_ms += 30000u + 0x80000001u;
    amp_wait(&f.client, 1000);
    assert_int_equal(f.memory.waits, 0);
    fixture_end(&f);
}

/* Each request has its own deadline. */
static void the_time_between_requests_does_not_count(void **unused)
{
    memory_answer_t answers[2];
    (void)unused;
    answers[0] = json_answer(0, "200 OK", CONNECTION("a"));
    answers[1] = json_answer(1, "200 OK", CONNECTION("a"));
    fixture_init(&f, answers, 2);
    assert_int_equal(run(GET), AMP_OK);
    memset(&f.out, 0xee, sizeof f.out);
    f.memory.now_ms += 1000000;
    assert_int_equal(run(GET), AMP_OK);
    out_is(&f.out, "a");
    fixture_end(&f);
}

static void cancelled_before_the_first_step(void **unused)
{
    (void)unused;
    set_up(1000);
    f.cancel = 1;
    assert_int_equal(run(GENERATE), AMP_ERR_CANCELLED);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    assert_int_equal(f.memory.calls, 0);
    f.cancel = 0;
    assert_int_equal(run(GENERATE), AMP_OK);
    fixture_end(&f);
}

/* The peer stays silent: the stage shows where the request hung. */
static void silence_ends_with_the_deadline(void **unused)
{
    static const struct {
        memory_fault_t where; /* all calls return 0 */
        amp_stage_t stage;
    } rows[] = {{MEMORY_OPEN_CALL, AMP_STAGE_CONNECT},
                {MEMORY_SEND_CALL, AMP_STAGE_SEND},
                {MEMORY_NO_FAULT, AMP_STAGE_HEAD}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        for (unsigned has_cancel = 0; has_cancel < 2; ++has_cancel) {
            fixture_init(&f, NULL, 0);
            f.config.timeout_ms = 10000;
            f.config.cancel = has_cancel ? &f.cancel : NULL;
            f.memory.fault = rows[i].where;
            f.memory.wait_step_ms = UINT32_MAX;
            assert_int_equal(run(GET), AMP_ERR_DEADLINE);
            assert_int_equal(amp_client_info(&f.client)->stage, rows[i].stage);
            assert_int_equal(f.memory.now_ms, 11000);
            assert_int_equal(f.memory.longest_wait_ms, has_cancel ? 50 : 10000);
            assert_int_equal(f.memory.waits, has_cancel ? 200 : 1);
            assert_int_equal(f.memory.wanted, rows[i].stage == AMP_STAGE_CONNECT
                                                  ? AMP_WAIT_READ | AMP_WAIT_WRITE
                                              : rows[i].stage == AMP_STAGE_SEND ? AMP_WAIT_WRITE
                                                                                : AMP_WAIT_READ);
            fixture_end(&f);
        }
    }
}

/* This also applies to a kept connection, which is not opened. */
static void silence_over_a_kept_connection(void **unused)
{
    memory_answer_t first;
    (void)unused;
    first = json_answer(0, "200 OK", CONNECTION("a"));
    fixture_init(&f, &first, 1);
    assert_int_equal(run(GET), AMP_OK);
    f.memory.pace = MEMORY_EVERY_OTHER_CALL; /* the first call returns 0 */
    f.memory.send_calls = 0;
    f.memory.recv_calls = 0;
    f.memory.wait_step_ms = UINT32_MAX;
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.send_calls == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_SEND);
    f.memory.now_ms += 30000;
    assert_int_equal(amp_step(&f.client), AMP_ERR_DEADLINE);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_SEND);
    fixture_end(&f);
}

/* As soon as a peer has the complete request, the stage is HEAD. There is no step in between. */
static void the_head_is_waited_for_from_the_last_byte_on(void **unused)
{
    (void)unused;
    answer = json_answer(0, "200 OK", CONNECTION("a"));
    fixture_init(&f, &answer, 1);
    assert_int_equal(run(GET), AMP_OK);
    size_t len = f.memory.sent_len;
    fixture_end(&f);
    for (unsigned pace = 0; pace < 4u; ++pace) {
        fixture_init(&f, &answer, 1);
        f.memory.pace = (memory_pace_t)pace;
        assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
        while (f.memory.sent_len < len) {
            assert_int_not_equal(amp_client_info(&f.client)->stage, AMP_STAGE_HEAD);
            assert_int_equal(amp_step(&f.client), AMP_PENDING);
        }
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_HEAD);
        assert_int_equal(amp_client_info(&f.client)->requests, 1);
        fixture_end(&f);
    }
}

static void a_wait_is_as_long_as_allowed(void **unused)
{
    (void)unused;
    fixture_init(&f, NULL, 0);
    f.config.cancel = NULL;
    f.memory.wait_step_ms = UINT32_MAX;
    amp_wait(&f.client, 5);
    assert_int_equal(f.memory.waits, 0);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.recv_calls == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    amp_wait(&f.client, 7);
    assert_int_equal(f.memory.now_ms, 1007);
    amp_wait(&f.client, 0);
    assert_int_equal(f.memory.now_ms, 1007);
    amp_wait(&f.client, UINT32_MAX);
    assert_int_equal(f.memory.now_ms, 31000);
    size_t waits = f.memory.waits;
    f.memory.now_ms += 5;
    amp_wait(&f.client, UINT32_MAX);
    assert_int_equal(f.memory.waits, waits);
    assert_int_equal(amp_step(&f.client), AMP_ERR_DEADLINE);
    amp_wait(&f.client, UINT32_MAX);
    assert_int_equal(f.memory.waits, waits);
    fixture_end(&f);
}

/* After a request was aborted there is nothing to wait for. */
static void a_reset_leaves_nothing_to_wait_for(void **unused)
{
    (void)unused;
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.recv_calls == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    amp_reset(&f.client);
    amp_wait(&f.client, 10);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    amp_wait(&f.client, 10);
    assert_int_equal(f.memory.waits, 0);
    fixture_end(&f);
}

/* While there is work to do, the client does not wait. */
static void a_busy_request_does_not_wait(void **unused)
{
    (void)unused;
    set_up(1000);
    f.memory.pace = MEMORY_BYTE_BY_BYTE;
    f.memory.open_delay = 0;
    assert_int_equal(run(GET), AMP_OK);
    assert_int_equal(f.memory.waits, 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_may_be_the_last_in_time),
        cmocka_unit_test(a_request_may_use_all_its_time),
        cmocka_unit_test(a_deadline_long_past_is_seen),
        cmocka_unit_test(no_wait_after_the_deadline),
        cmocka_unit_test(the_time_between_requests_does_not_count),
        cmocka_unit_test(cancelled_before_the_first_step),
        cmocka_unit_test(silence_ends_with_the_deadline),
        cmocka_unit_test(silence_over_a_kept_connection),
        cmocka_unit_test(the_head_is_waited_for_from_the_last_byte_on),
        cmocka_unit_test(a_wait_is_as_long_as_allowed),
        cmocka_unit_test(a_reset_leaves_nothing_to_wait_for),
        cmocka_unit_test(a_busy_request_does_not_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Calls of the client from a callback, while a step is in progress. amp_close and amp_reset take effect when
 * the callback has returned. Other calls are refused. Memory that was wiped is not used. */
#include "fixture.h"
#include "random_ends.h"

static fixture_t f;

typedef enum { CLOSE, RESET, STEP, START, WAYS } way_t;

static size_t calls;   /* callback calls so far */
static size_t call_at; /* number of the callback that makes the call, from 1 */
static way_t way;
static size_t sent_then;

static void call_back(void)
{
    if (++calls != call_at) {
        return;
    }
    sent_then = f.memory.sent_len;
    switch (way) {
    case CLOSE:
        amp_close(&f.client);
        amp_reset(&f.client); /* does not cancel the close */
        break;
    case RESET:
        amp_reset(&f.client);
        break;
    case STEP:
        assert_int_equal(amp_step(&f.client), AMP_ERR_STATE);
        assert_int_equal(amp_next(&f.client), AMP_ERR_STATE);
        break;
    default:
        assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_ERR_STATE);
        break;
    }
}

static amp_status_t give(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx;
    (void)renew;
    call_back();
    *out_token = AMP_STR("jwt-5ecret");
    return AMP_OK;
}

static int open_and_call(void *ctx, const char *host, uint16_t port)
{
    int result = memory_open(ctx, host, port);
    call_back();
    return result;
}

static int send_and_call(void *ctx, const uint8_t *data, size_t len)
{
    int result = memory_send(ctx, data, len);
    call_back();
    return result;
}

static int recv_and_call(void *ctx, uint8_t *data, size_t len)
{
    int result = memory_recv(ctx, data, len);
    call_back();
    return result;
}

static uint32_t now_and_call(void *ctx)
{
    if (f.client.busy != 0) { /* not from the start of a request */
        call_back();
    }
    return memory_now(ctx);
}

static void report_and_call(void *ctx, amp_port_report_t *out_report)
{
    call_back();
    memory_report(ctx, out_report);
}

static void set_up(const memory_answer_t *answer)
{
    calls = 0;
    fixture_init(&f, answer, 1);
    f.memory.pace = MEMORY_EVERY_OTHER_CALL;
    f.config.api_key.len = 0;
    f.config.token = give;
    f.port.open = open_and_call;
    f.port.send = send_and_call;
    f.port.recv = recv_and_call;
    f.port.now_ms = now_and_call;
    f.port.report = report_and_call;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
}

static amp_status_t run(int is_unsafe)
{
    static amp_generate_connection_t args;
    args = generate_args();
    return is_unsafe ? amp_generate_connection(&f.client, &args, &f.out)
                     : amp_get_connection(&f.client, &get_args, &f.out);
}

static void ended_inside(int is_unsafe, amp_status_t status)
{
    int unknown = is_unsafe && sent_then > 0;
    assert_int_equal(f.memory.sent_len, sent_then); /* nothing more is sent */
    if (status == AMP_OK) {
        /* The answer was completed in the same step. */
        out_is(&f.out, "a");
        return;
    }
    if (status == AMP_ERR_STATE && strcmp(f.out.id, "a") == 0) {
        assert_int_equal(way, CLOSE); /* with the record returned */
        return;
    }
    assert_int_equal(status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : AMP_ERR_STATE);
    assert_true(is_zero(&f.out, sizeof f.out));
}

static void ends_at_any_callback(void **unused)
{
    (void)unused;
    for (unsigned is_unsafe = 0; is_unsafe < 2; ++is_unsafe) {
        for (unsigned i = CLOSE; i <= RESET; ++i) {
            size_t last = SIZE_MAX;
            way = (way_t)i;
            for (call_at = 1; call_at <= last; ++call_at) {
                const memory_answer_t answer = json_answer(0, "201 Created", CONNECTION("a"));
                set_up(&answer);
                amp_status_t status = run((int)is_unsafe);
                if (calls < call_at) {
                    assert_true(call_at > 10u);
                    fixture_end(&f);
                    break;
                }
                ended_inside((int)is_unsafe, status);
                assert_true(is_zero(f.work, f.work_size));
                assert_int_equal(f.client.busy, 0);
                if (way == CLOSE) {
                    assert_false(f.memory.is_open);
                    assert_null(f.client.config);
                    assert_int_equal(amp_client_info(&f.client)->status, AMP_ERR_STATE);
                    assert_int_equal(run(0), AMP_ERR_STATE);
                }
                holds_no_secret(&f);
                fixture_end(&f);
            }
        }
    }
}

/* After a reset inside a callback, the next request works as usual. */
static void a_client_that_was_reset_inside_can_be_used(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    (void)unused;
    way = RESET;
    call_at = 2; /* the token callback; the first call reads the clock */
    set_up(&answer);
    assert_int_equal(run(0), AMP_ERR_STATE);
    assert_int_equal(f.memory.open_calls, 0);
    assert_int_equal(amp_step(&f.client), AMP_ERR_STATE);
    assert_int_equal(run(0), AMP_OK);
    out_is(&f.out, "a");
    fixture_end(&f);
}

/* The first call of recv checks a kept connection. Nothing has been sent then. */
static void a_kept_connection_is_given_up_in_its_check(void **unused)
{
    (void)unused;
    for (unsigned i = CLOSE; i <= RESET; ++i) {
        const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
        way = (way_t)i;
        call_at = SIZE_MAX;
        set_up(&answer);
        assert_int_equal(run(0), AMP_OK);
        const size_t sent = f.memory.sent_len;
        assert_true(f.memory.is_open);
        f.port.now_ms = memory_now;
        f.config.token = NULL;
        f.config.api_key = AMP_STR(API_KEY);
        assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
        calls = 0;
        call_at = 1;
        assert_int_equal(amp_run(&f.client), AMP_ERR_STATE);
        assert_int_equal(calls, 1);
        assert_int_equal(f.memory.sent_len, sent);
        fixture_end(&f);
    }
}

/* Other calls are refused in a callback, and the request continues. */
static void other_calls_are_refused(void **unused)
{
    (void)unused;
    for (unsigned i = STEP; i < WAYS; ++i) {
        way = (way_t)i;
        for (call_at = 1; call_at < 12u; ++call_at) {
            const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
            set_up(&answer);
            assert_int_equal(run(0), AMP_OK);
            assert_true(calls >= call_at);
            out_is(&f.out, "a");
            fixture_end(&f);
        }
    }
}

/* A look at the list has its own state besides the client's. */
static void a_look_ends_at_any_callback(void **unused)
{
    static const amp_tenant_t tenant = {{"salesforce", 10}, {"g-1", 3}, {NULL, 0}};
    static amp_look_t look;
    (void)unused;
    for (unsigned i = CLOSE; i <= RESET; ++i) {
        way = (way_t)i;
        call_at = 1;
        do {
            const memory_answer_t answer =
                json_answer(0, "200 OK", "[" CONNECTION("a") "," CONNECTION("b") "]");
            set_up(&answer);
            amp_status_t status = amp_connection_status(&look, &f.client, &tenant, &f.out);
            assert_true(status == AMP_OK || status == AMP_ERR_STATE);
            assert_true(status == AMP_OK || (is_zero(&f.out, sizeof f.out) && look.count == 0));
            if (way == CLOSE && calls >= call_at) {
                assert_int_equal(amp_look_step(&look), AMP_ERR_STATE);
            }
            fixture_end(&f);
        } while (call_at++ <= calls);
        assert_true(call_at > 10u);
    }
}

/* Runs a flow in which a callback closes or resets the client, for each call of a callback. */
static void ends_flows(const memory_answer_t *first, amp_status_t (*run_flow)(void))
{
    for (unsigned i = CLOSE; i <= RESET; ++i) {
        way = (way_t)i;
        call_at = 1;
        do {
            set_up(first);
            f.memory.answer_count = 2;
            amp_status_t status = run_flow();
            assert_true(status == AMP_ERR_STATE || status == AMP_ERR_UNKNOWN_OUTCOME || calls < call_at ||
                        way == RESET);
            assert_int_equal(f.client.busy, 0);
            holds_no_secret(&f);
            fixture_end(&f);
        } while (call_at++ <= calls);
        assert_true(call_at > 10u);
    }
}

static amp_status_t run_connect(void)
{
    static amp_connect_t flow;
    static amp_connect_args_t args;
    static amp_pace_t pace;
    static char url[64];
    memset(&args, 0, sizeof args);
    memset(&pace, 0, sizeof pace);
    pace.random = lowest_random;
    args.request.provider = AMP_STR("salesforce");
    args.request.group_ref = AMP_STR("g-1");
    args.request.consumer_ref = AMP_STR("c-1");
    args.url.ptr = url;
    args.url.size = sizeof url;
    args.out = &f.out;
    args.pace = &pace;
    args.timeout_ms = 60000;
    amp_status_t status = amp_connect_start(&flow, &f.client, &args);
    status = status == AMP_OK ? amp_connect_next(&flow) : status;
    amp_reset(&f.client);
    return status;
}

static void the_connect_flow_ends_at_any_callback(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", "[]"),
        answer_with(1, "200 OK", "Content-Type: text/plain\r\n", "https://provider.example/authorize?x=5")};
    (void)unused;
    ends_flows(answers, run_connect);
}

static amp_status_t run_doctor(void)
{
    static amp_doctor_t doctor;
    static amp_doctor_args_t args;
    amp_status_t status = amp_doctor_start_with(&doctor, &f.client, &args, NULL);
    while (status >= 0 && status != AMP_END) {
        status = amp_doctor_next(&doctor);
    }
    return status;
}

static void the_doctor_ends_at_any_callback(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", "{\"name\":\"salesforce\",\"authType\":\"oauth2\"}"),
        json_answer(1, "200 OK", "[]")};
    (void)unused;
    ends_flows(answers, run_doctor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_any_callback),
        cmocka_unit_test(a_client_that_was_reset_inside_can_be_used),
        cmocka_unit_test(a_kept_connection_is_given_up_in_its_check),
        cmocka_unit_test(other_calls_are_refused),
        cmocka_unit_test(a_look_ends_at_any_callback),
        cmocka_unit_test(the_connect_flow_ends_at_any_callback),
        cmocka_unit_test(the_doctor_ends_at_any_callback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* amp_wanted and amp_idle_ms: an event loop that steps only when these functions say so misses no event. */
#include "fixture.h"

static fixture_t f;

static memory_answer_t answer;

static void set_up(memory_pace_t pace)
{
    answer = json_answer(0, "200 OK", CONNECTION("a"));
    fixture_init(&f, &answer, 1);
    f.memory.pace = pace;
}

static void without_a_request_nothing_is_due(void **unused)
{
    amp_client_t closed;
    (void)unused;
    set_up(MEMORY_AT_ONCE);
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    assert_int_equal(amp_wanted(&f.client), 0);
    assert_int_equal(amp_get_connection(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    fixture_end(&f);
    memset(&closed, 0, sizeof closed);
    assert_int_equal(amp_idle_ms(&closed), AMP_NEVER_MS);
    assert_int_equal(amp_wanted(&closed), 0);
}

/* If a call of the port moved no bytes, the loop waits for its event. Otherwise it steps at once. */
static void every_step_waits_for_its_own_event(void **unused)
{
    unsigned seen = 0;
    amp_status_t status;
    (void)unused;
    set_up(MEMORY_BYTE_EVERY_OTHER_CALL);
    f.config.cancel = NULL;
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_idle_ms(&f.client), 0);
    do {
        size_t moved = f.memory.sent_len + f.memory.received_len;
        size_t calls = f.memory.send_calls + f.memory.recv_calls;
        status = amp_step(&f.client);
        size_t had_call = f.memory.send_calls + f.memory.recv_calls - calls;
        int is_blocked = had_call > 0 && f.memory.sent_len + f.memory.received_len == moved;
        unsigned wanted = amp_wanted(&f.client);
        if (status == AMP_PENDING) {
            assert_int_equal(wanted != 0, is_blocked);
            assert_int_equal(amp_idle_ms(&f.client), is_blocked ? 30000u : 0);
        }
        seen |= 1u << wanted;
    } while (status == AMP_PENDING);
    assert_int_equal(status, AMP_ITEM);
    assert_int_equal(amp_idle_ms(&f.client), 0);
    assert_int_equal(amp_step(&f.client), AMP_END);
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    assert_int_equal(seen, 1u << AMP_WAIT_READ | 1u << AMP_WAIT_WRITE | 1u);
    out_is(&f.out, "a");
    fixture_end(&f);
}

/* A port without idle_ms may have no file descriptor while it resolves the name, so the client is called
 * often. */
static void an_open_without_a_descriptor_is_polled(void **unused)
{
    (void)unused;
    set_up(MEMORY_AT_ONCE);
    f.memory.open_delay = 2;
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.open_calls == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    assert_int_equal(amp_wanted(&f.client), AMP_WAIT_READ | AMP_WAIT_WRITE);
    assert_int_equal(amp_idle_ms(&f.client), 50);
    f.memory.now_ms += 29990;
    assert_int_equal(amp_idle_ms(&f.client), 10);
    f.cancel = 1;
    assert_int_equal(amp_idle_ms(&f.client), 0);
    f.cancel = 0;
    f.memory.now_ms += 10;
    assert_int_equal(amp_idle_ms(&f.client), 0);
    assert_int_equal(amp_step(&f.client), AMP_ERR_DEADLINE);
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    fixture_end(&f);
}

static uint32_t port_due_ms;
static uint32_t port_idle(void *ctx, unsigned *wanted)
{
    assert_ptr_equal(ctx, &f.memory);
    assert_int_equal(*wanted, AMP_WAIT_READ);
    *wanted = AMP_WAIT_WRITE;
    return port_due_ms;
}

/* The port's own direction and idle time are returned, because the port knows its descriptor. */
static void the_port_decides(void **unused)
{
    static const uint32_t rows[][2] = {{7, 7}, {0, 0}, {AMP_NEVER_MS, 30000}};
    (void)unused;
    set_up(MEMORY_AT_ONCE);
    f.memory.answer_count = 0;
    f.port.idle_ms = port_idle;
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    while (f.memory.recv_calls == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        port_due_ms = rows[i][0];
        assert_int_equal(amp_wanted(&f.client), AMP_WAIT_WRITE);
        assert_int_equal(amp_idle_ms(&f.client), rows[i][1]);
    }
    amp_reset(&f.client);
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    fixture_end(&f);
}

static amp_status_t no_token_yet(void *ctx, int renew, amp_str_t *out_token)
{
    (void)ctx, (void)renew, (void)out_token;
    return AMP_PENDING;
}

static void a_token_is_asked_for_again(void **unused)
{
    (void)unused;
    set_up(MEMORY_AT_ONCE);
    f.config.api_key = AMP_STR("");
    f.config.token = no_token_yet;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_step(&f.client), AMP_PENDING);
    assert_int_equal(amp_wanted(&f.client), 0);
    assert_int_equal(amp_idle_ms(&f.client), 50);
    fixture_end(&f);
}

/* A look at a tenant's connections is due when its client is. */
static void a_look_waits_as_its_client(void **unused)
{
    static amp_look_t look;
    const amp_tenant_t tenant = {.group_ref = AMP_STR("g-1"), .provider = AMP_STR("salesforce")};
    amp_status_t status;
    unsigned waits = 0;
    (void)unused;
    answer = json_answer(0, "200 OK", "[" CONNECTION("a") "]");
    fixture_init(&f, &answer, 1);
    f.memory.pace = MEMORY_EVERY_OTHER_CALL;
    assert_int_equal(amp_connection_status_start(&look, &f.client, &tenant, &f.out), AMP_OK);
    while ((status = amp_look_step(&look)) == AMP_PENDING) {
        waits += amp_idle_ms(&f.client) > 0 && amp_wanted(&f.client) != 0;
    }
    assert_int_equal(status, AMP_END);
    assert_true(waits > 2); /* every other call of the port moves no bytes */
    assert_int_equal(amp_idle_ms(&f.client), AMP_NEVER_MS);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_request_nothing_is_due),
        cmocka_unit_test(every_step_waits_for_its_own_event),
        cmocka_unit_test(an_open_without_a_descriptor_is_polled),
        cmocka_unit_test(the_port_decides),
        cmocka_unit_test(a_token_is_asked_for_again),
        cmocka_unit_test(a_look_waits_as_its_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

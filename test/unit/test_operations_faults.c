/* SPDX-License-Identifier: MIT */
/* The connection of every operation fails at every byte and at every call. Each fault has one defined error,
 * and nothing of an answer remains. A request that may have taken effect is never sent twice. */
#include "operating.h"
#include "pieces.h"

static fixture_t f;

static const amp_status_t faults[] = {AMP_ERR_CLOSED, AMP_ERR_ABORTED, AMP_ERR_NETWORK, AMP_ERR_TLS};

static void failed(const operation_t *operation, amp_status_t status, amp_status_t expected,
                   amp_status_t cause)
{
    if (status != expected || amp_client_info(&f.client)->cause != cause) {
        fail_msg("%s returns %s, cause %s, for %s, cause %s", operation->line, amp_status_name(status),
                 amp_status_name(amp_client_info(&f.client)->cause), amp_status_name(expected),
                 amp_status_name(cause));
    }
    operation_left_nothing(operation);
    assert_true(is_zero(f.work, f.work_size));
    assert_int_equal(f.memory.opens, 1);
    assert_false(f.memory.is_open);
    assert_int_equal(amp_step(&f.client), expected);
    holds_no_secret(&f);
    fixture_end(&f);
}

/* Until the answer is complete, the outcome of a request that changes something is unknown. */
static void answers_are_cut_at_every_byte(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t whole = operation_answer(0, &operations[i]);
        for (size_t cut = i % PIECES_STRIDE; cut < whole.len; cut += PIECES_STRIDE) {
            amp_status_t how = faults[cut % COUNT_OF(faults)];
            const memory_answer_t answer = {whole.text, cut, how, 0};
            int unknown = !operation_is_safe(&operations[i]);
            fixture_init(&f, &answer, 1);
            f.memory.pace = (memory_pace_t)(cut / COUNT_OF(faults) % 4u);
            amp_status_t status = operation_run(&operations[i], &f.client);
            failed(&operations[i], status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
        }
    }
}

static size_t request_length(const operation_t *operation, const memory_answer_t *answer)
{
    fixture_init(&f, answer, 1);
    assert_int_equal(operation_run(operation, &f.client), AMP_OK);
    size_t len = f.memory.sent_len;
    fixture_end(&f);
    return len;
}

static void sending_fails_at_every_byte(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t answer = operation_answer(0, &operations[i]);
        size_t len = request_length(&operations[i], &answer);
        for (size_t at = i % PIECES_STRIDE; at < len; at += PIECES_STRIDE) {
            amp_status_t how = faults[at % COUNT_OF(faults)];
            int unknown = !operation_is_safe(&operations[i]) && at > 0;
            fixture_init(&f, &answer, 1);
            f.memory.fault = MEMORY_SEND_BYTE;
            f.memory.fault_at = at;
            f.memory.fault_status = how;
            amp_status_t status = operation_run(&operations[i], &f.client);
            assert_int_equal(f.memory.sent_len, at);
            assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_SEND);
            failed(&operations[i], status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
        }
    }
}

/* For each n, the deadline passes or the caller cancels at the n-th call of the port. The bytes that were
 * sent before decide the result. */
static void every_call_is_the_last(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t answer = operation_answer(0, &operations[i]);
        amp_status_t status = AMP_ERR_CANCELLED;
        for (size_t call = 1; status != AMP_OK; ++call) {
            int is_cancelled = call % 2u == 0;
            amp_status_t how = is_cancelled ? AMP_ERR_CANCELLED : AMP_ERR_DEADLINE;
            fixture_init(&f, &answer, 1);
            f.memory.pace = MEMORY_EVERY_OTHER_CALL;
            f.memory.open_delay = 2;
            f.memory.event_at = call;
            f.memory.event_cancel = is_cancelled ? &f.cancel : NULL;
            f.memory.event_jump_ms = is_cancelled ? 0 : 30000;
            status = operation_run(&operations[i], &f.client);
            if (status == AMP_OK) {
                assert_true(call > 4u);
                fixture_end(&f);
                break;
            }
            int unknown = !operation_is_safe(&operations[i]) && f.memory.sent_len > 0;
            if (f.memory.opens == 0) {
                assert_int_equal(status, how);
                operation_left_nothing(&operations[i]);
                fixture_end(&f);
                continue;
            }
            failed(&operations[i], status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
        }
    }
}

static void opening_fails_at_every_call(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        for (size_t call = 0; call < 4; ++call) {
            fixture_init(&f, NULL, 0);
            f.memory.open_delay = 9;
            f.memory.fault = MEMORY_OPEN_CALL;
            f.memory.fault_at = call;
            f.memory.fault_status = AMP_ERR_CONNECT;
            assert_int_equal(operation_run(&operations[i], &f.client), AMP_ERR_CONNECT);
            operation_left_nothing(&operations[i]);
            assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
            assert_int_equal(f.memory.sent_len, 0);
            fixture_end(&f);
        }
    }
}

/* The peer closes a kept connection as soon as something is sent. Only safe requests are sent again, over a
 * new connection. */
static void a_stale_connection_is_replaced_for_safe_operations_only(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t answers[] = {operation_answer(0, &operations[i]),
                                           {"", 0, AMP_ERR_ABORTED, 0},
                                           operation_answer(1, &operations[i])};
        fixture_init(&f, answers, 3);
        assert_int_equal(operation_run(&operations[i], &f.client), AMP_OK);
        amp_status_t status = operation_run(&operations[i], &f.client);
        if (operation_is_safe(&operations[i])) {
            assert_int_equal(status, AMP_OK);
            assert_int_equal(f.memory.opens, 2);
        } else {
            assert_int_equal(status, AMP_ERR_UNKNOWN_OUTCOME);
            assert_int_equal(amp_client_info(&f.client)->cause, AMP_ERR_ABORTED);
            assert_int_equal(f.memory.opens, 1);
            operation_left_nothing(&operations[i]);
        }
        fixture_end(&f);
    }
}

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    *(int *)ctx += 1;
    *out_token = renew ? AMP_STR("jwt-5ecret-2") : AMP_STR("jwt-5ecret-1");
    return AMP_OK;
}

/* The first token is refused, and the answer to the second request is cut. The second request decides the
 * result, and there is no third. */
static void the_answer_to_a_renewed_token_is_cut_at_every_byte(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(operations); ++i) {
        const memory_answer_t refusal = answer_with(0, "401 Unauthorized", PROBLEM_TYPE, PROBLEM);
        const memory_answer_t whole = operation_answer(1, &operations[i]);
        if (strstr(operations[i].line, "/providers/") != NULL) {
            continue; /* no token is sent */
        }
        for (size_t cut = 1; cut < whole.len; cut += PIECES_STRIDE) {
            amp_status_t how = faults[cut % COUNT_OF(faults)];
            const memory_answer_t answers[] = {refusal, {whole.text, cut, how, 0}};
            int unknown = !operation_is_safe(&operations[i]);
            int asked = 0;
            fixture_init(&f, answers, 2);
            f.config.api_key.len = 0;
            f.config.token = give_token;
            f.config.token_ctx = &asked;
            assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
            amp_status_t status = operation_run(&operations[i], &f.client);
            assert_int_equal(asked, 2);
            assert_int_equal(amp_client_info(&f.client)->requests, 2);
            assert_null(amp_client_problem(&f.client));
            failed(&operations[i], status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_cut_at_every_byte),
        cmocka_unit_test(sending_fails_at_every_byte),
        cmocka_unit_test(every_call_is_the_last),
        cmocka_unit_test(opening_fails_at_every_call),
        cmocka_unit_test(the_answer_to_a_renewed_token_is_cut_at_every_byte),
        cmocka_unit_test(a_stale_connection_is_replaced_for_safe_operations_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

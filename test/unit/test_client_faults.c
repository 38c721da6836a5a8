/* SPDX-License-Identifier: MIT */
/* The connection fails at every byte and every call. Each fault has one defined status. A request that may
 * have taken effect is not sent twice, and no partial record remains. */
#include "fixture.h"

static fixture_t f;

typedef enum { GET, LIST, GENERATE } kind_t;

static const amp_status_t faults[] = {AMP_ERR_CLOSED, AMP_ERR_ABORTED, AMP_ERR_NETWORK, AMP_ERR_TLS};

static amp_status_t run(kind_t kind)
{
    const amp_generate_connection_t args = generate_args();
    amp_status_t status;
    if (kind == GET) {
        return amp_get_connection(&f.client, &get_args, &f.out);
    }
    if (kind == GENERATE) {
        return amp_generate_connection(&f.client, &args, &f.out);
    }
    status = amp_list_connections_start(&f.client, &list_args, &f.out);
    return status == AMP_OK ? amp_run(&f.client) : status;
}

static memory_answer_t good_answer(kind_t kind)
{
    return json_answer(0, kind == GENERATE ? "201 Created" : "200 OK",
                       kind == LIST ? "[" CONNECTION("a") "," CONNECTION("b") "]" : CONNECTION("a"));
}

static void failed(amp_status_t status, amp_status_t expected, amp_status_t cause)
{
    if (status != expected || amp_client_info(&f.client)->cause != cause) {
        fail_msg("returns %s, cause %s, for %s, cause %s", amp_status_name(status),
                 amp_status_name(amp_client_info(&f.client)->cause), amp_status_name(expected),
                 amp_status_name(cause));
    }
    assert_int_equal(amp_client_info(&f.client)->status, expected);
    assert_true(is_zero(&f.out, sizeof f.out));
    assert_true(is_zero(f.work, f.work_size));
    assert_int_equal(f.memory.opens, 1);
    assert_false(f.memory.is_open);
    assert_null(amp_client_problem(&f.client));
    holds_no_secret(&f);
    fixture_end(&f);
}

/* Until the answer is complete, the outcome of a request that changes something is unknown. */
static void cut_at(kind_t kind, const memory_answer_t *whole, size_t cut, amp_status_t how)
{
    const memory_answer_t answer = {whole->text, cut, how, 0};
    int unknown = kind == GENERATE;
    fixture_init(&f, &answer, 1);
    amp_status_t status = run(kind);
    assert_int_equal(amp_client_info(&f.client)->stage,
                     cut < head_length(whole) ? AMP_STAGE_HEAD : AMP_STAGE_BODY);
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    /* The status code is known once the head is complete. It shows that the request took effect. */
    assert_int_equal(amp_client_info(&f.client)->http, cut < head_length(whole) ? 0
                                                       : kind == GENERATE       ? 201
                                                                                : 200);
    failed(status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
}

static void answers_are_cut_at_every_byte(void **unused)
{
    (void)unused;
    for (unsigned kind = GET; kind <= GENERATE; ++kind) {
        const memory_answer_t whole = good_answer((kind_t)kind);
        for (size_t how = 0; how < COUNT_OF(faults); ++how) {
            for (size_t cut = 0; cut < whole.len; ++cut) {
                cut_at((kind_t)kind, &whole, cut, faults[how]);
            }
        }
    }
}

/* Once the status code is known, an error of the service stays that error. */
static void error_answers_are_cut_at_every_byte(void **unused)
{
    const memory_answer_t whole = answer_with(0, "403 Forbidden", PROBLEM_TYPE, PROBLEM);
    (void)unused;
    for (unsigned kind = GET; kind <= GENERATE; ++kind) {
        for (size_t how = 0; how < COUNT_OF(faults); ++how) {
            for (size_t cut = head_length(&whole); cut < whole.len; ++cut) {
                const memory_answer_t answer = {whole.text, cut, faults[how], 0};
                fixture_init(&f, &answer, 1);
                amp_status_t status = run((kind_t)kind);
                assert_int_equal(amp_client_info(&f.client)->http, 403);
                failed(status, AMP_ERR_FORBIDDEN, AMP_OK);
                assert_true(is_zero(&f.problem, sizeof f.problem));
            }
        }
    }
}

/* Chunked, or ended by the connection: only a complete record is returned. */
static void every_framing_is_cut_at_every_byte(void **unused)
{
    static const struct {
        const char *text;
        amp_status_t clean;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\n" JSON_TYPE
         "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"i\r\n2\r\nd\"\r\n0\r\nX: y\r\n\r\n",
         AMP_ERR_CLOSED},
        {"HTTP/1.0 200 OK\r\n" JSON_TYPE "\r\n" CONNECTION("a"), AMP_ERR_JSON},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t whole = {rows[i].text, strlen(rows[i].text), 0, 0};
        for (size_t cut = 0; cut < whole.len; ++cut) {
            memory_answer_t answer = {rows[i].text, cut, AMP_ERR_CLOSED, 0};
            fixture_init(&f, &answer, 1);
            amp_status_t status = run(GET);
            /* The automaton may refuse the text of the first row before the text is truncated. */
            if (status != AMP_ERR_JSON || i == 1) {
                failed(status, cut < head_length(&whole) ? AMP_ERR_CLOSED : rows[i].clean, AMP_OK);
            } else {
                fixture_end(&f);
            }
            answer.end = AMP_ERR_ABORTED;
            fixture_init(&f, &answer, 1);
            status = run(GET);
            if (status != AMP_ERR_JSON || i == 1) {
                failed(status, AMP_ERR_ABORTED, AMP_OK);
            } else {
                fixture_end(&f);
            }
        }
    }
}

static void sending_fails_at_every_byte(void **unused)
{
    (void)unused;
    for (unsigned kind = GET; kind <= GENERATE; ++kind) {
        const memory_answer_t answer = good_answer((kind_t)kind);
        fixture_init(&f, &answer, 1);
        assert_int_equal(run((kind_t)kind), AMP_OK);
        size_t len = f.memory.sent_len;
        fixture_end(&f);
        for (size_t at = 0; at < len; ++at) {
            amp_status_t how = faults[at % COUNT_OF(faults)];
            int unknown = kind == GENERATE && at > 0;
            fixture_init(&f, &answer, 1);
            f.memory.fault = MEMORY_SEND_BYTE;
            f.memory.fault_at = at;
            f.memory.fault_status = how;
            f.memory.pace = (memory_pace_t)(at % 4u);
            amp_status_t status = run((kind_t)kind);
            assert_int_equal(f.memory.sent_len, at);
            assert_int_equal(amp_client_info(&f.client)->requests, 0);
            assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_SEND);
            failed(status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : how, unknown ? how : AMP_OK);
        }
    }
}

static void receiving_fails_at_every_call(void **unused)
{
    const memory_answer_t answer = good_answer(GET);
    (void)unused;
    for (size_t call = 0; call < answer.len; call += 7) {
        fixture_init(&f, &answer, 1);
        f.memory.pace = MEMORY_BYTE_BY_BYTE;
        f.memory.fault = MEMORY_RECV_CALL;
        f.memory.fault_at = call;
        f.memory.fault_status = AMP_ERR_NETWORK;
        f.memory.report.stage = AMP_STAGE_TLS;
        f.memory.report.code = -77;
        amp_status_t status = run(GET);
        assert_int_equal(amp_client_info(&f.client)->code, -77);
        assert_int_not_equal(amp_client_info(&f.client)->stage, AMP_STAGE_TLS);
        failed(status, AMP_ERR_NETWORK, AMP_OK);
    }
}

static void opening_fails(void **unused)
{
    static const struct {
        amp_status_t status;
        amp_stage_t stage;
        amp_stage_t told;
    } rows[] = {
        {AMP_ERR_DNS, AMP_STAGE_DNS, AMP_STAGE_DNS},
        {AMP_ERR_CONNECT, AMP_STAGE_CONNECT, AMP_STAGE_CONNECT},
        {AMP_ERR_TLS, AMP_STAGE_TLS, AMP_STAGE_TLS},
        {AMP_ERR_CERT_NAME, AMP_STAGE_TLS, AMP_STAGE_TLS},
        {AMP_ERR_CLOCK, AMP_STAGE_START, AMP_STAGE_CONNECT}, /* not known: the stage stays */
        {AMP_ERR_DNS, AMP_STAGE_SEND, AMP_STAGE_CONNECT},    /* not a stage of `open` */
        {AMP_ERR_DNS, (amp_stage_t)200, AMP_STAGE_CONNECT},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        for (unsigned kind = GET; kind <= GENERATE; ++kind) {
            fixture_init(&f, NULL, 0);
            f.memory.open_delay = 9;
            f.memory.fault = MEMORY_OPEN_CALL;
            f.memory.fault_at = i;
            f.memory.fault_status = rows[i].status;
            f.memory.report.stage = rows[i].stage;
            f.memory.report.code = 111;
            assert_int_equal(run((kind_t)kind), rows[i].status);
            assert_int_equal(f.memory.open_calls, i + 1);
            assert_int_equal(amp_client_info(&f.client)->stage, rows[i].told);
            assert_int_equal(amp_client_info(&f.client)->code, 111);
            assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
            assert_int_equal(amp_client_info(&f.client)->connects, 0);
            assert_true(is_zero(&f.out, sizeof f.out));
            assert_true(is_zero(f.work, f.work_size));
            assert_true(f.memory.closes > 0);
            fixture_end(&f);
        }
    }
}

/* The port's code of an address that failed is not the code of a request that succeeded. */
static void a_request_that_went_well_has_no_code(void **unused)
{
    const memory_answer_t answer = good_answer(GET);
    (void)unused;
    fixture_init(&f, &answer, 1);
    f.memory.report.stage = AMP_STAGE_CONNECT;
    f.memory.report.code = 111;
    assert_int_equal(run(GET), AMP_OK);
    assert_int_equal(amp_client_info(&f.client)->code, 0);
    fixture_end(&f);
}

/* The next request does not report the code either, because it did not reach the port. */
static void a_code_is_of_one_request(void **unused)
{
    static const amp_get_connection_t bad = {{"..", 2}, {NULL, 0}};
    (void)unused;
    fixture_init(&f, NULL, 0);
    f.memory.fault = MEMORY_OPEN_CALL;
    f.memory.fault_status = AMP_ERR_DNS;
    f.memory.report.stage = AMP_STAGE_DNS;
    f.memory.report.code = 111;
    assert_int_equal(run(GET), AMP_ERR_DNS);
    assert_int_equal(amp_client_info(&f.client)->code, 111);
    assert_int_equal(amp_get_connection(&f.client, &bad, &f.out), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_client_info(&f.client)->code, 0);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    fixture_end(&f);
}

/* After a status line that cannot be parsed the outcome is unknown, as after a missing one. */
static void an_unreadable_answer_leaves_the_outcome_unknown(void **unused)
{
    static const struct {
        const char *text;
        amp_status_t status;
    } rows[] = {
        {"SSH-2.0-x\r\n", AMP_ERR_UNKNOWN_OUTCOME},
        {"HTTP/1.1 100 x\r\n\r\nHTTP/1.1 101 x\r\n\r\n", AMP_ERR_UNKNOWN_OUTCOME},
        {"HTTP/1.1 302 x\r\nContent-Length: 0\r\n\r\n", AMP_ERR_REDIRECT},
        {"HTTP/1.1 201 x\r\n" JSON_TYPE "Content-Length: 1\r\n\r\n{", AMP_ERR_JSON},
        {"HTTP/1.1 201 x\r\n" JSON_TYPE "Transfer-Encoding: chunked\r\n\r\nx\r\n", AMP_ERR_UNKNOWN_OUTCOME},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = {rows[i].text, strlen(rows[i].text), 0, 0};
        int unknown = rows[i].status == AMP_ERR_UNKNOWN_OUTCOME;
        fixture_init(&f, &answer, 1);
        amp_status_t status = run(GENERATE);
        assert_int_equal(f.memory.open_calls, 1);
        failed(status, rows[i].status, unknown ? AMP_ERR_HTTP : AMP_OK);
    }
}

/* The result of one request is dropped when the next one begins. */
static void the_cause_is_of_one_request(void **unused)
{
    const memory_answer_t answers[] = {{"", 0, AMP_ERR_ABORTED, 0}, good_answer(GET)};
    (void)unused;
    fixture_init(&f, answers, 2);
    assert_int_equal(run(GENERATE), AMP_ERR_UNKNOWN_OUTCOME);
    assert_int_equal(amp_client_info(&f.client)->cause, AMP_ERR_ABORTED);
    assert_int_equal(run(GET), AMP_OK);
    assert_int_equal(amp_client_info(&f.client)->cause, AMP_OK);
    fixture_end(&f);
}

static int send_too_much(void *ctx, const uint8_t *data, size_t len)
{
    return memory_send(ctx, data, len) + 1;
}

static int recv_too_much(void *ctx, uint8_t *data, size_t len)
{
    (void)memory_recv(ctx, data, len);
    return (int)len + 1;
}

/* If a port returns more than the length of the buffer, the client must not read beyond it. */
static void a_port_that_moves_too_much_is_not_believed(void **unused)
{
    const memory_answer_t answer = good_answer(GET);
    (void)unused;
    for (unsigned kind = GET; kind <= GENERATE; ++kind) {
        for (int sends = 0; sends < 2; ++sends) {
            fixture_init(&f, &answer, 1);
            f.port.send = sends ? send_too_much : memory_send;
            f.port.recv = sends ? memory_recv : recv_too_much;
            amp_status_t status = run((kind_t)kind);
            int unknown = kind == GENERATE; /* the port may nevertheless have sent bytes */
            failed(status, unknown ? AMP_ERR_UNKNOWN_OUTCOME : AMP_ERR_NETWORK,
                   unknown ? AMP_ERR_NETWORK : AMP_OK);
        }
    }
}

static void a_port_need_not_report(void **unused)
{
    const memory_answer_t answer = good_answer(GET);
    (void)unused;
    fixture_init(&f, &answer, 1);
    f.port.report = NULL;
    f.memory.fault = MEMORY_RECV_CALL;
    f.memory.fault_status = AMP_ERR_ABORTED;
    assert_int_equal(run(GET), AMP_ERR_ABORTED);
    assert_int_equal(amp_client_info(&f.client)->code, 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_cut_at_every_byte),
        cmocka_unit_test(error_answers_are_cut_at_every_byte),
        cmocka_unit_test(every_framing_is_cut_at_every_byte),
        cmocka_unit_test(sending_fails_at_every_byte),
        cmocka_unit_test(receiving_fails_at_every_call),
        cmocka_unit_test(opening_fails),
        cmocka_unit_test(a_request_that_went_well_has_no_code),
        cmocka_unit_test(a_code_is_of_one_request),
        cmocka_unit_test(an_unreadable_answer_leaves_the_outcome_unknown),
        cmocka_unit_test(the_cause_is_of_one_request),
        cmocka_unit_test(a_port_that_moves_too_much_is_not_believed),
        cmocka_unit_test(a_port_need_not_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

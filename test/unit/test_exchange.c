/* SPDX-License-Identifier: MIT */
/* Requests and answers as bytes, without a port. */
#include "fixture.h"

#include "client/exchange.h"

static fixture_t f;
static char request[8192];
static size_t request_len;

static void begin_list(void)
{
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_list_connections_start(&f.client, &list_args, &f.out), AMP_OK);
}

static void begin_get(void)
{
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
}

/* Reads the whole request, `step` bytes at a time. */
static void fetch(size_t step)
{
    const uint8_t *data;
    const uint8_t *same;
    size_t len;
    size_t same_len;
    int was_last;
    request_len = 0;
    do {
        assert_int_equal(amp__tx_buf(&f.client, &data, &len), AMP_OK);
        assert_int_equal(amp__tx_buf(&f.client, &same, &same_len), AMP_OK);
        assert_int_equal(same_len, len);
        assert_ptr_equal(same, data);
        assert_true(len > 0 && data >= f.work && data + len <= f.work + f.work_size);
        len = len < step ? len : step;
        memcpy(request + request_len, data, len);
        request_len += len;
        was_last = amp__tx_ack(&f.client, len);
    } while (!was_last);
    assert_true(is_zero(f.work, f.work_size));
}

static void requests_are_fetched_in_any_steps(void **unused)
{
    static char whole[8192];
    size_t whole_len = 0;
    (void)unused;
    for (size_t step = 8192; step > 0; step = step > 400 ? step / 2u : step - 1u) {
        begin_get();
        fetch(step);
        if (whole_len == 0) {
            whole_len = request_len;
            memcpy(whole, request, whole_len);
            assert_memory_equal(whole, "GET ", 4);
        }
        assert_int_equal(request_len, whole_len);
        assert_memory_equal(request, whole, whole_len);
        fixture_end(&f);
    }
}

static void a_request_can_be_restarted(void **unused)
{
    static char first[8192];
    const uint8_t *data;
    size_t len;
    (void)unused;
    begin_get();
    fetch(7);
    memcpy(first, request, request_len);
    amp__exchange_begin(&f.client);
    assert_int_equal(amp__tx_buf(&f.client, &data, &len), AMP_OK);
    assert_false(amp__tx_ack(&f.client, 3));
    amp__exchange_begin(&f.client);
    fetch(1000);
    assert_memory_equal(first, request, request_len);
    fixture_end(&f);
}

static void a_refused_argument_sends_no_bytes(void **unused)
{
    static const amp_get_connection_t args = {{"..", 2}, {NULL, 0}};
    const uint8_t *data;
    size_t len;
    (void)unused;
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_get_connection_start(&f.client, &args, &f.out), AMP_OK);
    assert_int_equal(amp__tx_buf(&f.client, &data, &len), AMP_ERR_ARGUMENT);
    assert_string_equal(f.client.info.field, "connectionId");
    fixture_end(&f);
}

/* The caller changes arguments during the request, which is not allowed. A changed length is detected where
 * the next bytes are written. Nothing is sent after that. */
static void arguments_that_change_are_noticed(void **unused)
{
    static char id[AMP_ID_SIZE];
    amp_get_connection_t args = {{id, 60}, {NULL, 0}};
    const uint8_t *data;
    size_t len;
    (void)unused;
    memset(id, 'a', sizeof id);
    for (size_t other = 1; other < sizeof id; ++other) {
        for (size_t times = 1; times <= 3; ++times) {
            fixture_init(&f, NULL, 0);
            f.client.work_size = 64;
            args.id.len = 60;
            assert_int_equal(amp_get_connection_start(&f.client, &args, &f.out), AMP_OK);
            for (size_t i = 0; i < times; ++i) {
                assert_int_equal(amp__tx_buf(&f.client, &data, &len), AMP_OK);
                assert_int_equal(len, 64);
                assert_false(amp__tx_ack(&f.client, len));
            }
            args.id.len = other;
            assert_int_equal(amp__tx_buf(&f.client, &data, &len), other == 60 ? AMP_OK : AMP_ERR_ARGUMENT);
            assert_null(f.client.info.field);
            fixture_end(&f);
        }
    }
}

/* Feeds the text in pieces of `step` bytes. Appends the ID of each record. Returns the last status. */
static amp_status_t feed(const char *text, size_t len, size_t step, char *out_ids)
{
    size_t at = 0;
    out_ids[0] = '\0';
    while (at < len) {
        size_t piece = len - at < step ? len - at : step;
        uint8_t *copy = malloc(piece);
        size_t used = 0;
        assert_non_null(copy);
        memcpy(copy, text + at, piece);
        amp_status_t status = amp__rx_feed(&f.client, copy, piece, &used);
        free(copy);
        assert_true(used <= piece);
        at += used;
        if (status == AMP_ITEM) {
            strcat(out_ids, f.out.id);
        } else if (status != AMP_PENDING) {
            return status;
        } else {
            assert_int_equal(used, piece);
        }
    }
    return AMP_PENDING;
}

static void lists_give_their_records_in_turn(void **unused)
{
    const memory_answer_t answer =
        json_answer(0, "200 OK", "[" CONNECTION("a") ", " CONNECTION("b") "," CONNECTION("c") "]");
    char ids[64];
    (void)unused;
    for (size_t step = 1; step <= answer.len; step += step < 40 ? 1 : 97) {
        begin_list();
        fetch(1000);
        assert_int_equal(feed(answer.text, answer.len, step, ids), AMP_END);
        assert_string_equal(ids, "abc");
        fixture_end(&f);
    }
}

/* The record is returned only after the rest of the answer was checked. */
static void a_single_record_waits_for_the_end(void **unused)
{
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a") "  ");
    char ids[64];
    (void)unused;
    for (size_t cut = 0; cut <= answer.len; ++cut) {
        begin_get();
        fetch(1000);
        amp_status_t status = feed(answer.text, cut, 1, ids);
        assert_int_equal(status, AMP_PENDING);
        assert_string_equal(ids, cut == answer.len ? "a" : "");
        fixture_end(&f);
    }
}

static void bytes_after_the_end_are_not_consumed(void **unused)
{
    char text[8300];
    size_t used;
    memory_answer_t answer = json_answer(0, "200 OK", "[]");
    (void)unused;
    begin_list();
    (void)snprintf(text, sizeof text, "%sHTTP/1.1 200 OK\r\n", answer.text);
    assert_int_equal(amp__rx_feed(&f.client, (const uint8_t *)text, strlen(text), &used), AMP_END);
    assert_int_equal(used, answer.len);
    fixture_end(&f);
}

static void the_end_of_the_connection_may_end_the_answer(void **unused)
{
#define BY_CLOSE "HTTP/1.1 200 OK\r\n" JSON_TYPE "\r\n"
    static const struct {
        const char *text;
        int clean;
        amp_status_t status;
    } rows[] = {
        {"", 1, AMP_ERR_CLOSED},
        {"", 0, AMP_ERR_ABORTED},
        {"HTTP/1.1 200 OK\r\n", 1, AMP_ERR_CLOSED},
        {BY_CLOSE CONNECTION("a"), 1, AMP_ITEM},
        {BY_CLOSE CONNECTION("a") " \n", 1, AMP_ITEM},
        {BY_CLOSE CONNECTION("a"), 0, AMP_ERR_ABORTED},
        {BY_CLOSE "{\"id\":\"a\"", 1, AMP_ERR_JSON},
        {BY_CLOSE "{\"id\":\"a\"", 0, AMP_ERR_ABORTED},
        {BY_CLOSE, 1, AMP_ERR_JSON},
        {"HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 9999\r\n\r\n" CONNECTION("a"), 1, AMP_ERR_CLOSED},
        {"HTTP/1.1 200 OK\r\n" JSON_TYPE "Transfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n", 1, AMP_ERR_CLOSED},
        {"HTTP/1.1 404 x\r\n" JSON_TYPE "Content-Length: 9999\r\n\r\n{", 0, AMP_ERR_NOT_FOUND},
        {"HTTP/1.1 429 x\r\n\r\n", 1, AMP_ERR_RATE_LIMITED},
        {"HTTP/1.1 429 x\r\n", 1, AMP_ERR_CLOSED},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        char ids[64];
        begin_get();
        fetch(1000);
        assert_int_equal(feed(rows[i].text, strlen(rows[i].text), 5, ids), AMP_PENDING);
        assert_int_equal(amp__rx_end(&f.client, rows[i].clean), rows[i].status);
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_fetched_in_any_steps),
        cmocka_unit_test(a_request_can_be_restarted),
        cmocka_unit_test(a_refused_argument_sends_no_bytes),
        cmocka_unit_test(arguments_that_change_are_noticed),
        cmocka_unit_test(lists_give_their_records_in_turn),
        cmocka_unit_test(a_single_record_waits_for_the_end),
        cmocka_unit_test(bytes_after_the_end_are_not_consumed),
        cmocka_unit_test(the_end_of_the_connection_may_end_the_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

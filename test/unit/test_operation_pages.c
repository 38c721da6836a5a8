/* SPDX-License-Identifier: MIT */
/* listOperations reads all pages: the request for each page, and when it stops. */
#include "operating.h"

static fixture_t f;

#define PAGE(results, pagination) "{\"results\":[" results "],\"pagination\":" pagination "}"
#define MORE(token) "{\"done\":false,\"nextPageToken\":\"" token "\"}"
#define LAST "{\"done\":true}"

static const amp_list_operations_t list_args_all = {{"i-1", 3}, {"n-1", 3}, 0};

static amp_operations_t *out(void)
{
    return &received.as.operations;
}

static void start(const memory_answer_t *answers, size_t count, const amp_list_operations_t *args)
{
    fixture_init_sized(&f, answers, count, AMP_WORK_SIZE);
    received_init(0);
    assert_int_equal(amp_list_operations_start(&f.client, args, out()), AMP_OK);
}

static size_t count_sent(const char *text)
{
    size_t count = 0;
    f.memory.sent[f.memory.sent_len] = '\0';
    for (const char *p = (const char *)f.memory.sent; (p = strstr(p, text)) != NULL; ++p) {
        ++count;
    }
    return count;
}

static void pages_follow_each_other(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", PAGE(OPERATION("a") "," OPERATION("b"), MORE("x+/=\\u0026 y"))),
        json_answer(1, "200 OK", PAGE("", MORE("2"))),
        json_answer(2, "200 OK", PAGE(OPERATION("c"), LAST)),
    };
    const amp_list_operations_t args = {{"i-1", 3}, {"n-1", 3}, 7};
    static const char *const ids[] = {"a", "b", "c"};
    (void)unused;
    start(answers, 3, &args);
    for (size_t i = 0; i < COUNT_OF(ids); ++i) {
        assert_int_equal(amp_next(&f.client), AMP_ITEM);
        assert_string_equal(out()->operation.id, ids[i]);
        assert_string_equal(out()->operation.status, "success");
    }
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_null(amp_client_info(&f.client)->field);
    assert_int_equal(amp_client_info(&f.client)->requests, 3);
    assert_int_equal(amp_client_info(&f.client)->connects, 1);
    assert_int_equal(count_sent("/operations?pageSize=7 HTTP"), 1);
    assert_int_equal(count_sent("/operations?pageSize=7&pageToken=x%2B%2F%3D%26%20y HTTP"), 1);
    assert_int_equal(count_sent("/operations?pageSize=7&pageToken=2 HTTP"), 1);
    fixture_end(&f);
}

static void a_page_may_end_with_the_connection(void **unused)
{
    static const char page[] = "HTTP/1.1 200 OK\r\n" JSON_TYPE "\r\n" PAGE(OPERATION("a"), MORE("2"));
    const memory_answer_t answers[] = {{page, sizeof page - 1u, AMP_ERR_CLOSED, 0},
                                       json_answer(1, "200 OK", PAGE(OPERATION("b"), LAST))};
    (void)unused;
    start(answers, 2, &list_args_all);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_string_equal(out()->operation.id, "b");
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_int_equal(amp_client_info(&f.client)->connects, 2);
    fixture_end(&f);
}

/* The members around the elements may come before them. */
static void pagination_may_come_first(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", "{\"pagination\":" MORE("t") ",\"results\":[" OPERATION("a") "]}"),
        json_answer(1, "200 OK", "{\"pagination\":" LAST ",\"results\":[" OPERATION("b") "]}"),
    };
    (void)unused;
    start(answers, 2, &list_args_all);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_string_equal(out()->operation.id, "b");
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_int_equal(count_sent("/operations HTTP"), 1);
    assert_int_equal(count_sent("/operations?pageToken=t HTTP"), 1);
    fixture_end(&f);
}

/* Go encodes a slice that was never created as null. */
static void a_page_may_be_without_elements(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", "{\"results\":null,\"pagination\":" MORE("t") "}"),
        json_answer(1, "200 OK", "{\"results\":null,\"pagination\":" LAST "}"),
    };
    (void)unused;
    start(answers, 2, &list_args_all);
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_int_equal(amp_client_info(&f.client)->requests, 2);
    fixture_end(&f);
}

static void a_list_that_cannot_go_on_is_an_error(void **unused)
{
    static const struct {
        const char *second;
        amp_status_t status;
        const char *field;
    } rows[] = {
        {PAGE("", MORE("t")), AMP_ERR_VALUE, "pagination.nextPageToken"},
        {PAGE("", MORE("")), AMP_ERR_MISSING, "pagination.nextPageToken"},
        {PAGE("", "{\"done\":false}"), AMP_ERR_MISSING, "pagination.nextPageToken"},
        {PAGE("", "{\"done\":false,\"nextPageToken\":null}"), AMP_ERR_MISSING, "pagination.nextPageToken"},
        {PAGE("", "{\"done\":null}"), AMP_ERR_MISSING, "pagination.done"},
        {PAGE("", "{}"), AMP_ERR_MISSING, "pagination.done"},
        {"{\"results\":[]}", AMP_ERR_MISSING, "pagination"},
        {"[]", AMP_ERR_TYPE, NULL},
        {PAGE("7", LAST), AMP_ERR_TYPE, "results"},
        {PAGE("null", LAST), AMP_ERR_TYPE, "results"},
    };
    const memory_answer_t first = json_answer(0, "200 OK", PAGE(OPERATION("a"), MORE("t")));
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answers[] = {first, json_answer(1, "200 OK", rows[i].second)};
        start(answers, 2, &list_args_all);
        assert_int_equal(amp_next(&f.client), AMP_ITEM);
        assert_int_equal(amp_next(&f.client), rows[i].status);
        if (rows[i].field != NULL) {
            assert_string_equal(amp_client_info(&f.client)->field, rows[i].field);
        }
        assert_true(is_zero(out(), sizeof *out()));
        fixture_end(&f);
    }
}

/* The connection is cut at every byte of the second page's request and answer. */
static void a_page_is_cut_at_every_byte(void **unused)
{
    const memory_answer_t first = json_answer(0, "200 OK", PAGE(OPERATION("a"), MORE("t")));
    const memory_answer_t second = json_answer(1, "200 OK", PAGE(OPERATION("b"), LAST));
    (void)unused;
    for (size_t cut = 1; cut < second.len; ++cut) {
        const memory_answer_t answers[] = {first, {second.text, cut, AMP_ERR_ABORTED, 0}};
        start(answers, 2, &list_args_all);
        assert_int_equal(amp_next(&f.client), AMP_ITEM);
        amp_status_t status = amp_next(&f.client);
        status = status == AMP_ITEM ? amp_next(&f.client) : status;
        assert_int_equal(status, AMP_ERR_ABORTED);
        assert_int_equal(amp_client_info(&f.client)->requests, 2);
        assert_true(is_zero(out(), sizeof *out()));
        assert_true(is_zero(f.work, f.work_size));
        fixture_end(&f);
    }
}

/* A repeated token is a loop only within one list. */
static void the_next_list_starts_empty(void **unused)
{
    const memory_answer_t answers[] = {
        json_answer(0, "200 OK", PAGE("", "{\"done\":true,\"nextPageToken\":\"t\"}")),
        json_answer(1, "200 OK", PAGE("", MORE("t"))),
        json_answer(2, "200 OK", PAGE("", LAST)),
    };
    (void)unused;
    start(answers, 3, &list_args_all);
    assert_int_equal(amp_run(&f.client), AMP_OK);
    assert_int_equal(amp_list_operations_start(&f.client, &list_args_all, out()), AMP_OK);
    assert_int_equal(amp_run(&f.client), AMP_OK);
    assert_int_equal(count_sent("/operations HTTP"), 2);
    assert_int_equal(count_sent("/operations?pageToken=t HTTP"), 1);
    fixture_end(&f);
}

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    *(int *)ctx += renew;
    *out_token = renew ? AMP_STR("jwt-5ecret-2") : AMP_STR("jwt-5ecret-1");
    return AMP_OK;
}

/* A JWT is valid for ten minutes at most, so it may expire between two pages. Then the page is requested
 * again. */
static void a_token_may_end_between_pages(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", PAGE(OPERATION("a"), MORE("t"))),
                                       answer_with(1, "401 Unauthorized", PROBLEM_TYPE, PROBLEM),
                                       json_answer(2, "200 OK", PAGE(OPERATION("b"), LAST))};
    int renewed = 0;
    (void)unused;
    start(answers, 3, &list_args_all);
    amp_reset(&f.client);
    f.config.api_key.len = 0;
    f.config.token = give_token;
    f.config.token_ctx = &renewed;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
    assert_int_equal(amp_list_operations_start(&f.client, &list_args_all, out()), AMP_OK);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    assert_string_equal(out()->operation.id, "b");
    assert_int_equal(amp_next(&f.client), AMP_END);
    assert_int_equal(renewed, 1);
    assert_int_equal(count_sent("/operations HTTP"), 1);
    assert_int_equal(count_sent("/operations?pageToken=t HTTP"), 2);
    fixture_end(&f);
}

static void the_deadline_is_for_all_pages(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", PAGE(OPERATION("a"), MORE("t"))),
                                       json_answer(1, "200 OK", PAGE(OPERATION("b"), LAST))};
    (void)unused;
    start(answers, 2, &list_args_all);
    f.memory.now_ms += 20000;
    assert_int_equal(amp_next(&f.client), AMP_ITEM);
    f.memory.now_ms += 20000;
    assert_int_equal(amp_next(&f.client), AMP_ERR_DEADLINE);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_follow_each_other),
        cmocka_unit_test(a_page_may_end_with_the_connection),
        cmocka_unit_test(pagination_may_come_first),
        cmocka_unit_test(a_page_may_be_without_elements),
        cmocka_unit_test(a_list_that_cannot_go_on_is_an_error),
        cmocka_unit_test(a_page_is_cut_at_every_byte),
        cmocka_unit_test(the_next_list_starts_empty),
        cmocka_unit_test(a_token_may_end_between_pages),
        cmocka_unit_test(the_deadline_is_for_all_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

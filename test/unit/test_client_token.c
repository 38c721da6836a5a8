/* SPDX-License-Identifier: MIT */
/* The callback that returns a JWT: when it is called, and how its results are used. */
#include "fixture.h"

#define JWT "jwt-5ecret"

static fixture_t f;

/* Results of the callback, one row for each call. The last row is repeated. */
typedef struct {
    amp_status_t status;
    const char *token;
} given_t;

typedef struct {
    const given_t *given;
    size_t count;
    size_t asked;
    char renews[64]; /* a digit for each call: its `renew` */
} giver_t;

static giver_t giver;

static amp_status_t give(void *ctx, int renew, amp_str_t *out_token)
{
    giver_t *g = ctx;
    const given_t *given = &g->given[g->asked < g->count ? g->asked : g->count - 1u];
    if (g->asked < sizeof g->renews - 1u) {
        g->renews[g->asked] = (char)('0' + renew);
    }
    ++g->asked;
    *out_token = amp_str(given->token);
    return given->status;
}

static void set_up(const memory_answer_t *answers, size_t count, const given_t *given, size_t given_count)
{
    memset(&giver, 0, sizeof giver);
    giver.given = given;
    giver.count = given_count;
    fixture_init(&f, answers, count);
    f.config.api_key.len = 0;
    f.config.token = give;
    f.config.token_ctx = &giver;
    assert_int_equal(amp_init(&f.client, &f.config, f.work, f.work_size), AMP_OK);
}

static void tear_down(const char *renews)
{
    assert_string_equal(giver.renews, renews);
    holds_no_secret(&f);
    fixture_end(&f);
}

static amp_status_t get(void)
{
    return amp_get_connection(&f.client, &get_args, &f.out);
}

static int sent_holds(const char *text)
{
    return memory_holds(f.memory.sent, f.memory.sent_len, text);
}

static const given_t fresh[] = {{AMP_OK, JWT "-1"}, {AMP_OK, JWT "-2"}, {AMP_OK, JWT "-3"}};

static void every_request_asks_for_a_token(void **unused)
{
    const memory_answer_t answers[] = {json_answer(0, "200 OK", CONNECTION("a")),
                                       json_answer(1, "200 OK", CONNECTION("a"))};
    (void)unused;
    set_up(answers, 2, fresh, 3);
    assert_int_equal(get(), AMP_OK);
    assert_true(sent_holds("\r\nAuthorization: Bearer " JWT "-1\r\n"));
    assert_int_equal(get(), AMP_OK);
    assert_true(sent_holds("\r\nAuthorization: Bearer " JWT "-2\r\n"));
    assert_false(sent_holds("X-Api-Key"));
    tear_down("00");
}

/* The first token is refused. The client tries once more with a new one, over the kept or another
 * connection. */
static void a_refused_token_is_renewed_once(void **unused)
{
    static const char *const headers[] = {PROBLEM_TYPE, PROBLEM_TYPE "Connection: close\r\n",
                                          "Content-Type: text/plain\r\n"};
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(headers); ++i) {
        const memory_answer_t answers[] = {answer_with(0, "401 Unauthorized", headers[i], PROBLEM),
                                           json_answer(1, "201 Created", CONNECTION("a"))};
        set_up(answers, 2, fresh, 3);
        assert_int_equal(i != 1 ? get() : amp_generate_connection(&f.client, &args, &f.out), AMP_OK);
        out_is(&f.out, "a");
        assert_true(sent_holds(JWT "-1\r\n"));
        assert_true(sent_holds(JWT "-2\r\n"));
        assert_null(amp_client_problem(&f.client));
        assert_int_equal(amp_client_info(&f.client)->http, 201);
        assert_int_equal(amp_client_info(&f.client)->requests, 2);
        assert_int_equal(amp_client_info(&f.client)->connects, i == 1 ? 2 : 1);
        tear_down("01");
    }
}

/* The refusal ends when the connection ends. */
static void a_refusal_that_ends_with_the_connection_renews(void **unused)
{
    static const char refusal[] = "HTTP/1.1 401 Unauthorized\r\n" PROBLEM_TYPE "\r\n" PROBLEM;
    const memory_answer_t answers[] = {{refusal, sizeof refusal - 1u, AMP_ERR_CLOSED, 0},
                                       json_answer(1, "200 OK", CONNECTION("a"))};
    (void)unused;
    set_up(answers, 2, fresh, 3);
    assert_int_equal(get(), AMP_OK);
    assert_int_equal(amp_client_info(&f.client)->connects, 2);
    tear_down("01");
}

/* A page with status 401 is not from the service: a change is not sent again because of it. */
static void a_page_renews_no_token_for_a_change(void **unused)
{
    const memory_answer_t answers[] = {
        answer_with(0, "401 Unauthorized", "Content-Type: text/html\r\n", "<html>"),
        json_answer(1, "201 Created", CONNECTION("a"))};
    const amp_generate_connection_t args = generate_args();
    (void)unused;
    set_up(answers, 2, fresh, 3);
    assert_int_equal(amp_generate_connection(&f.client, &args, &f.out), AMP_ERR_UNKNOWN_OUTCOME);
    assert_int_equal(amp_client_info(&f.client)->cause, AMP_ERR_NOT_API);
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    tear_down("0");
    set_up(answers, 2, fresh, 3);
    assert_int_equal(get(), AMP_OK);
    tear_down("01");
}

static void a_second_refusal_is_final(void **unused)
{
    const memory_answer_t answers[] = {answer_with(0, "401 Unauthorized", "", ""),
                                       answer_with(1, "401 Unauthorized", PROBLEM_TYPE, PROBLEM),
                                       json_answer(2, "200 OK", CONNECTION("a"))};
    (void)unused;
    set_up(answers, 3, fresh, 3);
    assert_int_equal(get(), AMP_ERR_UNAUTHORIZED);
    assert_non_null(amp_client_problem(&f.client));
    assert_int_equal(amp_client_info(&f.client)->requests, 2);
    assert_int_equal(get(), AMP_OK);
    tear_down("010");
}

static void an_api_key_is_not_renewed(void **unused)
{
    const memory_answer_t answer = answer_with(0, "401 Unauthorized", "", "");
    (void)unused;
    fixture_init(&f, &answer, 1);
    assert_int_equal(get(), AMP_ERR_UNAUTHORIZED);
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    fixture_end(&f);
}

static void only_401_renews(void **unused)
{
    static const char *const lines[] = {"403 Forbidden", "400 Bad", "500 x"};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(lines); ++i) {
        const memory_answer_t answer = answer_with(0, lines[i], "", "");
        set_up(&answer, 1, fresh, 3);
        assert_true(get() < 0);
        tear_down("0");
    }
}

/* Waiting for the renewed token does not count as waiting for the network: a blocking call must not sleep
 * until its deadline although the callback is ready. */
static void renewing_does_not_wait(void **unused)
{
    const memory_answer_t answers[] = {answer_with(0, "401 Unauthorized", "", ""),
                                       json_answer(1, "200 OK", CONNECTION("a"))};
    (void)unused;
    for (unsigned has_cancel = 0; has_cancel < 2; ++has_cancel) {
        set_up(answers, 2, fresh, 3);
        f.config.cancel = has_cancel ? &f.cancel : NULL;
        f.memory.wait_step_ms = UINT32_MAX;
        assert_int_equal(get(), AMP_OK);
        assert_int_equal(f.memory.waits, 0);
        tear_down("01");
    }
}

static void a_pending_token_is_requested_again(void **unused)
{
    static const given_t given[] = {{AMP_PENDING, NULL}, {AMP_PENDING, "half"}, {AMP_OK, JWT}};
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    (void)unused;
    set_up(&answer, 1, given, 3);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(giver.asked, 0);
    assert_int_equal(amp_step(&f.client), AMP_PENDING);
    assert_int_equal(giver.asked, 1);
    assert_int_equal(amp_step(&f.client), AMP_PENDING);
    assert_int_equal(giver.asked, 2);
    assert_int_equal(f.memory.calls, 0);
    assert_int_equal(amp_run(&f.client), AMP_OK);
    tear_down("000");
}

/* No event wakes the port when the token is ready, so the client must be called again soon. */
static void a_pending_token_does_not_cost_the_deadline(void **unused)
{
    static const given_t given[] = {{AMP_PENDING, NULL}, {AMP_PENDING, NULL}, {AMP_OK, JWT}};
    const memory_answer_t answer = json_answer(0, "200 OK", CONNECTION("a"));
    (void)unused;
    for (unsigned has_cancel = 0; has_cancel < 2; ++has_cancel) {
        set_up(&answer, 1, given, 3);
        f.config.cancel = has_cancel ? &f.cancel : NULL;
        f.memory.wait_step_ms = UINT32_MAX;
        assert_int_equal(get(), AMP_OK);
        assert_in_range(f.memory.now_ms, 1000, 1999);
        tear_down("000");
    }
}

static void a_pending_token_has_a_deadline(void **unused)
{
    static const given_t given[] = {{AMP_PENDING, NULL}};
    (void)unused;
    set_up(NULL, 0, given, 1);
    f.memory.wait_step_ms = UINT32_MAX;
    assert_int_equal(get(), AMP_ERR_DEADLINE);
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    assert_in_range(f.memory.now_ms, 31000, 31049);
    assert_in_range(f.memory.longest_wait_ms, 1, 50);
    assert_in_range(giver.asked, 600, 700);
    holds_no_secret(&f);
    fixture_end(&f);
}

static void bad_tokens_are_refused(void **unused)
{
    static const given_t rows[] = {
        {AMP_OK, NULL},         {AMP_OK, ""},          {AMP_OK, JWT "\r\nX: y"}, {AMP_OK, JWT "\n"},
        {AMP_OK, JWT "\r"},     {AMP_OK, " " JWT},     {AMP_OK, JWT " "},        {AMP_OK, JWT "\xc3\xa9"},
        {AMP_ERR_NETWORK, JWT}, {AMP_ERR_TOKEN, NULL}, {AMP_ITEM, JWT},          {AMP_END, JWT},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up(NULL, 0, &rows[i], 1);
        assert_int_equal(get(), AMP_ERR_TOKEN);
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
        assert_int_equal(f.memory.calls, 0);
        assert_true(is_zero(&f.out, sizeof f.out));
        tear_down("0");
    }
}

/* The renewed token is the bad one. The request is then at its start. */
static void a_bad_renewed_token_is_refused(void **unused)
{
    static const given_t given[] = {{AMP_OK, JWT}, {AMP_OK, "a\nb"}};
    const memory_answer_t answer = answer_with(0, "401 Unauthorized", PROBLEM_TYPE, PROBLEM);
    (void)unused;
    set_up(&answer, 1, given, 2);
    assert_int_equal(get(), AMP_ERR_TOKEN);
    assert_int_equal(amp_client_info(&f.client)->requests, 1);
    assert_null(amp_client_problem(&f.client));
    assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
    tear_down("01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_asks_for_a_token),
        cmocka_unit_test(a_refused_token_is_renewed_once),
        cmocka_unit_test(a_refusal_that_ends_with_the_connection_renews),
        cmocka_unit_test(a_page_renews_no_token_for_a_change),
        cmocka_unit_test(a_second_refusal_is_final),
        cmocka_unit_test(an_api_key_is_not_renewed),
        cmocka_unit_test(only_401_renews),
        cmocka_unit_test(renewing_does_not_wait),
        cmocka_unit_test(a_pending_token_is_requested_again),
        cmocka_unit_test(a_pending_token_does_not_cost_the_deadline),
        cmocka_unit_test(a_pending_token_has_a_deadline),
        cmocka_unit_test(bad_tokens_are_refused),
        cmocka_unit_test(a_bad_renewed_token_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

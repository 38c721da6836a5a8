/* SPDX-License-Identifier: MIT */
/* The connect flow: its requests, the changes that count as connected, and its end. */
#include "listing.h"
#include "random_ends.h"

#define URL "https://provider.example/authorize?state=5"
#define CODE "oauth2/authorizationCode"

static fixture_t f;
static amp_connect_t flow;
static amp_connect_args_t args;
static amp_pace_t pace;
static char url[64];
static memory_answer_t answers[LISTINGS];
static size_t answer_count;

static void set_up(void)
{
    answer_count = 0;
    memset(&args, 0, sizeof args);
    memset(&pace, 0, sizeof pace);
    memset(&flow, 0xee, sizeof flow);
    pace.random = lowest_random;
    args.request.provider = AMP_STR("salesforce");
    args.request.group_ref = AMP_STR("g-1");
    args.request.consumer_ref = AMP_STR("c-1");
    args.request.group_name = AMP_STR("Gee");
    args.url.ptr = url;
    args.url.size = sizeof url;
    args.out = &f.out;
    args.pace = &pace;
    args.timeout_ms = 60000;
}

/* Makes the next answer a list of these rows. */
static void answer_list(const listed_t *rows, size_t count)
{
    list_begin_in((unsigned)answer_count);
    for (size_t i = 0; i < count; ++i) {
        list_add_row(&rows[i]);
    }
    answers[answer_count++] = list_end();
}

static void answer_url(void)
{
    answers[answer_count++] =
        answer_with(0, "200 OK", "Content-Type: text/plain\r\nConnection: close\r\n", URL);
}

static void begin(void)
{
    fixture_init(&f, answers, answer_count);
    f.memory.wait_step_ms = UINT32_MAX;
    assert_int_equal(amp_connect_start(&flow, &f.client, &args), AMP_OK);
}

/* Runs the flow up to the URL. */
static void begin_and_show(void)
{
    begin();
    assert_int_equal(amp_connect_next(&flow), AMP_ITEM);
    assert_int_equal(flow.state, AMP_CONNECT_WAITING);
    assert_string_equal(url, URL);
    assert_true(is_zero(&f.out, sizeof f.out));
}

#define LIST_LINE "GET /v1/projects/p-1/connections?provider=salesforce&groupRef=g-1&consumerRef=c-1 HTTP/1.1"

static const listed_t made = {"made", "created", T2, NULL, CODE, NULL, NULL, NULL};

static const listed_t ill = {"ill", "bad_credentials", T1, NULL, CODE, NULL, NULL, NULL};

static void a_new_connection_is_the_end(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    answer_list(NULL, 0);
    answer_list(&made, 1);
    begin_and_show();
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_int_equal(flow.state, AMP_CONNECT_CONNECTED);
    assert_string_equal(f.out.id, "made");
    assert_int_equal(amp_connect_step(&flow), AMP_END);
    assert_int_equal(sent_count(&f, LIST_LINE), 3);
    assert_int_equal(sent_count(&f, "POST /v1/oauth-connect HTTP/1.1"), 1);
    assert_int_equal(sent_count(&f, "\"groupName\":\"Gee\""), 1);
    assert_int_equal(sent_count(&f, "PATCH"), 0);
    holds_no_secret(&f);
    assert_false(memory_holds(&flow, sizeof flow, "an5wer-5ecret"));
    fixture_end(&f);
}

/* Each row has the tenant's connections at the start and later, and the end of the flow. */
static void states_that_count_as_connected(void **unused)
{
    static const struct {
        listed_t before[2];
        listed_t after[2];
        amp_connect_state_t state;
        const char *id;
        int is_update;
    } rows[] = {
#define ROW(id, status, scheme)                                                                              \
    {                                                                                                        \
        id, status, T1, NULL, scheme, NULL, NULL, NULL                                                       \
    }
#define NEW(id, status)                                                                                      \
    {                                                                                                        \
        id, status, T2, T3, CODE, NULL, NULL, NULL                                                           \
    }
#define NOTHING                                                                                              \
    {                                                                                                        \
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL                                                       \
    }
        /* new */
        {{NOTHING, NOTHING}, {NEW("n", "created"), NOTHING}, AMP_CONNECT_CONNECTED, "n", 0},
        {{NOTHING, NOTHING}, {NEW("n", "working"), NOTHING}, AMP_CONNECT_CONNECTED, "n", 0},
        {{ROW("a", "working", CODE), NOTHING},
         {ROW("a", "working", CODE), NEW("n", "created")},
         AMP_CONNECT_CONNECTED,
         "n",
         0},
        {{ROW("a", "bad_credentials", CODE), NOTHING},
         {ROW("a", "bad_credentials", CODE), NEW("n", "created")},
         AMP_CONNECT_CONNECTED,
         "n",
         1},
        /* healthy again */
        {{ROW("a", "bad_credentials", CODE), NOTHING},
         {ROW("a", "created", CODE), NOTHING},
         AMP_CONNECT_CONNECTED,
         "a",
         1},
        {{ROW("a", "bad_credentials", CODE "PKCE"), NOTHING},
         {ROW("a", "working", CODE "PKCE"), NOTHING},
         AMP_CONNECT_CONNECTED,
         "a",
         1},
        {{ROW("a", "bad_credentials", "apiKey"), NOTHING},
         {ROW("a", "working", "apiKey"), NOTHING},
         AMP_CONNECT_CONNECTED,
         "a",
         0},
        /* new, and refused */
        {{NOTHING, NOTHING}, {NEW("n", "bad_credentials"), NOTHING}, AMP_CONNECT_FAILED, "n", 0},
        {{NOTHING, NOTHING},
         {NEW("n", "bad_credentials"), NEW("o", "created")},
         AMP_CONNECT_CONNECTED,
         "o",
         0},
        /* these changes do not count as connected */
        {{ROW("a", "working", CODE), NOTHING}, {NEW("a", "created"), NOTHING}, AMP_CONNECT_EXPIRED, "", 0},
        {{ROW("a", "created", CODE), NOTHING}, {NEW("a", "working"), NOTHING}, AMP_CONNECT_EXPIRED, "", 0},
        {{ROW("a", "bad_credentials", CODE), NOTHING},
         {NEW("a", "bad_credentials"), NOTHING},
         AMP_CONNECT_EXPIRED,
         "",
         1},
        {{ROW("a", "working", CODE), NOTHING}, {NOTHING, NOTHING}, AMP_CONNECT_EXPIRED, "", 0},
        {{NOTHING, NOTHING}, {NEW("n", "thinking"), NOTHING}, AMP_CONNECT_EXPIRED, "", 0},
        /* one healthy connection is enough for oauthConnect */
        {{ROW("a", "bad_credentials", CODE), ROW("b", "working", CODE)},
         {ROW("a", "created", CODE), ROW("b", "working", CODE)},
         AMP_CONNECT_CONNECTED,
         "a",
         0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up();
        args.timeout_ms = 2500;
        answer_list(rows[i].before, (size_t)(rows[i].before[0].id != NULL) + (rows[i].before[1].id != NULL));
        answer_url();
        answer_list(rows[i].after, (size_t)(rows[i].after[0].id != NULL) + (rows[i].after[1].id != NULL));
        begin_and_show();
        assert_int_equal(amp_connect_next(&flow), AMP_END);
        if (flow.state != rows[i].state || strcmp(f.out.id, rows[i].id) != 0) {
            fail_msg("row %lu: state %d, id %s", (unsigned long)i, (int)flow.state, f.out.id);
        }
        assert_int_equal(sent_count(&f, "PATCH /v1/projects/p-1/connections/a:oauth-update HTTP/1.1"),
                         rows[i].is_update);
        assert_int_equal(sent_count(&f, "POST /v1/oauth-connect HTTP/1.1"), !rows[i].is_update);
        fixture_end(&f);
    }
}

/* There are more connections than hashes in a baseline. The connection to repair is among the last. */
static void one_of_many_is_repaired(void **unused)
{
    (void)unused;
    for (int repaired = 0; repaired < 2; ++repaired) {
        set_up();
        args.timeout_ms = 2500;
        for (int look = 0; look < 2; ++look) {
            list_begin_in((unsigned)answer_count);
            for (unsigned i = 0; i < 12; ++i) {
                char id[16];
                snprintf(id, sizeof id, "id-%u", i);
                const listed_t row = {id,   look == 1 && i == 11 && repaired ? "created" : "bad_credentials",
                                      T1,   i == 11 ? T3 : NULL,
                                      CODE, NULL,
                                      NULL, NULL};
                list_add_row(&row);
            }
            answers[answer_count++] = list_end();
            if (look == 0) {
                answer_url();
            }
        }
        begin_and_show();
        assert_int_equal(sent_count(&f, "connections/id-11:oauth-update"), 1);
        assert_int_equal(amp_connect_next(&flow), AMP_END);
        assert_int_equal(flow.state, repaired ? AMP_CONNECT_CONNECTED : AMP_CONNECT_EXPIRED);
        assert_string_equal(f.out.id, repaired ? "id-11" : "");
        fixture_end(&f);
    }
}

static void looks_are_paced_and_the_last_is_at_the_end(void **unused)
{
    (void)unused;
    set_up();
    args.timeout_ms = 6000; /* looks at 2.5, 5 and 6 s */
    answer_list(NULL, 0);
    answer_url();
    for (int i = 0; i < 3; ++i) {
        answer_list(NULL, 0);
    }
    begin_and_show();
    const uint32_t start_ms = f.memory.now_ms;
    assert_int_equal(amp_connect_idle_ms(&flow), 2500);
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_int_equal(flow.state, AMP_CONNECT_EXPIRED);
    assert_int_equal(f.memory.now_ms - start_ms, 6000);
    assert_int_equal(sent_count(&f, "GET "), 4);
    assert_int_equal(amp_connect_idle_ms(&flow), AMP_NEVER_MS);
    fixture_end(&f);
}

/* Ten minutes by default, a day at most. */
static void the_user_has_a_longest_time(void **unused)
{
    static const struct {
        uint32_t asked_ms;
        uint32_t given_ms;
    } rows[] = {{0, AMP_CONNECT_TIMEOUT_MS},
                {1, 1},
                {AMP_PACE_DAY_MS, AMP_PACE_DAY_MS},
                {UINT32_MAX, AMP_PACE_DAY_MS}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up();
        args.timeout_ms = rows[i].asked_ms;
        pace.random = highest_random;
        pace.pending_ms = UINT32_MAX;
        answer_list(NULL, 0);
        answer_url();
        begin_and_show();
        assert_int_equal(amp_connect_idle_ms(&flow), rows[i].given_ms);
        fixture_end(&f);
    }
}

/* The clock wraps around during the flow. */
static void the_clock_may_wrap(void **unused)
{
    (void)unused;
    set_up();
    args.timeout_ms = 6000;
    answer_list(NULL, 0);
    answer_url();
    answer_list(NULL, 0);
    answer_list(&made, 1);
    begin();
    f.memory.now_ms = UINT32_MAX - 3000u;
    f.client.start_ms = f.memory.now_ms;
    assert_int_equal(amp_connect_next(&flow), AMP_ITEM);
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_int_equal(flow.state, AMP_CONNECT_CONNECTED);
    assert_int_equal(sent_count(&f, "GET "), 3);
    fixture_end(&f);
}

static void a_step_never_waits(void **unused)
{
    amp_status_t status;
    unsigned shown = 0;
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    answer_list(&made, 1);
    begin();
    f.memory.pace = MEMORY_BYTE_EVERY_OTHER_CALL;
    while ((status = amp_connect_step(&flow)) == AMP_PENDING || status == AMP_ITEM) {
        shown += status == AMP_ITEM;
        f.memory.now_ms += flow.state == AMP_CONNECT_WAITING ? 100u : 0;
    }
    assert_int_equal(status, AMP_END);
    assert_int_equal(shown, 1);
    assert_int_equal(f.memory.waits, 0);
    assert_int_equal(flow.state, AMP_CONNECT_CONNECTED);
    fixture_end(&f);
}

/* While a user authorizes, temporary failures do not end the flow. */
static void a_look_that_fails_comes_again(void **unused)
{
    static const memory_answer_t cut = {"HTTP/1.1 200 OK\r\n", 17, AMP_ERR_ABORTED, 0};
    (void)unused;
    set_up();
    pace.first_ms = 0;
    answer_list(NULL, 0);
    answer_url();
    answers[answer_count++] = cut;
    answers[answer_count++] = answer_with(1, "503 x", PROBLEM_TYPE "Retry-After: 20\r\n", "{}");
    answers[answer_count++] = answer_with(2, "302 x", "Location: https://portal.example/\r\n", "");
    answer_list(&made, 1);
    begin_and_show();
    const uint32_t start_ms = f.memory.now_ms;
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_int_equal(flow.state, AMP_CONNECT_CONNECTED);
    /* Looks after 2.5 s, at once after the cut, at least 20 s after the 503, and at once after the portal. */
    assert_int_equal(f.memory.now_ms - start_ms, 22500);
    assert_int_equal(sent_count(&f, "GET "), 5);
    assert_int_equal(sent_count(&f, "POST "), 1);
    fixture_end(&f);
}

/* It is unknown if there is a connection, so the state is not "expired". */
static void a_last_look_that_fails_is_an_error(void **unused)
{
    static const memory_answer_t cut = {"", 0, AMP_ERR_ABORTED, 0};
    (void)unused;
    set_up();
    args.timeout_ms = 1;
    answer_list(NULL, 0);
    answer_url();
    answers[answer_count++] = cut;
    begin_and_show();
    assert_int_equal(amp_connect_next(&flow), AMP_ERR_ABORTED);
    assert_int_equal(flow.state, AMP_CONNECT_FAILED);
    assert_int_equal(amp_connect_step(&flow), AMP_ERR_ABORTED);
    assert_true(is_zero(&f.out, sizeof f.out));
    fixture_end(&f);
}

static void errors_that_do_not_pass_end_it(void **unused)
{
    static const struct {
        const char *line;
        amp_status_t status;
    } rows[] = {
        {"401 x", AMP_ERR_UNAUTHORIZED},
        {"403 x", AMP_ERR_FORBIDDEN},
        {"404 x", AMP_ERR_NOT_FOUND},
        {"400 x", AMP_ERR_BAD_REQUEST},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        /* The failure is at the baseline, instead of the URL, or at a look. */
        for (int at = 0; at < 3; ++at) {
            set_up();
            if (at > 0) {
                answer_list(&ill, 1);
            }
            if (at > 1) {
                answer_url();
            }
            answers[answer_count++] = answer_with(1, rows[i].line, PROBLEM_TYPE, "{\"title\":\"No\"}");
            begin();
            if (at > 1) {
                assert_int_equal(amp_connect_next(&flow), AMP_ITEM);
            }
            assert_int_equal(amp_connect_next(&flow), rows[i].status);
            assert_int_equal(flow.state, AMP_CONNECT_FAILED);
            assert_true(is_zero(&f.out, sizeof f.out)); /* not even the connection to authorize again */
            assert_non_null(amp_client_problem(&f.client));
            assert_int_equal(amp_client_info(&f.client)->requests, at + 1);
            fixture_end(&f);
        }
    }
}

/* Nothing is posted twice, and only a URL is shown. */
static void a_bad_url_is_not_shown(void **unused)
{
    static const struct {
        memory_answer_t answer;
        amp_status_t status;
    } rows[] = {
        {{"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\nhttp://a.example", 80, 0,
          0},
         AMP_ERR_VALUE},
        {{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\nhttps://a.example", 80, 0,
          0},
         AMP_ERR_UNKNOWN_OUTCOME},
        {{"HTTP/1.1 302 x\r\nLocation: https://a.example/\r\nContent-Length: 0\r\n\r\n", 70, 0, 0},
         AMP_ERR_REDIRECT},
        {{"", 0, AMP_ERR_ABORTED, 0}, AMP_ERR_UNKNOWN_OUTCOME},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        set_up();
        answer_list(NULL, 0);
        answers[answer_count] = rows[i].answer;
        answers[answer_count].len = strlen(rows[i].answer.text);
        ++answer_count;
        begin();
        assert_int_equal(amp_connect_next(&flow), rows[i].status);
        assert_int_equal(flow.state, AMP_CONNECT_FAILED);
        assert_string_equal(url, "");
        assert_int_equal(sent_count(&f, "POST "), 1);
        fixture_end(&f);
    }
}

static void it_can_be_cancelled_at_any_time(void **unused)
{
    (void)unused;
    for (int at = 0; at < 3; ++at) {
        set_up();
        answer_list(NULL, 0);
        answer_url();
        answer_list(NULL, 0);
        begin();
        if (at > 0) {
            assert_int_equal(amp_connect_next(&flow), AMP_ITEM);
        }
        if (at > 1) {
            f.memory.now_ms += 2500;
            assert_int_equal(amp_connect_step(&flow), AMP_PENDING);
            assert_int_equal(flow.state, AMP_CONNECT_LOOKING);
        }
        f.cancel = 1;
        assert_int_equal(amp_connect_step(&flow), AMP_ERR_CANCELLED);
        assert_int_equal(flow.state, AMP_CONNECT_FAILED);
        f.cancel = 0;
        assert_int_equal(amp_connect_step(&flow), AMP_ERR_CANCELLED);
        fixture_end(&f);
    }
    /* A flag that is set during a wait takes effect within a short time. */
    set_up();
    answer_list(NULL, 0);
    answer_url();
    begin_and_show();
    f.memory.longest_wait_ms = 0;
    amp_connect_wait(&flow, UINT32_MAX);
    assert_int_equal(f.memory.longest_wait_ms, 50);
    fixture_end(&f);
}

/* Without a cancel flag it waits as long as there is nothing to do, and otherwise does not wait. */
static void without_a_flag_it_waits_in_one_go(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    answer_list(&made, 1);
    begin();
    f.config.cancel = NULL;
    assert_int_equal(amp_connect_next(&flow), AMP_ITEM);
    assert_int_equal(amp_connect_step(&flow), AMP_PENDING);
    uint32_t idle_ms = amp_connect_idle_ms(&flow);
    assert_true(idle_ms > 1000u);
    f.memory.longest_wait_ms = 0;
    amp_connect_wait(&flow, UINT32_MAX);
    assert_int_equal(f.memory.longest_wait_ms, idle_ms);
    assert_int_equal(amp_connect_idle_ms(&flow), 0);
    f.memory.longest_wait_ms = 0;
    amp_connect_wait(&flow, UINT32_MAX);
    assert_int_equal(f.memory.longest_wait_ms, 0);
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_string_equal(f.out.id, "made");
    fixture_end(&f);
}

/* A wait lasts at most as long as requested, between looks and for the network. */
static void a_wait_is_no_longer_than_requested(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    begin_and_show();
    f.config.cancel = NULL;
    uint32_t start_ms = f.memory.now_ms;
    amp_connect_wait(&flow, 7);
    assert_int_equal(f.memory.now_ms, start_ms + 7u);
    assert_int_equal(f.memory.wanted, 0);
    amp_connect_wait(&flow, 0);
    assert_int_equal(f.memory.now_ms, start_ms + 7u);
    f.memory.now_ms += amp_connect_idle_ms(&flow);
    while (f.memory.wanted == 0) {
        assert_int_equal(amp_connect_step(&flow), AMP_PENDING);
        /* The list is never answered. An event loop waits for the answer until the flow's deadline. */
        assert_int_equal(amp_connect_idle_ms(&flow) > 0, amp_wanted(&f.client) == AMP_WAIT_READ);
        start_ms = f.memory.now_ms;
        amp_connect_wait(&flow, 9);
    }
    assert_int_equal(flow.state, AMP_CONNECT_LOOKING);
    assert_int_equal(f.memory.wanted, AMP_WAIT_READ);
    assert_int_equal(f.memory.now_ms, start_ms + 9u);
    fixture_end(&f);
}

/* The client was used for another request in the meantime. */
static void a_look_with_a_busy_client_is_an_error(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    answer_list(NULL, 0);
    begin_and_show();
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    f.memory.now_ms += amp_connect_idle_ms(&flow);
    assert_int_equal(amp_connect_step(&flow), AMP_ERR_STATE);
    assert_int_equal(flow.state, AMP_CONNECT_FAILED);
    fixture_end(&f);
}

static void a_look_with_a_closed_client_is_an_error(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    begin_and_show();
    amp_close(&f.client);
    assert_int_equal(amp_connect_idle_ms(&flow), 0);
    amp_connect_wait(&flow, 1000);
    assert_int_equal(f.memory.waits, 0);
    assert_int_equal(amp_connect_step(&flow), AMP_ERR_STATE);
    assert_int_equal(flow.state, AMP_CONNECT_FAILED);
    assert_int_equal(amp_connect_next(&flow), AMP_ERR_STATE);
    fixture_end(&f);
}

/* The flow is reset at any step. A look in progress then has no clock. */
static void a_client_that_is_closed_at_any_step_is_an_error(void **unused)
{
    (void)unused;
    for (unsigned at = 0;; ++at) {
        amp_status_t status = AMP_OK;
        set_up();
        answer_list(NULL, 0);
        answer_url();
        answer_list(NULL, 0);
        answer_list(&made, 1);
        begin();
        for (unsigned i = 0; i < at && status != AMP_END; ++i) {
            status = amp_connect_step(&flow);
            f.memory.now_ms += amp_connect_idle_ms(&flow);
        }
        if (status == AMP_END) {
            assert_true(at > 20u);
            fixture_end(&f);
            break;
        }
        amp_close(&f.client);
        assert_int_equal(amp_connect_idle_ms(&flow), 0);
        amp_connect_wait(&flow, 1000);
        assert_int_equal(amp_connect_step(&flow), AMP_ERR_STATE);
        assert_int_equal(flow.state, AMP_CONNECT_FAILED);
        assert_true(is_zero(&f.out, sizeof f.out));
        assert_int_equal(amp_connect_next(&flow), AMP_ERR_STATE);
        fixture_end(&f);
    }
}

/* If the flow's client was reset, an event loop that asks how long to wait must not be told to wait without
 * end. */
static void a_client_that_is_reset_during_a_request_is_an_error(void **unused)
{
    (void)unused;
    for (unsigned at = 0;; ++at) {
        set_up();
        answer_list(NULL, 0);
        answer_url();
        begin();
        for (unsigned i = 0; i < at; ++i) {
            assert_true(amp_connect_step(&flow) > 0);
        }
        if (flow.state == AMP_CONNECT_WAITING) {
            assert_true(at > 8u);
            fixture_end(&f);
            break;
        }
        amp_reset(&f.client);
        assert_int_equal(amp_connect_idle_ms(&flow), 0);
        assert_int_equal(amp_connect_step(&flow), AMP_ERR_STATE);
        assert_int_equal(amp_connect_idle_ms(&flow), AMP_NEVER_MS);
        fixture_end(&f);
    }
}

/* A flow that is not stepped for longer than the clock's range is over. It does not continue. */
static void a_flow_that_is_left_alone_ends(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    answer_url();
    answer_list(NULL, 0);
    begin_and_show();
    f.memory.now_ms += 0x80000000u + AMP_PACE_DAY_MS;
    assert_int_equal(amp_connect_idle_ms(&flow), 0);
    assert_int_equal(amp_connect_next(&flow), AMP_END);
    assert_int_equal(flow.state, AMP_CONNECT_EXPIRED);
    fixture_end(&f);
}

static void a_client_that_is_busy_is_refused(void **unused)
{
    (void)unused;
    set_up();
    answer_list(NULL, 0);
    fixture_init(&f, answers, answer_count);
    assert_int_equal(amp_get_connection_start(&f.client, &get_args, &f.out), AMP_OK);
    assert_int_equal(amp_connect_start(&flow, &f.client, &args), AMP_ERR_STATE);
    assert_int_equal(amp_connect_step(&flow), AMP_ERR_STATE);
    amp_reset(&f.client);
    args.request.group_ref.len = 0;
    assert_int_equal(amp_connect_start(&flow, &f.client, &args), AMP_OK);
    assert_int_equal(amp_connect_next(&flow), AMP_ERR_ARGUMENT);
    assert_string_equal(amp_client_info(&f.client)->field, "groupRef");
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_connection_is_the_end),
        cmocka_unit_test(states_that_count_as_connected),
        cmocka_unit_test(one_of_many_is_repaired),
        cmocka_unit_test(looks_are_paced_and_the_last_is_at_the_end),
        cmocka_unit_test(the_user_has_a_longest_time),
        cmocka_unit_test(the_clock_may_wrap),
        cmocka_unit_test(a_step_never_waits),
        cmocka_unit_test(a_look_that_fails_comes_again),
        cmocka_unit_test(a_last_look_that_fails_is_an_error),
        cmocka_unit_test(errors_that_do_not_pass_end_it),
        cmocka_unit_test(a_bad_url_is_not_shown),
        cmocka_unit_test(it_can_be_cancelled_at_any_time),
        cmocka_unit_test(without_a_flag_it_waits_in_one_go),
        cmocka_unit_test(a_wait_is_no_longer_than_requested),
        cmocka_unit_test(a_look_with_a_busy_client_is_an_error),
        cmocka_unit_test(a_look_with_a_closed_client_is_an_error),
        cmocka_unit_test(a_client_that_is_closed_at_any_step_is_an_error),
        cmocka_unit_test(a_client_that_is_reset_during_a_request_is_an_error),
        cmocka_unit_test(a_flow_that_is_left_alone_ends),
        cmocka_unit_test(a_client_that_is_busy_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

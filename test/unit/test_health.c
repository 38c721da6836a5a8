/* SPDX-License-Identifier: MIT */
/* The table of health.h, row by row. */
#include "pieces.h"
#include "random_ends.h"

#include "ampersand/health.h"
#include "base/status_texts.h"

typedef enum { SOON, POLL, ACT, RETRY } again_t;

/* With the lowest random numbers, each kind of wait has a different length. */
static const uint32_t least_waits[] = {[SOON] = 2500, [POLL] = 1800000, [ACT] = 150000, [RETRY] = 0};
static const uint32_t most_waits[] = {[SOON] = 7500, [POLL] = 5400000, [ACT] = 450000, [RETRY] = 2000};

static amp_health_t judge_with(const amp_evidence_t *evidence, uint32_t (*random)(void *))
{
    amp_health_t health;
    amp_pace_t pace;
    memset(&health, 0xee, sizeof health);
    memset(&pace, 0, sizeof pace);
    pace.random = random;
    amp_health(evidence, &pace, &health);
    return health;
}

static void judged_as(const amp_evidence_t *evidence, amp_verdict_t verdict, amp_remedy_t remedy,
                      again_t again, const char *word)
{
    amp_health_t health = judge_with(evidence, lowest_random);
    if (health.verdict != verdict || health.remedy != remedy) {
        fail_msg("%s: %s, %s", amp_status_name(evidence->result), amp_verdict_name(health.verdict),
                 amp_remedy_name(health.remedy));
    }
    assert_int_equal(health.wait_ms, least_waits[again]);
    assert_int_equal(health.next_ms, evidence->now_ms + health.wait_ms);
    assert_string_equal(health.word, word);
    assert_true(strlen(health.why) > 5);
    health = judge_with(evidence, highest_random);
    assert_int_equal(health.wait_ms, most_waits[again]);
}

#define V(name) AMP_VERDICT_##name
#define R(name) AMP_REMEDY_##name

static const struct {
    amp_status_t result;
    amp_verdict_t verdict;
    amp_remedy_t remedy;
    again_t again;
} results[] = {
    {AMP_PENDING, V(PENDING), R(NONE), SOON},
    {AMP_ERR_CANCELLED, V(PENDING), R(NONE), SOON},
    {AMP_ERR_CLOCK, V(CLOCK), R(SET_CLOCK), RETRY},
    {AMP_ERR_CERT_FUTURE, V(CLOCK), R(SET_CLOCK), RETRY},
    {AMP_ERR_CERT_EXPIRED, V(CLOCK), R(SET_CLOCK), RETRY},
    {AMP_ERR_TOKEN, V(RETRY_AT), R(WAIT), RETRY},
    {AMP_ERR_ARGUMENT, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_CONFIG, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_MEMORY, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_STATE, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_ABI, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_RANDOM, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_TRUST, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_TLS_BUFFER, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    {AMP_ERR_DNS, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CONNECT, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_DEADLINE, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_ABORTED, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CLOSED, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_NETWORK, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_TLS, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CERT_UNTRUSTED, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CERT_NAME, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CERT_WEAK, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CERT, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_CERT_PIN, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_HTTP, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_REDIRECT, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_NOT_API, V(NETWORK), R(CHECK_NETWORK), RETRY},
    {AMP_ERR_UNKNOWN_OUTCOME, V(RECONCILE), R(RECONCILE), RETRY},
    {AMP_ERR_JSON, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_DEPTH, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_DUPLICATE, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_MISSING, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_TYPE, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_VALUE, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_TOO_LONG, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_WINDOW, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_UNEXPECTED, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_MISMATCH, V(UNKNOWN), R(REPORT), ACT},
    {AMP_ERR_BAD_REQUEST, V(UNKNOWN), R(READ_PROBLEM), POLL},
    {AMP_ERR_UNAUTHORIZED, V(KEY_REJECTED), R(REPLACE_KEY), POLL},
    {AMP_ERR_FORBIDDEN, V(KEY_REJECTED), R(ALLOW_KEY), POLL},
    {AMP_ERR_NOT_FOUND, V(NOT_FOUND), R(CHECK_REQUEST), ACT},
    {AMP_ERR_RATE_LIMITED, V(RETRY_AT), R(WAIT), RETRY},
    {AMP_ERR_SERVICE, V(RETRY_AT), R(WAIT), RETRY},
    {AMP_ERR_CONFLICT, V(UNKNOWN), R(RECONCILE), ACT},
    {AMP_ERR_REFUSED, V(UNKNOWN), R(READ_PROBLEM), POLL},
};

#define ONE_STATUS(name, text) 1 +
#define COUNT_OF_STATUSES (AMP__STATUS_TEXTS(ONE_STATUS) 0u)

static void every_result_has_its_verdict(void **unused)
{
    const size_t count = sizeof results / sizeof results[0];
    amp_connection_t connection;
    (void)unused;
    memset(&connection, 0, sizeof connection);
    memcpy(connection.status, "working", 8);
    /* All statuses except AMP_OK, AMP_ITEM and AMP_END, for which the records decide. */
    assert_int_equal(count, COUNT_OF_STATUSES - 3u);
    for (size_t i = 0; i < count; ++i) {
        amp_evidence_t evidence = {.result = results[i].result, .now_ms = UINT32_MAX - 5u};
        judged_as(&evidence, results[i].verdict, results[i].remedy, results[i].again, "");
        assert_string_equal(judge_with(&evidence, lowest_random).why, amp_status_text(results[i].result));
        /* A record from before an error does not count. */
        evidence.connection = &connection;
        evidence.is_expected = 1;
        judged_as(&evidence, results[i].verdict, results[i].remedy, results[i].again, "");
    }
}

static void the_problem_says_whether_to_retry(void **unused)
{
    static const struct {
        amp_status_t result;
        int follows; /* the problem decides */
    } rows[] = {
        {AMP_ERR_BAD_REQUEST, 1}, {AMP_ERR_RATE_LIMITED, 1}, {AMP_ERR_SERVICE, 1},  {AMP_ERR_UNAUTHORIZED, 0},
        {AMP_ERR_FORBIDDEN, 0},   {AMP_ERR_NOT_FOUND, 0},    {AMP_ERR_CONFLICT, 0}, {AMP_ERR_REFUSED, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_problem_t problem;
        amp_evidence_t evidence = {.result = rows[i].result};
        memset(&problem, 0, sizeof problem);
        amp_health_t without = judge_with(&evidence, lowest_random);
        evidence.problem = &problem;
        amp_health_t silent = judge_with(&evidence, lowest_random);
        assert_int_equal(silent.verdict, without.verdict);
        assert_int_equal(silent.wait_ms, without.wait_ms);
        problem.mask.present = 1u << AMP_PROBLEM_RETRYABLE;
        if (!rows[i].follows) {
            assert_int_equal(judge_with(&evidence, lowest_random).verdict, without.verdict);
            continue;
        }
        judged_as(&evidence, V(UNKNOWN), R(READ_PROBLEM), POLL, "");
        problem.retryable = 1;
        judged_as(&evidence, V(RETRY_AT), R(WAIT), RETRY, "");
    }
}

/* Besides the result, the status code shows if a change took effect. */
static void the_status_code_counts(void **unused)
{
    static const struct {
        amp_status_t result;
        uint16_t http;
        uint8_t is_unsafe;
        amp_verdict_t verdict;
        amp_remedy_t remedy;
        again_t again;
    } rows[] = {
        {AMP_ERR_ABORTED, 201, 0, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_DEADLINE, 201, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_JSON, 201, 0, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_JSON, 200, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_MISMATCH, 200, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_ABORTED, 200, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_REDIRECT, 302, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_SERVICE, 500, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_SERVICE, 504, 1, V(RECONCILE), R(RECONCILE), RETRY},
        {AMP_ERR_SERVICE, 503, 1, V(RETRY_AT), R(WAIT), RETRY},
        {AMP_ERR_RATE_LIMITED, 429, 1, V(RETRY_AT), R(WAIT), RETRY},
        {AMP_ERR_CONFLICT, 409, 1, V(UNKNOWN), R(RECONCILE), ACT},
        {AMP_ERR_REFUSED, 413, 1, V(UNKNOWN), R(READ_PROBLEM), POLL},
        {AMP_ERR_CONNECT, 0, 1, V(NETWORK), R(CHECK_NETWORK), RETRY},
        {AMP_ERR_ABORTED, 200, 0, V(NETWORK), R(CHECK_NETWORK), RETRY},
        {AMP_ERR_REDIRECT, 302, 0, V(NETWORK), R(CHECK_NETWORK), RETRY},
        {AMP_ERR_JSON, 200, 0, V(UNKNOWN), R(REPORT), ACT},
        {AMP_ERR_SERVICE, 500, 0, V(RETRY_AT), R(WAIT), RETRY},
        {AMP_ERR_STATE, 201, 1, V(UNKNOWN), R(FIX_PROGRAM), POLL},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_info_t info;
        const amp_evidence_t evidence = {.result = rows[i].result, .info = &info};
        memset(&info, 0, sizeof info);
        info.http = rows[i].http;
        info.is_unsafe = rows[i].is_unsafe;
        judged_as(&evidence, rows[i].verdict, rows[i].remedy, rows[i].again, "");
    }
}

static void words_decide(void **unused)
{
    static const struct {
        const char *status;
        const char *scheme;
        amp_verdict_t verdict;
        amp_remedy_t remedy;
        again_t again;
    } rows[] = {
        {"created", "apiKey", V(OK), R(NONE), POLL},
        {"working", "oauth2/authorizationCode", V(OK), R(NONE), POLL},
        {"bad_credentials", "oauth2/authorizationCode", V(REAUTHORIZE), R(OAUTH_UPDATE), ACT},
        {"bad_credentials", "oauth2/authorizationCodePKCE", V(REAUTHORIZE), R(OAUTH_UPDATE), ACT},
        {"bad_credentials", "oauth2/clientCredentials", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "oauth2/password", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "apiKey", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "basic", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "none", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "jwt", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"bad_credentials", "custom", V(REAUTHORIZE), R(CONNECT), ACT},
        {"bad_credentials", "of-next-year", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT},
        {"paused", "apiKey", V(UNKNOWN), R(NONE), POLL},
        {"Working", "apiKey", V(UNKNOWN), R(NONE), POLL},
        {"work", "apiKey", V(UNKNOWN), R(NONE), POLL},
        {"", "apiKey", V(UNKNOWN), R(NONE), POLL},
    };
    static const amp_status_t done[] = {AMP_OK, AMP_ITEM, AMP_END};
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_connection_t connection;
        amp_evidence_t evidence = {.connection = &connection};
        memset(&connection, 0, sizeof connection);
        memcpy(connection.status, rows[i].status, strlen(rows[i].status) + 1u);
        memcpy(connection.auth_scheme, rows[i].scheme, strlen(rows[i].scheme) + 1u);
        for (size_t k = 0; k < 3; ++k) {
            evidence.result = done[k];
            judged_as(&evidence, rows[i].verdict, rows[i].remedy, rows[i].again, rows[i].status);
        }
    }
}

static void an_installation_may_be_ill_by_itself(void **unused)
{
    static const struct {
        const char *status;
        const char *health;
        amp_verdict_t verdict;
        amp_remedy_t remedy;
        again_t again;
        const char *word;
    } rows[] = {
        {"working", "healthy", V(OK), R(NONE), POLL, "working"},
        {"created", "healthy", V(OK), R(NONE), POLL, "created"},
        {"working", "unhealthy", V(UNKNOWN), R(SEE_INSTALLATION), ACT, "unhealthy"},
        {"working", "resting", V(UNKNOWN), R(NONE), POLL, "resting"},
        {"working", "", V(UNKNOWN), R(NONE), POLL, ""},
        {"bad_credentials", "unhealthy", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT, "bad_credentials"},
        {"bad_credentials", "healthy", V(REAUTHORIZE), R(UPDATE_CONNECTION), ACT, "bad_credentials"},
        {"paused", "unhealthy", V(UNKNOWN), R(NONE), POLL, "paused"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        static amp_installation_t installation;
        amp_evidence_t evidence = {.result = AMP_OK, .installation = &installation};
        memset(&installation, 0, sizeof installation);
        memcpy(installation.connection.status, rows[i].status, strlen(rows[i].status) + 1u);
        memcpy(installation.health_status, rows[i].health, strlen(rows[i].health) + 1u);
        judged_as(&evidence, rows[i].verdict, rows[i].remedy, rows[i].again, rows[i].word);
        /* A connection that was read separately is newer than the installation's copy. */
        amp_connection_t connection = installation.connection;
        evidence.connection = &connection;
        memcpy(installation.connection.status, "stale", 6);
        judged_as(&evidence, rows[i].verdict, rows[i].remedy, rows[i].again, rows[i].word);
    }
}

static void no_connection_is_not_found_unless_expected(void **unused)
{
    amp_evidence_t evidence = {.result = AMP_END};
    (void)unused;
    judged_as(&evidence, V(NOT_FOUND), R(CONNECT), ACT, "");
    evidence.is_expected = 1;
    judged_as(&evidence, V(PENDING), R(NONE), SOON, "");
}

#define S(seconds) ((amp_time_t)(seconds)*1000000)

#define BUILT S(AMP_BUILD_TIME)
#define AT_1000 "Thu, 01 Jan 1970 00:16:40 GMT"
#define AT_1005 "Thu, 01 Jan 1970 00:16:45 UTC"
#define AT_2000 "Thu, 01 Jan 1970 00:33:20 GMT"

static void the_service_says_how_long_to_wait(void **unused)
{
    static const struct {
        uint32_t header_s;
        const char *date;       /* Date of the answer */
        amp_time_t time;        /* time in the problem */
        amp_time_t utc;         /* clock of the device */
        amp_time_t retry_after; /* retry_after in the problem */
        uint32_t wait_ms;
    } rows[] = {
        {0, "", 0, 0, 0, 0},
        {7, "", 0, 0, 0, 7000},
        {86400, "", 0, 0, 0, 86400000},
        {UINT32_MAX, "", 0, 0, 0, 86400000},
        {0, AT_1000, 0, 0, S(1005), 5001},
        {0, AT_1000, S(1004), S(1), S(1005), 5001},
        {0, "", S(1004), S(1), S(1005), 1001},
        {0, "", 0, BUILT + S(2), BUILT + S(5), 3001},
        {0, "", 0, BUILT, BUILT, 0},
        {0, "", 0, BUILT + S(5), BUILT + S(2), 0},
        /* If the clock is not set, the time counts from the build. An earlier clock is ignored, and the wait
         * is a poll. */
        {0, "", 0, 0, BUILT + S(5), 5001},
        {0, "", 0, BUILT - 1, BUILT + S(5), 5001},
        {0, "", 0, 0, BUILT, 3600000},
        {0, "", 0, S(1002), S(1005), 3600000},
        {7, "", 0, 0, S(1005), 3600000},
        {7200, "", 0, 0, S(1005), 7200000},
        {0, AT_1005, 0, 0, S(1005), 0},
        {0, AT_2000, 0, 0, S(1005), 0},
        {7, AT_1000, 0, 0, S(1005), 7000},
        {3, AT_1000, 0, 0, S(1005), 5001},
        {0, AT_1000, 0, 0, S(1000) + 1, 1},
        {0, AT_1000, 0, 0, S(90000000000), 86400000},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_info_t info;
        amp_problem_t problem;
        amp_evidence_t evidence = {.result = AMP_ERR_SERVICE, .info = &info, .problem = &problem};
        memset(&info, 0, sizeof info);
        memset(&problem, 0, sizeof problem);
        info.retry_after_s = rows[i].header_s;
        memcpy(info.date, rows[i].date, strlen(rows[i].date) + 1u);
        evidence.utc = rows[i].utc;
        problem.time = rows[i].time;
        problem.retry_after = rows[i].retry_after;
        problem.mask.present = (uint32_t)(rows[i].time != 0) << AMP_PROBLEM_TIME |
                               (uint32_t)(rows[i].retry_after != 0) << AMP_PROBLEM_RETRY_AFTER;
        amp_health_t health = judge_with(&evidence, lowest_random);
        assert_int_equal(health.verdict, V(RETRY_AT));
        if (health.wait_ms != rows[i].wait_ms) {
            fail_msg("row %lu: %lu ms", (unsigned long)i, (unsigned long)health.wait_ms);
        }
        /* A look that is due later is not moved. No look is earlier than that time. */
        evidence.result = AMP_ERR_UNAUTHORIZED;
        health = judge_with(&evidence, lowest_random);
        assert_int_equal(health.wait_ms, rows[i].wait_ms > 1800000 ? rows[i].wait_ms : 1800000);
    }
}

/* A date in Retry-After has the same effect as the same time in seconds. This includes the first wait,
 * jitter, doubling, and the maximum of a day. */
static void a_date_to_retry_at_waits_as_long_as_seconds(void **unused)
{
    static const struct {
        const char *retry_at;
        uint32_t seconds;
    } rows[] = {
        {"Thu, 01 Jan 2060 00:16:40 GMT", 0},     {"Thu, 01 Jan 2060 00:16:41 GMT", 1},
        {"Thursday, 01-Jan-60 00:17:10 GMT", 30}, {"Thu Jan  1 01:16:40 2060", 3600},
        {"Fri, 02 Jan 2060 00:16:40 GMT", 86400}, {"Sat, 03 Jan 2060 00:16:40 GMT", 172800},
    };
    static const amp_status_t failed[] = {AMP_ERR_SERVICE, AMP_ERR_RATE_LIMITED, AMP_ERR_UNAUTHORIZED,
                                          AMP_ERR_NOT_FOUND};
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] * (sizeof failed / sizeof failed[0]); ++i) {
        amp_info_t by_date;
        amp_info_t by_seconds;
        amp_pace_t paces[2];
        memset(&by_date, 0, sizeof by_date);
        memset(&by_seconds, 0, sizeof by_seconds);
        memset(paces, 0, sizeof paces);
        memcpy(by_date.date, rows[0].retry_at, strlen(rows[0].retry_at));
        memcpy(by_date.retry_at, rows[i / 4u].retry_at, strlen(rows[i / 4u].retry_at));
        by_seconds.retry_after_s = rows[i / 4u].seconds;
        for (int failure = 0; failure < 12; ++failure) {
            amp_health_t healths[2];
            const amp_info_t *infos[] = {&by_date, &by_seconds};
            for (int k = 0; k < 2; ++k) {
                amp_evidence_t evidence = {.result = failed[i % 4u], .info = infos[k]};
                paces[k].random = failure % 2 == 0 ? lowest_random : highest_random;
                amp_health(&evidence, &paces[k], &healths[k]);
            }
            assert_int_equal(healths[0].wait_ms, healths[1].wait_ms);
        }
    }
}

/* If the distance of a date is unknown, the wait is one poll of the pace. */
static void a_date_without_a_clock_waits_for_a_poll(void **unused)
{
    amp_info_t info;
    amp_health_t health;
    amp_evidence_t evidence = {.result = AMP_ERR_SERVICE, .info = &info};
    amp_pace_t pace;
    (void)unused;
    memset(&info, 0, sizeof info);
    memset(&pace, 0, sizeof pace);
    pace.random = lowest_random;
    memcpy(info.retry_at, AT_1000, sizeof AT_1000);
    amp_health(&evidence, &pace, &health);
    assert_int_equal(health.wait_ms, AMP_PACE_POLL_MS);
    pace.poll_ms = 600000;
    amp_health(&evidence, &pace, &health);
    assert_int_equal(health.wait_ms, 600000);
    evidence.utc = BUILT;
    amp_health(&evidence, &pace, &health);
    assert_int_equal(health.wait_ms, 0);
    memcpy(info.retry_at, "Xyz", 3);
    evidence.utc = 0;
    amp_health(&evidence, &pace, &health);
    assert_int_equal(health.wait_ms, 0);
}

/* `why` names the evidence that decided. */
static void why_names_the_deciding_evidence(void **unused)
{
    static const struct {
        const char *status;
        const char *health;
        const char *why;
    } rows[] = {
        {"working", "healthy", "the connection is healthy"},
        {"bad_credentials", "healthy", "the provider no longer accepts the connection's credentials"},
        {"paused", "healthy", "the connection has an unknown status"},
        {"working", "unhealthy", "the installation is unhealthy, its connection is healthy"},
        {"working", "resting", "the installation has an unknown healthStatus"},
    };
    static amp_installation_t installation;
    amp_evidence_t evidence = {.result = AMP_OK, .installation = &installation};
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        memset(&installation, 0, sizeof installation);
        memcpy(installation.connection.status, rows[i].status, strlen(rows[i].status) + 1u);
        memcpy(installation.health_status, rows[i].health, strlen(rows[i].health) + 1u);
        assert_string_equal(judge_with(&evidence, lowest_random).why, rows[i].why);
    }
    evidence.installation = NULL;
    assert_string_equal(judge_with(&evidence, lowest_random).why, "the connection does not exist");
    evidence.is_expected = 1;
    assert_string_equal(judge_with(&evidence, lowest_random).why, "the connection does not exist yet");
}

/* Each part of the evidence may be missing. */
static void parts_may_be_missing(void **unused)
{
    amp_problem_t problem;
    amp_evidence_t evidence = {.result = AMP_ERR_SERVICE, .problem = &problem};
    (void)unused;
    memset(&problem, 0, sizeof problem);
    problem.mask.present = 1u << AMP_PROBLEM_TIME | 1u << AMP_PROBLEM_RETRY_AFTER;
    problem.time = S(1000);
    problem.retry_after = S(1030);
    assert_int_equal(judge_with(&evidence, lowest_random).wait_ms, 30001);
    evidence.problem = NULL;
    assert_int_equal(judge_with(&evidence, lowest_random).wait_ms, 0);
}

static void failures_back_off_and_success_forgets_them(void **unused)
{
    amp_connection_t connection;
    amp_pace_t pace;
    amp_health_t health;
    amp_evidence_t lost = {.result = AMP_ERR_CONNECT};
    amp_evidence_t found = {.result = AMP_OK, .connection = &connection};
    (void)unused;
    memset(&pace, 0, sizeof pace);
    memset(&connection, 0, sizeof connection);
    memcpy(connection.status, "created", 8);
    pace.random = highest_random;
    for (uint32_t window = 2000; window <= 64000; window *= 2u) {
        amp_health(&lost, &pace, &health);
        assert_int_equal(health.wait_ms, window);
    }
    amp_health(&found, &pace, &health);
    assert_int_equal(health.wait_ms, 5400000);
    amp_health(&lost, &pace, &health);
    assert_int_equal(health.wait_ms, 2000);
}

static void names_are_those_of_the_lists(void **unused)
{
    (void)unused;
    assert_string_equal(amp_verdict_name(V(OK)), "OK");
    assert_string_equal(amp_verdict_name(V(UNKNOWN)), "UNKNOWN");
    assert_string_equal(amp_remedy_name(R(OAUTH_UPDATE)), "OAUTH_UPDATE");
    assert_string_equal(amp_remedy_text(R(NONE)), "nothing");
    for (int i = 0; i < AMP_VERDICT_COUNT_; ++i) {
        assert_true(strlen(amp_verdict_name((amp_verdict_t)i)) > 1);
    }
    for (int i = 0; i < AMP_REMEDY_COUNT_; ++i) {
        assert_true(strlen(amp_remedy_name((amp_remedy_t)i)) > 3);
        assert_true(strlen(amp_remedy_text((amp_remedy_t)i)) > 6);
    }
    assert_string_equal(amp_verdict_name(AMP_VERDICT_COUNT_), "unknown");
    assert_string_equal(amp_remedy_name(AMP_REMEDY_COUNT_), "unknown");
    assert_string_equal(amp_remedy_text(AMP_REMEDY_COUNT_), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_result_has_its_verdict),
        cmocka_unit_test(the_problem_says_whether_to_retry),
        cmocka_unit_test(the_status_code_counts),
        cmocka_unit_test(words_decide),
        cmocka_unit_test(an_installation_may_be_ill_by_itself),
        cmocka_unit_test(no_connection_is_not_found_unless_expected),
        cmocka_unit_test(the_service_says_how_long_to_wait),
        cmocka_unit_test(a_date_to_retry_at_waits_as_long_as_seconds),
        cmocka_unit_test(a_date_without_a_clock_waits_for_a_poll),
        cmocka_unit_test(why_names_the_deciding_evidence),
        cmocka_unit_test(parts_may_be_missing),
        cmocka_unit_test(failures_back_off_and_success_forgets_them),
        cmocka_unit_test(names_are_those_of_the_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

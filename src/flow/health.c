/* SPDX-License-Identifier: MIT */
/* Turns the result of a request into a verdict, a remedy and the time of the next check. health.h has the
 * table.
 *
 * Invariants:
 * - Only a request that succeeded can lead to "no connection": an error never does.
 * - If an unsafe request may have taken effect, the remedy is RECONCILE, unless the service's problem
 *   document has the member `retryable`. */
#include "ampersand/health.h"

#include <string.h>

#include "../base/divide.h"
#include "../http/retry_after.h"
#include "connection_words.h"

#define HTTP_CREATED 201u

/* The time of the next check: the last column of the table in health.h. */
enum { SOON, POLL, ACT, RETRY };

typedef struct {
    uint8_t verdict; /* amp_verdict_t */
    uint8_t remedy;  /* amp_remedy_t */
    uint8_t again;   /* SOON, POLL, ACT or RETRY */
} ruling_t;
typedef char verdicts_fit_t[AMP_VERDICT_COUNT_ <= UINT8_MAX ? 1 : -1];
typedef char remedies_fit_t[AMP_REMEDY_COUNT_ <= UINT8_MAX ? 1 : -1];

/* RULING(OK, NONE, POLL) is {AMP_VERDICT_OK, AMP_REMEDY_NONE, POLL}. */
#define RULING(verdict, remedy, again)                                                                       \
    {                                                                                                        \
        AMP_VERDICT_##verdict, AMP_REMEDY_##remedy, again                                                    \
    }

/* Results with a row of their own. All other results are judged by class. */
static const struct {
    int8_t result; /* amp_status_t; the compiler reports a value that does not fit */
    ruling_t ruling;
} results[] = {
    {AMP_PENDING, RULING(PENDING, NONE, SOON)},
    {AMP_ERR_CANCELLED, RULING(PENDING, NONE, SOON)},
    {AMP_ERR_TOKEN, RULING(RETRY_AT, WAIT, RETRY)},
    {AMP_ERR_CLOCK, RULING(CLOCK, SET_CLOCK, RETRY)},
    {AMP_ERR_CERT_FUTURE, RULING(CLOCK, SET_CLOCK, RETRY)},
    {AMP_ERR_CERT_EXPIRED, RULING(CLOCK, SET_CLOCK, RETRY)},
    {AMP_ERR_HTTP, RULING(NETWORK, CHECK_NETWORK, RETRY)},
    {AMP_ERR_REDIRECT, RULING(NETWORK, CHECK_NETWORK, RETRY)},
    {AMP_ERR_NOT_API, RULING(NETWORK, CHECK_NETWORK, RETRY)},
    {AMP_ERR_BAD_REQUEST, RULING(UNKNOWN, READ_PROBLEM, POLL)},
    {AMP_ERR_UNAUTHORIZED, RULING(KEY_REJECTED, REPLACE_KEY, POLL)},
    {AMP_ERR_FORBIDDEN, RULING(KEY_REJECTED, ALLOW_KEY, POLL)},
    {AMP_ERR_NOT_FOUND, RULING(NOT_FOUND, CHECK_REQUEST, ACT)},
    {AMP_ERR_CONFLICT, RULING(UNKNOWN, RECONCILE, ACT)},
    {AMP_ERR_REFUSED, RULING(UNKNOWN, READ_PROBLEM, POLL)},
};

/* By amp_class_t. */
static const ruling_t classes[] = {
    [AMP_CLASS_OK] = RULING(OK, NONE, POLL),
    [AMP_CLASS_CALLER] = RULING(UNKNOWN, FIX_PROGRAM, POLL),
    [AMP_CLASS_NETWORK] = RULING(NETWORK, CHECK_NETWORK, RETRY),
    [AMP_CLASS_UNKNOWN] = RULING(RECONCILE, RECONCILE, RETRY),
    [AMP_CLASS_ANSWER] = RULING(UNKNOWN, REPORT, ACT),
    [AMP_CLASS_SERVICE] = RULING(RETRY_AT, WAIT, RETRY),
};
typedef char classes_are_complete_t[AMP_CLASS_SERVICE + 1 == sizeof classes / sizeof classes[0] ? 1 : -1];

static ruling_t ruling_for(amp_status_t result)
{
    for (size_t i = 0; i < sizeof results / sizeof results[0]; ++i) {
        if (results[i].result == (int)result) {
            return results[i].ruling;
        }
    }
    return classes[amp_class_of(result)];
}

/* Returns 1 if the request may have taken effect in spite of the error. Then the head of a success arrived,
 * or another server answered, or the service failed during the change (any 5xx but 503). */
static int may_have_changed(const amp_evidence_t *evidence)
{
    const amp_info_t *info = evidence->info;
    amp_class_t kind = amp_class_of(evidence->result);
    if (info == NULL || info->http == 0) {
        return 0;
    }
    if (info->http == HTTP_CREATED || (info->is_unsafe && info->http / 100u == 2u)) {
        return kind == AMP_CLASS_NETWORK || kind == AMP_CLASS_ANSWER;
    }
    return info->is_unsafe && (kind == AMP_CLASS_ANSWER || (evidence->result == AMP_ERR_SERVICE &&
                                                            info->http / 100u == 5u && info->http != 503u));
}

/* Judges a request that failed or is still in progress. */
static ruling_t judge_result(const amp_evidence_t *evidence)
{
    static const ruling_t retryable = RULING(RETRY_AT, WAIT, RETRY);
    static const ruling_t not_retryable = RULING(UNKNOWN, READ_PROBLEM, POLL);
    static const ruling_t reconcile = RULING(RECONCILE, RECONCILE, RETRY);
    ruling_t ruling = ruling_for(evidence->result);
    const amp_problem_t *problem = evidence->problem;
    int problem_decides = evidence->result == AMP_ERR_RATE_LIMITED || evidence->result == AMP_ERR_SERVICE ||
                          evidence->result == AMP_ERR_BAD_REQUEST;
    if (problem_decides && problem != NULL && AMP_HAS(problem, AMP_PROBLEM_RETRYABLE)) {
        return problem->retryable ? retryable : not_retryable;
    }
    return may_have_changed(evidence) ? reconcile : ruling;
}

/* Returns the remedy for bad credentials, by the scheme of the connection. */
static uint8_t remedy_for(const char *scheme)
{
    if (amp__is_browser_scheme(scheme)) {
        return AMP_REMEDY_OAUTH_UPDATE;
    }
    return amp__is_word(scheme, "custom") ? AMP_REMEDY_CONNECT : AMP_REMEDY_UPDATE_CONNECTION;
}

/* The judgement of a request. */
typedef struct {
    ruling_t ruling;
    const char *why;  /* a static string */
    const char *word; /* the value of the service that decided, AMP_WORD_SIZE bytes; or NULL */
} finding_t;

/* Judges a request that succeeded and found a connection. */
static finding_t judge_connection(const amp_connection_t *connection, const amp_installation_t *installation)
{
    finding_t finding = {RULING(OK, NONE, POLL), "the connection is healthy", connection->status};
    if (amp__is_refused(connection->status)) {
        const ruling_t ruling = {AMP_VERDICT_REAUTHORIZE, remedy_for(connection->auth_scheme), ACT};
        finding.ruling = ruling;
        finding.why = "the provider no longer accepts the connection's credentials";
    } else if (!amp__is_healthy(connection->status)) {
        const ruling_t ruling = RULING(UNKNOWN, NONE, POLL);
        finding.ruling = ruling;
        finding.why = "the connection has an unknown status";
    } else if (installation != NULL && !amp__is_word(installation->health_status, "healthy")) {
        static const ruling_t unknown = RULING(UNKNOWN, NONE, POLL);
        static const ruling_t unhealthy = RULING(UNKNOWN, SEE_INSTALLATION, ACT);
        int is_unhealthy = amp__is_word(installation->health_status, "unhealthy");
        finding.word = installation->health_status;
        finding.ruling = is_unhealthy ? unhealthy : unknown;
        finding.why = is_unhealthy ? "the installation is unhealthy, its connection is healthy"
                                   : "the installation has an unknown healthStatus";
    }
    return finding;
}

/* Judges a request that succeeded. */
static finding_t judge_records(const amp_evidence_t *evidence)
{
    static const finding_t pending = {RULING(PENDING, NONE, SOON), "the connection does not exist yet", NULL};
    static const finding_t none = {RULING(NOT_FOUND, CONNECT, ACT), "the connection does not exist", NULL};
    const amp_installation_t *installation = evidence->installation;
    const amp_connection_t *connection = evidence->connection;
    if (connection == NULL && installation != NULL) {
        connection = &installation->connection;
    }
    if (connection == NULL) {
        return evidence->is_expected ? pending : none;
    }
    return judge_connection(connection, installation);
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Returns the wait that the service requests, in milliseconds, at most a day: the longer of the Retry-After
 * header and the problem's retryAfter. */
static uint32_t min_wait_ms(const amp_evidence_t *evidence, const amp_pace_t *pace)
{
    const amp_info_t *info = evidence->info;
    const amp_problem_t *problem = evidence->problem;
    const uint32_t day_s = AMP_PACE_DAY_MS / 1000u;
    /* Without a clock to compare it with, a date means one poll interval. */
    const uint32_t poll_ms = pace->poll_ms > 0 ? pace->poll_ms : AMP_PACE_POLL_MS;
    uint32_t min_ms = 0;
    if (info != NULL) {
        uint32_t header_s;
        const int is_known = amp__retry_after(info, evidence->utc, &header_s) == 0;
        min_ms = (header_s < day_s ? header_s : day_s) * 1000u;
        min_ms = is_known ? min_ms : larger(min_ms, poll_ms);
    }
    if (problem == NULL || !AMP_HAS(problem, AMP_PROBLEM_RETRY_AFTER)) {
        return min_ms;
    }
    amp_time_t now;
    amp_clock_t clock = amp__answer_time(info, evidence->utc, &now);
    if (clock != AMP_CLOCK_DATE && AMP_HAS(problem, AMP_PROBLEM_TIME)) {
        /* The problem's `time` is better than the device's clock: both times are from the service's clock. */
        clock = AMP_CLOCK_DATE;
        now = problem->time;
    }
    if (problem->retry_after <= now) {
        return clock != AMP_CLOCK_BUILD ? min_ms : larger(min_ms, poll_ms);
    }
    /* amp_time_t counts microseconds. The extra millisecond replaces the remainder of the division. */
    uint32_t wait_ms = amp__divide((uint64_t)(problem->retry_after - now), 1000);
    return larger(min_ms, wait_ms < AMP_PACE_DAY_MS ? wait_ms + 1u : AMP_PACE_DAY_MS);
}

/* Returns the milliseconds until the next check. */
static uint32_t wait_ms_for(const amp_evidence_t *evidence, amp_pace_t *pace, unsigned again)
{
    switch (again) {
    case SOON:
        return amp_pace_pending(pace);
    case RETRY:
        return amp_pace_retry(pace, min_wait_ms(evidence, pace));
    case ACT:
        return larger(amp_pace_poll(pace) / 12u, min_wait_ms(evidence, pace));
    default:
        return larger(amp_pace_poll(pace), min_wait_ms(evidence, pace));
    }
}

/* Names and texts. test_health finds an enumerator without a row. */
#define VERDICTS(X)                                                                                          \
    X(OK)                                                                                                    \
    X(PENDING)                                                                                               \
    X(REAUTHORIZE)                                                                                           \
    X(KEY_REJECTED)                                                                                          \
    X(NOT_FOUND)                                                                                             \
    X(CLOCK)                                                                                                 \
    X(NETWORK)                                                                                               \
    X(RETRY_AT)                                                                                              \
    X(UNKNOWN)                                                                                               \
    X(RECONCILE)

#define REMEDIES(X)                                                                                          \
    X(NONE, "nothing")                                                                                       \
    X(WAIT, "wait and ask again")                                                                            \
    X(CONNECT, "connect: start the connect flow or generate a connection")                                   \
    X(OAUTH_UPDATE, "let the user authorize again at the URL from oauthUpdate")                              \
    X(UPDATE_CONNECTION, "set new credentials with updateConnection")                                        \
    X(REPLACE_KEY, "provide the device with a valid API key or token")                                       \
    X(ALLOW_KEY, "grant the API key or token the permission for this request")                               \
    X(CHECK_REQUEST, "check the project and the IDs in the request")                                         \
    X(SET_CLOCK, "set the clock; if it is right, the server's certificate is at fault")                      \
    X(CHECK_NETWORK, "check the network for a captive portal, a proxy or a firewall")                        \
    X(RECONCILE, "check whether the change took effect before sending it again")                             \
    X(READ_PROBLEM, "read the problem document: it has the service's reason")                                \
    X(SEE_INSTALLATION, "check the installation's operations: its connection is healthy")                    \
    X(FIX_PROGRAM, "fix the program or its configuration")                                                   \
    X(REPORT, "report it to the service's support: the answer breaks its contract")

#define VERDICT_NAME(name) [AMP_VERDICT_##name] = #name,
#define REMEDY_TEXT(name, text) [AMP_REMEDY_##name] = (text),
#define REMEDY_NAME(name, text) [AMP_REMEDY_##name] = #name,

void amp_health(const amp_evidence_t *evidence, amp_pace_t *pace, amp_health_t *out_health)
{
    int is_over = evidence->result >= 0 && evidence->result != AMP_PENDING;
    finding_t finding;
    if (is_over) {
        finding = judge_records(evidence);
    } else {
        finding.ruling = judge_result(evidence);
        finding.why = amp_status_text(evidence->result);
        finding.word = NULL;
    }
    memset(out_health, 0, sizeof *out_health);
    if (finding.word != NULL) {
        memcpy(out_health->word, finding.word, AMP_WORD_SIZE);
    }
    out_health->verdict = (amp_verdict_t)finding.ruling.verdict;
    out_health->remedy = (amp_remedy_t)finding.ruling.remedy;
    out_health->why = finding.why;
    out_health->wait_ms = wait_ms_for(evidence, pace, finding.ruling.again);
    out_health->next_ms = evidence->now_ms + out_health->wait_ms;
}

const char *amp_verdict_name(amp_verdict_t verdict)
{
    static const char *const names[] = {VERDICTS(VERDICT_NAME)};
    return (unsigned)verdict < AMP_VERDICT_COUNT_ ? names[verdict] : "unknown";
}

const char *amp_remedy_name(amp_remedy_t remedy)
{
    static const char *const names[] = {REMEDIES(REMEDY_NAME)};
    return (unsigned)remedy < AMP_REMEDY_COUNT_ ? names[remedy] : "unknown";
}

const char *amp_remedy_text(amp_remedy_t remedy)
{
    static const char *const texts[] = {REMEDIES(REMEDY_TEXT)};
    return (unsigned)remedy < AMP_REMEDY_COUNT_ ? texts[remedy] : "unknown";
}

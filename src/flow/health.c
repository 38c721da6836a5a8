/* SPDX-License-Identifier: MIT */
#include "ampersand/health.h"

#include <string.h>

#include "../http/retry_after.h"
#include "connection_words.h"

#define HTTP_CREATED 201u

/* When to look again. */
enum { SOON, POLL, ACT, RETRY };

typedef struct {
    uint8_t verdict;
    uint8_t remedy;
    uint8_t again;
} ruling_t;

#define RULING(verdict, remedy, again)                                                                       \
    {                                                                                                        \
        AMP_VERDICT_##verdict, AMP_REMEDY_##remedy, again                                                    \
    }

/* Results with a row of their own; the others go by class. */
static const struct {
    int8_t result;
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

static const ruling_t classes[] = {
    [AMP_CLASS_OK] = RULING(OK, NONE, POLL),
    [AMP_CLASS_CALLER] = RULING(UNKNOWN, FIX_PROGRAM, POLL),
    [AMP_CLASS_NETWORK] = RULING(NETWORK, CHECK_NETWORK, RETRY),
    [AMP_CLASS_UNKNOWN] = RULING(RECONCILE, RECONCILE, RETRY),
    [AMP_CLASS_ANSWER] = RULING(UNKNOWN, REPORT, ACT),
    [AMP_CLASS_SERVICE] = RULING(RETRY_AT, WAIT, RETRY),
};

static ruling_t ruling_of(amp_status_t result)
{
    for (size_t i = 0; i < sizeof results / sizeof results[0]; ++i) {
        if (results[i].result == (int)result) {
            return results[i].ruling;
        }
    }
    return classes[amp_class_of(result)];
}

/* The change was made, or perhaps made, whatever the error says: a success's head came, something that is
 * not the service answered, or the service failed within it (any 5xx but 503). */
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

/* The request failed, or is not over. */
static ruling_t judge_result(const amp_evidence_t *evidence)
{
    static const ruling_t retryable = RULING(RETRY_AT, WAIT, RETRY);
    static const ruling_t not_retryable = RULING(UNKNOWN, READ_PROBLEM, POLL);
    static const ruling_t reconcile = RULING(RECONCILE, RECONCILE, RETRY);
    ruling_t ruling = ruling_of(evidence->result);
    const amp_problem_t *problem = evidence->problem;
    int is_open = evidence->result == AMP_ERR_RATE_LIMITED || evidence->result == AMP_ERR_SERVICE ||
                  evidence->result == AMP_ERR_BAD_REQUEST;
    if (is_open && problem != NULL && AMP_HAS(problem, AMP_PROBLEM_RETRYABLE)) {
        return problem->retryable ? retryable : not_retryable;
    }
    return may_have_changed(evidence) ? reconcile : ruling;
}

static uint8_t remedy_of(const char *scheme)
{
    if (amp__is_browser_scheme(scheme)) {
        return AMP_REMEDY_OAUTH_UPDATE;
    }
    return amp__is_word(scheme, "custom") ? AMP_REMEDY_CONNECT : AMP_REMEDY_UPDATE_CONNECTION;
}

/* What the records say. */
typedef struct {
    ruling_t ruling;
    const char *why;
    const char *word; /* the service's, AMP_WORD_SIZE bytes, or NULL */
} finding_t;

/* The request is done and there is a connection. */
static finding_t judge_connection(const amp_connection_t *connection, const amp_installation_t *installation)
{
    finding_t found = {RULING(OK, NONE, POLL), "the connection is healthy", connection->status};
    if (amp__is_refused(connection->status)) {
        const ruling_t ruling = {AMP_VERDICT_REAUTHORIZE, remedy_of(connection->auth_scheme), ACT};
        found.ruling = ruling;
        found.why = "the provider no longer accepts the connection's credentials";
    } else if (!amp__is_healthy(connection->status)) {
        const ruling_t ruling = RULING(UNKNOWN, NONE, POLL);
        found.ruling = ruling;
        found.why = "the connection has a status that is not known here";
    } else if (installation != NULL && !amp__is_word(installation->health_status, "healthy")) {
        static const ruling_t unknown = RULING(UNKNOWN, NONE, POLL);
        static const ruling_t ill = RULING(UNKNOWN, SEE_INSTALLATION, ACT);
        int is_ill = amp__is_word(installation->health_status, "unhealthy");
        found.word = installation->health_status;
        found.ruling = is_ill ? ill : unknown;
        found.why = is_ill ? "the installation is unhealthy, the connection is not"
                           : "the installation has a healthStatus that is not known here";
    }
    return found;
}

/* The request is done. */
static finding_t judge_records(const amp_evidence_t *evidence)
{
    static const finding_t pending = {RULING(PENDING, NONE, SOON), "the connection is not there yet", NULL};
    static const finding_t none = {RULING(NOT_FOUND, CONNECT, ACT), "there is no such connection", NULL};
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

/* Milliseconds that the service asks to wait, at most a day: by a header, by the problem. */
static uint32_t least_wait(const amp_evidence_t *evidence, const amp_pace_t *pace)
{
    const amp_info_t *info = evidence->info;
    const amp_problem_t *problem = evidence->problem;
    const uint32_t day_s = AMP_PACE_DAY_MS / 1000u;
    /* A time that cannot be counted from anything is taken to be one poll away. */
    const uint32_t poll_ms = pace->poll_ms > 0 ? pace->poll_ms : AMP_PACE_POLL_MS;
    uint32_t least_ms = 0;
    if (info != NULL) {
        uint32_t header_s;
        const int is_known = amp__retry_after(info, evidence->utc, &header_s) == 0;
        least_ms = (header_s < day_s ? header_s : day_s) * 1000u;
        least_ms = is_known ? least_ms : larger(least_ms, poll_ms);
    }
    if (problem == NULL || !AMP_HAS(problem, AMP_PROBLEM_RETRY_AFTER)) {
        return least_ms;
    }
    amp_time_t now;
    amp_clock_t clock = amp__answer_time(info, evidence->utc, &now);
    if (clock != AMP_CLOCK_DATE && AMP_HAS(problem, AMP_PROBLEM_TIME)) {
        /* The service's own clock comes before the device's: its two times are from the same one. */
        clock = AMP_CLOCK_DATE;
        now = problem->time;
    }
    if (problem->retry_after <= now) {
        return clock != AMP_CLOCK_BUILD ? least_ms : larger(least_ms, poll_ms);
    }
    int64_t wait_ms = (problem->retry_after - now) / 1000 + 1;
    return larger(least_ms, wait_ms < AMP_PACE_DAY_MS ? (uint32_t)wait_ms : AMP_PACE_DAY_MS);
}

static uint32_t wait_of(const amp_evidence_t *evidence, amp_pace_t *pace, unsigned again)
{
    switch (again) {
    case SOON:
        return amp_pace_pending(pace);
    case RETRY:
        return amp_pace_retry(pace, least_wait(evidence, pace));
    case ACT:
        return larger(amp_pace_poll(pace) / 12u, least_wait(evidence, pace));
    default:
        return larger(amp_pace_poll(pace), least_wait(evidence, pace));
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
    X(ALLOW_KEY, "permit the API key or token to do this")                                                   \
    X(CHECK_REQUEST, "check the project and the IDs in the request")                                         \
    X(SET_CLOCK, "set the clock; if it is right, the server's certificate is at fault")                      \
    X(CHECK_NETWORK, "check the network for a captive portal, a proxy or a firewall")                        \
    X(RECONCILE, "check whether the change took effect before sending it again")                             \
    X(READ_PROBLEM, "read the problem document: it has the service's reason")                                \
    X(SEE_INSTALLATION, "check the installation's operations: its connection is healthy")                    \
    X(FIX_PROGRAM, "fix the program or its configuration")                                                   \
    X(REPORT, "report it to the service's support: the answer breaks its contract")

#define VERDICT_NAME(name) [AMP_VERDICT_##name] = #name,
#define REMEDY_TEXT(name, text) [AMP_REMEDY_##name] = text,
#define REMEDY_NAME(name, text) [AMP_REMEDY_##name] = #name,

void amp_health(const amp_evidence_t *evidence, amp_pace_t *pace, amp_health_t *out_health)
{
    int is_over = evidence->result >= 0 && evidence->result != AMP_PENDING;
    finding_t found;
    if (is_over) {
        found = judge_records(evidence);
    } else {
        found.ruling = judge_result(evidence);
        found.why = amp_status_text(evidence->result);
        found.word = NULL;
    }
    memset(out_health, 0, sizeof *out_health);
    if (found.word != NULL) {
        memcpy(out_health->word, found.word, AMP_WORD_SIZE);
    }
    out_health->verdict = (amp_verdict_t)found.ruling.verdict;
    out_health->remedy = (amp_remedy_t)found.ruling.remedy;
    out_health->why = found.why;
    out_health->wait_ms = wait_of(evidence, pace, found.ruling.again);
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

/* SPDX-License-Identifier: MIT */
/* The verdict: is this customer's connection healthy, what is to be done if not, and when to look
 * again. A pure function of what came of a request: it asks nobody, and changes nothing but the
 * count of failures in the pace.
 *
 * The first row that fits decides:
 *
 *   what came of the request              verdict       remedy             looks again
 *   ------------------------------------  ------------  -----------------  -----------
 *   AMP_PENDING, AMP_ERR_CANCELLED        PENDING       NONE               soon
 *   AMP_ERR_CLOCK, AMP_ERR_CERT_FUTURE,   CLOCK         SET_CLOCK          retry
 *     AMP_ERR_CERT_EXPIRED
 *   AMP_ERR_TOKEN                         RETRY_AT      WAIT               retry
 *   argument, configuration, memory …     UNKNOWN       FIX_PROGRAM       poll
 *   AMP_ERR_UNKNOWN_OUTCOME               RECONCILE     RECONCILE          retry
 *   a change's answer that breaks a rule, RECONCILE     RECONCILE          retry
 *     or any error after http 201
 *   AMP_ERR_REDIRECT, _NOT_API, _HTTP;    NETWORK       CHECK_NETWORK      retry
 *     network and TLS
 *   another answer that breaks a rule     UNKNOWN       REPORT             act
 *   AMP_ERR_UNAUTHORIZED (401)            KEY_REJECTED  REPLACE_KEY        poll
 *   AMP_ERR_FORBIDDEN (403)               KEY_REJECTED  ALLOW_KEY          poll
 *   AMP_ERR_NOT_FOUND (404, 410)          NOT_FOUND     CHECK_REQUEST      act
 *   AMP_ERR_CONFLICT (409)                UNKNOWN       RECONCILE          act
 *   AMP_ERR_REFUSED (405, 413, 415, and   UNKNOWN       READ_PROBLEM       poll
 *     every 4xx that is not named here)
 *   AMP_ERR_RATE_LIMITED (429),           RETRY_AT      WAIT               retry
 *     AMP_ERR_SERVICE (5xx, 408, 425)
 *     … and the problem: not retryable    UNKNOWN       READ_PROBLEM       poll
 *     … of a change, 5xx but 503, and the RECONCILE     RECONCILE          retry
 *       problem does not say retryable
 *   AMP_ERR_BAD_REQUEST (400, 422)        UNKNOWN       READ_PROBLEM       poll
 *     … and the problem: retryable        RETRY_AT      WAIT               retry
 *   done, no connection, is_expected      PENDING       NONE               soon
 *   done, no connection                   NOT_FOUND     CONNECT            act
 *   status bad_credentials, and the scheme is
 *     oauth2/authorizationCode, …PKCE     REAUTHORIZE   OAUTH_UPDATE       act
 *     custom                              REAUTHORIZE   CONNECT            act
 *     any other                           REAUTHORIZE   UPDATE_CONNECTION  act
 *   status neither created nor working    UNKNOWN       NONE               poll
 *   healthStatus unhealthy                UNKNOWN       SEE_INSTALLATION   act
 *   healthStatus not healthy              UNKNOWN       NONE               poll
 *   status created or working             OK            NONE               poll
 *
 * `created` is as healthy as `working`: the connection is new, or its token was just refreshed.
 * An error is never taken for "no connection".
 *
 * The results depend on the answer's status and its Content-Type. A page is an answer that is neither JSON
 * nor text/plain, or that is encoded:
 *
 *   status                   problem+json, JSON     text/plain or none     page
 *   -----------------------  ---------------------  ---------------------  ---------------------
 *   2xx                      JSON is read (1)       AMP_ERR_NOT_API (1)    AMP_ERR_NOT_API
 *   3xx                      AMP_ERR_REDIRECT       AMP_ERR_REDIRECT       AMP_ERR_NOT_API
 *   407, 511                 by status              AMP_ERR_NOT_API        AMP_ERR_NOT_API
 *   408, 429, 502, 503, 504  by status              by status              by status
 *   other 4xx and 5xx        by status              by status              AMP_ERR_NOT_API
 *
 *   (1) With 200 and 201; problem+json and other codes are AMP_ERR_NOT_API. An answer that is a URL needs
 *       200 and text/plain. A DELETE is done with 200, 202, 204 and 205, whatever the body, unless 200 or
 *       202 comes with a page.
 *
 * For a request that changes something, AMP_ERR_UNKNOWN_OUTCOME takes the place of AMP_ERR_NOT_API and
 * AMP_ERR_HTTP, and of 408 and 5xx without the service's own problem document: see operations.h.
 * "soon" is the pace's pending_ms, "poll" its poll_ms, "act" a twelfth of that: a person has to do
 * something first. "retry" is its backoff. All but "soon" are never before what Retry-After or the
 * problem's retryAfter says, a day at most. A time in them counts from the service's clock (Date, the
 * problem's `time`), else from `utc`, else from AMP_BUILD_TIME; when it is not later than that, which
 * tells nothing, the look is one poll away at least. */
#ifndef AMPERSAND_HEALTH_H
#define AMPERSAND_HEALTH_H

#include "client.h"
#include "pace.h"
#include "records.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(name) */
#define AMP_VERDICT_LIST(X)                                                                                  \
    X(OK)                                                                                                    \
    X(PENDING)                                                                                               \
    X(REAUTHORIZE) X(KEY_REJECTED) X(NOT_FOUND) X(CLOCK) X(NETWORK) X(RETRY_AT) X(UNKNOWN) X(RECONCILE)

/* X(name, what to do) */
#define AMP_REMEDY_LIST(X)                                                                                   \
    X(NONE, "nothing")                                                                                       \
    X(WAIT, "wait and ask again")                                                                            \
    X(CONNECT, "connect: start the connect flow or generate a connection")                                   \
    X(OAUTH_UPDATE, "the user authorizes again, at the URL of oauthUpdate")                                  \
    X(UPDATE_CONNECTION, "give the connection new credentials with updateConnection")                        \
    X(REPLACE_KEY, "give the device a valid API key or token")                                               \
    X(ALLOW_KEY, "allow the key or token to do this")                                                        \
    X(CHECK_REQUEST, "check the project and the ids that were asked for")                                    \
    X(SET_CLOCK, "set the clock; if it is right, the server's certificate is at fault")                      \
    X(CHECK_NETWORK, "check the network: a captive portal, a proxy, a firewall")                             \
    X(RECONCILE, "look whether it took effect before sending it again")                                      \
    X(READ_PROBLEM, "read the problem document: the service says why")                                       \
    X(SEE_INSTALLATION, "look at the installation's operations: its connection is healthy")                  \
    X(FIX_PROGRAM, "mend the program or its configuration")                                                  \
    X(REPORT, "report it: the service's answer is not what it promises")

/* What the table above comes to, and what is to be done about it. */
#define AMP_VERDICT_ENUMERATOR_(name) AMP_VERDICT_##name,
#define AMP_REMEDY_ENUMERATOR_(name, text) AMP_REMEDY_##name,
typedef enum { AMP_VERDICT_LIST(AMP_VERDICT_ENUMERATOR_) AMP_VERDICT_COUNT_ } amp_verdict_t;
typedef enum { AMP_REMEDY_LIST(AMP_REMEDY_ENUMERATOR_) AMP_REMEDY_COUNT_ } amp_remedy_t;

/* What is judged. Members that are not known are NULL or 0. */
typedef struct {
    amp_status_t result;                    /* of the request */
    const amp_info_t *info;                 /* amp_client_info() after it */
    const amp_problem_t *problem;           /* amp_client_problem() after it */
    const amp_connection_t *connection;     /* NULL: the installation's, else none was found */
    const amp_installation_t *installation; /* NULL: it was not looked at */
    amp_time_t utc;      /* the device's clock, 0 when it is not set: only for a time to retry at in an
                          * answer that does not say what time it is for the service */
    uint32_t now_ms;     /* the port's clock */
    uint8_t is_expected; /* a connection is being made: "none" is PENDING */
} amp_evidence_t;

/* The verdict. */
typedef struct {
    amp_verdict_t verdict;
    amp_remedy_t remedy;      /* what is to be done */
    const char *why;          /* one clause, a static string */
    char word[AMP_WORD_SIZE]; /* the service's own word that decided, or empty */
    uint32_t wait_ms;         /* from now to the next look, */
    uint32_t next_ms;         /* and that look on the port's clock, which wraps */
} amp_health_t;

/* Judges. `pace` counts the failures and gives the times; no text of *out_health is of the caller's. */
AMP_PUBLIC void amp_health(const amp_evidence_t *evidence, amp_pace_t *pace, amp_health_t *out_health);

/* Static strings, never NULL: "REAUTHORIZE", "OAUTH_UPDATE"; amp_remedy_text() is a sentence without
 * a full stop. */
AMP_PUBLIC const char *amp_verdict_name(amp_verdict_t verdict);
AMP_PUBLIC const char *amp_remedy_name(amp_remedy_t remedy);
AMP_PUBLIC const char *amp_remedy_text(amp_remedy_t remedy);

#ifdef __cplusplus
}
#endif
#endif

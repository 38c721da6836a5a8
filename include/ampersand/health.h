/* SPDX-License-Identifier: MIT */
/** @file
 * The health verdict on a customer's connection, with the remedy and the time of the next check. amp_health
 * is a pure function: it performs no I/O and changes only the failure count of the pace.
 *
 * The first row that matches decides:
 *
 * @verbatim
 *   result of the request                 verdict       remedy             next check
 *   ------------------------------------  ------------  -----------------  ----------
 *   AMP_PENDING, AMP_ERR_CANCELLED        PENDING       NONE               soon
 *   AMP_ERR_CLOCK, AMP_ERR_CERT_FUTURE,   CLOCK         SET_CLOCK          retry
 *     AMP_ERR_CERT_EXPIRED
 *   AMP_ERR_TOKEN                         RETRY_AT      WAIT               retry
 *   argument, configuration, memory ...   UNKNOWN       FIX_PROGRAM        poll
 *   AMP_ERR_UNKNOWN_OUTCOME               RECONCILE     RECONCILE          retry
 *   invalid answer to a change, or any    RECONCILE     RECONCILE          retry
 *     error after status 201
 *   AMP_ERR_REDIRECT, _NOT_API, _HTTP;    NETWORK       CHECK_NETWORK      retry
 *     network and TLS
 *   any other invalid answer              UNKNOWN       REPORT             act
 *   AMP_ERR_UNAUTHORIZED (401)            KEY_REJECTED  REPLACE_KEY        poll
 *   AMP_ERR_FORBIDDEN (403)               KEY_REJECTED  ALLOW_KEY          poll
 *   AMP_ERR_NOT_FOUND (404, 410)          NOT_FOUND     CHECK_REQUEST      act
 *   AMP_ERR_CONFLICT (409)                UNKNOWN       RECONCILE          act
 *   AMP_ERR_REFUSED (405, 413, 415, and   UNKNOWN       READ_PROBLEM       poll
 *     any other 4xx)
 *   AMP_ERR_RATE_LIMITED (429),           RETRY_AT      WAIT               retry
 *     AMP_ERR_SERVICE (5xx, 408, 425)
 *     ... and problem: not retryable      UNKNOWN       READ_PROBLEM       poll
 *     ... of a change: 5xx, but not 503,  RECONCILE     RECONCILE          retry
 *       and problem has no retryable
 *   AMP_ERR_BAD_REQUEST (400, 422)        UNKNOWN       READ_PROBLEM       poll
 *     ... and problem: retryable          RETRY_AT      WAIT               retry
 *   done, no connection, is_expected      PENDING       NONE               soon
 *   done, no connection                   NOT_FOUND     CONNECT            act
 *   status bad_credentials, and the scheme is
 *     oauth2/authorizationCode, ...PKCE   REAUTHORIZE   OAUTH_UPDATE       act
 *     custom                              REAUTHORIZE   CONNECT            act
 *     any other                           REAUTHORIZE   UPDATE_CONNECTION  act
 *   status neither created nor working    UNKNOWN       NONE               poll
 *   healthStatus unhealthy                UNKNOWN       SEE_INSTALLATION   act
 *   healthStatus not healthy              UNKNOWN       NONE               poll
 *   status created or working             OK            NONE               poll
 * @endverbatim
 *
 * The status `created` is as healthy as `working`: the connection is new, or its token was just refreshed.
 * An error never counts as "no connection".
 *
 * Result of an answer, by its status code and Content-Type. A page is an answer that is encoded, or that is
 * neither JSON nor text/plain:
 *
 * @verbatim
 *   status                   problem+json, JSON     text/plain or none     page
 *   -----------------------  ---------------------  ---------------------  ---------------------
 *   2xx                      JSON is read (1)       AMP_ERR_NOT_API (1)    AMP_ERR_NOT_API
 *   3xx                      AMP_ERR_REDIRECT       AMP_ERR_REDIRECT       AMP_ERR_NOT_API
 *   407, 511                 by status              AMP_ERR_NOT_API        AMP_ERR_NOT_API
 *   408, 429, 502, 503, 504  by status              by status              by status
 *   other 4xx and 5xx        by status              by status              AMP_ERR_NOT_API
 *
 *   (1) Only with 200 or 201, and not problem+json; else AMP_ERR_NOT_API. An answer that is a URL needs
 *       200 and text/plain. A DELETE succeeds with 200, 202, 204 and 205 and any body, except 200 or 202
 *       with a page.
 * @endverbatim
 *
 * For a request that changes something, AMP_ERR_UNKNOWN_OUTCOME replaces AMP_ERR_NOT_API and AMP_ERR_HTTP. It
 * also replaces the result of 408 and 5xx without the service's own problem document: see operations.h.
 *
 * Times of the next check:
 * - soon: pending_ms of the pace.
 * - poll: poll_ms of the pace.
 * - act: a twelfth of poll_ms, because a person has to do something first.
 * - retry: the backoff of the pace.
 *
 * Except for "soon", the next check is never before the time that Retry-After or the problem's retryAfter
 * requests. A requested delay of more than one day counts as one day. A date in Retry-After or retryAfter is
 * compared with the service's clock (the Date header, or the problem's time). Without the service's clock it
 * is compared with `utc`. A date that has passed requests no delay. Without `utc` the date is compared with
 * AMP_BUILD_TIME. If the date is not later than AMP_BUILD_TIME, the delay is unknown, and the next check is
 * at least poll_ms away. */
#ifndef AMPERSAND_HEALTH_H
#define AMPERSAND_HEALTH_H

#include "client.h"
#include "pace.h"
#include "records.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The verdict on a connection. */
typedef enum {
    AMP_VERDICT_OK,           /**< Healthy. */
    AMP_VERDICT_PENDING,      /**< Not decided yet: a request or a connection is in progress. */
    AMP_VERDICT_REAUTHORIZE,  /**< The provider no longer accepts the connection's credentials. */
    AMP_VERDICT_KEY_REJECTED, /**< The service does not accept the device's own credential. */
    AMP_VERDICT_NOT_FOUND,    /**< The connection, or an ID of the request, does not exist. */
    AMP_VERDICT_CLOCK,        /**< The clock is not set, or a certificate's dates do not match it. */
    AMP_VERDICT_NETWORK,      /**< The service was not reached. */
    AMP_VERDICT_RETRY_AT,     /**< The service asks the device to come back later. */
    AMP_VERDICT_UNKNOWN,      /**< No verdict is possible; see the remedy. */
    AMP_VERDICT_RECONCILE,    /**< A change may have taken effect. */
    AMP_VERDICT_COUNT_
} amp_verdict_t;

/** The action that a person or the program has to take. */
typedef enum {
    AMP_REMEDY_NONE,              /**< No action. */
    AMP_REMEDY_WAIT,              /**< Wait, then ask again. */
    AMP_REMEDY_CONNECT,           /**< Start the connect flow, or call amp_generate_connection. */
    AMP_REMEDY_OAUTH_UPDATE,      /**< The user authorizes again at the URL from amp_oauth_update. */
    AMP_REMEDY_UPDATE_CONNECTION, /**< Set new credentials with amp_update_connection. */
    AMP_REMEDY_REPLACE_KEY,       /**< Provide a valid API key or token. */
    AMP_REMEDY_ALLOW_KEY,         /**< Grant the key or token the permission. */
    AMP_REMEDY_CHECK_REQUEST,     /**< Check the project and the IDs. */
    AMP_REMEDY_SET_CLOCK,         /**< Set the clock. If it is right, the server's certificate is at fault. */
    AMP_REMEDY_CHECK_NETWORK,     /**< Check the network: captive portal, proxy, firewall. */
    AMP_REMEDY_RECONCILE,         /**< Check whether the change took effect, before sending it again. */
    AMP_REMEDY_READ_PROBLEM,      /**< Read the problem document; it has the service's reason. */
    AMP_REMEDY_SEE_INSTALLATION,  /**< Check the installation's operations; its connection is healthy. */
    AMP_REMEDY_FIX_PROGRAM,       /**< Fix the program or its configuration. */
    AMP_REMEDY_REPORT,            /**< Report it: the answer breaks the service's contract. */
    AMP_REMEDY_COUNT_
} amp_remedy_t;

/** The input of amp_health. Unknown members are NULL or 0. */
typedef struct {
    amp_status_t result;                    /**< Result of the request. */
    const amp_info_t *info;                 /**< amp_client_info() after the request, or NULL. */
    const amp_problem_t *problem;           /**< amp_client_problem() after the request, or NULL. */
    const amp_connection_t *connection;     /**< The connection. NULL: that of the installation, if any. */
    const amp_installation_t *installation; /**< The installation, or NULL when it was not requested. */
    amp_time_t utc;  /**< The device's clock; 0: not set. Only used to compare a retry date when the answer
                      * does not contain the service's time. */
    uint32_t now_ms; /**< The port's clock, in milliseconds. */
    uint8_t is_expected; /**< 1: a connection is being created, so "no connection" is AMP_VERDICT_PENDING. */
} amp_evidence_t;

/** The output of amp_health. It contains no pointer into the caller's memory. */
typedef struct {
    amp_verdict_t verdict;    /**< The verdict. */
    amp_remedy_t remedy;      /**< The remedy. */
    const char *why;          /**< The reason, one English clause; a static string. */
    char word[AMP_WORD_SIZE]; /**< The service's word that decided, NUL-terminated, or empty. */
    uint32_t wait_ms;         /**< Milliseconds from now to the next check. */
    uint32_t next_ms;         /**< Time of the next check on the port's clock, which wraps at 2^32. */
} amp_health_t;

/** Judges the health of a connection. `evidence` is only read. `pace` supplies the times; its failure count
 * is updated. The result is written to *out_health. Never fails. */
AMP_PUBLIC void amp_health(const amp_evidence_t *evidence, amp_pace_t *pace, amp_health_t *out_health);

/** Returns the name of a verdict, such as "REAUTHORIZE"; "unknown" for an unknown number. The string is
 * static and never NULL. */
AMP_PUBLIC const char *amp_verdict_name(amp_verdict_t verdict);

/** Returns the name of a remedy, such as "OAUTH_UPDATE"; "unknown" for an unknown number. The string is
 * static and never NULL. */
AMP_PUBLIC const char *amp_remedy_name(amp_remedy_t remedy);

/** Returns a remedy as one English clause without a full stop; "unknown" for an unknown number. The string is
 * static and never NULL. */
AMP_PUBLIC const char *amp_remedy_text(amp_remedy_t remedy);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: MIT */
/** @file
 * The doctor: a self-test for commissioning and for support. It checks, in this order, name resolution, TCP,
 * TLS, the clock, the service, the credential and the project. Each check has a result, a detail and advice.
 * A check that depends on a failed one is skipped.
 *
 * The first request is getProvider, which needs no credential, over a new connection. The second one lists
 * the connections of a group that does not exist, if a credential and a project are set. Neither changes
 * anything.
 *
 * @code
 *   const amp_doctor_args_t args = {.tls = &tls, .clock = seconds_now, .address = amp_posix_address,
 *                                   .address_ctx = &socket};
 *   status = amp_doctor_start(&doctor, &client, &args);
 *   while (status >= 0 && (status = amp_doctor_next(&doctor)) == AMP_ITEM) {
 *       show(amp_doctor_check_name(doctor.check), amp_doctor_result_name(doctor.result), doctor.detail,
 *            doctor.advice);
 *   }
 *   if (status == AMP_END && doctor.status == AMP_OK) { all is well }
 * @endcode */
#ifndef AMPERSAND_DOCTOR_H
#define AMPERSAND_DOCTOR_H

#include "operations.h"
#include "tls.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AMP_DOCTOR_DETAIL_SIZE 320u /**< Bytes of amp_doctor_t.detail, NUL included. */
#define AMP_DOCTOR_ADDRESS_SIZE 46u /**< Bytes of an address as text, NUL included; an IPv6 address fits. */
#define AMP_DOCTOR_OFFSET_S 300     /**< A clock that differs by more seconds from the service's fails. */

/** The checks, in their order. */
typedef enum {
    AMP_DOCTOR_DNS,        /**< The host name was resolved. Detail: the name and the address. */
    AMP_DOCTOR_TCP,        /**< A TCP connection was made. Detail: address and port. */
    AMP_DOCTOR_TLS,        /**< The TLS handshake succeeded. Detail: version, cipher suite, issuer of the
                              certificate. */
    AMP_DOCTOR_CLOCK,      /**< The device's clock is that of the service. Detail: time, offset in seconds. */
    AMP_DOCTOR_SERVICE,    /**< The service answered. Detail: the provider and its kind of authorization. */
    AMP_DOCTOR_CREDENTIAL, /**< The service accepts the credential. */
    AMP_DOCTOR_PROJECT,    /**< The project exists. */
    AMP_DOCTOR_COUNT_
} amp_doctor_check_t;

/** The result of a check. */
typedef enum {
    AMP_DOCTOR_SKIPPED, /**< Not checked; the detail has the reason, unless it is another check that failed.
                         */
    AMP_DOCTOR_OK,      /**< Passed. */
    AMP_DOCTOR_FAILED,  /**< Failed; see detail and advice. */
    AMP_DOCTOR_RESULT_COUNT_
} amp_doctor_result_t;

/** Writes the address of the connected peer as text, NUL-terminated; an empty text if it is unknown.
 * amp_posix_address is such a function. */
typedef void (*amp_address_fn)(void *ctx, char *out, size_t size);

/** Arguments of the doctor. They must stay in place until the doctor is over. Zeroed members are not used. */
typedef struct {
    const amp_port_t
        *tls;           /**< The port of amp_tls_init, for details of TLS. NULL: the port does TLS itself. */
    amp_clock_fn clock; /**< The device's clock. NULL: there is no clock, and it is not checked. */
    void *clock_ctx;    /**< Argument of `clock`. */
    amp_address_fn address; /**< Returns the peer's address. NULL: it is not shown. */
    void *address_ctx;      /**< Argument of `address`, for example the amp_posix_t. */
    amp_str_t provider;     /**< The provider to request; default: "salesforce". */
    uint8_t no_credential;  /**< 1: config->api_key is a placeholder, so it is not checked. */
} amp_doctor_args_t;

/** The functions of TLS that the doctor calls. They are passed as pointers, so that a program without TLS
 * does not link them. amp_doctor_start passes them. */
typedef struct {
    void (*stats)(const amp_port_t *port, amp_tls_stats_t *out_stats);       /**< amp_tls_stats. */
    void (*failure)(const amp_port_t *port, amp_tls_failure_t *out_failure); /**< amp_tls_failure. */
} amp_doctor_tls_t;

/** A doctor. The first members describe the present check; the others are private. */
typedef struct {
    amp_doctor_check_t check;   /**< The check of the last AMP_ITEM. */
    amp_doctor_result_t result; /**< Its result. */
    uint32_t ms; /**< Milliseconds that it took; 0 for the clock, the project and a skipped check. */
    char detail[AMP_DOCTOR_DETAIL_SIZE]; /**< The finding, without a full stop; may be empty. A text that
                                            repeats the API key is left out. Control characters from the
                                            network are replaced. */
    const char *advice; /**< The remedy, a static clause; empty if the check did not fail or was cancelled. */
    amp_status_t status;                       /**< AMP_OK, or the error of the first failed check so far. */
    uint8_t state;                             /**< Private, as all below: the state of the flow. */
    uint8_t next;                              /**< The next check. */
    uint8_t has_asked;                         /**< 1: the second request was started. */
    amp_status_t last;                         /**< Result of the last step. */
    amp_status_t answer;                       /**< Result of the last request. */
    amp_client_t *client;                      /**< The client in use. */
    const amp_doctor_args_t *args;             /**< The caller's arguments. */
    const amp_doctor_tls_t *tls;               /**< Functions of TLS, or NULL. */
    uint32_t reached_ms[AMP_STAGE_COUNT_ + 1]; /**< When each stage was reached; the last: the end. */
    uint8_t stage;                             /**< The latest stage reached. */
    char address[AMP_DOCTOR_ADDRESS_SIZE];     /**< Address of the peer, or empty. */
    amp_get_provider_t request;                /**< Arguments of the first request. */
    amp_provider_t provider;                   /**< Its answer. */
} amp_doctor_t;

/** Implements amp_doctor_start. Call it directly, with `tls` NULL, in a program that does not link mbedTLS.
 */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_doctor_start_with(amp_doctor_t *doctor, amp_client_t *client,
                                                             const amp_doctor_args_t *args,
                                                             const amp_doctor_tls_t *tls);

/** Starts the checks. A connection that the client has kept is closed. Do not use the client for anything
 * else until the doctor is over. Returns AMP_OK, or AMP_ERR_STATE while the client has a request in progress.
 */
static inline AMP_MUST_CHECK amp_status_t amp_doctor_start(amp_doctor_t *doctor, amp_client_t *client,
                                                           const amp_doctor_args_t *args)
{
    static const amp_doctor_tls_t functions = {amp_tls_stats, amp_tls_failure};
    return amp_doctor_start_with(doctor, client, args, args->tls != NULL ? &functions : NULL);
}

/** Continues the checks. Never waits.
 *
 * Returns
 * - AMP_PENDING: call again, at once or after amp_doctor_wait.
 * - AMP_ITEM, once for each check: check, result, ms, detail and advice are set.
 * - AMP_END: all checks were made. A failed check is no error of the flow: see `status`.
 * - AMP_ERR_ARGUMENT: the provider's name cannot be sent. AMP_ERR_STATE: the client was closed or used for
 *   something else. The error is sticky. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_doctor_step(amp_doctor_t *doctor);

/** Returns the milliseconds until a step is due even if no event of amp_wanted(client) occurs; 0: at once;
 * AMP_NEVER_MS: the doctor is over. See amp_idle_ms. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_doctor_idle_ms(const amp_doctor_t *doctor);

/** Calls amp_doctor_step, and waits for the network, until there is a result. Returns AMP_ITEM, AMP_END, or a
 * negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_doctor_next(amp_doctor_t *doctor);

/** Returns the name of a check, such as "dns"; "unknown" for an unknown number. The string is static and
 * never NULL. */
AMP_PUBLIC const char *amp_doctor_check_name(amp_doctor_check_t check);

/** Returns the name of a result: "skipped", "ok" or "failed"; "unknown" for an unknown number. The string is
 * static and never NULL. */
AMP_PUBLIC const char *amp_doctor_result_name(amp_doctor_result_t result);

#ifdef __cplusplus
}
#endif
#endif

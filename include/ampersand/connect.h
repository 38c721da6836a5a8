/* SPDX-License-Identifier: MIT */
/** @file
 * The connect flow: a user authorizes a connection in a browser on another machine, and the device polls
 * until the service has it.
 *
 * The flow stores the tenant's present connections and requests the URL to show. If the tenant's connection
 * uses OAuth and has bad credentials, the URL comes from oauthUpdate, otherwise from oauthConnect. Then the
 * flow polls until there is a new connection, or until an unhealthy connection has become healthy.
 *
 * A connection that was healthy at the start does not count: a new authorization looks like a refreshed
 * token. Call amp_connection_status first.
 *
 * @code
 *   status = amp_connect_start(&connect, &client, &args);
 *   while (status == AMP_OK || status == AMP_PENDING || status == AMP_ITEM) {
 *       status = amp_connect_step(&connect);
 *       if (status == AMP_ITEM) { show args.url }
 *       do other things, or amp_connect_wait(&connect, 1000);
 *   }
 *   if (status == AMP_END && connect.state == AMP_CONNECT_CONNECTED) { use args.out->id }
 * @endcode */
#ifndef AMPERSAND_CONNECT_H
#define AMPERSAND_CONNECT_H

#include "health.h"
#include "tenant.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Default of amp_connect_args_t.timeout_ms. The service documents no lifetime of the URL. A user needs some
 * minutes to get to the device and sign in. */
#define AMP_CONNECT_TIMEOUT_MS 600000u

/** State of the flow. */
typedef enum {
    AMP_CONNECT_BASELINE,  /**< Requests the present connections. */
    AMP_CONNECT_ASKING,    /**< Requests the URL. */
    AMP_CONNECT_WAITING,   /**< The URL is known. Waits for the next poll. */
    AMP_CONNECT_LOOKING,   /**< Polls for a connection. */
    AMP_CONNECT_CONNECTED, /**< Over: *out is the connection. */
    AMP_CONNECT_FAILED,    /**< Over: an error, or the provider rejects the credentials of the new connection,
                            *out. */
    AMP_CONNECT_EXPIRED    /**< Over: timeout_ms passed and the last poll found no new connection. */
} amp_connect_state_t;

/** Arguments of the flow. They must stay in place, and the client must not be used for anything else, until
 * the flow is over. */
typedef struct {
    amp_oauth_connect_t request; /**< provider, group_ref and consumer_ref are required. */
    amp_url_buf_t url;           /**< Receives the URL; 1024 bytes hold all URLs seen so far. */
    amp_connection_t *out;       /**< Receives the connection; zeroed after an error. */
    amp_pace_t *pace;            /**< Determines the time between polls. */
    uint32_t timeout_ms; /**< Milliseconds from the time the URL is known. 0: AMP_CONNECT_TIMEOUT_MS; at most
                            AMP_PACE_DAY_MS. */
} amp_connect_args_t;

/** A connect flow. All members except `state` are private. */
typedef struct {
    amp_connect_state_t state; /**< State of the flow. */
    amp_status_t status;       /**< Result of the last step. */
    amp_client_t *client;      /**< The client in use. */
    amp_connect_args_t *args;  /**< The caller's arguments. */
    uint32_t next_ms;          /**< Time of the next poll on the port's clock. */
    uint32_t end_ms;           /**< Time of the last poll on the port's clock. */
    amp_tenant_t tenant;       /**< The tenant of the request. */
    amp_oauth_update_t update; /**< The connection to authorize again. */
    amp_baseline_t baseline;   /**< Connections at the start. */
    amp_look_t look;           /**< The query in progress. */
} amp_connect_t;

/** Starts the flow. `connect`, `client` and `args` must stay in place until the flow is over.
 * amp_connect_step reports an invalid argument. Returns AMP_OK, or AMP_ERR_STATE while the client has a
 * request in progress. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_start(amp_connect_t *connect, amp_client_t *client,
                                                         amp_connect_args_t *args);

/** Continues the flow. Never waits.
 *
 * Returns
 * - AMP_PENDING: call again, at once or after amp_connect_wait.
 * - AMP_ITEM, once: the URL is in args->url. Show it and continue.
 * - AMP_END: the flow is over; see `state`.
 * - A negative amp_status_t: the flow failed. The error is sticky. amp_client_info describes the failed
 *   request. It does not describe AMP_ERR_CANCELLED between two requests, or AMP_ERR_STATE because the client
 *   was in use.
 *
 * Once the URL is known, a temporary error (network, 429, 5xx) ends only the current poll, and the flow polls
 * again later. In the last poll such an error ends the flow, because the outcome is then unknown. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_step(amp_connect_t *connect);

/** Returns the milliseconds until a step is due even if no event of amp_wanted(client) occurs; 0: at once;
 * AMP_NEVER_MS: the flow is over. See amp_idle_ms. In the state AMP_CONNECT_WAITING a device may sleep for
 * that time. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_connect_idle_ms(const amp_connect_t *connect);

/** Waits until the next step is due or the network has an event, for at most `max_ms` milliseconds. */
AMP_PUBLIC void amp_connect_wait(amp_connect_t *connect, uint32_t max_ms);

/** Calls amp_connect_step and amp_connect_wait until there is a result. Returns AMP_ITEM, AMP_END, or a
 * negative amp_status_t. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_next(amp_connect_t *connect);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: MIT */
/* The connect flow: a user authorizes a connection in a browser, on another machine, and a device
 * that is told nothing finds out. It notes which connections the tenant has, asks for the URL to show
 * (of oauthUpdate when the tenant's connection is an OAuth one with bad credentials, of oauthConnect
 * else), and looks again and again until there is a connection that was not there before, or one that
 * is healthy and was not.
 *
 * A connection that was healthy from the start does not count, whatever becomes of it: nothing tells a
 * new authorization from a token that was refreshed. Ask amp_connection_status first.
 *
 *   status = amp_connect_start(&connect, &client, &args);
 *   while (status == AMP_OK || status == AMP_PENDING || status == AMP_ITEM) {
 *       status = amp_connect_step(&connect);
 *       if (status == AMP_ITEM) { show args.url }
 *       do other things, or amp_connect_wait(&connect, 1000);
 *   }
 *   if (status == AMP_END && connect.state == AMP_CONNECT_CONNECTED) { use args.out->id } */
#ifndef AMPERSAND_CONNECT_H
#define AMPERSAND_CONNECT_H

#include "health.h"
#include "tenant.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No lifetime of the URL is documented; a user who was called to the device needs some minutes. */
#define AMP_CONNECT_TIMEOUT_MS 600000u

/* Where the flow is. */
typedef enum {
    AMP_CONNECT_BASELINE,  /* asks what is there */
    AMP_CONNECT_ASKING,    /* asks for the URL */
    AMP_CONNECT_WAITING,   /* the URL is to be shown; waits for the next look */
    AMP_CONNECT_LOOKING,   /* looks whether the user is done */
    AMP_CONNECT_CONNECTED, /* over: *out is the connection */
    AMP_CONNECT_FAILED,    /* over: there is a new one, and the provider refuses its credentials, *out; or
                            * an error */
    AMP_CONNECT_EXPIRED    /* over: timeout_ms passed, and at its end there was nothing new */
} amp_connect_state_t;

/* All of it stays in place, and the client is used for nothing else, until it is over. */
typedef struct {
    amp_oauth_connect_t request; /* provider, group_ref and consumer_ref are required */
    amp_url_buf_t url;           /* where the URL goes; 1024 bytes hold those that were seen */
    amp_connection_t *out;       /* the connection, once it is over; zeroed after an error */
    amp_pace_t *pace;            /* says when it looks */
    uint32_t timeout_ms; /* from when the URL is there; 0: AMP_CONNECT_TIMEOUT_MS; at most AMP_PACE_DAY_MS */
} amp_connect_args_t;

/* Private but for `state`. */
typedef struct {
    amp_connect_state_t state;
    amp_status_t status; /* what the last step gave */
    amp_client_t *client;
    amp_connect_args_t *args;
    uint32_t next_ms; /* of the port's clock: the next look, */
    uint32_t end_ms;  /* and the last */
    amp_tenant_t tenant;
    amp_oauth_update_t update;
    amp_baseline_t baseline;
    amp_look_t look;
} amp_connect_t;

/* AMP_OK, or AMP_ERR_STATE while the client has a request under way. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_start(amp_connect_t *connect, amp_client_t *client,
                                                         amp_connect_args_t *args);

/* Goes on; never waits.
 * AMP_PENDING  call again, at once or when amp_connect_wait() says that it is worth it
 * AMP_ITEM     the URL is in args->url: show it, and go on; once
 * AMP_END      over: see `state`
 * below 0      it failed; sticks. amp_client_info() has more when a request did: not when the flag was set
 *              between two of them (AMP_ERR_CANCELLED), or the client was in use (AMP_ERR_STATE).
 *              Once the URL is there, an error that may pass (the network, 429, 5xx) ends nothing but
 *              the look, which comes again later; the last look's does, because then it is not known
 *              whether there is a connection. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_step(amp_connect_t *connect);

/* Milliseconds until a step has something to do, 0 at once: a device may sleep as long. Once it is over,
 * 0. */
AMP_PUBLIC uint32_t amp_connect_idle_ms(const amp_connect_t *connect);

/* Waits until then, `max_ms` at most, or until the network has something. */
AMP_PUBLIC void amp_connect_wait(amp_connect_t *connect, uint32_t max_ms);

/* amp_connect_step and amp_connect_wait until AMP_ITEM, AMP_END or an error. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_connect_next(amp_connect_t *connect);

#ifdef __cplusplus
}
#endif
#endif

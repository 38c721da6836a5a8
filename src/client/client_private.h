/* SPDX-License-Identifier: MIT */
/* The phases of a request, and the functions that the files of the state machine share. docs/architecture.md
 * has a picture of the phases. */
#ifndef AMP_SRC_CLIENT_PRIVATE_H
#define AMP_SRC_CLIENT_PRIVATE_H

#include "exchange.h"

/* Longest wait, in ms, while a cancel flag or a token callback is polled: neither can wake the port. */
#define AMP_POLL_MS 50u

#define AMP_HTTP_UNAUTHORIZED 401u
#define AMP_HTTP_REQUEST_TIMEOUT 408u

/* Values of `phase`, in order: a request is in progress from AMP_PHASE_TOKEN to AMP_PHASE_RECEIVE. */
enum {
    AMP_PHASE_UNUSABLE,  /* amp_init failed or was not called; info.status is an error, or 0 */
    AMP_PHASE_IDLE,      /* no request was started since amp_init or amp_reset */
    AMP_PHASE_TOKEN,     /* gets the JWT and checks the arguments */
    AMP_PHASE_OPEN,      /* the port opens a connection */
    AMP_PHASE_CHECK,     /* tests whether a kept connection is still alive */
    AMP_PHASE_SEND,      /* sends the request */
    AMP_PHASE_RECEIVE,   /* reads the answer */
    AMP_PHASE_LAST_ITEM, /* the last step returned the only record; the next one returns AMP_END */
    AMP_PHASE_OVER       /* the request ended */
};
typedef char amp_phase_fits_t[AMP_PHASE_OVER <= UINT8_MAX ? 1 : -1];

/* Values of `busy`; 0 between two steps. */
enum {
    AMP_BUSY_STEP = 1, /* a step is in progress */
    AMP_BUSY_RESET,    /* and a callback has called amp_reset */
    AMP_BUSY_CLOSE     /* and a callback has called amp_close */
};

/* A flag of `wanted`, next to the port's AMP_WAIT_READ and AMP_WAIT_WRITE: the token callback returned
 * AMP_PENDING and must be called again. */
#define AMP_WAIT_TOKEN 0x80u
typedef char amp_wait_token_is_free_t[(AMP_WAIT_TOKEN & (AMP_WAIT_READ | AMP_WAIT_WRITE)) == 0 ? 1 : -1];

/* client.c */

/* Zeroes the work buffer and everything else that may hold a secret after a request. Clears `wanted`, so that
 * amp_wait returns at once. */
void amp__client_wipe(amp_client_t *client);

/* Closes the port's connection. May be called without a connection. */
void amp__disconnect(amp_client_t *client);

/* client_deadline.c */

/* Returns the milliseconds until the deadline, or 0 if it has passed. The function compares the elapsed time
 * with the limit, not the clock with the deadline (see tick.h). So a request that is stepped again after more
 * than 2^31 ms is still expired. */
uint32_t amp__client_remaining_ms(const amp_client_t *client);

/* client_token_renewal.c */

/* Gets the JWT of the request from the token callback, if one is configured. Returns AMP_OK, AMP_PENDING with
 * `wanted` set, or AMP_ERR_TOKEN. */
amp_status_t amp__client_get_token(amp_client_t *client);

/* Returns 1 if the answer is a 401 after which the request must be sent once more, with a new token. */
int amp__client_renews_token(const amp_client_t *client);

/* client_receive.c */

/* Performs one step of AMP_PHASE_RECEIVE and returns its result. The function is not in the file of amp_step.
 * If it were inlined there, its frame would add to the deepest stack, which the writing of a request has. */
amp_status_t amp__client_receive(amp_client_t *client);

/* client_stale_connection.c */

/* Performs AMP_PHASE_CHECK. Replaces a kept connection before anything is sent over it, if the peer has
 * closed it or has sent unrequested bytes. Those bytes would be read as the answer to this request. */
void amp__client_check(amp_client_t *client);

/* Returns 1 if the kept connection was stale and the request may be sent again over a new one. */
int amp__client_was_stale(const amp_client_t *client);

/* Closes the connection and restarts the request over a new connection. */
void amp__client_reopen(amp_client_t *client);

/* Handles the end or the failure of the connection. Returns AMP_PENDING if the request is sent again over a
 * new connection, otherwise the error that ends the request. */
amp_status_t amp__client_lost(amp_client_t *client, amp_status_t status);

/* client_end.c */

/* Ends the request with its result `status`: AMP_ITEM, AMP_END or an error. Returns `status`, or
 * AMP_ERR_UNKNOWN_OUTCOME if `status` is an error and the request may have taken effect. */
amp_status_t amp__client_finish(amp_client_t *client, amp_status_t status);

/* Closes the connection and ends the request in progress with the error `status`. Returns `status`, or
 * AMP_ERR_UNKNOWN_OUTCOME if the request may have taken effect. */
amp_status_t amp__client_fail(amp_client_t *client, amp_status_t status);

/* Copies the port's error number, and its stage while it opens a connection, into `info`. */
void amp__client_report(amp_client_t *client);

#endif

/* SPDX-License-Identifier: MIT */
/* A request's way, and what the files that move a client along it share. */
#ifndef AMP_SRC_CLIENT_PRIVATE_H
#define AMP_SRC_CLIENT_PRIVATE_H

#include "exchange.h"

enum {
    AMP_PHASE_UNUSABLE, /* amp_init failed, or was not called: info.status is an error, or 0 */
    AMP_PHASE_IDLE,
    AMP_PHASE_TOKEN,
    AMP_PHASE_OPEN,
    AMP_PHASE_CHECK,
    AMP_PHASE_SEND,
    AMP_PHASE_RECEIVE,
    AMP_PHASE_LAST_ITEM, /* the only record was handed out */
    AMP_PHASE_OVER
};

/* For `busy`: a step is in progress; a callback in it called amp_reset or amp_close. */
enum { AMP_BUSY_STEP = 1, AMP_BUSY_RESET, AMP_BUSY_CLOSE };

/* For `wanted`, beside the port's AMP_WAIT_…: the token callback is to be asked again. */
#define AMP_WAIT_TOKEN 0x80u

/* Ends the request with its result: AMP_ITEM, AMP_END or an error. Returns `status`, or
 * AMP_ERR_UNKNOWN_OUTCOME when it is an error and the request may have taken effect. */
amp_status_t amp__client_finish(amp_client_t *client, amp_status_t status);

/* The connection ended or failed. Returns AMP_PENDING when the request is sent again over a new connection,
 * else the error that ends the request. */
amp_status_t amp__client_lost(amp_client_t *client, amp_status_t status);

/* 1 when the kept connection was stale and the request may be sent over a new one. */
int amp__client_was_stale(const amp_client_t *client);

/* Replaces the connection, and starts the request from its beginning. */
void amp__client_reopen(amp_client_t *client);

/* Copies the port's report into `info`. */
void amp__client_report(amp_client_t *client);

/* The step of AMP_PHASE_RECEIVE. A function of another file than amp_step, so that its frame is not below the
 * deepest calls, which write a request. */
amp_status_t amp__client_receive(amp_client_t *client);

/* Ends the request in progress with an error. Returns that error, or AMP_ERR_UNKNOWN_OUTCOME when the
 * request may have taken effect. */
amp_status_t amp__client_fail(amp_client_t *client, amp_status_t status);

/* Wipes what may hold a secret between two requests, and forgets what was waited for. */
void amp__client_wipe(amp_client_t *client);

/* Milliseconds to the deadline, 0 when it has passed. The time since the start is compared, not the
 * deadline: a request that is stepped again after more than 2^31 ms does not come back to life. */
uint32_t amp__client_left_ms(const amp_client_t *client);

/* Ends the port's connection. */
void amp__disconnect(amp_client_t *client);

#endif

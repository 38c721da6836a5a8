/* SPDX-License-Identifier: MIT */
/* A request's way, and what the files that move a client along it share. */
#ifndef AMP_SRC_PHASE_H
#define AMP_SRC_PHASE_H

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

/* For `wanted`, beside the port's AMP_WAIT_…: the token callback is to be asked again. */
#define AMP_WAIT_TOKEN 0x80u

/* Ends the request under way in an error, which it gives back; or AMP_ERR_UNKNOWN_OUTCOME when it may
 * have taken effect all the same. */
amp_status_t amp_client_fail(amp_client_t *client, amp_status_t status);

/* Wipes what may hold a secret between two requests, and forgets what was waited for. */
void amp_client_wipe(amp_client_t *client);

/* Ends the port's connection. */
void amp_disconnect(amp_client_t *client);

#endif

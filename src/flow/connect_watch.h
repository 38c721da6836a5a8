/* SPDX-License-Identifier: MIT */
#ifndef AMP_SRC_CONNECT_WATCH_H
#define AMP_SRC_CONNECT_WATCH_H

#include "ampersand/connect.h"

/* Milliseconds from now to a time of the port's clock, 0 when it has come. */
uint32_t amp__connect_until(const amp_connect_t *connect, uint32_t ms);

/* Begins a look, the first (AMP_CONNECT_BASELINE) or a later one (AMP_CONNECT_LOOKING). */
amp_status_t amp__connect_look(amp_connect_t *connect, amp_connect_state_t state);

/* The URL is there: AMP_ITEM, with the first look and the last planned. */
amp_status_t amp__connect_show(amp_connect_t *connect);

/* A look has ended with `status`: AMP_END when that decides it, AMP_PENDING with the next look planned,
 * or the error that ends it. */
amp_status_t amp__connect_judge(amp_connect_t *connect, amp_status_t status);

#endif

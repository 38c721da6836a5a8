/* SPDX-License-Identifier: MIT */
/* Schedules the looks of a connect flow, and evaluates their results. */
#ifndef AMP_SRC_CONNECT_WATCH_H
#define AMP_SRC_CONNECT_WATCH_H

#include "ampersand/connect.h"

/* Returns the milliseconds until `end_ms` of the port's clock, or 0 if that time has passed. */
uint32_t amp__connect_remaining_ms(const amp_connect_t *connect, uint32_t end_ms);

/* Starts a look and enters `state`: AMP_CONNECT_BASELINE for the first look, AMP_CONNECT_LOOKING for the
 * others. Returns AMP_OK or an error. */
amp_status_t amp__connect_look(amp_connect_t *connect, amp_connect_state_t state);

/* Handles the arrival of the URL. Schedules the next look and the end of the flow, and returns AMP_ITEM so
 * that the application shows the URL. */
amp_status_t amp__connect_show(amp_connect_t *connect);

/* Handles `status`, the result of a look. Returns AMP_END if it decides the flow, AMP_PENDING with the next
 * look scheduled, or the error that ends the flow. */
amp_status_t amp__connect_judge(amp_connect_t *connect, amp_status_t status);

#endif

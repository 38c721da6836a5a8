/* SPDX-License-Identifier: MIT */
/** @file
 * Dialling: hangs up, sends the dial command, and reads the modem's answer. Private to amp_uart.c. */
#ifndef AMP_UART_DIAL_H
#define AMP_UART_DIAL_H

#include "amp_uart.h"

/** Starts to dial. If the modem may be connected, it is first ordered to hang up. */
void amp_uart_dial(amp_uart_t *state, const char *host, uint16_t number);

/** Continues to dial. Returns 1 when connected, 0 while dialling, or AMP_ERR_CONNECT when the modem reports
 * failure. */
int amp_uart_dial_on(amp_uart_t *state);

/** Returns the events to wait for (AMP_WAIT_…) before the next call. Lowers *ms to the longest useful wait.
 */
unsigned amp_uart_dial_wants(const amp_uart_t *state, uint32_t *ms);

#endif

/* SPDX-License-Identifier: MIT */
/* How the modem is made to connect. Private to amp_uart.c. */
#ifndef AMP_UART_DIAL_H
#define AMP_UART_DIAL_H

#include "amp_uart.h"

/* Begins: the modem is told to hang up, if it may be connected, and then to dial. */
void amp_uart_dial(amp_uart_t *state, const char *host, uint16_t number);

/* Goes on. 1 connected, 0 not yet, AMP_ERR_CONNECT: the modem says that it is not. */
int amp_uart_dial_on(amp_uart_t *state);

/* What to wait for before going on (AMP_WAIT_…), and, in *ms, for how long at most. */
unsigned amp_uart_dial_wants(const amp_uart_t *state, uint32_t *ms);

#endif

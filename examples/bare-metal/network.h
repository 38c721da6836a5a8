/* SPDX-License-Identifier: MIT */
/* lwIP over the board's Ethernet, with a fixed address. */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdint.h>

void network_start(void);

/* Port numbers and the like, which must not be guessed. */
uint32_t network_random(void);

/* Hands what has arrived to lwIP and runs its timers; sleeps up to a millisecond when nothing has.
 * For amp_lwip_init. */
void network_poll(void *ctx, uint32_t ms);

#endif

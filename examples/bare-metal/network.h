/* SPDX-License-Identifier: MIT */
/* lwIP over the board's Ethernet controller, with a fixed address. */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdint.h>

/* Starts lwIP. Call it once. */
void network_start(void);

/* A random number, for values that an attacker must not guess, such as port numbers. */
uint32_t network_random(void);

/* Passes received frames to lwIP and runs its timers. Sleeps up to a millisecond if no frame was received and
 * `ms` is not 0. It is the `poll` of amp_lwip_init. */
void network_poll(void *ctx, uint32_t ms);

#endif

/* SPDX-License-Identifier: MIT */
/* What the image needs of its board: here QEMU's model of an MPS2, with a console, a clock and
 * randomness by semihosting, which asks the machine that the emulator runs on. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

#define BOARD_PAINT 0xa5a5a5a5u

void board_start(void);
void board_tick(void); /* the system timer's interrupt, each millisecond */

uint32_t board_now_ms(void);

/* Seconds since 1970 by the emulator's clock: a board asks the network or a clock of its own. */
uint32_t board_clock(void);

/* Sleeps until an interrupt. The time is not counted as work, nor is that since the last sleep when
 * nothing came of it. */
void board_sleep(int was_idle);

/* Ticks of 40 ns that were not slept, since the start; wraps after 171 seconds. */
uint32_t board_work(void);

/* Bytes of stack that were ever used. */
size_t board_stack_used(void);

void board_print(const char *text);
void board_print_len(const char *text, size_t len); /* 120 bytes at most */
void board_print_number(uint32_t number);

/* Restarts everything but what is in BOARD_RETAINED. */
void board_restart(void) __attribute__((noreturn));
#define BOARD_RETAINED __attribute__((section(".retained")))

/* Ends the emulator with this exit status. */
void board_exit(int status) __attribute__((noreturn));

/* Fills `out` from the emulator's host (/dev/urandom, by semihosting). 0 when all were had. There
 * is no such source on a real board: it has a generator of its own, or none, and then no TLS. */
int emulator_random(uint8_t *out, size_t len);

#endif

/* SPDX-License-Identifier: MIT */
/* The board's functions. This board is QEMU's model of an MPS2. Its console, clock and randomness use
 * semihosting, which calls the machine that runs the emulator. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

#define BOARD_PAINT 0xa5a5a5a5u /* fills the unused stack */

void board_start(void);
void board_tick(void); /* the interrupt of the system timer, each millisecond */

/* Milliseconds since the start; wraps at 2^32. */
uint32_t board_now_ms(void);

/* Seconds since 1970, from the emulator's host. A real board uses the network's time or its own clock. */
uint32_t board_clock(void);

/* Sleeps until an interrupt. The sleep does not count as work. If `was_idle` is 1, the time since the last
 * sleep does not count as work either. */
void board_sleep(int was_idle);

/* Time of work since the start, in ticks of 40 ns; wraps after 171 seconds. */
uint32_t board_work(void);

/* The high-water mark of the stack in bytes. */
size_t board_stack_used(void);

void board_print(const char *text);
void board_print_len(const char *text, size_t len); /* prints at most 120 bytes */
void board_print_number(uint32_t number);

/* Resets the processor. Only variables in BOARD_RETAINED keep their values. */
void board_restart(void) __attribute__((noreturn));
#define BOARD_RETAINED __attribute__((section(".retained")))

/* Ends the emulator with the exit status `status`. */
void board_exit(int status) __attribute__((noreturn));

/* Fills `out` with `len` random bytes from /dev/urandom of the emulator's host. Returns 0, or -1 on failure.
 * A real board needs a hardware generator instead; TLS is impossible without one. */
int emulator_random(uint8_t *out, size_t len);

#endif

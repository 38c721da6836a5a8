/* SPDX-License-Identifier: MIT */
/* The board's functions. Each folder of boards/ has a board.c that implements the first group. The second
 * group is the same for all boards. Console, clock and randomness use semihosting, which calls the machine
 * that runs the emulator. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

/* One board: boards/NAME/board.c */

/* Starts the timers. */
void board_start(void);

/* Milliseconds since the start; wraps at 2^32. */
uint32_t board_now_ms(void);

/* Sleeps until an interrupt, a millisecond at most. The sleep does not count as work. If `was_idle` is 1, the
 * time since the last sleep does not count as work either. */
void board_sleep(int was_idle);

/* Time of work since the start, in ticks of the board; wraps at 2^32. A tick of mps2 is 40 ns, of virt 64
 * cycles. With QEMU's -icount a cycle is 1 ns. */
uint32_t board_work(void);

/* Resets the processor. Only variables in BOARD_RETAINED keep their values. */
void board_restart(void) __attribute__((noreturn));
#define BOARD_RETAINED __attribute__((section(".retained")))

/* Calls the emulator: the instruction that Arm's semihosting specification defines for the processor, with
 * the number of an operation and its argument. Returns the operation's result. */
uint32_t board_semihosting(uint32_t number, const void *argument);

/* All boards: startup.c */

/* Prepares memory, calls main, and ends the emulator. The reset code calls it with the stack pointer at
 * stack_top. */
void board_run(void) __attribute__((noreturn));

/* Ends the emulator. It handles every exception that a board does not expect. */
void board_fault(void) __attribute__((noreturn));

/* The high-water mark of the stack in bytes. */
size_t board_stack_used(void);

/* All boards: semihosting.c */

void board_print(const char *text);
void board_print_len(const char *text, size_t len); /* prints at most 120 bytes */
void board_print_number(uint32_t number);

/* Seconds since 1970, from the emulator's host. A real board uses the network's time or its own clock. */
uint32_t board_clock(void);

/* Ends the emulator with the exit status `status`. */
void board_exit(int status) __attribute__((noreturn));

/* Fills `out` with `len` random bytes from /dev/urandom of the emulator's host. Returns 0, or -1 on failure.
 * A real board needs a hardware generator instead; TLS is impossible without one. */
int emulator_random(uint8_t *out, size_t len);

#endif

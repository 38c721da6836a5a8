/* SPDX-License-Identifier: MIT */
/* From reset to main, for Cortex-M0+, M3 and M4: paints the stack, initializes .data and .bss, starts the
 * timers. */
#include "board.h"

#include <string.h>

extern uint32_t stack_limit[], stack_top[], data_start[], data_end[], bss_start[], bss_end[];
extern const uint32_t data_load[];

int main(void);

void reset(void) __attribute__((noreturn));
static void fault(void) __attribute__((noreturn));

/* The handler of every exception without its own handler. */
static void fault(void)
{
    board_print("fault\n");
    board_exit(1);
}

void reset(void)
{
    uint32_t *here = __builtin_frame_address(0);
    /* Paint the stack. board_stack_used() looks for the first word that was overwritten. */
    for (uint32_t *word = stack_limit; word < here - 16; ++word) {
        *word = BOARD_PAINT;
    }
    memcpy(data_start, data_load, (size_t)((uint8_t *)data_end - (uint8_t *)data_start));
    memset(bss_start, 0, (size_t)((uint8_t *)bss_end - (uint8_t *)bss_start));
    board_start();
    board_exit(main());
}

typedef void (*startup_handler_t)(void);

typedef union {
    void *stack;
    startup_handler_t handler;
} startup_vector_t;

__attribute__((section(".vectors"), used)) static const startup_vector_t vectors[16] = {
    [0] = {.stack = stack_top}, [1] = {.handler = reset},       [2] = {.handler = fault},
    [3] = {.handler = fault},   [4] = {.handler = fault},       [5] = {.handler = fault},
    [6] = {.handler = fault},   [11] = {.handler = fault},      [12] = {.handler = fault},
    [14] = {.handler = fault},  [15] = {.handler = board_tick},
};

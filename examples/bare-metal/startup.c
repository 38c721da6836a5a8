/* SPDX-License-Identifier: MIT */
/* From reset to main, for every board: paints the stack, initializes .data and .bss, starts the timers. The
 * symbols are those of sections.ld. */
#include "board.h"

#include <string.h>

#define STARTUP_PAINT 0xa5a5a5a5u /* fills the unused stack */
#define STARTUP_OWN_WORDS 32      /* the most that the frame of board_run needs */

extern uint32_t stack_limit[], stack_top[], data_start[], data_end[], bss_start[], bss_end[];
extern const uint32_t data_load[];

int main(void);

void board_run(void)
{
    uint32_t *here = __builtin_frame_address(0);
    for (uint32_t *word = stack_limit; word < here - STARTUP_OWN_WORDS; ++word) {
        *word = STARTUP_PAINT;
    }
    memcpy(data_start, data_load, (size_t)((uint8_t *)data_end - (uint8_t *)data_start));
    memset(bss_start, 0, (size_t)((uint8_t *)bss_end - (uint8_t *)bss_start));
    board_start();
    board_exit(main());
}

void board_fault(void)
{
    board_print("fault\n");
    board_exit(1);
}

/* Looks for the first word that was overwritten. */
size_t board_stack_used(void)
{
    const uint32_t *word = stack_limit;
    while (word < stack_top && *word == STARTUP_PAINT) {
        ++word;
    }
    return (size_t)((const uint8_t *)stack_top - (const uint8_t *)word);
}

/* SPDX-License-Identifier: MIT */
/* Timers, sleep, stack and restart of Arm's MPS2 board (CMSDK timer, SysTick). The system timer wakes the
 * processor every millisecond. */
#include "board.h"

#define BOARD_REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* System registers of Armv6-M and Armv7-M */
#define BOARD_SYSTICK_CONTROL BOARD_REGISTER(0xe000e010u)
#define BOARD_SYSTICK_RELOAD BOARD_REGISTER(0xe000e014u)
#define BOARD_SYSTICK_VALUE BOARD_REGISTER(0xe000e018u)
#define BOARD_RESET_CONTROL BOARD_REGISTER(0xe000ed0cu)
#define BOARD_RESET_REQUEST 0x05fa0004u

/* A timer of the board. It counts down at the processor's clock of 25 MHz. */
#define BOARD_TIMER_CONTROL BOARD_REGISTER(0x40000000u)
#define BOARD_TIMER_VALUE BOARD_REGISTER(0x40000004u)
#define BOARD_TIMER_RELOAD BOARD_REGISTER(0x40000008u)

#define BOARD_TICKS_PER_MS 25000u

extern uint32_t stack_limit[], stack_top[];

static volatile uint32_t now_ms;
static uint32_t slept; /* ticks that were slept in total */
static uint32_t woke;  /* the timer at the end of the last sleep */

void board_start(void)
{
    BOARD_TIMER_RELOAD = UINT32_MAX;
    BOARD_TIMER_VALUE = UINT32_MAX;
    BOARD_TIMER_CONTROL = 1;
    BOARD_SYSTICK_RELOAD = BOARD_TICKS_PER_MS - 1u;
    BOARD_SYSTICK_VALUE = 0;
    BOARD_SYSTICK_CONTROL = 7; /* enabled, with interrupt, at the processor's clock */
}

void board_tick(void)
{
    ++now_ms;
}

uint32_t board_now_ms(void)
{
    return now_ms;
}

void board_sleep(int was_idle)
{
    uint32_t begin = was_idle ? woke : BOARD_TIMER_VALUE;
    __asm volatile("wfi" ::: "memory");
    woke = BOARD_TIMER_VALUE;
    slept += begin - woke;
}

uint32_t board_work(void)
{
    return UINT32_MAX - BOARD_TIMER_VALUE - slept;
}

size_t board_stack_used(void)
{
    const uint32_t *word = stack_limit;
    while (word < stack_top && *word == BOARD_PAINT) {
        ++word;
    }
    return (size_t)((const uint8_t *)stack_top - (const uint8_t *)word);
}

void board_restart(void)
{
    __asm volatile("dsb" ::: "memory");
    BOARD_RESET_CONTROL = BOARD_RESET_REQUEST;
    for (;;) {
    }
}

void board_print_number(uint32_t number)
{
    char text[11];
    char *at = text + sizeof text - 1;
    *at = '\0';
    do {
        *--at = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0);
    board_print(at);
}

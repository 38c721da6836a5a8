/* SPDX-License-Identifier: MIT */
/* Arm's MPS2 board, with a Cortex-M0+, M3 or M4: vector table, timers (CMSDK timer, SysTick), sleep, restart,
 * semihosting. The system timer wakes the processor every millisecond. */
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

extern uint32_t stack_top[];

static volatile uint32_t now_ms;
static uint32_t slept; /* ticks that were slept in total */
static uint32_t woke;  /* the timer at the end of the last sleep */

/* The interrupt of the system timer, each millisecond */
static void tick(void)
{
    ++now_ms;
}

/* The handler of every exception without its own handler. The stack may be full, so it starts with an empty
 * one. */
static void fault(void) __attribute__((naked, used));
static void fault(void)
{
    __asm volatile("ldr r0, =stack_top\n"
                   "msr msp, r0\n"
                   "bl board_fault\n"
                   ".ltorg\n");
}

typedef void (*board_handler_t)(void);

typedef union {
    void *stack;
    board_handler_t handler;
} board_vector_t;

__attribute__((section(".reset"), used)) static const board_vector_t vectors[16] = {
    [0] = {.stack = stack_top}, [1] = {.handler = board_run}, [2] = {.handler = fault},
    [3] = {.handler = fault},   [4] = {.handler = fault},     [5] = {.handler = fault},
    [6] = {.handler = fault},   [11] = {.handler = fault},    [12] = {.handler = fault},
    [14] = {.handler = fault},  [15] = {.handler = tick},
};

void board_start(void)
{
    BOARD_TIMER_RELOAD = UINT32_MAX;
    BOARD_TIMER_VALUE = UINT32_MAX;
    BOARD_TIMER_CONTROL = 1;
    BOARD_SYSTICK_RELOAD = BOARD_TICKS_PER_MS - 1u;
    BOARD_SYSTICK_VALUE = 0;
    BOARD_SYSTICK_CONTROL = 7; /* enabled, with interrupt, at the processor's clock */
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

void board_restart(void)
{
    __asm volatile("dsb" ::: "memory");
    BOARD_RESET_CONTROL = BOARD_RESET_REQUEST;
    for (;;) {
    }
}

uint32_t board_semihosting(uint32_t number, const void *argument)
{
    register uint32_t r0 __asm("r0") = number;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

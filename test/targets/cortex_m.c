/* SPDX-License-Identifier: MIT */
/* The vector table of a Cortex-M at address 0. The code from _start on is newlib's. It requests the memory
 * for stack and heap from the emulator, and ends the emulator with the result of main(). */
#include <stdint.h>

#define STACK_TOP 0x20400000u
#define CCR ((volatile uint32_t *)0xe000ed14u)
#define CCR_UNALIGN_TRP 8u
#define SYS_WRITE0 0x04u
#define SYS_EXIT 0x18u
#define RUN_TIME_ERROR 0x20023u

void _start(void);

static void semihosting(uint32_t operation, uintptr_t argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register uintptr_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void fault(void)
{
    semihosting(SYS_WRITE0, (uintptr_t) "the processor gave up: an access or instruction that it has not\n");
    semihosting(SYS_EXIT, RUN_TIME_ERROR);
    for (;;) {
    }
}

/* A Cortex-M3 reads words from any address unless this bit is set. A Cortex-M0+ always traps unaligned
 * accesses. */
static void reset(void)
{
    *CCR |= CCR_UNALIGN_TRP;
    _start();
}

const struct {
    uintptr_t stack;
    void (*reset)(void);
    void (*others[14])(void);
} vectors __attribute__((section(".vectors"), used)) = {
    STACK_TOP,
    reset,
    {fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault},
};

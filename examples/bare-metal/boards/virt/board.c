/* SPDX-License-Identifier: MIT */
/* QEMU's virt board with a 32-bit RISC-V: reset, traps, write protection, timer, sleep, restart, semihosting
 * (RISC-V privileged architecture 1.12; the addresses are QEMU's). No interrupt is taken: a timer that is due
 * wakes the processor from WFI although interrupts are disabled. */
#include "board.h"

#include "virtio_net.h"

#define BOARD_REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* The timer counts 64 bits up, at 10 MHz. */
#define BOARD_TIME_LOW BOARD_REGISTER(0x0200bff8u)
#define BOARD_TIME_HIGH BOARD_REGISTER(0x0200bffcu)
#define BOARD_ALARM_LOW BOARD_REGISTER(0x02004000u)
#define BOARD_ALARM_HIGH BOARD_REGISTER(0x02004004u)
#define BOARD_TICKS_PER_MS 10000u

#define BOARD_RESET_CONTROL BOARD_REGISTER(0x00100000u)
#define BOARD_RESET_REQUEST 0x7777u

/* One locked entry of the physical memory protection: the 4 MB from 0x80000000 on may be read and executed. A
 * stack that overflows ends there. */
#define BOARD_FLASH_REGION (0x80000000u >> 2 | ((4u << 20) / 8u - 1u))
#define BOARD_FLASH_RULE 0x9du /* locked, a power of two, execute, read */

static uint32_t now_ms;
static uint32_t counted; /* the part of the timer that now_ms includes */
static uint32_t slept;   /* board_work()'s ticks that were slept in total */
static uint32_t woke;    /* the tick at the end of the last sleep */

/* The first instructions after a reset. The ABI wants a stack pointer that is a multiple of 16. */
void board_reset(void) __attribute__((naked, used, section(".reset")));
void board_reset(void)
{
    __asm volatile(".option push\n"
                   ".option norelax\n"
                   "la gp, __global_pointer$\n"
                   ".option pop\n"
                   "la sp, stack_top\n"
                   "j board_run\n");
}

/* A trap may come from a stack that is full, so its handler, which does not return, starts with an empty one.
 */
__attribute__((naked, used, aligned(4))) static void trap(void)
{
    __asm volatile("la sp, stack_top\n"
                   "j board_fault\n");
}

void board_start(void)
{
    __asm volatile(".option push\n"
                   ".option arch, +zicsr\n"
                   "csrw mtvec, %0\n"
                   "csrw pmpaddr0, %1\n"
                   "csrw pmpcfg0, %2\n"
                   "csrw mie, %3\n"
                   ".option pop\n"
                   :
                   : "r"(trap), "r"(BOARD_FLASH_REGION), "r"(BOARD_FLASH_RULE), "r"(1u << 7 /* timer */)
                   : "memory");
    counted = BOARD_TIME_LOW;
}

/* Counts in 32 bits, because a 64-bit division is slow here. So the function must be called at least every 7
 * minutes. A program that waits calls it each millisecond. */
uint32_t board_now_ms(void)
{
    uint32_t passed_ms = (BOARD_TIME_LOW - counted) / BOARD_TICKS_PER_MS;
    counted += passed_ms * BOARD_TICKS_PER_MS;
    now_ms += passed_ms;
    return now_ms;
}

/* The upper half is set last. Until then the alarm is in the past or at its old time. At worst a sleep ends
 * early. */
static void set_alarm(void)
{
    uint32_t high = BOARD_TIME_HIGH;
    uint32_t low = BOARD_TIME_LOW;
    uint32_t due = low + BOARD_TICKS_PER_MS;
    BOARD_ALARM_LOW = due;
    BOARD_ALARM_HIGH = high + (due < low);
}

/* The processor's counter of cycles, in units of 64. It is exact where the timer is not: the timer's ticks
 * are longer than an instruction. Reads the upper half again, because the lower one may wrap in between. */
static uint32_t cycles_64(void)
{
    uint32_t high, low, again;
    do {
        __asm volatile(".option push\n"
                       ".option arch, +zicsr\n"
                       "csrr %0, mcycleh\n"
                       "csrr %1, mcycle\n"
                       "csrr %2, mcycleh\n"
                       ".option pop\n"
                       : "=&r"(high), "=&r"(low), "=r"(again));
    } while (high != again);
    return high << 26 | low >> 6;
}

void board_sleep(int was_idle)
{
    uint32_t begin = was_idle ? woke : cycles_64();
    set_alarm();
    __asm volatile("wfi" ::: "memory");
    woke = cycles_64();
    slept += woke - begin;
}

uint32_t board_work(void)
{
    return cycles_64() - slept;
}

void board_restart(void)
{
    __asm volatile("fence" ::: "memory");
    BOARD_RESET_CONTROL = BOARD_RESET_REQUEST;
    for (;;) {
    }
}

/* The three instructions mark a semihosting call. They must be uncompressed and in one page. */
uint32_t board_semihosting(uint32_t number, const void *argument)
{
    register uint32_t a0 __asm("a0") = number;
    register const void *a1 __asm("a1") = argument;
    __asm volatile(".option push\n"
                   ".option norvc\n"
                   ".balign 16\n"
                   "slli x0, x0, 0x1f\n"
                   "ebreak\n"
                   "srai x0, x0, 7\n"
                   ".option pop\n"
                   : "+r"(a0)
                   : "r"(a1)
                   : "memory");
    return a0;
}

uint32_t virtio_read(uint32_t address)
{
    return BOARD_REGISTER(address);
}

uint8_t virtio_read_byte(uint32_t address)
{
    return *(volatile uint8_t *)(uintptr_t)address;
}

void virtio_write(uint32_t address, uint32_t value)
{
    BOARD_REGISTER(address) = value;
}

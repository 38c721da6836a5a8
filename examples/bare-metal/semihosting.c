/* SPDX-License-Identifier: MIT */
/* The emulator's console, clock, files and exit (Arm, "Semihosting for AArch32 and AArch64"; T32 uses BKPT
 * 0xAB). */
#include "board.h"

#include <string.h>

enum {
    SEMIHOSTING_OPEN = 1,
    SEMIHOSTING_CLOSE = 2,
    SEMIHOSTING_WRITE0 = 4,
    SEMIHOSTING_READ = 6,
    SEMIHOSTING_TIME = 0x11,
    SEMIHOSTING_EXIT_EXTENDED = 0x20
};

#define SEMIHOSTING_OPEN_TO_READ_BYTES 1u
#define SEMIHOSTING_STOPPED_BY_APPLICATION 0x20026u

static uint32_t call(uint32_t number, const void *argument)
{
    register uint32_t r0 __asm("r0") = number;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void board_print(const char *text)
{
    (void)call(SEMIHOSTING_WRITE0, text);
}

void board_print_len(const char *text, size_t len)
{
    char line[121];
    len = len < sizeof line - 1u ? len : sizeof line - 1u;
    memcpy(line, text, len);
    line[len] = '\0';
    board_print(line);
}

uint32_t board_clock(void)
{
    return call(SEMIHOSTING_TIME, NULL);
}

void board_exit(int status)
{
    const uint32_t arguments[2] = {SEMIHOSTING_STOPPED_BY_APPLICATION, (uint32_t)status};
    (void)call(SEMIHOSTING_EXIT_EXTENDED, arguments);
    for (;;) {
    }
}

int emulator_random(uint8_t *out, size_t len)
{
    static const char path[] = "/dev/urandom";
    const uint32_t open[3] = {(uint32_t)(uintptr_t)path, SEMIHOSTING_OPEN_TO_READ_BYTES, sizeof path - 1u};
    uint32_t file = call(SEMIHOSTING_OPEN, open);
    const uint32_t read[3] = {file, (uint32_t)(uintptr_t)out, (uint32_t)len};
    if (file == UINT32_MAX) {
        return -1;
    }
    uint32_t not_read = call(SEMIHOSTING_READ, read);
    (void)call(SEMIHOSTING_CLOSE, &file);
    return not_read == 0 ? 0 : -1;
}

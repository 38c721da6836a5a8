/* SPDX-License-Identifier: MIT */
/* The emulator's console, clock, files and exit (Arm, "Semihosting for AArch32 and AArch64"; RISC-V uses the
 * same operations). */
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

void board_print(const char *text)
{
    (void)board_semihosting(SEMIHOSTING_WRITE0, text);
}

void board_print_len(const char *text, size_t len)
{
    char line[121];
    len = len < sizeof line - 1u ? len : sizeof line - 1u;
    memcpy(line, text, len);
    line[len] = '\0';
    board_print(line);
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

uint32_t board_clock(void)
{
    return board_semihosting(SEMIHOSTING_TIME, NULL);
}

void board_exit(int status)
{
    const uint32_t arguments[2] = {SEMIHOSTING_STOPPED_BY_APPLICATION, (uint32_t)status};
    (void)board_semihosting(SEMIHOSTING_EXIT_EXTENDED, arguments);
    for (;;) {
    }
}

int emulator_random(uint8_t *out, size_t len)
{
    static const char path[] = "/dev/urandom";
    const uint32_t open[3] = {(uint32_t)(uintptr_t)path, SEMIHOSTING_OPEN_TO_READ_BYTES, sizeof path - 1u};
    uint32_t file = board_semihosting(SEMIHOSTING_OPEN, open);
    const uint32_t read[3] = {file, (uint32_t)(uintptr_t)out, (uint32_t)len};
    if (file == UINT32_MAX) {
        return -1;
    }
    uint32_t not_read = board_semihosting(SEMIHOSTING_READ, read);
    (void)board_semihosting(SEMIHOSTING_CLOSE, &file);
    return not_read == 0 ? 0 : -1;
}

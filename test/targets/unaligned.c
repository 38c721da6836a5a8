/* SPDX-License-Identifier: MIT */
/* Reads a word from an unaligned address. A Cortex-M0+ refuses that, so the emulated processor must refuse it
 * too. */
#include <stdint.h>

int main(void)
{
    static uint32_t words[2] = {0x01020304u, 0x05060708u};
    uintptr_t address = (uintptr_t)words + 1u;
    uint32_t word;
    /* By hand: the compiler knows better than to make one of these. */
    __asm__ volatile("ldr %0, [%1]" : "=l"(word) : "l"(address) : "memory");
    return word == 0;
}

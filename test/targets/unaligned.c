/* SPDX-License-Identifier: MIT */
/* Reads a word from an unaligned address. A Cortex-M0+ traps that, so the emulated processor must trap it
 * too. */
#include <stdint.h>

int main(void)
{
    static uint32_t words[2] = {0x01020304u, 0x05060708u};
    uintptr_t address = (uintptr_t)words + 1u;
    uint32_t word;
    /* In assembly, because a compiler does not generate an unaligned access. */
    __asm__ volatile("ldr %0, [%1]" : "=l"(word) : "l"(address) : "memory");
    return word == 0;
}

/* SPDX-License-Identifier: MIT */
/* Long division, one binary digit of the quotient at a time. The 64-bit division of libgcc takes 0.9 KB on a
 * Cortex-M, and nothing else in a program with config-small.h needs it.
 *
 * Invariant: rest < unit before each digit, so 2 * rest + 1 fits 32 bits. */
#include "divide.h"

uint32_t amp__divide(uint64_t span, uint32_t unit)
{
    uint32_t rest = (uint32_t)(span >> 32);
    uint32_t digits = (uint32_t)span;
    if (rest >= unit) {
        return UINT32_MAX;
    }
    /* The digits of the quotient enter at the right as those of the span leave at the left. */
    for (int i = 0; i < 32; ++i) {
        rest = rest << 1 | digits >> 31;
        digits <<= 1;
        if (rest >= unit) {
            rest -= unit;
            digits |= 1u;
        }
    }
    return digits;
}

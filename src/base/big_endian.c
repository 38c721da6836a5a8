/* SPDX-License-Identifier: MIT */
/* Numbers in network byte order. The bytes are shifted, not copied. So the result is the same on every
 * processor, and `at` needs no alignment. */
#include "big_endian.h"

uint64_t amp__big_endian_read(const uint8_t *at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; ++i) {
        value = value << 8 | at[i];
    }
    return value;
}

void amp__big_endian_write(uint8_t *out, size_t bytes, uint64_t value)
{
    while (bytes > 0) {
        out[--bytes] = (uint8_t)value;
        value >>= 8;
    }
}

/* SPDX-License-Identifier: MIT */
/* Functions of the C library that CBMC does not model. */
#include <stddef.h>
#include <stdint.h>

void *memchr(const void *memory, int c, size_t len)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < len; ++i) {
        if (bytes[i] == (uint8_t)c) {
            return (void *)(bytes + i);
        }
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* A compiler may drop a memset of memory that is not read again. With GCC and Clang an empty assembler
 * statement after the memset declares that it reads that memory. With other compilers the writes go through a
 * volatile pointer. */
#include "wipe.h"

#include <stdint.h>
#include <string.h>

void amp__wipe(void *data, size_t len)
{
#if defined(__GNUC__)
    if (len > 0) {
        memset(data, 0, len);
    }
    __asm__ volatile("" : : "r"(data) : "memory");
#else
    volatile uint8_t *p = data;
    while (len > 0) {
        *p++ = 0;
        --len;
    }
#endif
}

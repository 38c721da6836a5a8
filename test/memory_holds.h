/* SPDX-License-Identifier: MIT */
#ifndef AMP_TEST_MEMORY_HOLDS_H
#define AMP_TEST_MEMORY_HOLDS_H

#include <stddef.h>
#include <string.h>

/* Returns 1 when the bytes of the text occur anywhere in the memory. Does not use memcmp: libFuzzer records
 * its arguments, and would insert the searched text into its inputs. */
static inline int memory_holds(const void *memory, size_t size, const char *text)
{
    const char *bytes = memory;
    size_t len = strlen(text);
    for (size_t at = 0; at + len <= size; ++at) {
        size_t same = 0;
        while (same < len && bytes[at + same] == text[same]) {
            ++same;
        }
        if (same == len) {
            return 1;
        }
    }
    return 0;
}

#endif

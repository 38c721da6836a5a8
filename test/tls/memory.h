/* SPDX-License-Identifier: MIT */
/* Searches all writable memory of this process: static data, heap including freed blocks, and stack. OpenSSL
 * is the peer; its memory is allocated separately and not searched. Linux only. */
#ifndef AMP_TEST_MEMORY_H
#define AMP_TEST_MEMORY_H

#include <stddef.h>

/* Must be called first in main: OpenSSL must not have allocated anything yet. */
void memory_separate_peer(void);

/* Excludes `len` bytes at `data`, which are the peer's too. */
void memory_exclude(const void *data, size_t len);

/* Returns the place of `text`: the stack, or a line of /proc/self/maps, of the first one where mappings
 * adjoin; NULL if it is not found. `text` is a read-only constant, or it would be found itself. */
const char *memory_find(const char *text);

#endif

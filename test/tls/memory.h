/* SPDX-License-Identifier: MIT */
/* Searches all writable memory of this process: static data, heap including freed blocks, and stack. OpenSSL
 * is the peer. Its memory is allocated separately and not searched. Linux only. */
#ifndef AMP_TEST_MEMORY_H
#define AMP_TEST_MEMORY_H

#include <stddef.h>

/* Must be the first call in main, before OpenSSL allocates memory. */
void memory_separate_peer(void);

/* Excludes `len` bytes at `data`, which the peer also has. */
void memory_exclude(const void *data, size_t len);

/* Returns the place of `text`: the stack, or a line of /proc/self/maps. For adjacent mappings that is the
 * line of the first one. Returns NULL if the text is not found. `text` must be a read-only constant, because
 * a copy in writable memory would be found. */
const char *memory_find(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/* Settings of mbedTLS that exist once in a program: its arena, and the limit of elliptic-curve operations. */
#include <string.h>

#include "ampersand/tls.h"
#include "mbedtls_compat.h"

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
#include <mbedtls/memory_buffer_alloc.h>
#endif

/* Paint byte of unused memory. mbedTLS zeroes the memory that it allocates, so the last byte with another
 * value is the high-water mark. Gaps between blocks count, because the arena must be large enough for them
 * too. */
#define PAINT 0xa5u
#define FIRST_BLOCK 256u /* the header of an empty arena is within these bytes; they are not painted */

amp_status_t amp_tls_arena_init(void *arena, size_t size)
{
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
    if (arena == NULL || (uintptr_t)arena % sizeof(uint64_t) != 0) {
        return AMP_ERR_ARGUMENT;
    }
    if (size < AMP_TLS_ARENA_MIN) {
        return AMP_ERR_MEMORY;
    }
    mbedtls_memory_buffer_alloc_init(arena, size);
    memset((uint8_t *)arena + FIRST_BLOCK, PAINT, size - FIRST_BLOCK);
    return AMP_OK;
#else
    (void)arena;
    (void)size;
    return AMP_ERR_CONFIG;
#endif
}

size_t amp_tls_arena_peak(const void *arena, size_t size)
{
    const uint8_t *bytes = arena;
    while (size > 0 && bytes[size - 1u] == PAINT) {
        --size;
    }
    return size;
}

amp_status_t amp_tls_set_max_ops(unsigned max_ops)
{
#if defined(AMP_MBED_HAS_MAX_OPS)
    mbedtls_ecp_set_max_ops(max_ops);
    return AMP_OK;
#else
    (void)max_ops;
    return AMP_ERR_CONFIG;
#endif
}

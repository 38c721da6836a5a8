/* SPDX-License-Identifier: MIT */
/* Memory between canaries. Under AddressSanitizer, its own red zones also detect reads. */
#ifndef AMP_FUZZ_GUARDED_H
#define AMP_FUZZ_GUARDED_H

#include "fuzz.h"

#if defined(__SANITIZE_ADDRESS__)
#define GUARD_SIZE 0u
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARD_SIZE 0u
#endif
#endif
#ifndef GUARD_SIZE
#define GUARD_SIZE 64u
#endif

#define GUARDED_MAX 16u

typedef struct {
    struct {
        uint8_t *memory;
        size_t size;
    } blocks[GUARDED_MAX];
    unsigned count;
} guarded_t;

/* Returns `size` nonzero bytes. */
static inline void *guarded_new(guarded_t *guarded, size_t size)
{
    uint8_t *memory = malloc(size + 2u * GUARD_SIZE);
    MUST(memory != NULL && guarded->count < GUARDED_MAX);
    memset(memory, 0xc5, size + 2u * GUARD_SIZE);
    guarded->blocks[guarded->count].memory = memory;
    guarded->blocks[guarded->count++].size = size;
    return memory + GUARD_SIZE;
}

static inline void guarded_must_be_whole(const guarded_t *guarded)
{
    static const uint8_t canary[64] = {
        0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5,
        0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5,
        0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5,
        0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5, 0xc5};
    for (unsigned i = 0; i < guarded->count && GUARD_SIZE > 0; ++i) {
        const uint8_t *memory = guarded->blocks[i].memory;
        MUST(memcmp(memory, canary, GUARD_SIZE) == 0);
        MUST(memcmp(memory + GUARD_SIZE + guarded->blocks[i].size, canary, GUARD_SIZE) == 0);
    }
}

static inline void guarded_free(guarded_t *guarded)
{
    guarded_must_be_whole(guarded);
    while (guarded->count > 0) {
        free(guarded->blocks[--guarded->count].memory);
    }
}

#endif

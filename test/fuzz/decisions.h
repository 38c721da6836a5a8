/* SPDX-License-Identifier: MIT */
/* Decisions of the stateful fuzzer: bytes of libFuzzer, or a generator with a seed. With the same seed, the
 * generator makes the same decisions on every platform. */
#ifndef AMP_FUZZ_DECISIONS_H
#define AMP_FUZZ_DECISIONS_H

#include "fuzz.h"

typedef struct {
    input_t input;
    uint64_t state; /* state of the generator; 0: the input decides */
    int is_over;    /* the input is used up: every decision is 0 */
} decisions_t;

static inline uint32_t decisions_random(decisions_t *d)
{
    d->state ^= d->state >> 12;
    d->state ^= d->state << 25;
    d->state ^= d->state >> 27;
    return (uint32_t)(d->state * 2685821657736338717u >> 32);
}

/* Returns 0 to count - 1. 0 is the usual choice, so an input that is used up ends without further faults. */
static inline unsigned decide(decisions_t *d, unsigned count)
{
    if (d->state != 0) {
        return decisions_random(d) % count;
    }
    d->is_over |= d->input.left == 0;
    return (count > 256u ? take_two(&d->input) : take(&d->input)) % count;
}

/* Returns 1 with a probability of `chance` / 256. */
static inline int happens(decisions_t *d, unsigned chance)
{
    return chance > 0 && decide(d, 256) >= 256u - chance;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Random functions for amp_pace_t that return the ends of the range, so that waits with jitter are exact. */
#ifndef AMP_TEST_RANDOM_ENDS_H
#define AMP_TEST_RANDOM_ENDS_H

#include <stdint.h>

static inline uint32_t lowest_random(void *ctx)
{
    (void)ctx;
    return 0;
}

static inline uint32_t highest_random(void *ctx)
{
    (void)ctx;
    return UINT32_MAX;
}

#endif

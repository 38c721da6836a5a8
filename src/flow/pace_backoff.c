/* SPDX-License-Identifier: MIT */
/* Computes random waiting times, so that many devices do not send their requests at the same moment. After a
 * failure the wait is an exponential backoff with full jitter, otherwise it is evenly distributed.
 *
 * Invariant: every base time is at most a day, so no sum and no doubling below exceeds 32 bits. */
#include "ampersand/pace.h"

#define DOUBLINGS_MAX 31u
typedef char
    a_day_can_be_doubled_t[AMP_PACE_DAY_MS <= UINT32_MAX / 2u && DOUBLINGS_MAX <= UINT8_MAX ? 1 : -1];

/* Returns `ms`, or `otherwise` if it is 0; at most a day. */
static uint32_t or_default(uint32_t ms, uint32_t otherwise)
{
    ms = ms > 0 ? ms : otherwise;
    return ms < AMP_PACE_DAY_MS ? ms : AMP_PACE_DAY_MS;
}

/* Returns a number from 0 to `max`. The product of 32 random bits and max + 1 is shifted right by 32 bits.
 * The bias is at most one part in 2^32 per number. Example: 0x80000000 with max 9 is 5. */
static uint32_t draw(const amp_pace_t *pace, uint32_t max)
{
    return (uint32_t)((uint64_t)pace->random(pace->random_ctx) * (max + 1u) >> 32);
}

/* Returns a time from ms / 2 to ms * 3 / 2, so that the mean is `ms`. Ends the series of failures. */
static uint32_t spread(amp_pace_t *pace, uint32_t ms)
{
    pace->failures = 0;
    return ms / 2u + draw(pace, ms);
}

uint32_t amp_pace_poll(amp_pace_t *pace)
{
    return spread(pace, or_default(pace->poll_ms, AMP_PACE_POLL_MS));
}

uint32_t amp_pace_pending(amp_pace_t *pace)
{
    return spread(pace, or_default(pace->pending_ms, AMP_PACE_PENDING_MS));
}

/* The window starts at max(first_ms, min_ms) and doubles with each failure. Only a window below a day is
 * doubled, so it cannot overflow. */
uint32_t amp_pace_retry(amp_pace_t *pace, uint32_t min_ms)
{
    const uint32_t max = or_default(pace->max_ms, AMP_PACE_MAX_MS);
    const uint32_t min = or_default(min_ms, 0);
    uint32_t window = or_default(pace->first_ms, AMP_PACE_FIRST_MS);
    window = window > min ? window : min;
    for (uint8_t i = 0; i < pace->failures && window < max; ++i) {
        window *= 2u;
    }
    pace->failures = (uint8_t)(pace->failures + (pace->failures < DOUBLINGS_MAX));
    return min + draw(pace, window < max ? window : max);
}

/* SPDX-License-Identifier: MIT */
#include "ampersand/pace.h"

#define DOUBLINGS_MAX 31u

static uint32_t or_default(uint32_t ms, uint32_t otherwise)
{
    ms = ms > 0 ? ms : otherwise;
    return ms < AMP_PACE_DAY_MS ? ms : AMP_PACE_DAY_MS;
}

/* 0 to most, each equally likely but for less than one part in 2^32. */
static uint32_t draw(const amp_pace_t *pace, uint32_t most)
{
    return (uint32_t)((uint64_t)pace->random(pace->random_ctx) * (most + 1u) >> 32);
}

static uint32_t around(amp_pace_t *pace, uint32_t ms)
{
    pace->failures = 0;
    return ms / 2u + draw(pace, ms);
}

uint32_t amp_pace_poll(amp_pace_t *pace)
{
    return around(pace, or_default(pace->poll_ms, AMP_PACE_POLL_MS));
}

uint32_t amp_pace_pending(amp_pace_t *pace)
{
    return around(pace, or_default(pace->pending_ms, AMP_PACE_PENDING_MS));
}

/* No doubling runs over: none is begun from a day or more. */
uint32_t amp_pace_retry(amp_pace_t *pace, uint32_t min_ms)
{
    const uint32_t most = or_default(pace->max_ms, AMP_PACE_MAX_MS);
    const uint32_t least = or_default(min_ms, 0);
    uint32_t window = or_default(pace->first_ms, AMP_PACE_FIRST_MS);
    window = window > least ? window : least;
    for (uint8_t i = 0; i < pace->failures && window < most; ++i) {
        window *= 2u;
    }
    pace->failures = (uint8_t)(pace->failures + (pace->failures < DOUBLINGS_MAX));
    return least + draw(pace, window < most ? window : most);
}

/* SPDX-License-Identifier: MIT */
/* A millisecond clock of 32 bits that wraps: it starts again at 0 every 49.7 days. Two of its times are never
 * compared with `<`. Their unsigned difference is taken first, because that is correct across a wrap:
 * from 0xfffffff0 to 0x00000010 it is 0x20, 32 ms. */
#ifndef AMP_SRC_TICK_H
#define AMP_SRC_TICK_H

#include <stdint.h>

/* Returns the milliseconds from `start_ms` to `now_ms`. The result is correct for up to 2^32 - 1 ms. */
static inline uint32_t amp__ticks_passed(uint32_t start_ms, uint32_t now_ms)
{
    return now_ms - start_ms;
}

/* Returns the milliseconds from `now_ms` to `end_ms`, or 0 when `end_ms` has passed. The caller never sets
 * `end_ms` more than `max_ms` ahead, so a larger difference means that `end_ms` is in the past. */
static inline uint32_t amp__ticks_remaining(uint32_t end_ms, uint32_t now_ms, uint32_t max_ms)
{
    uint32_t remaining_ms = end_ms - now_ms;
    return remaining_ms <= max_ms ? remaining_ms : 0;
}

#endif

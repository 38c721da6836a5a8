/* SPDX-License-Identifier: MIT */
/** @file
 * Retry and poll times with jitter: devices that lost the service at the same time must not return at the
 * same time.
 *
 * After a failure the wait is random in [0, w] ("full jitter"). The limit w starts at first_ms and doubles
 * with each consecutive failure up to max_ms. Without a failure the wait is random between 0.5 and 1.5 times
 * poll_ms. Every wait uses one number from `random`; the same numbers produce the same waits. */
#ifndef AMPERSAND_PACE_H
#define AMPERSAND_PACE_H

#include <stdint.h>

#include "config.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AMP_PACE_FIRST_MS 2000u   /**< Default of amp_pace_t.first_ms. */
#define AMP_PACE_MAX_MS 120000u   /**< Default of amp_pace_t.max_ms. */
#define AMP_PACE_POLL_MS 3600000u /**< Default of amp_pace_t.poll_ms. */
#define AMP_PACE_PENDING_MS 5000u /**< Default of amp_pace_t.pending_ms. */
#define AMP_PACE_DAY_MS                                                                                      \
    86400000u /**< Upper limit of every time below, and of every time the service requests. */

/** The state of the pace, in the caller's memory. Zeroed members select the default, except `random`, which
 * is required. Members may be changed between two calls. */
typedef struct {
    uint32_t (*random)(void *ctx); /**< Returns 32 random bits. They need not be secret, but must differ
                                      between devices. A generator seeded with the serial number is enough. */
    void *random_ctx;              /**< Argument of `random`. */
    uint32_t first_ms; /**< Longest wait after the first failure, in ms; default: AMP_PACE_FIRST_MS. */
    uint32_t max_ms;   /**< Longest wait after many failures, in ms; default: AMP_PACE_MAX_MS. */
    uint32_t poll_ms;  /**< Mean wait without a failure, in ms; default: AMP_PACE_POLL_MS. */
    uint32_t
        pending_ms;   /**< Mean wait when a change is expected soon, in ms; default: AMP_PACE_PENDING_MS. */
    uint8_t failures; /**< Consecutive failures, at most 31; start with 0. */
} amp_pace_t;

/** Returns the milliseconds to wait when the last request succeeded. Resets the failure count. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_poll(amp_pace_t *pace);

/** Returns the milliseconds to wait when a change is expected soon, such as a user's action. Resets the
 * failure count. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_pending(amp_pace_t *pace);

/** Returns the milliseconds to wait after one more failure. `min_ms` is the time that the service requested
 * (Retry-After); 0: none.
 *
 * The result is min_ms plus jitter in [0, w], where w starts at the larger of min_ms and first_ms. Devices
 * that got the same Retry-After must not return at the same time. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_retry(amp_pace_t *pace, uint32_t min_ms);

#ifdef __cplusplus
}
#endif
#endif

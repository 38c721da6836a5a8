/* SPDX-License-Identifier: MIT */
/* When to ask the service again, so that a hundred thousand devices that lost it together do not
 * come back together.
 *
 * After a failure: a time drawn from [0, w], where w is first_ms and doubles with each failure in a
 * row up to max_ms ("full jitter"). While all is well: a time from half to one and a half of
 * poll_ms. So requests spread out by themselves, whatever made the devices begin at the same
 * moment. Every wait takes one number from `random`: the same numbers give the same waits. What a
 * crowd of devices then asks of the service is in README.md. */
#ifndef AMPERSAND_PACE_H
#define AMPERSAND_PACE_H

#include <stdint.h>

#include "config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The defaults of amp_pace_t. */
#define AMP_PACE_FIRST_MS 2000u
#define AMP_PACE_MAX_MS 120000u
#define AMP_PACE_POLL_MS 3600000u
#define AMP_PACE_PENDING_MS 5000u
#define AMP_PACE_DAY_MS 86400000u /* none of the times below, and none the service asks for, is longer */

/* The caller's. Zeroed members take the default, but for `random`. Members may be changed between
 * two calls. */
typedef struct {
    /* 32 random bits. They need not be secret, but must differ from device to device: a generator
     * seeded with a serial number will do. */
    uint32_t (*random)(void *ctx);
    void *random_ctx;
    uint32_t first_ms;   /* the longest wait after one failure; AMP_PACE_FIRST_MS */
    uint32_t max_ms;     /* … after many; AMP_PACE_MAX_MS */
    uint32_t poll_ms;    /* between two looks while all is well; AMP_PACE_POLL_MS */
    uint32_t pending_ms; /* … while something is expected to happen soon; AMP_PACE_PENDING_MS */
    uint8_t failures;    /* in a row, at most 31: what keeps count; start with 0 */
} amp_pace_t;

/* Milliseconds to wait when all is well, or a person is being waited for; forgets the failures. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_poll(amp_pace_t *pace);
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_pending(amp_pace_t *pace);

/* Milliseconds to wait after one more failure. `min_ms` is what the service asked for
 * (Retry-After), 0 nothing: the wait is never shorter, and longer by a time drawn as above with the
 * larger of it and first_ms in the place of first_ms, because all that were turned away together
 * were told the same. */
AMP_PUBLIC AMP_MUST_CHECK uint32_t amp_pace_retry(amp_pace_t *pace, uint32_t min_ms);

#ifdef __cplusplus
}
#endif
#endif

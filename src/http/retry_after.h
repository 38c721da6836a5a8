/* SPDX-License-Identifier: MIT */
/* Retry-After (RFC 9110, 10.2.3), and the time of a response, with which a date in the field is compared. */
#ifndef AMP_SRC_RETRY_AFTER_H
#define AMP_SRC_RETRY_AFTER_H

#include "ampersand/info.h"

/* The source of a time, from worst to best: the build date, the clock of the device, the Date field of the
 * response. The build date is only a lower bound. */
typedef enum { AMP_CLOCK_BUILD, AMP_CLOCK_DEVICE, AMP_CLOCK_DATE } amp_clock_t;

/* Sets *out_now to the time of a response from the best source, and returns the source. `info` can be NULL.
 * `utc` is the device's clock in microseconds since 1970; a time before AMP_BUILD_TIME means that the clock
 * is not set. */
amp_clock_t amp__answer_time(const amp_info_t *info, amp_time_t utc, amp_time_t *out_now);

/* Sets *out_s to the wait that Retry-After requests (see amp_retry_after_s), in seconds; 0 without the field.
 * Returns 0. Returns -1 when the field is a date that is not after AMP_BUILD_TIME and the current time is
 * unknown. The wait is unknown then; *out_s has the seconds of another Retry-After field of the response, or
 * 0. */
int amp__retry_after(const amp_info_t *info, amp_time_t utc, uint32_t *out_s);

#endif

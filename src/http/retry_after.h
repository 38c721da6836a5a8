/* SPDX-License-Identifier: MIT */
/* Retry-After, RFC 9110, 10.2.3, and the time that its date counts from. */
#ifndef AMP_SRC_RETRY_AFTER_H
#define AMP_SRC_RETRY_AFTER_H

#include "ampersand/info.h"

/* Which clock a time is from: none but the build's date, which is earlier; the device's; the answer's. */
typedef enum { AMP_CLOCK_BUILD, AMP_CLOCK_DEVICE, AMP_CLOCK_DATE } amp_clock_t;

/* Reads what time it is for an answer, by the best clock there is. `utc` is the device's; it is not set
 * when it is before AMP_BUILD_TIME. */
amp_clock_t amp__answer_time(const amp_info_t *info, amp_time_t utc, amp_time_t *out_now);

/* Reads the seconds that Retry-After asks for, see amp_retry_after_s. Returns 0, or -1 for a date
 * that is not later than AMP_BUILD_TIME while the time is not known. */
int amp__retry_after(const amp_info_t *info, amp_time_t utc, uint32_t *out_s);

#endif

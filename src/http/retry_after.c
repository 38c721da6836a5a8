/* SPDX-License-Identifier: MIT */
/* Retry-After (RFC 9110, 10.2.3): a number of seconds, or a date. When a response has both forms, the longer
 * wait counts. */
#include "retry_after.h"

#include "../base/days.h"
#include "../base/divide.h"

amp_clock_t amp__answer_time(const amp_info_t *info, amp_time_t utc, amp_time_t *out_now)
{
    const int is_set = utc >= AMP_BUILD_TIME_US;
    const amp_time_t device = is_set ? utc : AMP_BUILD_TIME_US;
    if (info != NULL && amp_date_parse(amp_str(info->date), device, out_now) == 0) {
        return AMP_CLOCK_DATE;
    }
    *out_now = device;
    return is_set ? AMP_CLOCK_DEVICE : AMP_CLOCK_BUILD;
}

/* Times have microseconds; the wait is rounded up to whole seconds, so that it is never too short. */
int amp__retry_after(const amp_info_t *info, amp_time_t utc, uint32_t *out_s)
{
    amp_time_t now;
    amp_time_t then;
    const amp_clock_t clock = amp__answer_time(info, utc, &now);
    *out_s = info->retry_after_s;
    if (amp_date_parse(amp_str(info->retry_at), now, &then) != 0) {
        return 0;
    }
    if (then <= now) {
        return clock != AMP_CLOCK_BUILD ? 0 : -1;
    }
    /* Rounded up, because the service is not ready earlier. */
    const uint32_t whole_s = amp__divide((uint64_t)(then - now - 1), AMP_SECOND_US);
    const uint32_t wait_s = whole_s < UINT32_MAX ? whole_s + 1u : UINT32_MAX;
    if (wait_s > *out_s) {
        *out_s = wait_s;
    }
    return 0;
}

uint32_t amp_retry_after_s(const amp_info_t *info, amp_time_t utc)
{
    uint32_t wait_s;
    return amp__retry_after(info, utc, &wait_s) == 0 || wait_s > AMP_RETRY_AFTER_UNKNOWN_S
               ? wait_s
               : AMP_RETRY_AFTER_UNKNOWN_S;
}

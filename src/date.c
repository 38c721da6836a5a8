/* SPDX-License-Identifier: MIT */
/* HTTP dates. An answer's are kept as texts and read only when asked for. */
#include <string.h>

#include "ampersand/client.h"

#define SECOND 1000000

/* It is written as RFC 3339 and read as that. */
int amp_date_parse(amp_str_t text, amp_time_t *out_time)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char time[] = "0000-00-00T00:00:00Z";
    unsigned month = 1;
    if (text.len != AMP_DATE_SIZE - 1u || memcmp(text.ptr + 3, ", ", 2) != 0 || text.ptr[7] != ' ' ||
        text.ptr[11] != ' ' || text.ptr[16] != ' ' ||
        (memcmp(text.ptr + 25, " GMT", 4) != 0 && memcmp(text.ptr + 25, " UTC", 4) != 0)) {
        return -1;
    }
    /* The thirteenth is no month to amp_time_parse either. */
    while (month <= 12u && memcmp(text.ptr + 8, months + (month - 1u) * 3u, 3) != 0) {
        ++month;
    }
    memcpy(time, text.ptr + 12, 4);
    time[5] = (char)('0' + month / 10u);
    time[6] = (char)('0' + month % 10u);
    memcpy(time + 8, text.ptr + 5, 2);
    memcpy(time + 11, text.ptr + 17, 8);
    const amp_str_t as_time = {time, sizeof time - 1u};
    return amp_time_parse(as_time, out_time);
}

uint32_t amp_retry_after_s(const amp_info_t *info)
{
    amp_time_t now;
    amp_time_t then;
    if (amp_date_parse(amp_str(info->retry_at), &then) != 0 ||
        amp_date_parse(amp_str(info->date), &now) != 0 || then <= now) {
        return info->retry_after_s;
    }
    const int64_t wait_s = (then - now) / SECOND;
    return wait_s < UINT32_MAX ? (uint32_t)wait_s : UINT32_MAX;
}

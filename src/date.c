/* SPDX-License-Identifier: MIT */
/* HTTP dates. An answer's are kept as texts and read only when asked for. */
#include "date.h"

#include <string.h>

#include "ampersand/pace.h"

#define SECOND 1000000
#define DAY ((amp_time_t)86400 * SECOND)
#define BUILD_TIME ((amp_time_t)AMP_BUILD_TIME * SECOND)

/* The parts of a date: an RFC 3339 time of TIME_LEN bytes, then the month's name. */
#define TIME_LEN 20u
#define PARTS 23u

/* The three forms of RFC 9110, 5.6.7, between the day's name and the zone. A small letter stands for the
 * byte of the parts with that number, `a` for 0; any other byte for itself. `ij` is the day, because an
 * RFC 3339 time has it in bytes 8 and 9, and `uvw` the month's name. The lengths tell the forms apart. */
enum { IMF_FIXDATE, RFC_850, ASCTIME, FORMS };
static const char *const forms[] = {
    ", ij uvw abcd lmnopqrs", /* Sun, 06 Nov 1994 08:49:37 GMT */
    ", ij-uvw-cd lmnopqrs",   /* Sunday, 06-Nov-94 08:49:37 GMT */
    " uvw ij lmnopqrs abcd",  /* Sun Nov  6 08:49:37 1994 */
};

/* Length of the day's name, short or long, that the text begins with; 0 when there is none. The day is
 * not compared with the date: servers compute the numbers, and other clients read nothing else. */
static size_t day_name(amp_str_t text)
{
    static const char names[] = "\6Sunday\6Monday\7Tuesday\11Wednesday\10Thursday\6Friday\10Saturday";
    for (const char *name = names; *name != '\0'; name += *name + 1) {
        const size_t len = (size_t)*name;
        if (text.len > len && memcmp(text.ptr, name + 1, len) == 0) {
            return len;
        }
        if (text.len > 3u && memcmp(text.ptr, name + 1, 3) == 0) {
            return 3;
        }
    }
    return 0;
}

static int read_form(const char *form, const char *text, char *parts)
{
    for (; *form != '\0'; ++form, ++text) {
        if (*form >= 'a') {
            parts[*form - 'a'] = *text;
        } else if (*form != *text) {
            return 0;
        }
    }
    return 1;
}

/* Number of the month whose name is in the parts; 13, which amp_time_parse refuses, when there is none. */
static unsigned month_of(const char *parts)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    unsigned month = 1;
    while (month <= 12u && memcmp(parts + TIME_LEN, months + (month - 1u) * 3u, 3) != 0) {
        ++month;
    }
    return month;
}

/* Fills in the century of a year of two digits: the last in which the date is at most 50 years after
 * now (RFC 9110, 5.6.7). */
static int read_century(char *parts, int32_t month, amp_time_t now, amp_time_t *out_time)
{
    const amp_str_t as_time = {parts, TIME_LEN};
    now = now > BUILD_TIME ? now : BUILD_TIME;
    for (int32_t century = 99; century > 0; --century) {
        amp_time_t time;
        parts[0] = (char)('0' + century / 10);
        parts[1] = (char)('0' + century % 10);
        if (amp_time_parse(as_time, &time) != 0) {
            continue;
        }
        const int32_t year = century * 100 + (parts[2] - '0') * 10 + parts[3] - '0';
        const int32_t days = amp_days_from_date(year, month, 1) - amp_days_from_date(year - 50, month, 1);
        if (time - days * DAY <= now) {
            *out_time = time;
            return 0;
        }
    }
    return -1;
}

int amp_date_parse(amp_str_t text, amp_time_t now, amp_time_t *out_time)
{
    char parts[PARTS] = "0000-00-00T00:00:00Z";
    const amp_str_t as_time = {parts, TIME_LEN};
    unsigned form = 0;
    size_t start = day_name(text);
    size_t end = text.len;
    if (start == 0) {
        return -1;
    }
    const char *zone = text.ptr + end - 4;
    if (memcmp(zone, " GMT", 4) == 0 || memcmp(zone, " UTC", 4) == 0) {
        end -= 4u;
    }
    while (form < FORMS && (end <= start || strlen(forms[form]) != end - start)) {
        ++form;
    }
    if (form == FORMS || (form == ASCTIME) != (end == text.len) ||
        !read_form(forms[form], text.ptr + start, parts)) {
        return -1;
    }
    const unsigned month = month_of(parts);
    parts[5] = (char)('0' + month / 10u);
    parts[6] = (char)('0' + month % 10u);
    if (form == ASCTIME && parts[8] == ' ') {
        parts[8] = '0';
    }
    return form == RFC_850 ? read_century(parts, (int32_t)month, now, out_time)
                           : amp_time_parse(as_time, out_time);
}

amp_clock_t amp_answer_time(const amp_info_t *info, amp_time_t utc, amp_time_t *out_now)
{
    const int is_set = utc >= BUILD_TIME;
    const amp_time_t device = is_set ? utc : BUILD_TIME;
    if (info != NULL && amp_date_parse(amp_str(info->date), device, out_now) == 0) {
        return AMP_CLOCK_DATE;
    }
    *out_now = device;
    return is_set ? AMP_CLOCK_DEVICE : AMP_CLOCK_BUILD;
}

/* A device's clock has parts of a second: they are rounded up. */
int amp_retry_after(const amp_info_t *info, amp_time_t utc, uint32_t *out_s)
{
    amp_time_t now;
    amp_time_t then;
    const amp_clock_t clock = amp_answer_time(info, utc, &now);
    *out_s = info->retry_after_s;
    if (amp_date_parse(amp_str(info->retry_at), now, &then) != 0) {
        return 0;
    }
    if (then <= now) {
        return clock != AMP_CLOCK_BUILD ? 0 : -1;
    }
    const int64_t wait_s = (then - now - 1) / SECOND + 1;
    if (wait_s > *out_s) {
        *out_s = wait_s < UINT32_MAX ? (uint32_t)wait_s : UINT32_MAX;
    }
    return 0;
}

uint32_t amp_retry_after_s(const amp_info_t *info, amp_time_t utc)
{
    uint32_t wait_s;
    const uint32_t poll_s = AMP_PACE_POLL_MS / 1000u;
    return amp_retry_after(info, utc, &wait_s) == 0 || wait_s > poll_s ? wait_s : poll_s;
}

/* SPDX-License-Identifier: MIT */
/* HTTP dates (RFC 9110, 5.6.7) in their three forms. The response parser stores dates as text; they are
 * parsed here only when they are needed. */
#include "../base/days.h"

#include <string.h>

#define DAY_US ((amp_time_t)AMP_DAY_SECONDS * AMP_SECOND_US)

/* The three forms without the day's name before them and the zone after them. A digit means a number of two
 * digits. The digit is the index of that number in the enumeration of days.h: 3 is AMP_DAY, 01 are century
 * and year. `m` means the name of the month. Any other character means itself. */
enum { IMF_FIXDATE, RFC_850, ASCTIME };
static const char *const forms[] = {
    ", 3 m 01 4:5:6", /* Sun, 06 Nov 1994 08:49:37 GMT */
    ", 3-m-1 4:5:6",  /* Sunday, 06-Nov-94 08:49:37 GMT */
    " m 3 4:5:6 01",  /* Sun Nov  6 08:49:37 1994 */
};

/* Returns the length of the day's name, short or long, at the start of the text; 0 when there is none. The
 * name is not compared with the date, because servers compute the numbers, and other clients read only those.
 * The list has the length of each name before it, in octal: "\11" is 9, the length of "Wednesday". */
static size_t day_name_length(amp_str_t text)
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

/* Returns the number of the month with this name of three letters, 1 to 12, or 0 for another name. */
static int32_t month_of(const char *name)
{
    static const char months[] = "DecNovOctSepAugJulJunMayAprMarFebJan";
    int32_t month = 12;
    for (const char *p = months; month > 0 && memcmp(name, p, 3) != 0; p += 3) {
        --month;
    }
    return month;
}

/* Reads the whole of [p, end) in this form into the numbers n. Returns 0 or -1. */
static int read_form(unsigned form, const char *p, const char *end, int32_t *n)
{
    for (const char *part = forms[form]; *part != '\0'; ++part) {
        const unsigned i = (unsigned)(*part - '0');
        const int length = *part == 'm' ? 3 : i < AMP_NUMBERS ? 2 : 1;
        if (end - p < length) {
            return -1;
        }
        if (length == 3) {
            n[AMP_MONTH] = month_of(p);
        } else if (length == 1) {
            if (*p != *part) {
                return -1;
            }
        } else {
            /* asctime writes a space instead of the first digit of a day below 10. */
            const char day[] = {form == ASCTIME && i == AMP_DAY && *p == ' ' ? '0' : *p, p[1]};
            n[i] = amp__time_number(day, i);
            if (n[i] < 0) {
                return -1;
            }
        }
        p += length;
    }
    return p == end ? 0 : -1;
}

/* Sets the century of a year with two digits. It is the latest century in which the date is at most 50 years
 * after `now` (RFC 9110, 5.6.7). In 2026, 94 means 1994, and 30 means 2030. Returns 0 or -1. */
static int read_century(int32_t *n, amp_time_t now, amp_time_t *out_time)
{
    now = now > AMP_BUILD_TIME_US ? now : AMP_BUILD_TIME_US;
    for (n[AMP_CENTURY] = 99; n[AMP_CENTURY] > 0; --n[AMP_CENTURY]) {
        const int32_t year = n[AMP_CENTURY] * 100 + n[AMP_YEAR];
        const int32_t days =
            amp__days_to_month(year, n[AMP_MONTH]) - amp__days_to_month(year - 50, n[AMP_MONTH]);
        amp_time_t time;
        if (amp__time_of(n, 0, 0, &time) == 0 && time - days * DAY_US <= now) {
            *out_time = time;
            return 0;
        }
    }
    return -1;
}

amp_status_t amp_date_parse(amp_str_t text, amp_time_t now, amp_time_t *out_time)
{
    int32_t n[AMP_NUMBERS];
    size_t start = day_name_length(text);
    if (start == 0) {
        return AMP_ERR_VALUE;
    }
    const char *p = text.ptr + start;
    const char *end = text.ptr + text.len;
    const unsigned form = start > 3u ? RFC_850 : *p == ',' ? IMF_FIXDATE : ASCTIME;
    if (form != ASCTIME) {
        if (end - p < 4 || (memcmp(end - 4, " GMT", 4) != 0 && memcmp(end - 4, " UTC", 4) != 0)) {
            return AMP_ERR_VALUE;
        }
        end -= 4;
    }
    if (read_form(form, p, end, n) != 0) {
        return AMP_ERR_VALUE;
    }
    int result = form == RFC_850 ? read_century(n, now, out_time) : amp__time_of(n, 0, 0, out_time);
    return result == 0 ? AMP_OK : AMP_ERR_VALUE;
}

/* SPDX-License-Identifier: MIT */
/* RFC 3339 times, and the Gregorian calendar.
 *
 * Years are counted from 1 March, so that the leap day is the last day of a year. The lengths of the months
 * then repeat as 31, 30, 31, 30, 31, which is 153 days in five months, so no table is needed. An era, which
 * is 400 such years, always has 146,097 days. Month 0 is March, month 11 is February. */
#include <string.h>

#include "ampersand/text.h"
#include "ascii.h"
#include "days.h"

#define ERA_DAYS 146097
#define DAYS_TO_1970 719468     /* from 0000-03-01 to 1970-01-01 */
#define YEAR_0 (-62167219200)   /* 0000-01-01T00:00:00Z in seconds since 1970 */
#define YEAR_10000 253402300800 /* 10000-01-01T00:00:00Z */

int32_t amp__days_to_month(int32_t year, int32_t month)
{
    /* January and February belong to the year before. One era is added, and subtracted at the end, so that
     * no division sees a negative number.
     *
     * (153 * m + 2) / 5 is the number of days before month m: 0, 31, 61, 92, 122, 153 and so on.
     * For January 1970 the year is 1969 + 400 = 2369, which is 865,259 days, and m is 10, which is 306 days.
     * 865259 + 306 - 146097 - 719468 is 0. */
    uint32_t shifted = (uint32_t)(month <= 2 ? year + 399 : year + 400);
    uint32_t day_of_year = (153u * (uint32_t)(month <= 2 ? month + 9 : month - 3) + 2u) / 5u;
    return (int32_t)(shifted * 365u + shifted / 4u - shifted / 100u + shifted / 400u + day_of_year) -
           ERA_DAYS - DAYS_TO_1970;
}

/* For each of the seven numbers: the character before it (0: none) and its maximum. */
static const uint8_t separators[AMP_NUMBERS] = {0, 0, '-', '-', 'T', ':', ':'};
static const uint8_t maxima[AMP_NUMBERS] = {99, 99, 12, 31, 23, 59, 60};
#define TIME_LENGTH 19u /* of "1994-11-06T08:49:37" */

int32_t amp__time_number(const char *p, unsigned i)
{
    unsigned tens = amp__digit_value(p[0]);
    unsigned ones = amp__digit_value(p[1]);
    unsigned value = tens * 10u + ones;
    /* The maximum, at most 99, excludes a first character that is not a digit. ':' is 10, so the value would
     * be 100 or more. '/' is -1, so the value would be almost 2^32. */
    return ones > 9u || value > maxima[i] ? -1 : (int32_t)value;
}

/* Reads the numbers `first` to `last` - 1. No separator is expected before the first one. Returns 0 or -1. */
static int read_numbers(const char *p, unsigned first, unsigned last, int32_t *out)
{
    for (unsigned i = first; i < last; ++i) {
        if (i > first && separators[i] != 0) {
            int fits = *p == (char)separators[i] || (*p == 't' && separators[i] == 'T');
            ++p;
            if (!fits) {
                return -1;
            }
        }
        int32_t number = amp__time_number(p, i);
        if (number < 0) {
            return -1;
        }
        *out++ = number;
        p += 2;
    }
    return 0;
}

/* Reads "Z", "+hh:mm" or "-hh:mm" as seconds east of UTC. n has room for two numbers: an array of its own
 * would add to the deepest stack of a Cortex-M0+. Returns 0, or -1 for any other text. */
static int read_zone(const char *p, size_t len, int32_t *n, int32_t *out_seconds)
{
    *out_seconds = 0;
    if (len == 1u) {
        return (*p | 0x20) == 'z' ? 0 : -1;
    }
    if (len != 6u || (*p != '+' && *p != '-') || read_numbers(p + 1, AMP_HOUR, AMP_HOUR + 2u, n) != 0) {
        return -1;
    }
    *out_seconds = (n[0] * 60 + n[1]) * (*p == '-' ? -60 : 60);
    return 0;
}

/* Returns 1 for a year of four digits. "0000-01-01T00:00:00+01:00" is before the year 0 in UTC. */
static int can_be_written(int64_t seconds)
{
    return seconds >= YEAR_0 && seconds < YEAR_10000;
}

int amp__time_of(const int32_t *n, int32_t east, int32_t micro, amp_time_t *out_time)
{
    int32_t year = n[AMP_CENTURY] * 100 + n[AMP_YEAR];
    int32_t month = n[AMP_MONTH];
    int32_t days = amp__days_to_month(year, month);
    if (month == 0 || (uint32_t)n[AMP_DAY] - 1u >= (uint32_t)(amp__days_to_month(year, month + 1) - days)) {
        return -1;
    }
    int32_t second = n[AMP_SECOND] < 60 ? n[AMP_SECOND] : 59;
    int32_t second_of_day = (n[AMP_HOUR] * 60 + n[AMP_MINUTE]) * 60 + second - east;
    int64_t seconds = (int64_t)(days + n[AMP_DAY] - 1) * AMP_DAY_SECONDS + second_of_day;
    if (!can_be_written(seconds)) {
        return -1;
    }
    *out_time = seconds * AMP_SECOND_US + micro;
    return 0;
}

amp_status_t amp_time_parse(amp_str_t text, amp_time_t *out_time)
{
    int32_t n[AMP_NUMBERS];
    int32_t micro = 0;
    int32_t east;
    size_t at = TIME_LENGTH;
    if (text.len <= TIME_LENGTH) {
        return AMP_ERR_VALUE;
    }
    if (text.ptr[at] == '.') {
        int32_t scale = 100000;
        unsigned digit;
        while (++at < text.len && (digit = amp__digit_value(text.ptr[at])) <= 9u) {
            micro += (int32_t)digit * scale;
            scale /= 10; /* 0 after the sixth decimal */
        }
        /* One to nine decimals. Without any, at is TIME_LENGTH + 1 and the difference wraps. */
        if (at - TIME_LENGTH - 2u > 8u) {
            return AMP_ERR_VALUE;
        }
    }
    int fits = read_zone(text.ptr + at, text.len - at, n, &east) == 0 &&
               read_numbers(text.ptr, 0, AMP_NUMBERS, n) == 0 && amp__time_of(n, east, micro, out_time) == 0;
    return fits ? AMP_OK : AMP_ERR_VALUE;
}

/* Writes `count` digits of the value and returns the place after them. */
static char *put_digits(char *out, int32_t value, int count)
{
    for (int i = count - 1; i >= 0; --i) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + count;
}

/* Writes the date that is `days` after 1970-01-01, "1994-11-06", without a NUL. */
static void put_date(char *out, int32_t days)
{
    int32_t since_0000 = days + DAYS_TO_1970;
    /* C truncates towards zero; the era must be rounded down. */
    int32_t era = (since_0000 >= 0 ? since_0000 : since_0000 - ERA_DAYS + 1) / ERA_DAYS;
    int32_t day_of_era = since_0000 - era * ERA_DAYS;
    /* Leap days are removed until each year has 365 days. One is removed for every four years (day 1460). The
     * last of 100 years (day 36524) has no leap day, the last of 400 (day 146096) has one. Day 146096, the
     * era's last, becomes 146096 - 100 + 4 - 1 = 145999, which is in year 399. */
    int32_t year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    /* The inverse of (153 * m + 2) / 5: day 30 is in month 0 (31 March), day 31 is in month 1. */
    int32_t march_month = (5 * day_of_year + 2) / 153;
    int32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    out = put_digits(out, year + era * 400 + (month <= 2), 4);
    *out++ = '-';
    out = put_digits(out, month, 2);
    *out++ = '-';
    put_digits(out, day_of_year - (153 * march_month + 2) / 5 + 1, 2);
}

void amp_time_text(amp_time_t t, char out_text[AMP_TIME_SIZE])
{
    static const char shape[AMP_TIME_SIZE] = "0000-00-00T00:00:00.000000Z";
    int64_t seconds = t / AMP_SECOND_US;
    int32_t micro = (int32_t)(t % AMP_SECOND_US);
    if (micro < 0) { /* before 1970: C truncates towards zero, the second must be rounded down */
        micro += AMP_SECOND_US;
        --seconds;
    }
    int64_t days = (seconds >= 0 ? seconds : seconds - AMP_DAY_SECONDS + 1) / AMP_DAY_SECONDS;
    int32_t second_of_day = (int32_t)(seconds - days * AMP_DAY_SECONDS);
    if (!can_be_written(seconds)) {
        out_text[0] = '\0';
        return;
    }
    memcpy(out_text, shape, sizeof shape);
    put_date(out_text, (int32_t)days);
    put_digits(out_text + 11, second_of_day / 3600, 2);
    put_digits(out_text + 14, second_of_day / 60 % 60, 2);
    put_digits(out_text + 17, second_of_day % 60, 2);
    put_digits(out_text + 20, micro, 6);
}

/* SPDX-License-Identifier: MIT */
/* RFC 3339 times. Days are counted in eras of 400 years that begin on 1 March, which puts the
 * leap day at the end of a year and needs no table. */
#include <string.h>

#include "ampersand/text.h"
#include "days.h"

#define DAY_SECONDS 86400
#define ERA_DAYS 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */
#define YEAR_0 (-62167219200)
#define YEAR_10000 253402300800

int32_t amp__days_from_date(int32_t year, int32_t month, int32_t day)
{
    /* One era more than there is, so that no division sees a negative number. */
    uint32_t shifted = (uint32_t)(month <= 2 ? year + 399 : year + 400);
    uint32_t of_year = (153u * (uint32_t)(month <= 2 ? month + 9 : month - 3) + 2u) / 5u;
    return (int32_t)(shifted * 365u + shifted / 4u - shifted / 100u + shifted / 400u + of_year) + day - 1 -
           ERA_DAYS - DAYS_TO_1970;
}

/* Of a time's numbers. */
static int32_t days_in_month(const int32_t *n)
{
    int32_t month = n[2];
    if (month == 2) {
        return 28 + (((n[1] == 0 ? n[0] : n[1]) & 3) == 0);
    }
    return 30 | (month ^ month >> 3);
}

/* A date and a time are numbers of two digits: what stands before each, and the most it is. */
static const uint8_t marks[] = {0, 0, '-', '-', 'T', ':', ':'};
static const uint8_t most[] = {99, 99, 12, 31, 23, 59, 60};
#define TIME_LENGTH 19u

int amp__time_number(const char *p, unsigned i, int32_t *out)
{
    unsigned tens = (uint8_t)p[0] - (unsigned)'0';
    unsigned ones = (uint8_t)p[1] - (unsigned)'0';
    unsigned value = tens * 10u + ones;
    *out = (int32_t)value;
    return tens > 9u || ones > 9u || value > most[i] ? -1 : 0;
}

/* Reads the numbers first to last - 1, the first without its mark. 0, or -1. */
static int read_numbers(const char *p, unsigned first, unsigned last, int32_t *out)
{
    for (unsigned i = first; i < last; ++i) {
        if (i > first && marks[i] != 0) {
            int fits = *p == (char)marks[i] || (*p == 't' && marks[i] == 'T');
            ++p;
            if (!fits) {
                return -1;
            }
        }
        if (amp__time_number(p, i, out++) != 0) {
            return -1;
        }
        p += 2;
    }
    return 0;
}

/* Seconds east of UTC of the `Z` or `+hh:mm` that is the text. 0, or -1. */
static int zone(const char *p, size_t len, int32_t *out_seconds)
{
    int32_t n[2];
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

/* An offset can lead out of the years that have four digits. */
static int can_be_written(int64_t seconds)
{
    return seconds >= YEAR_0 && seconds < YEAR_10000;
}

int amp__time_of(const int32_t *n, int32_t east, int32_t micro, amp_time_t *out_time)
{
    int32_t year = n[AMP_CENTURY] * 100 + n[AMP_YEAR];
    if (n[AMP_MONTH] == 0 || (uint32_t)n[AMP_DAY] - 1u >= (uint32_t)days_in_month(n)) {
        return -1;
    }
    int32_t second = n[AMP_SECOND] < 60 ? n[AMP_SECOND] : 59;
    int32_t of_day = (n[AMP_HOUR] * 60 + n[AMP_MINUTE]) * 60 + second - east;
    int64_t seconds = (int64_t)amp__days_from_date(year, n[AMP_MONTH], n[AMP_DAY]) * DAY_SECONDS + of_day;
    if (!can_be_written(seconds)) {
        return -1;
    }
    *out_time = seconds * 1000000 + micro;
    return 0;
}

amp_status_t amp_time_parse(amp_str_t text, amp_time_t *out_time)
{
    int32_t n[AMP_NUMBERS];
    int32_t micro = 0;
    int32_t east;
    size_t at = TIME_LENGTH;
    if (text.len <= TIME_LENGTH || read_numbers(text.ptr, 0, AMP_NUMBERS, n) != 0) {
        return AMP_ERR_VALUE;
    }
    if (text.ptr[at] == '.') {
        int32_t scale = 100000;
        unsigned digit;
        while (++at < text.len && (digit = (uint8_t)text.ptr[at] - (unsigned)'0') <= 9u) {
            micro += (int32_t)digit * scale;
            scale /= 10;
        }
        if (at - TIME_LENGTH - 2u > 8u) {
            return AMP_ERR_VALUE;
        }
    }
    int fits = zone(text.ptr + at, text.len - at, &east) == 0 && amp__time_of(n, east, micro, out_time) == 0;
    return fits ? AMP_OK : AMP_ERR_VALUE;
}

static char *put_digits(char *out, int32_t value, int count)
{
    for (int i = count - 1; i >= 0; --i) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + count;
}

static void put_date(char *out, int32_t days)
{
    int32_t from_era = days + DAYS_TO_1970;
    int32_t era = (from_era >= 0 ? from_era : from_era - ERA_DAYS + 1) / ERA_DAYS;
    int32_t of_era = from_era - era * ERA_DAYS;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t shifted = (5 * of_year + 2) / 153;
    int32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    out = put_digits(out, year + era * 400 + (month <= 2), 4);
    *out++ = '-';
    out = put_digits(out, month, 2);
    *out++ = '-';
    put_digits(out, of_year - (153 * shifted + 2) / 5 + 1, 2);
}

void amp_time_text(amp_time_t t, char out_text[AMP_TIME_SIZE])
{
    static const char shape[AMP_TIME_SIZE] = "0000-00-00T00:00:00.000000Z";
    int64_t seconds = t / 1000000;
    int32_t micro = (int32_t)(t % 1000000);
    if (micro < 0) {
        micro += 1000000;
        --seconds;
    }
    int64_t days = (seconds >= 0 ? seconds : seconds - DAY_SECONDS + 1) / DAY_SECONDS;
    int32_t of_day = (int32_t)(seconds - days * DAY_SECONDS);
    if (!can_be_written(seconds)) {
        out_text[0] = '\0';
        return;
    }
    memcpy(out_text, shape, sizeof shape);
    put_date(out_text, (int32_t)days);
    put_digits(out_text + 11, of_day / 3600, 2);
    put_digits(out_text + 14, of_day / 60 % 60, 2);
    put_digits(out_text + 17, of_day % 60, 2);
    put_digits(out_text + 20, micro, 6);
}

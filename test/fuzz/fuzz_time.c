/* SPDX-License-Identifier: MIT */
/* Compares conversions of times with an oracle that counts day by day. */
#include "fuzz.h"

static int is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_in(int64_t year, int64_t month)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01. The month and day are valid. */
static int64_t days_to(int64_t year, int64_t month, int64_t day)
{
    int64_t days = 0;
    for (int64_t y = 1970; y < year; ++y) {
        days += 365 + is_leap(y);
    }
    for (int64_t y = year; y < 1970; ++y) {
        days -= 365 + is_leap(y);
    }
    for (int64_t m = 1; m < month; ++m) {
        days += days_in(year, m);
    }
    return days + day - 1;
}

/* Returns the value of `count` digits at text; -1 if there is another character. */
static int64_t number(const char *text, size_t count)
{
    int64_t value = 0;
    for (size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Returns 1 for a time outside of the years 0000 to 9999. */
static int is_beyond(int64_t time)
{
    return time < days_to(0, 1, 1) * 86400000000 || time >= days_to(10000, 1, 1) * 86400000000;
}

/* A second reader of RFC 3339, 5.6. Returns -1 for a text that is not such a time, or that is out of range in
 * UTC. */
static int slow_parse(const char *text, size_t len, int64_t *out_time)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd";
    int64_t micro = 0;
    int64_t east = 0;
    size_t at = sizeof shape - 1u;
    if (len <= at) {
        return -1;
    }
    for (size_t i = 0; i < at; ++i) {
        int fits = shape[i] == 'd' ? text[i] >= '0' && text[i] <= '9'
                                   : text[i] == shape[i] || (shape[i] == 'T' && text[i] == 't');
        if (!fits) {
            return -1;
        }
    }
    if (text[at] == '.') {
        size_t digits = 0;
        for (++at; at < len && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
            micro = digits < 6u ? micro * 10 + (text[at] - '0') : micro;
        }
        if (digits == 0 || digits > 9u) {
            return -1;
        }
        for (; digits < 6u; ++digits) {
            micro *= 10;
        }
    }
    size_t zone = len - at;
    if (zone == 6u && (text[at] == '+' || text[at] == '-') && text[at + 3u] == ':') {
        int64_t hours = number(text + at + 1u, 2);
        int64_t minutes = number(text + at + 4u, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return -1;
        }
        east = (hours * 60 + minutes) * (text[at] == '-' ? -1 : 1);
    } else if (zone != 1u || (text[at] | 0x20) != 'z') {
        return -1;
    }
    int64_t year = number(text, 4);
    int64_t month = number(text + 5, 2);
    int64_t day = number(text + 8, 2);
    int64_t second = number(text + 17, 2);
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month) || number(text + 11, 2) > 23 ||
        number(text + 14, 2) > 59 || second > 60) {
        return -1;
    }
    int64_t minutes =
        (days_to(year, month, day) * 24 + number(text + 11, 2)) * 60 + number(text + 14, 2) - east;
    int64_t time = (minutes * 60 + (second > 59 ? 59 : second)) * 1000000 + micro;
    if (is_beyond(time)) {
        return -1;
    }
    *out_time = time;
    return 0;
}

static void text_must_hold(amp_time_t time)
{
    char text[AMP_TIME_SIZE];
    amp_time_t again;
    memset(text, 'x', sizeof text);
    amp_time_text(time, text);
    if (text[0] == '\0') {
        MUST(is_beyond(time));
        return;
    }
    MUST(memchr(text, '\0', sizeof text) == text + AMP_TIME_SIZE - 1);
    MUST(amp_time_parse(amp_str(text), &again) == 0 && again == time);
    MUST(slow_parse(text, AMP_TIME_SIZE - 1u, &again) == 0 && again == time);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = copy_of(data, size);
    amp_time_t time = -77;
    int64_t slow = 0;
    int result = amp_time_parse((amp_str_t){text, size}, &time);
    MUST(result == (slow_parse(text, size, &slow) == 0 ? AMP_OK : AMP_ERR_VALUE));
    MUST(result == 0 ? time == slow : time == -77);
    if (result == 0) {
        text_must_hold(time);
    }
    if (size >= sizeof time) {
        memcpy(&time, text, sizeof time);
        text_must_hold(time);
    }
    time = -77;
    if (amp_date_parse((amp_str_t){text, size}, slow, &time) == 0) {
        /* Lengths of the three forms of a date. */
        MUST(size == 24u || (size >= 29u && size < AMP_DATE_SIZE));
        MUST(!is_beyond(time) && time % 1000000 == 0);
    } else {
        MUST(time == -77);
    }
    free(text);
    return 0;
}

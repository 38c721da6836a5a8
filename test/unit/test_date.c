/* SPDX-License-Identifier: MIT */
/* HTTP dates, and the wait of a Retry-After. */
#include "pieces.h"

#include "ampersand/client.h"

#define S(seconds) ((amp_time_t)(seconds)*1000000)

static int parse_date(const char *text, amp_time_t now, amp_time_t *out_time)
{
    size_t len = strlen(text);
    char *copy = pieces_alloc(len);
    memcpy(copy, text, len);
    amp_str_t view = {copy, len};
    int result = amp_date_parse(view, now, out_time);
    free(copy);
    return result;
}

static void http_dates_are_read(void **unused)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } rows[] = {
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Sun, 06 Nov 1994 08:49:37 UTC", 784111777},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Thu, 29 Feb 2024 00:00:00 GMT", 1709164800},
        {"Fri, 31 Dec 2027 23:59:60 GMT", 1830297599},
        {"Mon, 13 Jul 2026 21:34:44 GMT", 1783978484},
        {"Sat, 18 Apr 2026 00:00:00 GMT", 1776470400},
        {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Sunday, 06-Nov-94 08:49:37 UTC", 784111777},
        {"Sun Nov  6 08:49:37 1994", 784111777},
        {"Sun Nov 06 08:49:37 1994", 784111777},
        {"Wed Nov 16 08:49:37 1994", 784975777},
        {"Thursday, 29-Feb-24 00:00:00 GMT", 1709164800},
        {"Thu Feb 29 00:00:00 2024", 1709164800},
        {"Friday, 31-Dec-27 23:59:60 GMT", 1830297599},
        {"Fri Dec 31 23:59:60 2027", 1830297599},
        /* Every day of the week is accepted in both forms, and need not match the date. */
        {"Monday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Tuesday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Wednesday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Thursday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Friday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Saturday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Mon, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Tue, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Wed, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Thu Nov  6 08:49:37 1994", 784111777},
        {"Fri Nov  6 08:49:37 1994", 784111777},
        {"Sat Nov  6 08:49:37 1994", 784111777},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_time_t time = -42;
        if (parse_date(rows[i].text, 0, &time) != 0 || time != S(rows[i].seconds)) {
            fail_msg("%s: %lld", rows[i].text, (long long)time);
        }
    }
}

static void bad_http_dates_are_refused(void **unused)
{
    static const char *const texts[] = {
        "",
        "S",
        "Sun",
        "Sun,",
        "GMT",
        " GMT",
        "Sun GMT",
        "Sunday GMT",
        "Sun, GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 EST",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        "Sun,  6 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 ovD 1994 08:49:37 GMT",
        "Sun, 06 XXX 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Dec 1994 08:49:37 GMT",
        "Sun, 30 Feb 1994 08:49:37 GMT",
        "Sun, 29 Feb 2023 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT",
        "Sun, 06-Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994-08:49:37 GMT",
        "Sun, 06 Nov 199x 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun. 06 Nov 1994 08:49:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "SUN, 06 Nov 1994 08:49:37 GMT",
        "\xff\xfe\x80, 06 Nov 1994 08:49:37 GMT",
        ",,,, 06 Nov 1994 08:49:37 GMT",
        "06 Nov 1994 08:49:37 GMT",
        "Sund, 06-Nov-94 08:49:37 GMT",
        "Sunxyz, 06-Nov-94 08:49:37 GMT",
        "Xyzday, 06-Nov-94 08:49:37 GMT",
        "Sundays, 06-Nov-94 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sunday Nov  6 08:49:37 1994",
        "Sunday, 06-Nov-94 08:49:37",
        "Sunday, 06-Nov-94 08:49:37 EST",
        "Sunday 06-Nov-94 08:49:37 GMT",
        "Sunday, 31-Feb-94 08:49:37 GMT",
        "Sunday, 06-Xxx-94 08:49:37 GMT",
        "Sunday, 06-Nov-9x 08:49:37 GMT",
        "Sunday, 06-Nov--4 08:49:37 GMT",
        "Sunday, 06 Nov 94 08:49:37 GMT",
        "Sunday,  6-Nov-94 08:49:37 GMT",
        "Xyz Nov  6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  0 08:49:37 1994",
        "Sun Nov x6 08:49:37 1994",
        "Sun Nov 6  08:49:37 1994",
        "Sun Feb 30 08:49:37 1994",
        "Sun, Nov  6 08:49:37 1994",
        "Sun Nov  6 08:49:37 94",
        "Sun Nov  6 08:49:37 199 ",
    };
    amp_time_t time = -42;
    const amp_str_t nothing = {NULL, 0};
    (void)unused;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        if (parse_date(texts[i], 0, &time) != AMP_ERR_VALUE || time != -42) {
            fail_msg("%s was read as %lld", texts[i], (long long)time);
        }
    }
    assert_int_equal(amp_date_parse(nothing, 0, &time), AMP_ERR_VALUE);
}

/* A part of a date is not a date. Nothing beyond its end is read. */
static void http_dates_are_refused_when_cut_or_changed(void **unused)
{
    static const char *const texts[] = {"Sun, 06 Nov 1994 08:49:37 GMT", "Wednesday, 09-Nov-94 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 1994"};
    (void)unused;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        char text[AMP_DATE_SIZE + 1u];
        amp_time_t time = -42;
        const size_t len = strlen(texts[i]);
        for (size_t at = 0; at < len; ++at) {
            memcpy(text, texts[i], len + 1u);
            text[at] = '\0';
            assert_int_equal(parse_date(text, 0, &time), AMP_ERR_VALUE);
            text[at] = '\x7f';
            assert_int_equal(parse_date(text, 0, &time), AMP_ERR_VALUE);
        }
        (void)snprintf(text, sizeof text, "%sx", texts[i]);
        assert_int_equal(parse_date(text, 0, &time), AMP_ERR_VALUE);
        assert_int_equal(time, -42);
    }
}

static amp_time_t time_of(const char *text)
{
    amp_time_t time = 0;
    assert_int_equal(amp_time_parse(amp_str(text), &time), 0);
    return time;
}

/* RFC 9110, 5.6.7: a year that would be more than 50 years ahead is in the past. */
static void a_year_of_two_digits_is_within_50_years(void **unused)
{
    static const struct {
        const char *now;
        const char *date;
        const char *expected;
    } rows[] = {
        {"2056-11-28T00:00:00Z", "Saturday, 28-Nov-56 00:00:00 GMT", "2056-11-28T00:00:00Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 28-Nov-06 00:00:00 GMT", "2106-11-28T00:00:00Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 28-Nov-06 00:00:01 GMT", "2006-11-28T00:00:01Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 27-Nov-06 23:59:59 GMT", "2106-11-27T23:59:59Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 31-Dec-99 23:59:59 GMT", "2099-12-31T23:59:59Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 01-Jan-00 00:00:00 GMT", "2100-01-01T00:00:00Z"},
        {"2056-11-28T00:00:00Z", "Saturday, 29-Feb-04 00:00:00 GMT", "2104-02-29T00:00:00Z"},
        {"2054-02-28T12:00:00Z", "Saturday, 29-Feb-04 12:00:01 GMT", "2004-02-29T12:00:01Z"},
        {"2054-03-01T12:00:00Z", "Saturday, 29-Feb-04 12:00:00 GMT", "2104-02-29T12:00:00Z"},
        {"2051-01-01T00:00:00Z", "Saturday, 01-Jan-01 00:00:00 GMT", "2101-01-01T00:00:00Z"},
        {"2051-01-01T00:00:00Z", "Saturday, 01-Jan-01 00:00:01 GMT", "2001-01-01T00:00:01Z"},
        /* There is no 29 February 2100. */
        {"2080-01-01T00:00:00Z", "Saturday, 29-Feb-00 00:00:00 GMT", "2000-02-29T00:00:00Z"},
        {"9999-12-31T23:59:59Z", "Saturday, 31-Dec-99 23:59:59 GMT", "9999-12-31T23:59:59Z"},
        /* A clock before the library's build counts as unset. */
        {"1970-01-01T00:00:00Z", "Saturday, 01-Jan-27 00:00:00 GMT", "2027-01-01T00:00:00Z"},
        {"0000-01-01T00:00:00Z", "Saturday, 01-Jan-27 00:00:00 GMT", "2027-01-01T00:00:00Z"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_time_t time = 0;
        assert_int_equal(parse_date(rows[i].date, time_of(rows[i].now), &time), 0);
        if (time != time_of(rows[i].expected)) {
            char text[AMP_TIME_SIZE];
            amp_time_text(time, text);
            fail_msg("at %s %s is %s", rows[i].now, rows[i].date, text);
        }
    }
}

/* A date never causes a shorter wait than the same wait in seconds. */
static void a_date_to_retry_at_is_counted_from_the_best_clock(void **unused)
{
    static const struct {
        const char *date;
        const char *utc; /* clock of the device */
        const char *retry_at;
        uint32_t also_s; /* Retry-After in seconds besides */
        uint32_t wait_s;
    } rows[] = {
        {"Fri, 01 Jan 2060 00:00:00 GMT", "2060-01-01T05:00:00Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 30},
        {"Friday, 01-Jan-27 00:00:00 GMT", "", "Fri Jan  1 00:00:30 2027", 0, 30},
        {"Fri Jan  1 00:00:00 2027", "", "Friday, 01-Jan-27 00:00:30 GMT", 0, 30},
        {"Fri, 01 Jan 2027 00:00:00 GMT", "", "Thu, 31 Dec 2026 23:59:59 GMT", 0, 0},
        {"Fri, 01 Jan 2027 00:00:00 GMT", "", "Thu, 31 Dec 2026 23:59:59 GMT", 9, 9},
        {"Fri, 01 Jan 2027 00:00:00 GMT", "", "Fri, 01 Jan 2027 00:00:30 GMT", 60, 60},
        {"", "2060-01-01T00:00:00Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 30},
        {"", "2060-01-01T00:00:00.5Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 30},
        {"", "2060-01-01T00:00:29.999999Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 1},
        {"", "2060-01-01T00:00:30Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 0},
        {"", "2060-01-01T00:00:00Z", "Fri, 31 Dec 9999 23:59:59 GMT", 0, UINT32_MAX},
        {"Xyz, 01 Jan 2060 00:00:00 GMT", "2060-01-01T00:00:10Z", "Fri, 01 Jan 2060 00:00:30 GMT", 0, 20},
        {"Fri, 01 Jan 2060 00:00:00 GMT", "2060-01-01T00:00:00Z", "Xyz, 01 Jan 2060 00:00:30 GMT", 0, 0},
        {"Fri, 01 Jan 2060 00:00:00 GMT", "2060-01-01T00:00:00Z", "Xyz, 01 Jan 2060 00:00:30 GMT", 5, 5},
        {"", "2060-01-01T00:00:00Z", "", 0, 0},
        /* The clock is not set, so the distance of the date is unknown. */
        {"", "", "Sun, 06 Nov 1994 08:49:37 GMT", 0, 3600},
        {"", "1970-01-01T00:10:00Z", "Sun, 06 Nov 1994 08:49:37 GMT", 0, 3600},
        {"", "", "Sun, 06 Nov 1994 08:49:37 GMT", 30, 3600},
        {"", "", "Sun, 06 Nov 1994 08:49:37 GMT", 7200, 7200},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_info_t info;
        memset(&info, 0, sizeof info);
        memcpy(info.date, rows[i].date, strlen(rows[i].date));
        memcpy(info.retry_at, rows[i].retry_at, strlen(rows[i].retry_at));
        info.retry_after_s = rows[i].also_s;
        const amp_time_t utc = *rows[i].utc != '\0' ? time_of(rows[i].utc) : 0;
        const uint32_t wait_s = amp_retry_after_s(&info, utc);
        if (wait_s != rows[i].wait_s) {
            fail_msg("row %u: %lu s", (unsigned)i, (unsigned long)wait_s);
        }
    }
}

/* The clock is not set, but the date is later than the build. */
static void a_date_to_retry_at_is_counted_from_the_build(void **unused)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    amp_info_t info;
    char text[AMP_TIME_SIZE];
    (void)unused;
    memset(&info, 0, sizeof info);
    amp_time_text(S(AMP_BUILD_TIME + 100), text);
    const unsigned month = (unsigned)(text[5] - '0') * 10u + (unsigned)(text[6] - '0');
    (void)snprintf(info.retry_at, sizeof info.retry_at, "Sun, %.2s %s %.4s %.8s GMT", text + 8,
                   months[month - 1u], text, text + 11);
    assert_int_equal(amp_retry_after_s(&info, 0), 100);
    assert_int_equal(amp_retry_after_s(&info, S(AMP_BUILD_TIME) - 1), 100);
    assert_int_equal(amp_retry_after_s(&info, S(AMP_BUILD_TIME + 90)), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(http_dates_are_read),
        cmocka_unit_test(bad_http_dates_are_refused),
        cmocka_unit_test(http_dates_are_refused_when_cut_or_changed),
        cmocka_unit_test(a_year_of_two_digits_is_within_50_years),
        cmocka_unit_test(a_date_to_retry_at_is_counted_from_the_best_clock),
        cmocka_unit_test(a_date_to_retry_at_is_counted_from_the_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

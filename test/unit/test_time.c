/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "ampersand/text.h"

#define S(seconds) ((amp_time_t)(seconds)*1000000)

typedef struct {
    const char *text;
    amp_time_t time;
} good_t;

static const good_t good[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1970-01-01T00:00:00.000001Z", 1},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"2023-07-13T21:34:44.816354Z", 1689284084816354},
    {"2023-07-13T21:34:44.816Z", 1689284084816000},
    {"2023-07-13T21:34:44Z", 1689284084000000},
    {"2023-07-13t21:34:44z", 1689284084000000},
    {"2023-07-13T21:34:44.8z", 1689284084800000},
    {"2023-07-13T21:34:44.81Z", 1689284084810000},
    {"2023-07-13T21:34:44.8163Z", 1689284084816300},
    {"2023-07-13T21:34:44.81635Z", 1689284084816350},
    {"2023-07-13T21:34:44.8163549Z", 1689284084816354},
    {"2023-07-13T21:34:44.81635499Z", 1689284084816354},
    {"2023-07-13T21:34:44.816354999Z", 1689284084816354},
    {"2023-07-13T21:34:44.000000999Z", 1689284084000000},
    {"2023-07-13T23:34:44+02:00", 1689284084000000},
    {"2023-07-13T23:34:44.5+02:00", 1689284084500000},
    {"2023-07-13T15:49:44-05:45", 1689284084000000},
    {"2023-07-13T21:34:44+00:00", 1689284084000000},
    {"2023-07-13T21:34:44-00:00", 1689284084000000},
    {"2023-07-14T21:33:44+23:59", 1689284084000000},
    {"2023-07-12T21:35:44-23:59", 1689284084000000},
    {"2000-02-29T12:00:00Z", S(951825600)},
    {"2024-02-29T00:00:00Z", S(1709164800)},
    {"2023-12-31T23:59:60Z", S(1704067199)},
    {"2016-12-31T23:59:60.25Z", S(1483228799) + 250000},
    {"2017-01-01T00:59:60+01:00", S(1483228799)},
    {"0000-01-01T00:00:00Z", S(-62167219200)},
    {"0000-02-29T00:00:00Z", S(-62162121600)},
    {"0001-01-01T00:00:00Z", S(-62135596800)},
    {"9999-12-31T23:59:59.999999Z", S(253402300799) + 999999},
    {"0000-01-01T00:01:00+00:01", S(-62167219200)},
    {"9999-12-31T23:58:59.999999-00:01", S(253402300799) + 999999},
    {"2038-01-19T03:14:08Z", S(2147483648)},
    {"1900-03-01T00:00:00Z", S(-2203891200)},
};

static const char *const bad[] = {
    "",
    "Z",
    "2023",
    "2023-07-13",
    "2023-07-13T21:34",
    "2023-07-13T21:34Z",
    "2023-07-13T21:34:44",
    "2023-07-13T21:34:44.816",
    "2023-07-13T21:34:44.",
    "2023-07-13T21:34:44.Z",
    "2023-07-13T21:34:44,8Z",
    "2023-07-13T21:34:44.8163540000Z",
    "2023-07-13T21:34:44.81635400000000000000Z",
    "2023-07-13T21:34:44.8x6Z",
    "2023-07-13T21:34:44.-16Z",
    "2023-07-13 21:34:44Z",
    "2023-07-13_21:34:44Z",
    "2023/07/13T21:34:44Z",
    "2023-07/13T21:34:44Z",
    "2023-07-13T21.34.44Z",
    "2023-07-13T21:34.44Z",
    "20230713T213444Z",
    "23-07-13T21:34:44Z",
    "02023-07-13T21:34:44Z",
    "-023-07-13T21:34:44Z",
    "+023-07-13T21:34:44Z",
    " 2023-07-13T21:34:44Z",
    "2023-07-13T21:34:44Z ",
    "2023-07-13T21:34:44ZZ",
    "2023-07-13T21:34:44Y",
    "2023t07-13T21:34:44Z",
    "2023-07-13T21:34:44+",
    "2023-07-13T21:34:44+02",
    "2023-07-13T21:34:44+0200",
    "2023-07-13T21:34:44+2:00",
    "2023-07-13T21:34:44+02:0",
    "2023-07-13T21:34:44+02:000",
    "2023-07-13T21:34:44+02-00",
    "2023-07-13T21:34:44*02:00",
    "2023-07-13T21:34:44 02:00",
    "2023-07-13T21:34:44+24:00",
    "2023-07-13T21:34:44-24:00",
    "2023-07-13T21:34:44+23:60",
    "2023-07-13T21:34:44+a2:00",
    "2023-07-13T21:34:44+02:b0",
    "2023-07-13T21:34:44Z+02:00",
    "2023-00-13T21:34:44Z",
    "2023-13-13T21:34:44Z",
    "2023-07-00T21:34:44Z",
    "2023-07-32T21:34:44Z",
    "2023-01-32T00:00:00Z",
    "2023-03-32T00:00:00Z",
    "2023-04-31T00:00:00Z",
    "2023-05-32T00:00:00Z",
    "2023-06-31T00:00:00Z",
    "2023-08-32T00:00:00Z",
    "2023-09-31T00:00:00Z",
    "2023-10-32T00:00:00Z",
    "2023-11-31T00:00:00Z",
    "2023-12-32T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2024-02-30T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2000-02-30T00:00:00Z",
    "2023-07-13T24:00:00Z",
    "2023-07-13T21:60:00Z",
    "2023-07-13T21:34:61Z",
    "2023-07-13T-1:34:44Z",
    "2023-07-13T21:3:444Z",
    "x023-07-13T21:34:44Z",
    "2023-x7-13T21:34:44Z",
    "2023-07-x3T21:34:44Z",
    "2023-07-13Tx1:34:44Z",
    "2023-07-13T21:x4:44Z",
    "2023-07-13T21:34:x4Z",
    "2023-07-13T21:34:4:Z",
    "2023-07-13T21:34:4/Z",
    "2023-07-13T21:34:44\xc5\x9a",
    /* in a UTC year that amp_time_text cannot write */
    "0000-01-01T00:00:59.999999+00:01",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:00-00:01",
    "9999-12-31T23:59:60-23:59",
};

/* Parses a text without a NUL after it, so that a read beyond its end is detected. */
static int parse(const char *text, size_t len, amp_time_t *out_time)
{
    char *copy = pieces_alloc(len);
    memcpy(copy, text, len);
    amp_str_t view = {copy, len};
    int result = amp_time_parse(view, out_time);
    free(copy);
    return result;
}

static void parse_reads_every_form(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; ++i) {
        amp_time_t time = 42;
        if (parse(good[i].text, strlen(good[i].text), &time) != 0 || time != good[i].time) {
            fail_msg("%s: %lld, expected %lld", good[i].text, (long long)time, (long long)good[i].time);
        }
    }
}

static void parse_refuses_and_leaves_the_time_alone(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
        amp_time_t time = 42;
        if (parse(bad[i], strlen(bad[i]), &time) != AMP_ERR_VALUE || time != 42) {
            fail_msg("%s was read as %lld", bad[i], (long long)time);
        }
    }
    amp_time_t time = 42;
    amp_str_t nothing = {NULL, 0};
    assert_int_equal(amp_time_parse(nothing, &time), AMP_ERR_VALUE);
    assert_int_equal(parse("2023-07-13T21:34:44\0Z", 21, &time), AMP_ERR_VALUE);
    assert_int_equal(time, 42);
}

static void parse_refuses_every_beginning(void **unused)
{
    static const char *const texts[] = {"2023-07-13T21:34:44.816354999+02:00", "2023-07-13T21:34:44Z"};
    (void)unused;
    for (size_t i = 0; i < 2; ++i) {
        for (size_t len = 0; len < strlen(texts[i]); ++len) {
            amp_time_t time = 42;
            assert_int_equal(parse(texts[i], len, &time), AMP_ERR_VALUE);
            assert_int_equal(time, 42);
        }
    }
}

static int month_days(int year, int month)
{
    if (month == 2) {
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void check_day(int year, int month, int day, int64_t days)
{
    char text[64];
    char back[AMP_TIME_SIZE];
    amp_time_t time = 0;
    int64_t expected = (days * 86400 + 86399) * 1000000 + 123456;
    snprintf(text, sizeof text, "%04d-%02d-%02dT23:59:59.123456Z", year, month, day);
    assert_int_equal(amp_time_parse(amp_str(text), &time), 0);
    if (time != expected) {
        fail_msg("%s is %lld, expected %lld", text, (long long)time, (long long)expected);
    }
    amp_time_text(time, back);
    assert_string_equal(back, text);
}

/* Counts days slowly, month by month. */
static void every_month_of_every_year(void **unused)
{
    int64_t days = -719528;
    (void)unused;
    for (int year = 0; year <= 9999; ++year) {
        for (int month = 1; month <= 12; ++month) {
            int last = month_days(year, month);
            check_day(year, month, 1, days);
            check_day(year, month, last, days + last - 1);
            days += last;
        }
    }
}

static void every_second_of_a_day(void **unused)
{
    (void)unused;
    for (int32_t second = -86400; second < 86400; ++second) {
        char expected[64];
        char text[AMP_TIME_SIZE];
        int of_day = (int)((second + 86400) % 86400);
        amp_time_t time;
        snprintf(expected, sizeof expected, "%sT%02d:%02d:%02d.000000Z",
                 second < 0 ? "1969-12-31" : "1970-01-01", of_day / 3600, of_day / 60 % 60, of_day % 60);
        amp_time_text(S(second), text);
        assert_string_equal(text, expected);
        assert_int_equal(amp_time_parse(amp_str(expected), &time), 0);
        assert_int_equal(time, S(second));
    }
}

static void text_writes_utc_with_microseconds(void **unused)
{
    static const struct {
        amp_time_t time;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00.000000Z"},
        {-1, "1969-12-31T23:59:59.999999Z"},
        {-1000000, "1969-12-31T23:59:59.000000Z"},
        {-86400000000, "1969-12-31T00:00:00.000000Z"},
        {-86400000001, "1969-12-30T23:59:59.999999Z"},
        {1689284084816354, "2023-07-13T21:34:44.816354Z"},
        {S(-62167219200), "0000-01-01T00:00:00.000000Z"},
        {S(-62167219200) - 1, ""},
        {S(253402300799) + 999999, "9999-12-31T23:59:59.999999Z"},
        {S(253402300800), ""},
        {INT64_MIN, ""},
        {INT64_MAX, ""},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        char text[AMP_TIME_SIZE];
        memset(text, 'x', sizeof text);
        amp_time_text(rows[i].time, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void every_minute_of_an_offset(void **unused)
{
    (void)unused;
    for (int minutes = -(23 * 60 + 59); minutes <= 23 * 60 + 59; ++minutes) {
        char text[64];
        amp_time_t time;
        int size = minutes < 0 ? -minutes : minutes;
        snprintf(text, sizeof text, "1970-01-01T00:00:00.000001%c%02d:%02d", minutes < 0 ? '-' : '+',
                 size / 60, size % 60);
        assert_int_equal(amp_time_parse(amp_str(text), &time), 0);
        assert_int_equal(time, S(-60) * minutes + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_reads_every_form),
        cmocka_unit_test(parse_refuses_and_leaves_the_time_alone),
        cmocka_unit_test(parse_refuses_every_beginning),
        cmocka_unit_test(every_month_of_every_year),
        cmocka_unit_test(every_second_of_a_day),
        cmocka_unit_test(text_writes_utc_with_microseconds),
        cmocka_unit_test(every_minute_of_an_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

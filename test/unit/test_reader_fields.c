/* SPDX-License-Identifier: MIT */
/* Numbers, booleans and times. */
#include "reading.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct {
    amp_mask_t mask;
    uint8_t before;
    int32_t narrow;
    int32_t between;
    int64_t wide;
    uint8_t yes;
    uint8_t behind;
    amp_time_t time;
} values_t;

static const amp_field_t fields[] = {
    AMP_FIELD("narrow", AMP_INT, 0, values_t, narrow),
    AMP_FIELD("wide", AMP_INT, 0, values_t, wide),
    AMP_FIELD("yes", AMP_BOOL, 0, values_t, yes),
    AMP_FIELD("time", AMP_TIME, 0, values_t, time),
};
static const amp_schema_t schema = AMP_SCHEMA(values_t, fields, 0);

static values_t read_member(const char *name, const char *value, amp_status_t status)
{
    char text[512];
    values_t got;
    snprintf(text, sizeof text, "{\"%s\":%s}", name, value);
    const reading_result_t *result = read_text(&schema, text);
    check_result(result, status, status == AMP_END ? NULL : name, 0, text);
    assert_int_equal(result->items, status == AMP_END);
    memcpy(&got, result->record, sizeof got);
    assert_int_equal(got.before, 0);
    assert_int_equal(got.between, 0);
    assert_int_equal(got.behind, 0);
    return got;
}

static void integers_within_the_range(void **unused)
{
    static const struct {
        const char *text;
        int64_t value;
    } rows[] = {
        {"0", 0},
        {"-0", 0},
        {"1", 1},
        {"-1", -1},
        {"9", 9},
        {"10", 10},
        {"1000000000", 1000000000},
        {"2147483639", 2147483639},
        {"2147483640", 2147483640},
        {"2147483646", 2147483646},
        {"2147483647", INT32_MAX},
        {"-2147483647", -2147483647},
        {"-2147483648", INT32_MIN},
        {"2147483648", 2147483648},
        {"-2147483649", -2147483649},
        {"2147483650", 2147483650},
        {"-2147483650", -2147483650},
        {"4294967295", 4294967295},
        {"4294967296", 4294967296},
        {"-4294967296", -4294967296},
        {"21474836470", 21474836470},
        {"9223372036854775799", INT64_MAX - 8},
        {"9223372036854775800", INT64_MAX - 7},
        {"9223372036854775806", INT64_MAX - 1},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775807", -INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        int narrow = rows[i].value >= INT32_MIN && rows[i].value <= INT32_MAX;
        values_t got = read_member("wide", rows[i].text, AMP_END);
        assert_int_equal(got.wide, rows[i].value);
        assert_int_equal(got.mask.present, 2);
        got = read_member("narrow", rows[i].text, narrow ? AMP_END : AMP_ERR_VALUE);
        if (narrow) {
            assert_int_equal(got.narrow, rows[i].value);
            assert_int_equal(got.mask.present, 1);
        }
    }
}

static void other_numbers_are_refused(void **unused)
{
    static const char *const texts[] = {
        "9223372036854775808",
        "9223372036854775809",
        "9223372036854775810",
        "-9223372036854775809",
        "-9223372036854775810",
        "9223372036854775817",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617",
        "-18446744073709551616",
        "92233720368547758070",
        "100000000000000000000",
        "1234567890123456789012345678901234567890",
        "12345678901234567890123456789012345678901",
        "-12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "1.0",
        "-1.0",
        "0.0",
        "1.5",
        "1e3",
        "1E3",
        "1e0",
        "10e-1",
        "0e0",
        "-0.0",
        "1.00000000000000000000000000000000000000000000000000000000000000000000000",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(texts); ++i) {
        (void)read_member("narrow", texts[i], AMP_ERR_VALUE);
        (void)read_member("wide", texts[i], AMP_ERR_VALUE);
    }
}

static void a_bad_number_is_not_an_integer(void **unused)
{
    static const char *const texts[] = {"\"1\"", "\"\"", "true", "false", "[1]", "{}", "[]"};
    (void)unused;
    for (size_t i = 0; i < COUNT(texts); ++i) {
        (void)read_member("narrow", texts[i], AMP_ERR_TYPE);
    }
    (void)read_member("narrow", "null", AMP_END);
}

static void booleans(void **unused)
{
    static const char *const others[] = {"0", "1", "\"true\"", "\"\"", "[true]", "{}", "-1"};
    (void)unused;
    values_t got = read_member("yes", "true", AMP_END);
    assert_int_equal(got.yes, 1);
    assert_int_equal(AMP_HAS(&got, 2), 1);
    got = read_member("yes", "false", AMP_END);
    assert_int_equal(got.yes, 0);
    assert_int_equal(AMP_HAS(&got, 2), 1);
    got = read_member("yes", "null", AMP_END);
    assert_int_equal(AMP_HAS(&got, 2), 0);
    assert_int_equal(AMP_WAS_TRUNCATED(&got, 2), 0);
    for (size_t i = 0; i < COUNT(others); ++i) {
        (void)read_member("yes", others[i], AMP_ERR_TYPE);
    }
}

static void times(void **unused)
{
    static const struct {
        const char *text;
        amp_time_t time;
    } rows[] = {
        {"\"1970-01-01T00:00:00Z\"", 0},
        {"\"2023-07-13T21:34:44.816354Z\"", 1689284084816354},
        {"\"2023-07-13T21:34:44.816354999+00:00\"", 1689284084816354},
        {"\"2023-07-13t21:34:44.816z\"", 1689284084816000},
        {"\"2023-07-13T23:34:44+02:00\"", 1689284084000000},
        {"\"2023-07-13T23:34:44\\u002b02:00\"", 1689284084000000},
        {"\"\\u0032023-07-13T21\\u003A34:44Z\"", 1689284084000000},
        {"\"1969-12-31T23:59:59.999999Z\"", -1},
        {"\"\\u0032\\u0030\\u0032\\u0033\\u002d\\u0030\\u0037\\u002d\\u0031\\u0033\\u0054\\u0032\\u0031\\u003"
         "a"
         "\\u0033\\u0034\\u003a\\u0034\\u0034\\u005a\"",
         1689284084000000},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        values_t got = read_member("time", rows[i].text, AMP_END);
        assert_int_equal(got.time, rows[i].time);
        assert_int_equal(got.mask.present, 8);
    }
}

static void other_times_are_refused(void **unused)
{
    static const char *const values[] = {
        "\"\"",
        "\"today\"",
        "\"2023-02-29T00:00:00Z\"",
        "\"2023-07-13T21:34:44\"",
        "\"2023-07-13T21:34:44.8163549990Z\"",
        "\"2023-07-13T21:34:44.8163540000000000000000Z\"",
        "\"2023-07-13T21:34:44.816354000000000000000000000000000000000000Z\"",
        "\"2023-07-13T21:34:44Z                                        \"",
        "\"2023-07-13T21:34:44Z\\u0000\"",
        "\"2023-07-13T21:34:44Z\\ud800\"",
        "\"2023-07-13T21:34:44\\n\"",
        "\"2023-07-13T21:34:44\xc5\xba\"",
        "\"2023\\/07\\/13T21:34:44Z\"",
        "\"2023-07-13T24:00:00Z\"",
        "\"2023-07-13T21:34:61Z\"",
    };
    static const char *const types[] = {"0", "1689284084", "true", "[]", "{}"};
    (void)unused;
    for (size_t i = 0; i < COUNT(values); ++i) {
        (void)read_member("time", values[i], AMP_ERR_VALUE);
    }
    for (size_t i = 0; i < COUNT(types); ++i) {
        (void)read_member("time", types[i], AMP_ERR_TYPE);
    }
}

static void all_at_once(void **unused)
{
    const reading_result_t *result =
        read_text(&schema, "{\"time\":\"1970-01-01T00:00:01Z\",\"yes\":true,\"wide\":-5,\"narrow\":6}");
    values_t got;
    (void)unused;
    memcpy(&got, result->record, sizeof got);
    assert_int_equal(result->status, AMP_END);
    assert_int_equal(got.mask.present, 15);
    assert_int_equal(got.narrow, 6);
    assert_int_equal(got.wide, -5);
    assert_int_equal(got.yes, 1);
    assert_int_equal(got.time, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_within_the_range),
        cmocka_unit_test(other_numbers_are_refused),
        cmocka_unit_test(a_bad_number_is_not_an_integer),
        cmocka_unit_test(booleans),
        cmocka_unit_test(times),
        cmocka_unit_test(other_times_are_refused),
        cmocka_unit_test(all_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

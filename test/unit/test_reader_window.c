/* SPDX-License-Identifier: MIT */
/* Every size of the window, and the texts that must never be in the window. */
#include "../memory_holds.h"
#include "document.h"
#include "reading.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define LEAST 64u

typedef struct {
    amp_mask_t mask;
    char first[16];
    char id[96];
    char name[96];
    char last[96];
    int64_t number;
    amp_time_t time;
    uint8_t yes;
} row_t;

enum { FIRST, ID, NAME, LAST, NUMBER, TIME, YES };

static const amp_field_t fields[] = {
    [FIRST] = AMP_FIELD("first", AMP_STRING_TRUNC, 0, row_t, first),
    [ID] = AMP_FIELD("id", AMP_STRING, 0, row_t, id),
    [NAME] = AMP_FIELD("name", AMP_STRING_TRUNC, 0, row_t, name),
    [LAST] = AMP_FIELD("last", AMP_STRING, 0, row_t, last),
    [NUMBER] = AMP_FIELD("number", AMP_INT, 0, row_t, number),
    [TIME] = AMP_FIELD("time", AMP_TIME, 0, row_t, time),
    [YES] = AMP_FIELD("yes", AMP_BOOL, 0, row_t, yes),
};
static const amp_schema_t schema = AMP_SCHEMA(row_t, fields, 0);
static const amp_schema_t list = AMP_SCHEMA(row_t, fields, AMP_LIST);

static row_t read_row(const char *text, size_t window, amp_status_t status, const char *field, size_t need)
{
    const reading_result_t *result = read_bytes(&schema, window, text, strlen(text));
    row_t row;
    check_result(result, status, field, need, text);
    memcpy(&row, result->record, sizeof row);
    return row;
}

/* Texts in which only `field` can be too large for a window. It needs `need` bytes: the text between its
 * quotes, the quotes, and the array around it. */
static const struct {
    const char *text;
    const char *field;
    size_t need;
} rows[] = {
    {"{\"number\":-9223372036854775808,\"id\":\"abc\",\"time\":\"2023-07-13T21:34:44.816354Z\",\"yes\":true,"
     "\"last\":\"0123456789012345678901234567890123456789\",\"first\":\"short\",\"x\":[\"not wanted\"]}",
     NULL, 0},
    {"{\"yes\":false,\"number\":12,\"id\":\"012345678901234567890123456789012345678901234567890123456789\"}",
     NULL, 0},
    {"{\"yes\":false,\"number\":12,\"id\":\"0123456789012345678901234567890123456789012345678901234567890\"}",
     "id", 65},
    {"{\"first\":\"x\",\"id\":"
     "\"01234567890123456789012345678901234567890123456789012345678901234567890123456789\","
     "\"last\":\"y\"}",
     "id", 84},
    {"{\"yes\":true,\"last\":"
     "\"\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\","
     "\"number\":0}",
     "last", 76},
    {"{\"first\":\"a name that is "
     "cut\",\"last\":\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00"
     "\\ud83d\\ude00\xf0\x9f\x98\x80\\n\"}",
     "last", 82},
    {"{\"time\":\"\\u0032\\u0030\\u0032\\u0033\\u002d\\u0030\\u0037\\u002d\\u0031\\u0033T21:34:44Z\",\"yes\":"
     "true}",
     "time", 74},
};

static void the_same_through_every_window(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        row_t expected = read_row(rows[i].text, READING_WINDOW, AMP_END, NULL, 0);
        for (size_t window = LEAST; window <= 200; ++window) {
            if (window < rows[i].need) {
                (void)read_row(rows[i].text, window, AMP_ERR_WINDOW, rows[i].field, rows[i].need);
            } else {
                row_t got = read_row(rows[i].text, window, AMP_END, NULL, 0);
                assert_memory_equal(&got, &expected, sizeof got);
            }
        }
    }
}

/* A value is stored completely, for any number of bytes in the window before it. */
static void values_meet_the_end_of_the_window_everywhere(void **unused)
{
    static const char *const tails[] = {
        "\"number\":-1234567890123,\"yes\":true",
        "\"yes\":false,\"time\":\"2023-07-13T21:34:44Z\"",
        "\"time\":\"2023-07-13T21:34:44.816354Z\",\"last\":\"\"",
        "\"last\":\"\\ud83d\\ude00\xe2\x82\xac\\n\\u00e9x\\\"\",\"number\":0",
        "\"name\":\"\\ud83d\\ude00\xe2\x82\xac\\n\\u00e9x\\\"\",\"number\":7",
        "\"first\":\"aaaaaaaaaaaaaa\\u20acz\",\"number\":8",
        "\"first\":\"aaaaaaaaaaaaa\\ud83d\\ude00z\",\"number\":9",
        "\"number\":null,\"last\":null,\"yes\":null,\"name\":\"x\"",
    };
    (void)unused;
    for (size_t t = 0; t < COUNT(tails); ++t) {
        for (int len = 0; len <= 58; ++len) {
            char text[256];
            snprintf(text, sizeof text, "{\"id\":\"%.*s\",%s}", len,
                     "0123456789012345678901234567890123456789012345678901234567890123456789", tails[t]);
            row_t expected = read_row(text, 1024, AMP_END, NULL, 0);
            row_t got = read_row(text, LEAST, AMP_END, NULL, 0);
            assert_int_equal(strlen(got.id), len);
            assert_memory_equal(&got, &expected, sizeof got);
        }
    }
}

/* A text that is invalid at any length needs no window. */
static void a_scalar_has_a_greatest_length(void **unused)
{
    char text[512];
    (void)unused;
    snprintf(text, sizeof text, "{\"yes\":true,\"number\":-%0300d}", 1);
    memset(strchr(text, '-') + 1, '1', 300);
    (void)read_row(text, LEAST, AMP_ERR_VALUE, "number", 0);
    snprintf(text, sizeof text, "{\"time\":\"%0300d\"}", 1);
    (void)read_row(text, LEAST, AMP_ERR_VALUE, "time", 0);
}

/* A text that describes is truncated when it is longer than the window, and is never an error. The place of
 * truncation does not depend on how the bytes arrived. */
static void check_name(const char *spelled, const char *plain, const char *member_before)
{
    char text[1024];
    snprintf(text, sizeof text, "{%s\"name\":\"%s\",\"yes\":true}", member_before, spelled);
    for (size_t window = LEAST; window <= strlen(spelled) + 16; ++window) {
        row_t got = read_row(text, window, AMP_END, NULL, 0);
        size_t len = strlen(got.name);
        int fits = strlen(spelled) + 4 <= window && strlen(plain) < sizeof got.name;
        assert_int_equal(got.yes, 1);
        assert_memory_equal(got.name, plain, len);
        assert_int_equal(AMP_WAS_TRUNCATED(&got, NAME), !fits);
        assert_int_not_equal((uint8_t)plain[len] & 0xc0, 0x80);
        assert_true(fits ? len == strlen(plain) : len >= 8);
    }
}

#define X10 "0123456789"
#define E5 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
#define E5_ESCAPED "\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9"
#define PAIR "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80"
#define PAIR_ESCAPED "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00"

static void a_name_beyond_the_window_is_cut(void **unused)
{
    static const char *const before[] = {"", "\"first\":\"x\",", "\"id\":\"" X10 X10 X10 "\","};
    (void)unused;
    for (size_t i = 0; i < COUNT(before); ++i) {
        check_name(X10 X10 X10 X10 X10 X10 X10, X10 X10 X10 X10 X10 X10 X10, before[i]);
        check_name(X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10, X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10,
                   before[i]);
        check_name(E5 E5 E5 E5 E5 E5 E5, E5 E5 E5 E5 E5 E5 E5, before[i]);
        check_name("x" E5 E5 E5 E5 E5 E5 E5, "x" E5 E5 E5 E5 E5 E5 E5, before[i]);
        check_name(E5_ESCAPED E5_ESCAPED E5_ESCAPED, E5 E5 E5, before[i]);
        check_name("abc" PAIR_ESCAPED PAIR_ESCAPED, "abc" PAIR PAIR, before[i]);
        check_name(X10 "\\n" X10 "\\n" X10 X10 X10 X10, X10 "\n" X10 "\n" X10 X10 X10 X10, before[i]);
    }
}

/* One truncated text must not hide the fault at the end of another. */
static void a_cut_is_of_one_text_only(void **unused)
{
    static const char *const ends[] = {"\\u0000", "\\ud83d", "\\ude00"};
    (void)unused;
    for (size_t i = 0; i < COUNT(ends); ++i) {
        for (int len = 0; len <= 50; ++len) {
            char text[256];
            snprintf(text, sizeof text, "{\"first\":\"%s\",\"id\":\"%.*s%s\"}", X10 X10, len,
                     X10 X10 X10 X10 X10, ends[i]);
            (void)read_row(text, LEAST, AMP_ERR_VALUE, "id", 0);
            snprintf(text, sizeof text, "{\"first\":\"%s\",\"name\":\"%.*s%s\"}", X10 X10, len,
                     X10 X10 X10 X10 X10, ends[i]);
            (void)read_row(text, LEAST, AMP_ERR_VALUE, "name", 0);
        }
        char text[128];
        snprintf(text, sizeof text, "[{\"first\":\"%s\"},{\"id\":\"%s\"}]", X10 X10, ends[i]);
        check_read(&list, text, AMP_ERR_VALUE, "id");
    }
}

/* More rows than are tokenized at once, in records of several tables. */
static void library_records_through_every_window(void **unused)
{
    static const amp_schema_t *const tables[] = {&amp_connection_schema, &amp_installation_schema,
                                                 &amp_problem_schema};
    static document_t document;
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        document.row = -1;
        document_write(&document, tables[t]);
        for (size_t window = LEAST; window <= 640; window += window < 300 ? 1 : 17) {
            const reading_result_t *result = read_once(tables[t], window, document.text, document.len);
            check_result(result, AMP_END, NULL, 0, document.text);
            document_check(tables[t], (const uint8_t *)result->record, NULL, -1, 0);
        }
    }
}

#define SECRET "hush-4711"
#define SECRETS                                                                                              \
    "\"apiKey\":\"" SECRET "\",\"oauth2AuthorizationCode\":{\"accessToken\":{\"token\":\"" SECRET "\","      \
    "\"id\":\"" SECRET "\"},\"refreshToken\":{\"token\":\"" SECRET "\\n" SECRET "\"},\"scopes\":[\"" SECRET  \
    "\"]},\"basicAuth\":{\"username\":\"" SECRET "\",\"password\":\"" SECRET                                 \
    "\"},\"api\\u004bey\":\"" SECRET "\","

static void check_no_secret(void)
{
    assert_false(memory_holds(&reading.reader, sizeof reading.reader, "hush"));
    assert_false(memory_holds(reading.out, sizeof reading.out, "hush"));
    assert_false(memory_holds(reading.window, sizeof reading.window, "hush"));
}

/* In any pieces, credentials are not in memory while they are parsed, nor afterwards. */
static void credentials_reach_no_memory(void **unused)
{
    static const amp_schema_t *const tables[] = {&amp_connection_schema, &amp_installation_schema,
                                                 &amp_problem_schema};
    static document_t document;
    static reading_result_t result;
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        document.row = -1;
        document.noise = SECRETS;
        document_write(&document, tables[t]);
        for (size_t size = 1; size <= document.len; size = size < 40 ? size + 1 : size * 3) {
            (void)reading_parser(tables[t], 256);
            reading_start(&reading);
            for (size_t at = 0; at < document.len; at += size) {
                size_t left = document.len - at;
                reading_feed(&reading, (const uint8_t *)document.text + at, left < size ? left : size);
                if (size > 2) {
                    check_no_secret();
                }
            }
            check_no_secret();
            reading_finish(&reading, &result);
            check_no_secret();
            check_result(&result, AMP_END, NULL, 0, document.text);
            document_check(tables[t], (const uint8_t *)result.record, NULL, -1, 0);
        }
    }
}

/* Positions in a window have 16 bits. The excess of a larger window is not used. */
static void a_window_may_be_larger_than_is_used(void **unused)
{
    static uint8_t window[UINT16_MAX + 4096];
    static const char text[] = "{\"first\":\"a\\n\",\"number\":7,\"last\":\"z\"}";
    amp_reader_t reader;
    row_t row;
    size_t used;
    (void)unused;
    memset(window, 0xa5, sizeof window);
    assert_int_equal(amp_reader_init(&reader, &schema, &row, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, text, sizeof text - 1u, &used), AMP_ITEM);
    assert_int_equal(amp_reader_end(&reader), AMP_END);
    assert_string_equal(row.first, "a\n");
    assert_string_equal(row.last, "z");
    assert_int_equal(row.number, 7);
    assert_int_equal(window[UINT16_MAX], 0xa5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_through_every_window),
        cmocka_unit_test(values_meet_the_end_of_the_window_everywhere),
        cmocka_unit_test(a_scalar_has_a_greatest_length),
        cmocka_unit_test(a_name_beyond_the_window_is_cut),
        cmocka_unit_test(a_cut_is_of_one_text_only),
        cmocka_unit_test(library_records_through_every_window),
        cmocka_unit_test(credentials_reach_no_memory),
        cmocka_unit_test(a_window_may_be_larger_than_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "http/writer_json.h"
#include "http/writer_percent.h"

#define ALL_SIZE 2048u

typedef struct {
    amp_writer_t writer;
    uint8_t bytes[ALL_SIZE];
} page_t;

static void page_init(page_t *page)
{
    memset(page, 0, sizeof *page);
    amp__writer_init(&page->writer, page->bytes, sizeof page->bytes, 0);
    page->writer.field = "it";
}

static void page_is(const page_t *page, const char *expected, size_t len)
{
    assert_int_equal(page->writer.status, AMP_OK);
    assert_null(page->writer.bad);
    assert_int_equal(page->writer.len, len);
    assert_memory_equal(page->bytes, expected, len);
}

static void page_refused(const page_t *page)
{
    assert_int_equal(page->writer.status, AMP_ERR_ARGUMENT);
    assert_string_equal(page->writer.bad, "it");
}

/* One call of every write function, some of them with empty texts. */
static void write_all(amp_writer_t *writer)
{
    amp__write_text(writer, "GET ");
    amp__write_segment(writer, &AMP_STR("a/b c"));
    amp__write_text(writer, "");
    amp__write(writer, &AMP_STR("\0\1"));
    amp__write_number(writer, 0);
    amp__write_number(writer, 1234567890u);
    amp__write_percent(writer, &AMP_STR("\xc3\xa9~"));
    amp__write_string(writer, &AMP_STR("q\"\\\n\x7f\xf0\x9f\x98\x80"));
    amp__write_header_value(writer, &AMP_STR("x y"));
}

static void every_stretch_is_a_slice_of_the_whole(void **unused)
{
    static const char whole[] = "GET a%2Fb%20c\0\1"
                                "01234567890%C3%A9~\"q\\\"\\\\\\u000A\x7f\xf0\x9f\x98\x80\"x y";
    const size_t len = sizeof whole - 1u;
    (void)unused;
    for (size_t cap = 0; cap <= len + 2u; ++cap) {
        for (size_t skip = 0; skip <= len + 2u; ++skip) {
            amp_writer_t writer;
            /* Of exactly cap bytes, so that AddressSanitizer reports a byte too many. */
            uint8_t *got = malloc(cap > 0 ? cap : 1u);
            size_t rest = skip < len ? len - skip : 0;
            assert_non_null(got);
            memset(got, 0xee, cap);
            amp__writer_init(&writer, cap > 0 ? got : NULL, cap, skip);
            write_all(&writer);
            assert_int_equal(writer.status, AMP_OK);
            assert_int_equal(writer.len, len);
            rest = rest < cap ? rest : cap;
            if (rest > 0) {
                assert_memory_equal(got, whole + skip, rest);
            }
            for (size_t i = rest; i < cap; ++i) {
                assert_int_equal(got[i], 0xee);
            }
            free(got);
        }
    }
}

static void numbers_are_decimal(void **unused)
{
    static const struct {
        size_t number;
        const char *text;
    } rows[] = {
        {0, "0"},
        {9, "9"},
        {10, "10"},
        {99, "99"},
        {100, "100"},
        {65535, "65535"},
        {4294967295u, "4294967295"},
    };
    const char *most = sizeof(size_t) == 8u ? "18446744073709551615" : "4294967295";
    page_t page;
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        page_init(&page);
        amp__write_number(&page.writer, rows[i].number);
        page_is(&page, rows[i].text, strlen(rows[i].text));
    }
    page_init(&page);
    amp__write_number(&page.writer, SIZE_MAX);
    page_is(&page, most, strlen(most));
}

/* A length that would overflow the counter is refused before its bytes are read. */
static void more_than_can_be_counted_is_refused(void **unused)
{
    amp_str_t huge = {"x", SIZE_MAX / 2u};
    page_t page;
    (void)unused;
    page_init(&page);
    amp__write_text(&page.writer, "a");
    amp__write(&page.writer, &huge);
    page_refused(&page);
    assert_int_equal(page.writer.len, 1);
}

static void the_first_refusal_is_kept(void **unused)
{
    page_t page;
    (void)unused;
    page_init(&page);
    amp__writer_refuse(&page.writer);
    page.writer.field = "another";
    amp__writer_refuse(&page.writer);
    page_refused(&page);
}

static int stands_as_it_is(unsigned c)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    return c != 0 && strchr(unreserved, (int)c) != NULL;
}

static void percent_encodes_every_ascii_byte(void **unused)
{
    (void)unused;
    for (unsigned c = 1; c < 0x80u; ++c) {
        char text[2] = {(char)c, 'z'};
        amp_str_t view = {text, 2};
        char expected[8];
        page_t page;
        page_init(&page);
        amp__write_percent(&page.writer, &view);
        (void)snprintf(expected, sizeof expected, stands_as_it_is(c) ? "%cz" : "%%%02Xz", c);
        page_is(&page, expected, strlen(expected));
    }
}

/* Bytes above 0x7f occur only as parts of characters. A single one is refused. Pairs that form a character
 * are encoded byte by byte. */
static void percent_encodes_or_refuses_the_other_bytes(void **unused)
{
    (void)unused;
    for (unsigned c = 0x80; c < 0x100u; ++c) {
        char text[2] = {(char)c, (char)0x80};
        amp_str_t alone = {text, 1};
        amp_str_t pair = {text, 2};
        char expected[8];
        page_t page;
        page_init(&page);
        amp__write_percent(&page.writer, &alone);
        page_refused(&page);
        page_init(&page);
        amp__write_percent(&page.writer, &pair);
        if (c >= 0xc2u && c < 0xe0u) {
            (void)snprintf(expected, sizeof expected, "%%%02X%%80", c);
            page_is(&page, expected, 6);
        } else {
            page_refused(&page);
            assert_int_equal(page.writer.len, 0);
        }
    }
}

static const amp_str_t not_text[] = {
    {"\0", 1},
    {"a\0b", 3},
    {"\x80", 1},
    {"\xc0\xaf", 2},
    {"\xc1\xbf", 2},
    {"\xe2\x82", 2},
    {"\xed\xa0\x80", 3},
    {"\xe0\x80\xaf", 3},
    {"\xf4\x90\x80\x80", 4},
    {"\xf5\x80\x80\x80", 4},
    {"a\xff", 2},
};

static void bad_texts_are_refused(void **unused)
{
    static void (*const writers[])(amp_writer_t *, const amp_str_t *) = {
        amp__write_percent, amp__write_segment, amp__write_string, amp__write_header_value};
    (void)unused;
    for (size_t i = 0; i < sizeof not_text / sizeof not_text[0]; ++i) {
        for (size_t w = 0; w < sizeof writers / sizeof writers[0]; ++w) {
            page_t page;
            page_init(&page);
            writers[w](&page.writer, &not_text[i]);
            page_refused(&page);
            assert_int_equal(page.writer.len, 0);
        }
    }
}

static void steps_in_a_path_are_refused(void **unused)
{
    static const struct {
        amp_str_t text;
        const char *written; /* NULL: refused */
    } rows[] = {
        {{"", 0}, NULL},       {{NULL, 0}, NULL},           {{".", 1}, NULL},      {{"..", 2}, NULL},
        {{"...", 3}, "..."},   {{".a", 2}, ".a"},           {{"a.", 2}, "a."},     {{"../x", 4}, "..%2Fx"},
        {{"a:b", 3}, "a%3Ab"}, {{"a?b#c", 5}, "a%3Fb%23c"}, {{"%2e", 3}, "%252e"}, {{"-", 1}, "-"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        page_t page;
        page_init(&page);
        amp__write_segment(&page.writer, &rows[i].text);
        if (rows[i].written == NULL) {
            page_refused(&page);
        } else {
            page_is(&page, rows[i].written, strlen(rows[i].written));
        }
    }
}

static void strings_are_escaped(void **unused)
{
    (void)unused;
    for (unsigned c = 1; c < 0x80u; ++c) {
        char text[1] = {(char)c};
        amp_str_t view = {text, 1};
        char expected[12];
        page_t page;
        page_init(&page);
        amp__write_string(&page.writer, &view);
        (void)snprintf(expected, sizeof expected,
                       c < 0x20u               ? "\"\\u%04X\""
                       : c == '"' || c == '\\' ? "\"\\%c\""
                                               : "\"%c\"",
                       c);
        page_is(&page, expected, strlen(expected));
    }
}

static void strings_leave_utf8_of_every_length(void **unused)
{
    static const amp_str_t texts[] = {{"", 0},
                                      {NULL, 0},
                                      {"~\x7f", 2},
                                      {"\xc2\x80\xdf\xbf", 4},
                                      {"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", 12},
                                      {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8}};
    (void)unused;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        page_t page;
        page_init(&page);
        amp__write_string(&page.writer, &texts[i]);
        assert_int_equal(page.writer.status, AMP_OK);
        assert_int_equal(page.writer.len, texts[i].len + 2u);
        assert_int_equal(page.bytes[0], '"');
        assert_int_equal(page.bytes[texts[i].len + 1u], '"');
        if (texts[i].len > 0) {
            assert_memory_equal(page.bytes + 1, texts[i].ptr, texts[i].len);
        }
    }
}

static void header_values_are_visible_ascii_and_inner_spaces(void **unused)
{
    static const struct {
        amp_str_t text;
        int fits;
    } rows[] = {
        {{"a", 1}, 1},     {{"a b", 3}, 1},  {{"!~", 2}, 1},       {{"a  b", 4}, 1}, {{"", 0}, 0},
        {{NULL, 0}, 0},    {{" ", 1}, 0},    {{" a", 2}, 0},       {{"a ", 2}, 0},   {{"a\r", 2}, 0},
        {{"a\nb", 3}, 0},  {{"a\rb", 3}, 0}, {{"a\r\nb", 4}, 0},   {{"a\0b", 3}, 0}, {{"a\tb", 3}, 0},
        {{"a\x7f", 2}, 0}, {{"\x1f", 1}, 0}, {{"\xc3\xa9", 2}, 0}, {{"\x80", 1}, 0}, {{"\xff", 1}, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        page_t page;
        page_init(&page);
        assert_int_equal(amp__header_value_fits(&rows[i].text), rows[i].fits);
        amp__write_header_value(&page.writer, &rows[i].text);
        if (rows[i].fits) {
            page_is(&page, rows[i].text.ptr, rows[i].text.len);
        } else {
            page_refused(&page);
            assert_int_equal(page.writer.len, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stretch_is_a_slice_of_the_whole),
        cmocka_unit_test(numbers_are_decimal),
        cmocka_unit_test(more_than_can_be_counted_is_refused),
        cmocka_unit_test(the_first_refusal_is_kept),
        cmocka_unit_test(percent_encodes_every_ascii_byte),
        cmocka_unit_test(percent_encodes_or_refuses_the_other_bytes),
        cmocka_unit_test(bad_texts_are_refused),
        cmocka_unit_test(steps_in_a_path_are_refused),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(strings_leave_utf8_of_every_length),
        cmocka_unit_test(header_values_are_visible_ascii_and_inner_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "ampersand/text.h"
#include "base/str.h"
#include "base/utf8.h"

static void str_is_a_view_of_a_string(void **unused)
{
    static const char text[] = "abc";
    amp_str_t view = amp_str(text);
    (void)unused;
    assert_ptr_equal(view.ptr, text);
    assert_int_equal(view.len, 3);
    view = amp_str("");
    assert_non_null(view.ptr);
    assert_int_equal(view.len, 0);
    view = amp_str(NULL);
    assert_null(view.ptr);
    assert_int_equal(view.len, 0);
    view = AMP_STR("a\0b");
    assert_int_equal(view.len, 3);
}

static void equal_compares_bytes(void **unused)
{
    static const struct {
        amp_str_t a;
        amp_str_t b;
        int equal;
    } rows[] = {
        {{"abc", 3}, {"abc", 3}, 1},   {{"abc", 3}, {"abd", 3}, 0},   {{"abc", 3}, {"xbc", 3}, 0},
        {{"abc", 3}, {"abcd", 4}, 0},  {{"abc", 2}, {"abd", 2}, 1},   {{"", 0}, {NULL, 0}, 1},
        {{NULL, 0}, {NULL, 0}, 1},     {{NULL, 0}, {"a", 1}, 0},      {{"a", 0}, {"b", 0}, 1},
        {{"a\0b", 3}, {"a\0c", 3}, 0}, {{"a\0b", 3}, {"a\0b", 3}, 1}, {{"A", 1}, {"a", 1}, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        assert_int_equal(amp_str_equal(rows[i].a, rows[i].b), rows[i].equal);
        assert_int_equal(amp_str_equal(rows[i].b, rows[i].a), rows[i].equal);
    }
}

/* Uses arithmetic instead of shifts, to compute the same bytes in another way. */
static size_t slow_put(uint32_t c, uint8_t out[4])
{
    size_t count = c < 128 ? 1 : c < 2048 ? 2 : c < 65536 ? 3 : 4;
    static const unsigned lead[5] = {0, 0, 192, 224, 240};
    for (size_t i = count; i-- > 1;) {
        out[i] = (uint8_t)(128 + c % 64);
        c /= 64;
    }
    out[0] = (uint8_t)(lead[count] + c);
    return count;
}

static void a_view_is_compared_with_a_string(void **unused)
{
    const amp_str_t empty = {NULL, 0};
    const amp_str_t word = {"force!", 5};
    (void)unused;
    assert_true(amp__str_is(&empty, ""));
    assert_false(amp__str_is(&empty, "force"));
    assert_true(amp__str_is(&word, "force"));
    assert_false(amp__str_is(&word, "Force"));
    assert_false(amp__str_is(&word, "force!"));
}

static void put_writes_every_character(void **unused)
{
    (void)unused;
    for (uint32_t c = 0; c <= 0x10ffffu; ++c) {
        char got[4] = {0};
        uint8_t expected[4] = {0};
        size_t len = slow_put(c, expected);
        assert_int_equal(amp__utf8_put(c, got), len);
        assert_memory_equal(got, expected, 4);
    }
}

static void valid_accepts_every_character_but_nul_and_surrogates(void **unused)
{
    (void)unused;
    for (uint32_t c = 0; c <= 0x10ffffu; ++c) {
        uint8_t bytes[4];
        amp_str_t view = {(const char *)bytes, slow_put(c, bytes)};
        assert_int_equal(amp__utf8_valid(&view), c != 0 && (c < 0xd800 || c > 0xdfff));
    }
}

static int is_one_character(const uint8_t *bytes, size_t len)
{
    uint32_t c = bytes[0];
    uint8_t again[4];
    if (len > 1) {
        c &= len == 2 ? 0x1fu : len == 3 ? 0x0fu : 0x07u;
        for (size_t i = 1; i < len; ++i) {
            c = c * 64u + (bytes[i] & 0x3fu);
        }
    }
    return c > 0 && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) && slow_put(c, again) == len &&
           memcmp(again, bytes, len) == 0;
}

/* Two valid parts are valid together, so "xy" is tested separately from the sequences of two. */
static void valid_refuses_every_other_sequence(void **unused)
{
    static const uint8_t edges[] = {0x00, 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff};
    const size_t count = sizeof edges;
    (void)unused;
    for (unsigned lead = 0x80; lead <= 0xff; ++lead) {
        for (size_t n = 0; n < count * count * count; ++n) {
            uint8_t bytes[4] = {(uint8_t)lead, edges[n / count / count], edges[n / count % count],
                                edges[n % count]};
            for (size_t len = 1; len <= 4; ++len) {
                size_t head = 1;
                while (head < len && !is_one_character(bytes, head)) {
                    ++head;
                }
                if (head < len) {
                    break;
                }
                amp_str_t view = {(const char *)bytes, len};
                assert_int_equal(amp__utf8_valid(&view), is_one_character(bytes, len));
            }
        }
    }
}

static void valid_looks_at_the_whole_text(void **unused)
{
    static const struct {
        amp_str_t text;
        int valid;
    } rows[] = {
        {{NULL, 0}, 1},
        {{"", 0}, 1},
        {{"plain", 5}, 1},
        {{"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", 11}, 1},
        {{"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff", 11}, 0},
        {{"ab\0c", 4}, 0},
        {{"ab\xe2\x82", 4}, 0},
        {{"\x80", 1}, 0},
        {{"a\xed\xa0\x80", 4}, 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        assert_int_equal(amp__utf8_valid(&rows[i].text), rows[i].valid);
    }
}

static void whole_drops_only_an_incomplete_character(void **unused)
{
    static const uint32_t characters[] = {'z', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff};
    (void)unused;
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; ++i) {
        for (size_t before = 0; before <= 5; ++before) {
            uint8_t bytes[9] = "aaaaa";
            size_t len = slow_put(characters[i], bytes + before);
            for (size_t kept = 0; kept <= len; ++kept) {
                assert_int_equal(amp__utf8_whole((const char *)bytes, before + kept),
                                 kept == len ? before + len : before);
            }
        }
    }
}

static void whole_stays_in_bounds_of_invalid_text(void **unused)
{
    (void)unused;
    assert_int_equal(amp__utf8_whole("\x80\x80\x80\x80\x80", 5), 5);
    assert_int_equal(amp__utf8_whole("\x80\x80", 2), 2);
    assert_int_equal(amp__utf8_whole("a\xff", 2), 2);
    assert_int_equal(amp__utf8_whole("a\xc0", 2), 2);
    assert_int_equal(amp__utf8_whole("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(str_is_a_view_of_a_string),
        cmocka_unit_test(equal_compares_bytes),
        cmocka_unit_test(a_view_is_compared_with_a_string),
        cmocka_unit_test(put_writes_every_character),
        cmocka_unit_test(valid_accepts_every_character_but_nul_and_surrogates),
        cmocka_unit_test(valid_refuses_every_other_sequence),
        cmocka_unit_test(valid_looks_at_the_whole_text),
        cmocka_unit_test(whole_drops_only_an_incomplete_character),
        cmocka_unit_test(whole_stays_in_bounds_of_invalid_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

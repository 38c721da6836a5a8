/* SPDX-License-Identifier: MIT */
/* Texts that identify and texts that describe: sizes, escapes, and truncation. */
#include "reading.h"

#include "json/unescape.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ROOM 15u

typedef struct {
    amp_mask_t mask;
    char id[ROOM + 1];
    char name[ROOM + 1];
    char letter[2];
    char nothing[1];
} texts_t;

enum { ID, NAME, LETTER, NOTHING };

static const amp_field_t fields[] = {
    [ID] = AMP_FIELD("id", AMP_STRING, 0, texts_t, id),
    [NAME] = AMP_FIELD("name", AMP_STRING_TRUNC, 0, texts_t, name),
    [LETTER] = AMP_FIELD("letter", AMP_STRING_TRUNC, 0, texts_t, letter),
    [NOTHING] = AMP_FIELD("nothing", AMP_STRING_TRUNC, 0, texts_t, nothing),
};
static const amp_schema_t schema = AMP_SCHEMA(texts_t, fields, 0);

static texts_t got;

static void read_member(const char *member, const char *value, amp_status_t status, size_t need)
{
    char text[1024];
    snprintf(text, sizeof text, "{\"%s\":\"%s\"}", member, value);
    const reading_result_t *result = read_text(&schema, text);
    check_result(result, status, status == AMP_END ? NULL : member, need, text);
    memcpy(&got, result->record, sizeof got);
}

static const struct {
    const char *raw;
    const char *escaped;
} characters[] = {
    {"b", "\\u0062"},
    {"\xc3\xa9", "\\u00e9"},
    {"\xc2\x80", "\\u0080"},
    {"\xdf\xbf", "\\u07FF"},
    {"\xe0\xa0\x80", "\\u0800"},
    {"\xe2\x82\xac", "\\u20AC"},
    {"\xef\xbf\xbf", "\\uffff"},
    {"\xf0\x90\x80\x80", "\\ud800\\udc00"},
    {"\xf0\x9f\x98\x80", "\\uD83D\\ude00"},
    {"\xf4\x8f\xbf\xbf", "\\udbff\\udfff"},
    {"\"", "\\\""},
    {"\\", "\\\\"},
    {"/", "\\/"},
    {"\b", "\\b"},
    {"\f", "\\f"},
    {"\n", "\\n"},
    {"\r", "\\r"},
    {"\t", "\\t"},
    {"\x01", "\\u0001"},
    {"\x7f", "\\u007f"},
};

static void check_text(const char *spelled, const char *plain, size_t whole)
{
    size_t len = strlen(plain);
    if (len <= ROOM) {
        read_member("id", spelled, AMP_END, 0);
        assert_string_equal(got.id, plain);
        assert_int_equal(got.mask.present, 1u << ID);
        assert_int_equal(got.mask.truncated, 0);
    } else {
        read_member("id", spelled, AMP_ERR_TOO_LONG, len + 1);
    }
    read_member("name", spelled, AMP_END, 0);
    assert_int_equal(AMP_HAS(&got, NAME), 1);
    assert_int_equal(AMP_WAS_TRUNCATED(&got, NAME), len > ROOM);
    assert_int_equal(strlen(got.name), whole);
    assert_memory_equal(got.name, plain, whole);
}

/* Writes `before` letters, then `count` times the character, raw or escaped. */
static void check_filled(size_t before, size_t count, const char *plain_c, const char *spelled_c)
{
    char plain[128] = {0};
    char spelled[512] = {0};
    size_t whole = before < ROOM ? before : ROOM;
    memset(plain, 'a', before);
    memset(spelled, 'a', before);
    for (size_t i = 0; i < count; ++i) {
        strcat(plain, plain_c);
        strcat(spelled, spelled_c);
        whole = strlen(plain) <= ROOM ? strlen(plain) : whole;
    }
    check_text(spelled, plain, whole);
}

static void sizes_count_unescaped_bytes(void **unused)
{
    (void)unused;
    for (size_t c = 0; c < COUNT(characters); ++c) {
        int must_escape =
            (uint8_t)characters[c].raw[0] < 0x20 || strchr("\"\\", characters[c].raw[0]) != NULL;
        for (size_t before = 0; before <= ROOM + 2; ++before) {
            for (size_t count = before == 0 ? 0 : 1; count <= 3; ++count) {
                check_filled(before, count, characters[c].raw, characters[c].escaped);
                if (!must_escape) {
                    check_filled(before, count, characters[c].raw, characters[c].raw);
                }
            }
        }
    }
}

static void text_after_a_dropped_character_is_dropped(void **unused)
{
    (void)unused;
    check_text("aaaaaaaaaaaaaa\xc3\xa9z", "aaaaaaaaaaaaaa\xc3\xa9z", 14);
    check_text("aaaaaaaaaaaaaa\\u00e9z", "aaaaaaaaaaaaaa\xc3\xa9z", 14);
    check_text("aaaaaaaaaaaaaa\\u20acz\\u0041", "aaaaaaaaaaaaaa\xe2\x82\xaczA", 14);
    check_text("aaaaaaaaaaaaa\\ud83d\\ude00z", "aaaaaaaaaaaaa\xf0\x9f\x98\x80z", 13);
    check_text("aaaaaaaaaaaa\\ud83d\\ude00\\nz", "aaaaaaaaaaaa\xf0\x9f\x98\x80\nz", 12);
    check_text("aaaaaaaaaaaaaaa\\u0041", "aaaaaaaaaaaaaaaA", 15);
    check_text("aaaaaaaaaaaaaa\\n\\n", "aaaaaaaaaaaaaa\n\n", 15);
}

static void long_texts(void **unused)
{
    char plain[601];
    (void)unused;
    memset(plain, 'x', sizeof plain - 1u);
    plain[sizeof plain - 1u] = '\0';
    check_text(plain, plain, ROOM);
}

static void small_places(void **unused)
{
    (void)unused;
    read_member("letter", "", AMP_END, 0);
    assert_int_equal(AMP_HAS(&got, LETTER), 1);
    assert_int_equal(AMP_WAS_TRUNCATED(&got, LETTER), 0);
    read_member("letter", "ab", AMP_END, 0);
    assert_string_equal(got.letter, "a");
    assert_int_equal(AMP_WAS_TRUNCATED(&got, LETTER), 1);
    read_member("letter", "\\u00e9a", AMP_END, 0);
    assert_string_equal(got.letter, "");
    assert_int_equal(AMP_WAS_TRUNCATED(&got, LETTER), 1);
    read_member("letter", "\xe2\x82\xac", AMP_END, 0);
    assert_string_equal(got.letter, "");
    assert_int_equal(AMP_WAS_TRUNCATED(&got, LETTER), 1);
    read_member("nothing", "", AMP_END, 0);
    assert_int_equal(AMP_WAS_TRUNCATED(&got, NOTHING), 0);
    read_member("nothing", "a", AMP_END, 0);
    assert_string_equal(got.nothing, "");
    assert_int_equal(AMP_WAS_TRUNCATED(&got, NOTHING), 1);
}

static const char *const no_text[] = {
    "\\u0000",
    "a\\u0000",
    "\\u0000b",
    "a\\u0000b",
    "\\ud800",
    "\\udbff",
    "\\udc00",
    "\\udfff",
    "a\\ud83db",
    "\\ud83d\\n",
    "\\ud83d\\\\ude00",
    "\\ud83d\xc3\xa9",
    "\\ud83d\\u0041",
    "\\ud83d\\ud83d",
    "\\ud83d\\udbff",
    "\\ud83d\\ue000",
    "\\ude00\\ud83d",
    "\\udc00\\udc00",
    "\\udfff\\udfff",
    "\\ud83dxude00",
    "\\ud83d\\nde00",
    "\\ud83d\\u0000",
    "\\ud83d\\ude00\\ude00",
    "\\ud83d\\ude00\\ud83d",
    "\\ud83d \\ude00",
};

static void nul_and_half_pairs_are_refused(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(no_text); ++i) {
        read_member("id", no_text[i], AMP_ERR_VALUE, 0);
        read_member("name", no_text[i], AMP_ERR_VALUE, 0);
    }
    check_read(&schema, "{\"name\":\"\\ud83d\\u\"}", AMP_ERR_JSON, NULL);
}

static void unwanted_texts_may_contain_them(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(no_text); ++i) {
        read_member("other", no_text[i], AMP_END, 0);
        assert_int_equal(got.mask.present, 0);
        read_member(no_text[i], "x", AMP_END, 0);
        assert_int_equal(got.mask.present, 0);
    }
}

/* The last character that is kept is also checked, although the text is truncated after it. */
static void nul_and_half_pairs_are_refused_before_a_cut(void **unused)
{
    (void)unused;
    read_member("name", "aaaaa\\u0000aaaaaaaaaaaaaaaaaaa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaa\\udc00aaaaaaaaaaaaaaaaaaa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaaaaaaaa\\ud83d\\u0041aaaaaaa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaaaaaaaaaaa\\u0000aaaaaaaaaa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaaaaaaaaaa\\udc00aaaaaaaaaaa", AMP_ERR_VALUE, 0);
}

static void after_a_truncation_only_json_is_checked(void **unused)
{
    (void)unused;
    read_member("name", "aaaaaaaaaaaaaaaa\\u0000\\ud800", AMP_END, 0);
    assert_string_equal(got.name, "aaaaaaaaaaaaaaa");
    /* Half of a surrogate pair is checked only if there is room for the character after it, escaped or
     * not. */
    read_member("name", "aaaaaaaaaaaa\\ud83d\\u00e9", AMP_END, 0);
    assert_string_equal(got.name, "aaaaaaaaaaaa");
    read_member("name", "aaaaaaaaaaaa\\ud83d\\u0041aa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaaaaaaaaa\\ud83d\\naffaa", AMP_ERR_VALUE, 0);
    read_member("name", "aaaaaaaaaaaa\\ud83dxuffffaa", AMP_ERR_VALUE, 0);
    check_read(&schema, "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\xff\"}", AMP_ERR_JSON, NULL);
    check_read(&schema, "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\\x\"}", AMP_ERR_JSON, NULL);
    check_read(&schema, "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\n\"}", AMP_ERR_JSON, NULL);
}

/* Half of a surrogate pair is refused. At the end of a truncated text it is not, because its other half may
 * follow. */
static void half_a_pair_is_dropped_at_the_cut_only(void **unused)
{
    static const struct {
        const char *text;
        int len; /* length of the text in 4 bytes and a NUL; -1: refused */
    } rows[] = {
        {"ab\\ud83d", 2},          {"ab\\ud83dx", 2},      {"ab\\ud83d\\n", 2},     {"ab\\ud83d\\u20ac", 2},
        {"a\\ud83dx", -1},         {"a\\ud83d\\n", -1},    {"a\\ud83d\\u0041", -1}, {"a\\ud83d\\u20ac", 1},
        {"abcd\\ud83d\\ude00", 4}, {"\\ud83d\\ude00x", 4}, {"a\\ude00b", -1},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        char out[5];
        size_t len = strlen(rows[i].text);
        assert_int_equal(amp__unescape((const uint8_t *)rows[i].text, len, out, sizeof out, 1), rows[i].len);
    }
}

/* A text that must not be truncated, and whose length the caller has not checked, must never overflow its
 * member. */
static void a_text_too_long_is_refused(void **unused)
{
    char out[5] = "";
    (void)unused;
    assert_int_equal(amp__unescape((const uint8_t *)"abcd", 4, out, sizeof out, 0), 4);
    assert_int_equal(amp__unescape((const uint8_t *)"abcde", 5, out, sizeof out, 0), -1);
    assert_int_equal(amp__unescape((const uint8_t *)"abc\\u20ac", 9, out, sizeof out, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_count_unescaped_bytes),
        cmocka_unit_test(text_after_a_dropped_character_is_dropped),
        cmocka_unit_test(half_a_pair_is_dropped_at_the_cut_only),
        cmocka_unit_test(a_text_too_long_is_refused),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(small_places),
        cmocka_unit_test(nul_and_half_pairs_are_refused),
        cmocka_unit_test(unwanted_texts_may_contain_them),
        cmocka_unit_test(nul_and_half_pairs_are_refused_before_a_cut),
        cmocka_unit_test(after_a_truncation_only_json_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

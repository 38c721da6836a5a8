/* SPDX-License-Identifier: MIT */
#include "lexing.h"
#include "oracle.h"
#include "json/automaton.h"

typedef struct {
    amp_mask_t mask;
    int32_t n;
} number_t;

static const amp_field_t number_fields[] = {AMP_FIELD("n", AMP_INT, 0, number_t, n)};
static const amp_schema_t number_schema = AMP_SCHEMA(number_t, number_fields, 0);

#define T(literal)                                                                                           \
    {                                                                                                        \
        "" literal, sizeof("" literal) - 1u                                                                  \
    }

static const amp_str_t accepted[] = {
    T("0"),
    T("-0"),
    T("7"),
    T("-7"),
    T("10"),
    T("1234567890123456789012345678901234567890"),
    T("0.0"),
    T("-0.5"),
    T("1.25"),
    T("10.0100"),
    T("1e5"),
    T("1E5"),
    T("1e+5"),
    T("1e-5"),
    T("1e05"),
    T("0e0"),
    T("0E-0"),
    T("-0.0e-0"),
    T("1.5e300"),
    T("1e99999"),
    T("-1.5E+007"),
    T("true"),
    T("false"),
    T("null"),
    T("\"\""),
    T("\" \""),
    T("\"abc\""),
    T("\"a/b\""),
    T("\"it's\""),
    T("\"\x7f\""),
    T("\"\\\"\""),
    T("\"\\\\\""),
    T("\"\\/\""),
    T("\"\\b\\f\\n\\r\\t\""),
    T("\"\\\\\\\\\\\"\""),
    T("\"\\u0000\""),
    T("\"\\u001f\""),
    T("\"\\u00e9\""),
    T("\"\\uABCD\\uabcd\\uAbCd\""),
    T("\"\\ud83d\\ude00\""),
    T("\"\\ud800\""),
    T("\"\\udc00\""),
    T("\"\\ud800x\""),
    T("\"\\udc00\\ud800\""),
    T("\"\\uffff\\ufffe\""),
    T("\"\\u0022\\u005c\""),
    T("\"/*no comment*/\""),
    T("\"{[,:]}\""),
    T("\"\xc2\x80\xdf\xbf\""),
    T("\"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\""),
    T("\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""),
    T("\"\xef\xbb\xbf\""),
    T("\"\xe2\x80\xa8\xe2\x80\xa9\""),
    T("[]"),
    T("{}"),
    T("[[]]"),
    T("[{}]"),
    T("[[],[]]"),
    T("[{},{}]"),
    T("[[[[[[[[[]]]]]]]]]"),
    T("[1]"),
    T("[1,2]"),
    T("[0,-0,1.5,1e5]"),
    T("[true,false,null]"),
    T("[\"\",\"a\"]"),
    T("[null,[null,[null]]]"),
    T("[\"a\",{\"b\":[1,{\"c\":null}]},2]"),
    T("{\"a\":1}"),
    T("{\"\":0}"),
    T("{\"a\":{}}"),
    T("{\"a\":[]}"),
    T("{\"a\":\"b\",\"c\":\"d\"}"),
    T("{\"a\":1,\"a\":2}"),
    T("{\"a\\u0062\":1}"),
    T("{\"\\u0000\":1}"),
    T("{\"\xc3\xa9\":1}"),
    T("{\"a\":{\"a\":{\"a\":{\"a\":1}}}}"),
    T("{\"a\":true,\"b\":[false,{}],\"c\":-1e-1}"),
    T(" 1"),
    T("1 "),
    T("\t\r\n 1 \n\r\t"),
    T(" [ ] "),
    T(" { } "),
    T(" [ 1 , 2 ] "),
    T("\n{\n\t\"a\"\n:\n1\r\n,\n\"b\" : [ ] }\n"),
    T("\"a\"\n"),
    T("true "),
    T("[1\n,2\t]"),
};

static const amp_str_t refused[] = {
    T(""),
    T(" "),
    T("\n\t"),
    T("\xef\xbb\xbf"
      "1"),
    T("\0"),
    T("1\0"),
    T("[\0]"),
    T("\f1"),
    T("\v1"),
    T("\xc2\xa0"
      "1"),
    T("1\xc2\xa0"),
    T("-"),
    T("+1"),
    T("--1"),
    T("-a"),
    T("- 1"),
    T("00"),
    T("01"),
    T("-01"),
    T("0123"),
    T("-00"),
    T("1 2"),
    T("1."),
    T("-1."),
    T("."),
    T(".5"),
    T("-.5"),
    T("1..2"),
    T("1.2.3"),
    T("1.e5"),
    T("0.e1"),
    T("1.-5"),
    T("1e"),
    T("1E"),
    T("1e+"),
    T("1e-"),
    T("1e1.5"),
    T("1e1e1"),
    T("1e++1"),
    T("1e+-1"),
    T("1ee1"),
    T("e1"),
    T("0x10"),
    T("1_000"),
    T("1,000"),
    T("1f"),
    T("1n"),
    T("1a"),
    T("NaN"),
    T("nan"),
    T("Infinity"),
    T("-Infinity"),
    T("inf"),
    T("\xef\xbc\x91"),
    T("t"),
    T("tru"),
    T("trux"),
    T("truee"),
    T("True"),
    T("TRUE"),
    T("true1"),
    T("f"),
    T("fals"),
    T("falsee"),
    T("False"),
    T("n"),
    T("nul"),
    T("nulll"),
    T("Null"),
    T("nil"),
    T("undefined"),
    T("true false"),
    T("tr ue"),
    T("trueface"),
    T("nullnull"),
    T("t\0ue"),
    T("true\0"),
    T("\""),
    T("\"a"),
    T("\"\\\""),
    T("\"\\"),
    T("\"\\u"),
    T("\"\\u12"),
    T("\"\\u123\""),
    T("\"\\u12g4\""),
    T("\"\\U0041\""),
    T("\"\\x41\""),
    T("\"\\a\""),
    T("\"\\v\""),
    T("\"\\'\""),
    T("\"\\0\""),
    T("\"\\ \""),
    T("\"\\\n\""),
    T("\"\\\xc3\xa9\""),
    T("\"\\u-123\""),
    T("\"\\u 123\""),
    T("\"\\u+123\""),
    T("\"\\ud83d\\ud\""),
    T("\"a\nb\""),
    T("\"a\tb\""),
    T("\"a\0b\""),
    T("\"\x1f\""),
    T("'a'"),
    T("\"a' "),
    T("`a`"),
    T("a"),
    T("\\u0031"),
    T("\"a\"\"b\""),
    T("\"a\" \"b\""),
    T("\"a\"b"),
    T("\"a\":1"),
    T("\"\x80\""),
    T("\"\xbf\""),
    T("\"\xc0\x80\""),
    T("\"\xc1\xbf\""),
    T("\"\xc2\""),
    T("\"\xc2\xc2\""),
    T("\"\xc2x\""),
    T("\"\xe0\x80\x80\""),
    T("\"\xe0\x9f\xbf\""),
    T("\"\xe2\x82\""),
    T("\"\xe2\x28\xa1\""),
    T("\"\xe2\x82\x28\""),
    T("\"\xed\xa0\x80\""),
    T("\"\xed\xbf\xbf\""),
    T("\"\xed\xa0\xbd\xed\xb8\x80\""),
    T("\"\xf0\x80\x80\x80\""),
    T("\"\xf0\x8f\xbf\xbf\""),
    T("\"\xf0\x9f\x98\""),
    T("\"\xf0\x9f\x98\x28\""),
    T("\"\xf4\x90\x80\x80\""),
    T("\"\xf5\x80\x80\x80\""),
    T("\"\xf8\x88\x80\x80\x80\""),
    T("\"\xfc\x84\x80\x80\x80\x80\""),
    T("\"\xfe\""),
    T("\"\xff\""),
    T("\"\xc3\xa9\xa9\""),
    T("\xc3\xa9"),
    T("{\"\xff\":1}"),
    T("{\"\xed\xa0\x80\":1}"),
    T("["),
    T("]"),
    T("[1"),
    T("[1,"),
    T("[1,]"),
    T("[,1]"),
    T("[,]"),
    T("[1,,2]"),
    T("[1 2]"),
    T("[1:2]"),
    T("[1;2]"),
    T("[1}"),
    T("[}"),
    T("[]]"),
    T("[[]"),
    T("[\"a\":1]"),
    T("[\"a]"),
    T("[1],"),
    T("[],[]"),
    T("[] []"),
    T("[tru]"),
    T("[1.]"),
    T("[-]"),
    T("[nul"),
    T("[\"a\""),
    T("[(1)]"),
    T("[*]"),
    T("[1,\n2"),
    T("[<null>]"),
    T("[/**/]"),
    T("{"),
    T("}"),
    T("{]"),
    T("{}}"),
    T("{\"a\"}"),
    T("{\"a\":}"),
    T("{\"a\":1"),
    T("{\"a\":1,"),
    T("{\"a\":1,}"),
    T("{\"a\""),
    T("{\"a\":"),
    T("{,}"),
    T("{,\"a\":1}"),
    T("{\"a\":1,,\"b\":2}"),
    T("{\"a\" 1}"),
    T("{\"a\",1}"),
    T("{\"a\"::1}"),
    T("{\"a\":1 \"b\":2}"),
    T("{\"a\":1:2}"),
    T("{\"a\":1;\"b\":2}"),
    T("{a:1}"),
    T("{'a':1}"),
    T("{1:1}"),
    T("{null:1}"),
    T("{true:1}"),
    T("{[]:1}"),
    T("{{}:1}"),
    T("{\"a\":1]"),
    T("{\"a\":[1}"),
    T("{\"a\":{}"),
    T("{} {}"),
    T("{\"a\":1}x"),
    T("{\"a\":1}/**/"),
    T("//\n1"),
    T("/* */1"),
    T("#\n1"),
    T("{\"a\":1}}"),
    T("{\"a\":\"b\",\"c\"}"),
    T("{\"a\":\"b\",\"c\":}"),
    T("{\"a\":\"b\" \"c\":\"d\"}"),
    T("{\"a\":\"b\",c:\"d\"}"),
    T("{\"a\":\"b\",\"c\":\"d\"\"}"),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A text that is not JSON can become part of JSON when other text is added around it. */
static void check_places(amp_str_t text, int whole)
{
    assert_int_equal(oracle_is_json(text.ptr, text.len), whole);
    for (unsigned place = 0; place < LEXED_PLACES; ++place) {
        amp_status_t expected = whole ? AMP_END : AMP_ERR_JSON;
        amp_status_t status = lex(place, text.ptr, text.len);
        if (status != expected) {
            fail_msg("place %u: %d, not %d: %.*s", place, (int)status, (int)expected, (int)text.len,
                     text.ptr);
        }
    }
}

static void check_reader(amp_str_t text, amp_status_t status)
{
    check_result(read_bytes(NULL, 0, text.ptr, text.len), status, NULL, 0, text.ptr);
}

/* A text is also checked if no row wants it. */
static void check_unwanted(amp_str_t text, amp_status_t status)
{
    char wrapped[256];
    static const char head[] = "{\"n\":5,\"x\":";
    size_t len = sizeof head - 1u;
    memcpy(wrapped, head, len);
    assert_true(len + text.len + 1u < sizeof wrapped);
    memcpy(wrapped + len, text.ptr, text.len);
    wrapped[len + text.len] = '}';
    wrapped[len + text.len + 1u] = '\0';
    const reading_result_t *result = read_bytes(&number_schema, 64, wrapped, len + text.len + 1u);
    check_result(result, status, NULL, 0, wrapped);
    if (status == AMP_END) {
        number_t got;
        memcpy(&got, result->record, sizeof got);
        assert_int_equal(result->items, 1);
        assert_int_equal(got.n, 5);
        assert_int_equal(got.mask.present, 1);
    }
}

static void accepts_json(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(accepted); ++i) {
        check_places(accepted[i], 1);
        check_reader(accepted[i], AMP_END);
        check_unwanted(accepted[i], AMP_END);
    }
}

static void refuses_everything_else(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(refused); ++i) {
        check_places(refused[i], 0);
        check_reader(refused[i], AMP_ERR_JSON);
        check_unwanted(refused[i], AMP_ERR_JSON);
    }
}

static void every_beginning_is_no_whole_text(void **unused)
{
    static const char text[] =
        "{\"a\":[1,-2.5e+3,\"b\\u00e9\xc3\xa9\",true,null,{}],\"c\":\"d\",\"e\":\"f\"}";
    (void)unused;
    for (size_t len = 0; len < sizeof text - 1u; ++len) {
        amp_str_t part = {text, len};
        check_places(part, 0);
        check_reader(part, AMP_ERR_JSON);
    }
}

typedef struct {
    amp_mask_t mask;
    int32_t plain;
    int32_t signs;
    int32_t longest;
} named_t;

#define LONGEST "abcdefghijklmnopqrstuvwxyzabcde"
static const amp_field_t named_fields[] = {
    AMP_FIELD("ab", AMP_INT, 0, named_t, plain),
    AMP_FIELD("a__~ ", AMP_INT, 0, named_t, signs),
    AMP_FIELD(LONGEST, AMP_INT, 0, named_t, longest),
};
static const amp_schema_t named = AMP_SCHEMA(named_t, named_fields, 0);

/* Every spelling of a name is found, in any pieces and through the smallest window. Other names are not
 * found. */
static void unescapes_names(void **unused)
{
    static const struct {
        const char *name;
        uint32_t present;
    } rows[] = {
        {"ab", 1},
        {"\\u0061\\u0062", 1},
        {"\\u0061b", 1},
        {"a\\u0062", 1},
        {"a\\u005F\\u005f\\u007e\\u0020", 2},
        {LONGEST, 4},
        {"abcdefghijklmnopqrstuvwxyzabcd\\u0065", 4},
        {"\\u0061\\u0062\\u0063\\u0064\\u0065\\u0066\\u0067\\u0068\\u0069\\u006A\\u006b\\u006c\\u006d\\u006e"
         "\\u006f\\u0070\\u0071\\u0072\\u0073\\u0074\\u0075\\u0076\\u0077\\u0078\\u0079\\u007a\\u0061\\u0062"
         "\\u0063\\u0064\\u0065",
         4},
        {"", 0},
        {"a", 0},
        {"abc", 0},
        {"ab\\u0000", 0},
        {"\\u0000ab", 0},
        {"a\\u00e9", 0},
        {"a\\u0162", 0},
        {"\\u6162", 0},
        {"a\\nb", 0},
        {"ab\\\"", 0},
        {"\xc3\xa9"
         "ab",
         0},
        {"ab\xc3\xa9", 0},
        {LONGEST "f", 0},
        {LONGEST "\\u0066", 0},
        {LONGEST LONGEST LONGEST, 0},
        {LONGEST LONGEST LONGEST "\\u0066" LONGEST, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        char text[512];
        named_t got;
        snprintf(text, sizeof text, "{\"%s\":7}", rows[i].name);
        const reading_result_t *result = read_bytes(&named, 64, text, strlen(text));
        check_result(result, AMP_END, NULL, 0, text);
        memcpy(&got, result->record, sizeof got);
        assert_int_equal(got.mask.present, rows[i].present);
        snprintf(text, sizeof text, "{\"x\":0,\"ab\":7,\"%s\":7}", rows[i].name);
        amp_status_t status = rows[i].present == 1u ? AMP_ERR_DUPLICATE : AMP_END;
        check_result(read_bytes(&named, 64, text, strlen(text)), status, status < 0 ? "ab" : NULL, 0, text);
    }
}

static void nothing_but_white_space_follows(void **unused)
{
    static const char *const values[] = {"{}", "[]", "\"a\"", "null", "{\"a\":[]}"};
    (void)unused;
    for (size_t i = 0; i < COUNT(values); ++i) {
        for (unsigned c = 0; c < 256; ++c) {
            char text[16] = {0};
            size_t len = strlen(values[i]);
            memcpy(text, values[i], len);
            text[len] = (char)c;
            int is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            assert_int_equal(lex_once(LEXED_ALONE, text, len + 1), is_space ? AMP_END : AMP_ERR_JSON);
        }
    }
}

/* A text of 4 GB on a 32-bit target. Only its end is fed; the rest counts as already read. */
static void a_text_longer_than_memory_does_not_look_short(void **unused)
{
    static const char start[] = "{\"ab\":1,\"v\":\"xxx";
    static const char ends[] = "xxxxxxxxx\\u0041\\nx\"}";
    static const amp_field_t fields[] = {AMP_FIELD("v", AMP_STRING, 0, lexed_t, text)};
    static const amp_schema_t schema = AMP_SCHEMA(lexed_t, fields, 0);
    amp_reader_t reader;
    lexed_t record;
    uint8_t window[64];
    size_t used;
    (void)unused;
    assert_int_equal(amp_reader_init(&reader, &schema, &record, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, start, sizeof start - 1u, &used), AMP_PENDING);
    reader.kept = SIZE_MAX - 4u;
    assert_int_equal(amp_reader_feed(&reader, ends, sizeof ends - 1u, &used), AMP_ERR_TOO_LONG);
}

/* Without a reader, as for a request's body. The text is in memory of exactly its size, for
 * AddressSanitizer. */
static void an_automaton_alone_stays_in_its_memory(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(accepted); ++i) {
        amp_json_t *json = malloc(sizeof *json);
        assert_non_null(json);
        amp__json_init(json);
        const uint8_t *start = (const uint8_t *)accepted[i].ptr;
        for (size_t at = 0; at < accepted[i].len; ++at) {
            const uint8_t *p = start + at;
            assert_int_equal(amp__json_take(json, &p, p + 1), AMP_PENDING);
        }
        assert_true(amp__json_whole(json));
        free(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_json),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(every_beginning_is_no_whole_text),
        cmocka_unit_test(unescapes_names),
        cmocka_unit_test(nothing_but_white_space_follows),
        cmocka_unit_test(a_text_longer_than_memory_does_not_look_short),
        cmocka_unit_test(an_automaton_alone_stays_in_its_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

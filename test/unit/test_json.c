/* SPDX-License-Identifier: MIT */
#include "lexing.h"
#include "reading.h"

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

static void check_lexer(amp_str_t text, int whole)
{
    static const unsigned watches[] = {WATCH_ALL, 0, 1};
    for (size_t i = 0; i < COUNT(watches); ++i) {
        if (lex(watches[i], text.ptr, text.len)->whole != whole) {
            fail_msg("watch %u, not %d: %.*s", watches[i], whole, (int)text.len, text.ptr);
        }
    }
}

static void check_reader(amp_str_t text, amp_status_t status)
{
    check_result(read_bytes(NULL, 0, text.ptr, text.len), status, NULL, 0, text.ptr);
}

/* Where nobody wants it the text is checked as well. */
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
        check_lexer(accepted[i], 1);
        check_reader(accepted[i], AMP_END);
        check_unwanted(accepted[i], AMP_END);
    }
}

static void refuses_everything_else(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(refused); ++i) {
        check_lexer(refused[i], 0);
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
        check_lexer(part, 0);
        check_reader(part, AMP_ERR_JSON);
    }
}

static void makes_events_of_what_is_watched(void **unused)
{
    static const char text[] = "{\"a\":1 ,\"b\":{\"c\":\"x\",\"d\":[true]},\"e\":[[null]],\"f\":\"y\"}";
    static const struct {
        unsigned watch;
        const char *events;
    } rows[] = {
        {0, "{]"},
        {1, "{kavkb{]ke[]kfv]"},
        {2, "{kavkb{kcvkd[]]ke[[]]kfv]"},
        {3, "{kavkb{kcvkd[v]]ke[[v]]kfv]"},
        {WATCH_ALL, "{kavkb{kcvkd[v]]ke[[v]]kfv]"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        assert_string_equal(lex(rows[i].watch, text, strlen(text))->events, rows[i].events);
    }
}

static void unescapes_names(void **unused)
{
    static const struct {
        const char *text;
        const char *events;
    } rows[] = {
        {"{\"\\u0061\\u0062\":1 }", "{kabv]"},
        {"{\"a\\u005F\\u005f\\u007e\\u0020\":1 }", "{ka__~ v]"},
        {"{\"\":1 }", "{kv]"},
        {"{\"a\\u00e9\":1 }", "{k-v]"},
        {"{\"a\\u0161\":1 }", "{k-v]"},
        {"{\"\\u6161\":1 }", "{k-v]"},
        {"{\"a\\u0000\":1 }", "{k-v]"},
        {"{\"abcdefghijklmnopqrstuvwxyzabcde\":1 }", "{kabcdefghijklmnopqrstuvwxyzabcdev]"},
        {"{\"abcdefghijklmnopqrstuvwxyzabcd\\u0065\":1 }", "{kabcdefghijklmnopqrstuvwxyzabcdev]"},
        {"{\"abcdefghijklmnopqrstuvwxyzabcdef\":1 }", "{k-v]"},
        {"{\"abcdefghijklmnopqrstuvwxyzabcde\\u0066\":1 }", "{k-v]"},
        {"{\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\":1 ,\"b\":2 }", "{k-vkbv]"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        assert_string_equal(lex(WATCH_ALL, rows[i].text, strlen(rows[i].text))->events, rows[i].events);
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
            assert_int_equal(is_json_once(0, text, len + 1), is_space);
            assert_int_equal(is_json_once(WATCH_ALL, text, len + 1), is_space);
            assert_int_equal(read_once(NULL, 0, text, len + 1)->status, is_space ? AMP_END : AMP_ERR_JSON);
        }
    }
}

/* A text of 4 GB on a 32-bit target, of which all but its end was counted already. */
static void a_text_longer_than_memory_does_not_look_short(void **unused)
{
    static const uint8_t quote[] = "\"";
    static const uint8_t ends[] = "xxxxxxxxx\\u0041\\nx\"";
    uint8_t window[16];
    const uint8_t *start = quote;
    const uint8_t *at = ends;
    amp_json_t json;
    (void)unused;
    amp__lexer_init(&json);
    json.sink.ptr = window;
    json.sink.cap = sizeof window - 3u;
    json.sink.limit = 8;
    json.sink.counting = 1;
    json.keep_next = AMP_KEEP_VALUE;
    json.watch = 1;
    assert_int_equal(amp__lexer_next(&json, &start, quote + 1), AMP_JSON_MORE);
    json.sink.decoded = SIZE_MAX - 4u;
    assert_int_equal(amp__lexer_next(&json, &at, ends + sizeof ends - 1u), AMP_JSON_VALUE);
    assert_true(json.sink.decoded > json.sink.limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_json),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(every_beginning_is_no_whole_text),
        cmocka_unit_test(makes_events_of_what_is_watched),
        cmocka_unit_test(unescapes_names),
        cmocka_unit_test(nothing_but_white_space_follows),
        cmocka_unit_test(a_text_longer_than_memory_does_not_look_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

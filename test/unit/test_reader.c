/* SPDX-License-Identifier: MIT */
/* Start, feed and end of a reader; lists; sticky errors. */
#include "reading.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct {
    amp_mask_t mask;
    char id[16];
    int32_t n;
} thing_t;

static const amp_field_t thing_fields[] = {
    AMP_FIELD("id", AMP_STRING, AMP_REQUIRED, thing_t, id),
    AMP_FIELD("n", AMP_INT, 0, thing_t, n),
};
static const amp_schema_t thing = AMP_SCHEMA(thing_t, thing_fields, 0);
static const amp_schema_t things = AMP_SCHEMA(thing_t, thing_fields, AMP_LIST);

static void init_checks_its_arguments(void **unused)
{
    static const amp_schema_t many = {thing_fields, 33, sizeof(thing_t), 0};
    static const amp_schema_t maskless = {thing_fields, 2, sizeof(amp_mask_t) - 1u, 0};
    thing_t out;
    uint8_t window[64];
    const struct {
        const amp_schema_t *schema;
        void *out;
        void *window;
        size_t size;
        amp_status_t status;
    } rows[] = {
        {&thing, &out, window, 64, AMP_OK},
        {&thing, &out, window, 63, AMP_ERR_ARGUMENT},
        {&thing, &out, window, 0, AMP_ERR_ARGUMENT},
        {&thing, NULL, window, 64, AMP_ERR_ARGUMENT},
        {&thing, &out, NULL, 64, AMP_ERR_ARGUMENT},
        {&many, &out, window, 64, AMP_ERR_ARGUMENT},
        {&maskless, &out, window, 64, AMP_ERR_ARGUMENT},
        {NULL, NULL, NULL, 0, AMP_OK},
        {NULL, &out, window, 64, AMP_OK},
    };
    (void)unused;
    assert_int_equal(amp_reader_init(NULL, &thing, &out, window, 64), AMP_ERR_ARGUMENT);
    for (size_t i = 0; i < COUNT(rows); ++i) {
        amp_reader_t reader;
        size_t used = 9;
        memset(&reader, 0xa5, sizeof reader);
        assert_int_equal(amp_reader_init(&reader, rows[i].schema, rows[i].out, rows[i].window, rows[i].size),
                         rows[i].status);
        assert_null(amp_reader_field(&reader));
        assert_int_equal(amp_reader_need(&reader), 0);
        if (rows[i].status != AMP_OK) {
            assert_int_equal(amp_reader_feed(&reader, "{}", 2, &used), AMP_ERR_STATE);
            assert_int_equal(used, 0);
            assert_int_equal(amp_reader_end(&reader), AMP_ERR_STATE);
        }
    }
}

static void init_zeroes_out(void **unused)
{
    amp_reader_t reader;
    uint8_t window[64];
    thing_t out;
    thing_t zero;
    (void)unused;
    memset(&out, 0xa5, sizeof out);
    memset(&zero, 0, sizeof zero);
    assert_int_equal(amp_reader_init(&reader, &thing, &out, window, sizeof window), AMP_OK);
    assert_memory_equal(&out, &zero, sizeof out);
}

static void no_bytes_change_nothing(void **unused)
{
    amp_reader_t reader;
    uint8_t window[64];
    thing_t out;
    size_t used = 9;
    (void)unused;
    assert_int_equal(amp_reader_init(&reader, &thing, &out, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, NULL, 0, &used), AMP_PENDING);
    assert_int_equal(used, 0);
    assert_int_equal(amp_reader_feed(&reader, "{\"id\":\"a\"}", 10, &used), AMP_ITEM);
    assert_int_equal(used, 10);
    assert_int_equal(amp_reader_feed(&reader, "", 0, &used), AMP_PENDING);
    assert_string_equal(out.id, "a");
    assert_int_equal(amp_reader_end(&reader), AMP_END);
}

static void stops_at_each_record(void **unused)
{
    static const char text[] = " [ {\"id\":\"a\",\"n\":1} , {\"id\":\"b\"},{\"n\":3,\"id\":\"c\"} ] ";
    amp_reader_t reader;
    uint8_t window[64];
    thing_t out;
    size_t at = 0;
    size_t end = 0;
    size_t used;
    (void)unused;
    assert_int_equal(amp_reader_init(&reader, &things, &out, window, sizeof window), AMP_OK);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(amp_reader_feed(&reader, text + at, sizeof text - 1u - at, &used), AMP_ITEM);
        at += used;
        end += strcspn(text + end, "}") + 1u;
        assert_int_equal(at, end);
        assert_int_equal(out.id[0], 'a' + (int)i);
        assert_int_equal(AMP_HAS(&out, 1), i != 1);
        assert_int_equal(out.n, i == 1 ? 0 : (int)i + 1);
    }
    assert_int_equal(amp_reader_feed(&reader, text + at, sizeof text - 1u - at, &used), AMP_PENDING);
    assert_int_equal(used, sizeof text - 1u - at);
    assert_int_equal(amp_reader_end(&reader), AMP_END);
}

typedef struct {
    const char *text;
    amp_status_t status;
    unsigned items;
    const char *field;
} case_t;

static void check_cases(const amp_schema_t *schema, const case_t *rows, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        const reading_result_t *result = read_text(schema, rows[i].text);
        check_result(result, rows[i].status, rows[i].field, 0, rows[i].text);
        if (result->items != rows[i].items) {
            fail_msg("%u items, expected %u: %s", result->items, rows[i].items, rows[i].text);
        }
    }
}

static void a_table_reads_an_object(void **unused)
{
    static const case_t rows[] = {
        {"{\"id\":\"a\"}", AMP_END, 1, NULL},
        {" {\"id\":\"a\"} \r\n", AMP_END, 1, NULL},
        {"{\"id\":\"\"}", AMP_END, 1, NULL},
        {"{}", AMP_ERR_MISSING, 0, "id"},
        {"[]", AMP_ERR_TYPE, 0, NULL},
        {"[{\"id\":\"a\"}]", AMP_ERR_TYPE, 0, NULL},
        {"null", AMP_ERR_TYPE, 0, NULL},
        {"true", AMP_ERR_TYPE, 0, NULL},
        {"\"id\"", AMP_ERR_TYPE, 0, NULL},
        {"7", AMP_ERR_TYPE, 0, NULL},
        {"0 ", AMP_ERR_TYPE, 0, NULL},
        {"07", AMP_ERR_TYPE, 0, NULL},
        {"-", AMP_ERR_JSON, 0, NULL},
        {"-1.5e3", AMP_ERR_TYPE, 0, NULL},
        {"7x", AMP_ERR_TYPE, 0, NULL},
        {"tru", AMP_ERR_JSON, 0, NULL},
        {"", AMP_ERR_JSON, 0, NULL},
        {" ", AMP_ERR_JSON, 0, NULL},
        {"{\"id\":\"a\"", AMP_ERR_JSON, 0, NULL},
        {"{\"id\":\"a\"}x", AMP_ERR_JSON, 1, NULL},
        {"{\"id\":\"a\"}{\"id\":\"b\"}", AMP_ERR_JSON, 1, NULL},
        {"{\"id\":\"a\"},", AMP_ERR_JSON, 1, NULL},
        {"{\"id\":\"a\"}]", AMP_ERR_JSON, 1, NULL},
    };
    (void)unused;
    check_cases(&thing, rows, COUNT(rows));
}

static void a_list_reads_an_array_of_objects(void **unused)
{
    static const case_t rows[] = {
        {"[]", AMP_END, 0, NULL},
        {" [ \n ] ", AMP_END, 0, NULL},
        {"[{\"id\":\"a\"}]", AMP_END, 1, NULL},
        {"[{\"id\":\"a\"},{\"id\":\"a\"}]", AMP_END, 2, NULL},
        {"[{\"id\":\"a\",\"x\":[{\"id\":1}]},{\"x\":{\"id\":[]},\"id\":\"b\"},{\"id\":\"c\",\"n\":2}]",
         AMP_END, 3, NULL},
        {"{\"id\":\"a\"}", AMP_ERR_TYPE, 0, NULL},
        {"{}", AMP_ERR_TYPE, 0, NULL},
        {"null", AMP_END, 0, NULL},
        {" null\n", AMP_END, 0, NULL},
        {"nul", AMP_ERR_JSON, 0, NULL},
        {"null,[]", AMP_ERR_JSON, 0, NULL},
        {"null[{\"id\":\"a\"}]", AMP_ERR_JSON, 0, NULL},
        {"\"null\"", AMP_ERR_TYPE, 0, NULL},
        {"\"a\"", AMP_ERR_TYPE, 0, NULL},
        {"1", AMP_ERR_TYPE, 0, NULL},
        {"[1]", AMP_ERR_TYPE, 0, NULL},
        {"[null]", AMP_ERR_TYPE, 0, NULL},
        {"[\"id\"]", AMP_ERR_TYPE, 0, NULL},
        {"[false]", AMP_ERR_TYPE, 0, NULL},
        {"[[]]", AMP_ERR_TYPE, 0, NULL},
        {"[[{\"id\":\"a\"}]]", AMP_ERR_TYPE, 0, NULL},
        {"[{\"id\":\"a\"},1]", AMP_ERR_TYPE, 1, NULL},
        {"[{\"id\":\"a\"},null]", AMP_ERR_TYPE, 1, NULL},
        {"[{\"id\":\"a\"},[]]", AMP_ERR_TYPE, 1, NULL},
        {"[{\"id\":\"a\"},{\"id\":1}]", AMP_ERR_TYPE, 1, "id"},
        {"[{\"id\":\"a\"},{}]", AMP_ERR_MISSING, 1, "id"},
        {"[{\"id\":\"a\"},{\"n\":1}]", AMP_ERR_MISSING, 1, "id"},
        {"[{\"id\":\"a\",\"n\":1},{\"id\":\"b\",\"n\":1,\"n\":1}]", AMP_ERR_DUPLICATE, 1, "n"},
        {"[{\"id\":\"a\"},]", AMP_ERR_JSON, 1, NULL},
        {"[{\"id\":\"a\"}", AMP_ERR_JSON, 1, NULL},
        {"[{\"id\":\"a\"}}", AMP_ERR_JSON, 1, NULL},
        {"[{\"id\":\"a\"}{\"id\":\"a\"}]", AMP_ERR_JSON, 1, NULL},
        {"[", AMP_ERR_JSON, 0, NULL},
        {"[]]", AMP_ERR_JSON, 0, NULL},
        {"[],[]", AMP_ERR_JSON, 0, NULL},
    };
    (void)unused;
    check_cases(&things, rows, COUNT(rows));
}

static void a_list_has_any_length(void **unused)
{
    static const char element[] = "{\"id\":\"abc\",\"unwanted\":[{\"id\":\"x\"}],\"n\":12},";
    const size_t step = sizeof element - 1u;
    const unsigned count = 5000;
    char *text = pieces_alloc(step * count + 2);
    (void)unused;
    text[0] = '[';
    for (unsigned i = 0; i < count; ++i) {
        memcpy(text + 1 + i * step, element, step);
    }
    text[count * step] = ']';
    const reading_result_t *result = read_once(&things, 64, text, count * step + 1);
    check_result(result, AMP_END, NULL, 0, element);
    assert_int_equal(result->items, count);
    free(text);
}

/* An error is sticky: the reader consumes no more bytes, and clears the record. */
static void an_error_sticks(void **unused)
{
    static const case_t rows[] = {
        {"[{\"id\":\"a\"},{\"id\":\"b\",\"n\":1.5}", AMP_ERR_VALUE, 0, "n"},
        {"[{\"id\":\"a\"},{\"id\":\"b\",\"n\":\"\"", AMP_ERR_TYPE, 0, "n"},
        {"[{\"id\":\"a\"},{\"n\":1}", AMP_ERR_MISSING, 0, "id"},
        {"[{\"id\":\"a\"},{\"id\":\"a\",\"id\"", AMP_ERR_DUPLICATE, 0, "id"},
        {"[{\"id\":\"a\"},{\"id\":\"abcdefghijklmnop\"", AMP_ERR_TOO_LONG, 0, "id"},
        {"[{\"id\":\"a\"},,", AMP_ERR_JSON, 0, NULL},
        {"[{\"id\":\"a\"},{\"id\":\"b\"", AMP_ERR_JSON, 0, NULL},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        (void)reading_parser(&things, 64);
        reading_result_t result;
        reading_start(&reading);
        reading_feed(&reading, (const uint8_t *)rows[i].text, strlen(rows[i].text));
        reading_finish(&reading, &result);
        assert_int_equal(result.status, rows[i].status);
        assert_int_equal(result.items, 1);
        for (int again = 0; again < 3; ++again) {
            size_t used = 9;
            assert_int_equal(amp_reader_feed(&reading.reader, ",{\"id\":\"c\"}]", 12, &used), rows[i].status);
            assert_int_equal(used, 0);
            used = 9;
            assert_int_equal(amp_reader_feed(&reading.reader, "", 0, &used), rows[i].status);
            assert_int_equal(used, 0);
            reading_finish(&reading, &result);
            assert_int_equal(result.status, rows[i].status);
            assert_true(result.field == NULL ? rows[i].field == NULL
                                             : strcmp(result.field, rows[i].field) == 0);
            assert_true(result.out_is_zero);
        }
    }
}

/* Nesting counts from the root of the text, for wanted and unwanted containers. */
static void depth_counts_from_the_root(void **unused)
{
    static const struct {
        const amp_schema_t *schema;
        const char *head;
        const char *tail;
        unsigned depth;
    } rows[] = {
        {&thing, "{\"id\":\"a\",\"x\":", "}", 1},
        {&things, "[{\"id\":\"a\",\"x\":", "}]", 2},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        for (unsigned extra = 0; extra < 2; ++extra) {
            char text[256] = {0};
            unsigned levels = AMP_JSON_DEPTH - rows[i].depth + extra;
            strcpy(text, rows[i].head);
            memset(text + strlen(text), '[', levels);
            memset(text + strlen(text), ']', levels);
            strcat(text, rows[i].tail);
            check_read(rows[i].schema, text, extra ? AMP_ERR_DEPTH : AMP_END, NULL);
        }
    }
}

/* Feeds the text in two pieces. */
static amp_status_t read_split(amp_reader_t *reader, const char *text, size_t cut)
{
    const size_t parts[] = {cut, strlen(text) - cut};
    for (size_t i = 0; i < 2; ++i) {
        for (size_t at = 0; at < parts[i];) {
            size_t used;
            amp_status_t status = amp_reader_feed(reader, text + at, parts[i] - at, &used);
            if (status < 0) {
                return status;
            }
            at += used;
        }
        text += parts[i];
    }
    return amp_reader_end(reader);
}

static void an_error_has_a_place(void **unused)
{
    static const struct {
        const amp_schema_t *schema;
        const char *text;
        amp_status_t status;
        size_t offset;
        size_t line;
        size_t column;
    } rows[] = {
        {NULL, "", AMP_ERR_JSON, 0, 1, 1},
        {NULL, "{}", AMP_END, 2, 1, 3},
        {NULL, "{}\n", AMP_END, 3, 2, 1},
        {NULL, "x", AMP_ERR_JSON, 0, 1, 1},
        {NULL, "[1,\n 2,\r\n\t3 4]", AMP_ERR_JSON, 12, 3, 4},
        {NULL, "[\n\n\n", AMP_ERR_JSON, 4, 4, 1},
        {NULL, "[01]", AMP_ERR_JSON, 2, 1, 3},
        {NULL, "[1.x]", AMP_ERR_JSON, 3, 1, 4},
        {NULL, "[nuxl]", AMP_ERR_JSON, 3, 1, 4},
        {NULL, "[fals]", AMP_ERR_JSON, 5, 1, 6},
        {NULL, "{\"a\":true,\"b\":tru}", AMP_ERR_JSON, 17, 1, 18},
        {NULL, "[\"abc\\x\"]", AMP_ERR_JSON, 6, 1, 7},
        {NULL, "[\"abc\\u12g4\"]", AMP_ERR_JSON, 9, 1, 10},
        {NULL, "[\"abcdefghijk\tl\"]", AMP_ERR_JSON, 13, 1, 14},
        {NULL, "\n[\"a\nb\"]", AMP_ERR_JSON, 4, 2, 4},
        {NULL, "[\"\xc3\xa9\xc3x\"]", AMP_ERR_JSON, 5, 1, 6},
        {NULL, "[\"\xe2\x82\"]", AMP_ERR_JSON, 4, 1, 5},
        {NULL, "[\"abc\xff\"]", AMP_ERR_JSON, 5, 1, 6},
        {NULL, "[\"abc", AMP_ERR_JSON, 5, 1, 6},
        {&thing, "{\n \"id\": 5 }", AMP_ERR_TYPE, 10, 2, 9},
        {&thing, "{\"id\":\"a\",\n\"n\":true}", AMP_ERR_TYPE, 19, 2, 9},
        {&thing, "{\"id\":\"1234567890123456\"}", AMP_ERR_TOO_LONG, 24, 1, 25},
        {&thing, "{\"id\":\"a\",\"id\":\"b\"}", AMP_ERR_DUPLICATE, 14, 1, 15},
        {&thing, "{\"\\u0069d\":\"a\",\"id\":\"b\"}", AMP_ERR_DUPLICATE, 19, 1, 20},
        {&thing, "{\"id\":[\"a\"]}", AMP_ERR_TYPE, 7, 1, 8},
        {&thing, "{\"n\":1}", AMP_ERR_MISSING, 7, 1, 8},
        {&things, "[{\"id\":\"a\"},\n {\"n\":1}]", AMP_ERR_MISSING, 21, 2, 9},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        for (size_t cut = 0; cut <= strlen(rows[i].text); ++cut) {
            amp_reader_t reader;
            amp_position_t position;
            thing_t out;
            uint8_t window[64];
            assert_int_equal(amp_reader_init(&reader, rows[i].schema, &out, window, sizeof window), AMP_OK);
            assert_int_equal(read_split(&reader, rows[i].text, cut), rows[i].status);
            amp_reader_position(&reader, &position);
            if (position.offset != rows[i].offset || position.line != rows[i].line ||
                position.column != rows[i].column) {
                fail_msg("%s, cut after %u: offset %u, line %u, column %u", rows[i].text, (unsigned)cut,
                         (unsigned)position.offset, (unsigned)position.line, (unsigned)position.column);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_checks_its_arguments),  cmocka_unit_test(init_zeroes_out),
        cmocka_unit_test(no_bytes_change_nothing),    cmocka_unit_test(stops_at_each_record),
        cmocka_unit_test(a_table_reads_an_object),    cmocka_unit_test(a_list_reads_an_array_of_objects),
        cmocka_unit_test(a_list_has_any_length),      cmocka_unit_test(an_error_sticks),
        cmocka_unit_test(depth_counts_from_the_root), cmocka_unit_test(an_error_has_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

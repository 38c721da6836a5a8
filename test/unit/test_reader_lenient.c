/* SPDX-License-Identifier: MIT */
/* AMP_LENIENT: a value that cannot be stored counts as absent, and the rest of the record is read. */
#include "reading.h"

#include "describing.h"

#define BIT(row) ((uint32_t)1 << (row))
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static describing_t d;

static amp_problem_t read_problem(unsigned row, change_t change, const char *value)
{
    amp_problem_t problem;
    memset(&d, 0, sizeof d);
    d.schema = &amp_problem_schema;
    d.row = row;
    d.change = change;
    d.value = value;
    (void)describe(&d, &amp_problem_schema);
    const reading_result_t *result = read_once(&amp_problem_schema, 256, d.text, d.len);
    check_result(result, AMP_END, NULL, 0, d.text);
    assert_int_equal(result->items, 1);
    memcpy(&problem, result->record, sizeof problem);
    return problem;
}

/* The problem must be the same as without the member, except for the bit that reports it. An omitted element
 * would shift the next one into its place, so null replaces it. */
static void counts_as_absent(unsigned row, const char *value)
{
    int is_element = strchr(amp_problem_schema.fields[row].path, ']') != NULL &&
                     strchr(amp_problem_schema.fields[row].path, '.') == NULL;
    amp_problem_t without = read_problem(row, is_element ? CHANGE_VALUE : CHANGE_LEAVE_OUT, "null");
    amp_problem_t problem = read_problem(row, CHANGE_VALUE, value);
    assert_false(AMP_HAS(&problem, row));
    assert_int_equal(problem.mask.truncated, BIT(row));
    problem.mask.truncated = without.mask.truncated;
    assert_memory_equal(&problem, &without, sizeof problem);
}

static const char *const values[] = {
    "\"x\"",
    "1",
    "-0.5e+9",
    "true",
    "false",
    "{}",
    "[]",
    "{\"in\":\"evil\",\"\":[{\"detail\":\"evil\"}]}",
    "[[\"evil\",{\"name\":1}],\"evil\"]",
    "\"\\u0041\\n\\\\ of more than the forty bytes that a number or a time is kept of, \\uD83D\\uDE00\"",
};

static int takes(uint8_t type, const char *value)
{
    static const char first[][3] = {
        [AMP_STRING] = "\"", [AMP_STRING_TRUNC] = "\"", [AMP_INT] = "1",
        [AMP_BOOL] = "tf",   [AMP_OBJECT] = "{",        [AMP_ARRAY] = "[",
    };
    return type != AMP_TIME && strchr(first[type], value[0]) != NULL;
}

static void each_member_of_each_other_type_is_absent(void **unused)
{
    unsigned checked = 0;
    (void)unused;
    for (unsigned row = 0; row < amp_problem_schema.count; ++row) {
        for (size_t i = 0; i < COUNT(values); ++i) {
            if (!takes(amp_problem_schema.fields[row].type, values[i])) {
                counts_as_absent(row, values[i]);
                ++checked;
            }
        }
    }
    assert_in_range(checked, amp_problem_schema.count * 6u, amp_problem_schema.count * COUNT(values));
}

static void a_value_that_cannot_be_stored_is_absent(void **unused)
{
    static const char *const texts[] = {"\"\\ud800\"", "\"a\\udc00\"", "\"\\ud800\\u0041\"", "\"a\\u0000b\"",
                                        "\"\\uD83D\\uD83D\""};
    static const char *const numbers[] = {"2147483648",
                                          "-2147483649",
                                          "1.0",
                                          "0.5",
                                          "4e2",
                                          "-0.0",
                                          "123456789012345678901234567890123456789012345678901234567890"};
    static const char *const times[] = {"\"\"",
                                        "\"yesterday\"",
                                        "\"2023-02-30T00:00:00Z\"",
                                        "\"1689284084\"",
                                        "\"2023-07-13T21:34:44\"",
                                        "\"2023-07-13T21:34:44\\u0000Z\"",
                                        "\"2023-07-13T21:34:44.000000000000000000000000000000000Z\""};
    (void)unused;
    for (unsigned row = 0; row < amp_problem_schema.count; ++row) {
        const uint8_t type = amp_problem_schema.fields[row].type;
        for (size_t i = 0; type == AMP_STRING_TRUNC && i < COUNT(texts); ++i) {
            counts_as_absent(row, texts[i]);
        }
        for (size_t i = 0; type == AMP_INT && i < COUNT(numbers); ++i) {
            counts_as_absent(row, numbers[i]);
        }
        for (size_t i = 0; type == AMP_TIME && i < COUNT(times); ++i) {
            counts_as_absent(row, times[i]);
        }
    }
}

static void of_two_the_first_counts(void **unused)
{
    static const struct {
        const char *text;
        uint32_t present;
        const char *title;
    } rows[] = {
        {"{\"title\":\"a\",\"title\":\"b\"}", BIT(AMP_PROBLEM_TITLE), "a"},
        {"{\"title\":\"a\",\"title\":{\"title\":\"b\"}}", BIT(AMP_PROBLEM_TITLE), "a"},
        {"{\"title\":\"a\",\"x\":0,\"t\\u0069tle\":null}", BIT(AMP_PROBLEM_TITLE), "a"},
        {"{\"title\":null,\"title\":\"b\"}", 0, ""},
        {"{\"title\":1,\"title\":\"b\"}", 0, ""},
        {"{\"title\":\"\\u0000\",\"title\":\"b\"}", 0, ""},
        {"{\"issues\":[],\"issues\":[{\"in\":\"b\"}],\"title\":\"a\"}",
         BIT(AMP_PROBLEM_ISSUES) | BIT(AMP_PROBLEM_TITLE), "a"},
        {"{\"causes\":7,\"causes\":[\"b\"],\"title\":\"a\"}", BIT(AMP_PROBLEM_TITLE), "a"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        const reading_result_t *result = read_text(&amp_problem_schema, rows[i].text);
        amp_problem_t problem;
        memcpy(&problem, result->record, sizeof problem);
        check_result(result, AMP_END, NULL, 0, rows[i].text);
        assert_int_equal(problem.mask.present, rows[i].present);
        assert_string_equal(problem.title, rows[i].title);
    }
}

/* An element of another type counts: the next one does not take its place. */
static void elements_keep_their_places(void **unused)
{
    static const char text[] =
        "{\"causes\":[7,\"second\"],\"issues\":[\"x\",{\"in\":\"second\"}],\"title\":\"a\"}";
    const reading_result_t *result = read_text(&amp_problem_schema, text);
    amp_problem_t problem;
    (void)unused;
    memcpy(&problem, result->record, sizeof problem);
    assert_int_equal(problem.mask.present,
                     BIT(AMP_PROBLEM_CAUSES) | BIT(AMP_PROBLEM_ISSUES) | BIT(AMP_PROBLEM_TITLE));
    assert_int_equal(problem.mask.truncated, BIT(AMP_PROBLEM_CAUSE) | BIT(AMP_PROBLEM_ISSUE));
    assert_string_equal(problem.cause, "");
    assert_string_equal(problem.issue_in, "");
}

/* An application's own table: with rows that identify a record, and a nested table. */
typedef struct {
    amp_mask_t mask;
    char key[8];
    int64_t n;
} inner_t;

typedef struct {
    amp_mask_t mask;
    char id[8];
    char token[128];
    int32_t n;
    inner_t inner;
} outer_t;

enum { OUTER_ID, OUTER_TOKEN, OUTER_N, OUTER_INNER };
enum { INNER_KEY, INNER_N };

static const amp_field_t inner_fields[] = {
    [INNER_KEY] = AMP_FIELD("key", AMP_STRING, AMP_REQUIRED, inner_t, key),
    [INNER_N] = AMP_FIELD("n", AMP_INT, 0, inner_t, n),
};
static const amp_schema_t inner = AMP_SCHEMA(inner_t, inner_fields, 0);
static const amp_field_t outer_fields[] = {
    [OUTER_ID] = AMP_FIELD("id", AMP_STRING, 0, outer_t, id),
    [OUTER_TOKEN] = AMP_FIELD("token", AMP_STRING, 0, outer_t, token),
    [OUTER_N] = AMP_FIELD("n", AMP_INT, 0, outer_t, n),
    [OUTER_INNER] = AMP_NESTED("inner", &inner, 0, outer_t, inner),
};
static const amp_schema_t outer = AMP_SCHEMA(outer_t, outer_fields, AMP_LENIENT);
static const amp_schema_t outers = AMP_SCHEMA(outer_t, outer_fields, AMP_LENIENT | AMP_LIST);
static const amp_schema_t closed = AMP_SCHEMA(outer_t, outer_fields, AMP_LENIENT | AMP_NO_UNKNOWN);

typedef struct {
    amp_mask_t mask;
    inner_t item;
    int32_t n;
} page_t;

static const amp_field_t page_fields[] = {
    AMP_ARRAY_OF("items", &inner, 0, page_t, item),
    AMP_FIELD("n", AMP_INT, 0, page_t, n),
};
static const amp_schema_t page = AMP_SCHEMA(page_t, page_fields, AMP_LENIENT | AMP_ENVELOPE);

#define SIXTY "123456789012345678901234567890123456789012345678901234567890"

/* Texts that identify are never truncated. One that is longer than its member, or than the window, is
 * absent. */
static void a_text_that_is_too_long_is_absent(void **unused)
{
    static const char *const texts[] = {
        "{\"id\":\"12345678\",\"n\":5}",
        "{\"n\":5,\"id\":\"1234567\\u00e9\"}",
        "{\"token\":\"" SIXTY SIXTY "\",\"n\":5,\"id\":\"12345678\"}",
        "{\"n\":5,\"token\":\"" SIXTY "\\u0041\"}",
        "{\"token\":\"" SIXTY SIXTY SIXTY SIXTY "\",\"token\":\"b\",\"n\":5}",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(texts); ++i) {
        const reading_result_t *result = read_bytes(&outer, 64, texts[i], strlen(texts[i]));
        outer_t got;
        memcpy(&got, result->record, sizeof got);
        check_result(result, AMP_END, NULL, 0, texts[i]);
        assert_int_equal(got.mask.present, BIT(OUTER_N));
        assert_int_equal(got.n, 5);
        assert_string_equal(got.id, "");
        assert_string_equal(got.token, "");
    }
}

static void nested_tables_are_read_so_too(void **unused)
{
    static const char text[] = "{\"inner\":{\"n\":[],\"key\":\"k\"},\"id\":{},\"n\":3}";
    const reading_result_t *result = read_text(&outer, text);
    outer_t got;
    (void)unused;
    memcpy(&got, result->record, sizeof got);
    check_result(result, AMP_END, NULL, 0, text);
    assert_int_equal(got.mask.present, BIT(OUTER_N) | BIT(OUTER_INNER));
    assert_int_equal(got.inner.mask.present, BIT(INNER_KEY));
    assert_string_equal(got.inner.key, "k");
    check_read(&outers, "[{\"id\":1},{\"inner\":[]},{\"n\":\"\"}]", AMP_END, NULL);
    assert_int_equal(read_text(&outers, "[{\"id\":1},{\"inner\":[]},{\"n\":\"\"}]")->items, 3);
    assert_int_equal(
        read_text(&page, "{\"n\":\"\",\"items\":[{\"key\":\"a\",\"n\":{}},{\"key\":\"b\"}]}")->items, 2);
    check_read(&page, "{\"items\":{}}", AMP_END, NULL);
}

/* Required members, and the text as a whole, are read as strictly as with other schemas. */
static void faults_that_stay_errors(void **unused)
{
    static const struct {
        const amp_schema_t *schema;
        const char *text;
        amp_status_t status;
        const char *field;
        size_t need;
    } rows[] = {
        {&outer, "{\"inner\":{\"key\":1}}", AMP_ERR_TYPE, "key", 0},
        {&outer, "{\"inner\":{\"key\":[]}}", AMP_ERR_TYPE, "key", 0},
        {&outer, "{\"inner\":{\"key\":null}}", AMP_ERR_MISSING, "key", 0},
        {&outer, "{\"inner\":{\"key\":\"\\u0000\"}}", AMP_ERR_VALUE, "key", 0},
        {&outer, "{\"id\":\"12345678\",\"inner\":{\"key\":\"123456789\"}}", AMP_ERR_TOO_LONG, "key", 10},
        {&outer, "{\"inner\":{\"key\":\"a\",\"key\":\"a\"}}", AMP_ERR_DUPLICATE, "key", 0},
        {&outer, "{\"id\":1", AMP_ERR_JSON, NULL, 0},
        {&outer, "{\"id\":1}]", AMP_ERR_JSON, NULL, 0},
        {&outer, "{\"id\":\"\\ud80x\"}", AMP_ERR_JSON, NULL, 0},
        {&outer, "{\"id\":\"12345678\",\"n\":01}", AMP_ERR_JSON, NULL, 0},
        {&outer, "[]", AMP_ERR_TYPE, NULL, 0},
        {&outer, "\"id\"", AMP_ERR_TYPE, NULL, 0},
        {&outer, "null", AMP_ERR_TYPE, NULL, 0},
        {&outers, "{\"id\":\"a\"}", AMP_ERR_TYPE, NULL, 0},
        {&outers, "[1]", AMP_ERR_TYPE, NULL, 0},
        {&page, "{\"items\":[1]}", AMP_ERR_TYPE, "items", 0},
        {&page, "{\"items\":[[]]}", AMP_ERR_TYPE, "items", 0},
        {&closed, "{\"id\":1,\"other\":2}", AMP_ERR_UNEXPECTED, NULL, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        check_result(read_text(rows[i].schema, rows[i].text), rows[i].status, rows[i].field, rows[i].need,
                     rows[i].text);
    }
}

/* Nesting inside an ignored value is limited as anywhere else. */
static void depth_is_bounded(void **unused)
{
    static const char *const names[] = {"title", "unknown"};
    (void)unused;
    for (size_t i = 0; i < COUNT(names); ++i) {
        for (unsigned depth = AMP_JSON_DEPTH - 1u; depth <= AMP_JSON_DEPTH; ++depth) {
            char text[2 * AMP_JSON_DEPTH + 64] = "{\"";
            strcat(strcat(text, names[i]), "\":");
            memset(text + strlen(text), '[', depth);
            memset(text + strlen(text), ']', depth);
            strcat(text, ",\"detail\":\"d\"}");
            check_read(&amp_problem_schema, text, depth < AMP_JSON_DEPTH ? AMP_END : AMP_ERR_DEPTH, NULL);
        }
    }
}

static void the_flag_is_the_outermost_table_s(void **unused)
{
    static amp_schema_t strict_inner = AMP_SCHEMA(inner_t, inner_fields, 0);
    static const amp_field_t holding[] = {AMP_NESTED("inner", &strict_inner, 0, outer_t, inner)};
    static const amp_schema_t nested = AMP_SCHEMA(outer_t, holding, AMP_LENIENT);
    (void)unused;
    assert_int_equal(amp_schema_check(&nested, NULL), AMP_OK);
    strict_inner.flags = AMP_LENIENT;
    assert_int_equal(amp_schema_check(&outer, NULL), AMP_OK);
    assert_int_equal(amp_schema_check(&outers, NULL), AMP_OK);
    assert_int_equal(amp_schema_check(&closed, NULL), AMP_OK);
    assert_int_equal(amp_schema_check(&page, NULL), AMP_OK);
    assert_int_equal(amp_schema_check(&amp_problem_schema, NULL), AMP_OK);
    assert_int_equal(amp_schema_check(&nested, NULL), AMP_ERR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_member_of_each_other_type_is_absent),
        cmocka_unit_test(a_value_that_cannot_be_stored_is_absent),
        cmocka_unit_test(of_two_the_first_counts),
        cmocka_unit_test(elements_keep_their_places),
        cmocka_unit_test(a_text_that_is_too_long_is_absent),
        cmocka_unit_test(nested_tables_are_read_so_too),
        cmocka_unit_test(faults_that_stay_errors),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(the_flag_is_the_outermost_table_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

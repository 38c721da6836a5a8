/* SPDX-License-Identifier: MIT */
/* Every row of every schema of the library: present, absent, null, of another type, twice. The schema of a
 * problem is read without AMP_LENIENT here: see test_reader_lenient.c. */
#include "document.h"
#include "reading.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static amp_schema_t strict_problem;

/* A schema to read with, and the one (itself or a nested one) whose rows are changed. */
static const struct {
    const amp_schema_t *schema;
    const amp_schema_t *of;
} tables[] = {
    {&amp_connection_schema, &amp_connection_schema},
    {&amp_installation_schema, &amp_installation_schema},
    {&amp_installation_schema, &amp_connection_schema},
    {&strict_problem, &strict_problem},
};

static document_t document;

static const uint8_t *record_of(const reading_result_t *result)
{
    return (const uint8_t *)result->record;
}

static const reading_result_t *read_changed(size_t table, int row, change_t change, const char *value)
{
    document.of = tables[table].of;
    document.row = row;
    document.change = change;
    document.value = value;
    document_write(&document, tables[table].schema);
    return read_bytes(tables[table].schema, AMP_WORK_SIZE, document.text, document.len);
}

static void whole_records_are_read(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        const reading_result_t *result = read_changed(t, -1, KEPT, NULL);
        check_result(result, AMP_END, NULL, 0, document.text);
        assert_int_equal(result->items, 1);
        document_check(tables[t].schema, record_of(result), NULL, -1, 0);
    }
}

static void absent_is_missing_when_required(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        for (int row = 0; row < tables[t].of->count; ++row) {
            const amp_field_t *field = &tables[t].of->fields[row];
            const reading_result_t *result = read_changed(t, row, LEFT_OUT, NULL);
            int required = (field->flags & AMP_REQUIRED) != 0;
            check_result(result, required ? AMP_ERR_MISSING : AMP_END, required ? field->path : NULL, 0,
                         document.text);
            assert_int_equal(result->items, !required);
            if (!required) {
                document_check(tables[t].schema, record_of(result), tables[t].of, row, 0);
            }
        }
    }
}

static void null_is_an_empty_list(void **unused)
{
    unsigned lists = 0;
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        for (int row = 0; row < tables[t].of->count; ++row) {
            static uint64_t empty[READING_RECORD / 8u];
            if (tables[t].of->fields[row].type != AMP_ARRAY) {
                continue;
            }
            memcpy(empty, read_changed(t, row, REPLACED, "[]")->record, sizeof empty);
            const reading_result_t *result = read_changed(t, row, REPLACED, "null");
            check_result(result, AMP_END, NULL, 0, document.text);
            assert_memory_equal(result->record, empty, sizeof empty);
            ++lists;
        }
    }
    assert_int_equal(lists, 2); /* causes and issues */
}

static void null_is_absent(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        for (int row = 0; row < tables[t].of->count; ++row) {
            const amp_field_t *field = &tables[t].of->fields[row];
            if (field->type == AMP_ARRAY) {
                continue;
            }
            const reading_result_t *result = read_changed(t, row, REPLACED, "null");
            int required = (field->flags & AMP_REQUIRED) != 0;
            check_result(result, required ? AMP_ERR_MISSING : AMP_END, required ? field->path : NULL, 0,
                         document.text);
            if (!required) {
                document_check(tables[t].schema, record_of(result), tables[t].of, row, (uint32_t)1 << row);
            }
        }
    }
}

static int fits(uint8_t type, char first)
{
    switch (type) {
    case AMP_INT:
        return first == '1';
    case AMP_BOOL:
        return first == 't' || first == 'f';
    case AMP_ARRAY:
        return first == '[';
    case AMP_OBJECT:
    case AMP_RECORD:
        return first == '{';
    default:
        return first == '"';
    }
}

static void another_type_is_refused(void **unused)
{
    static const char *const values[] = {"\"x\"", "1",  "true",           "false",
                                         "{}",    "[]", "{\"id\":\"x\"}", "[\"x\"]"};
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        for (int row = 0; row < tables[t].of->count; ++row) {
            const amp_field_t *field = &tables[t].of->fields[row];
            for (size_t v = 0; v < COUNT(values); ++v) {
                if (!fits(field->type, values[v][0])) {
                    const reading_result_t *result = read_changed(t, row, REPLACED, values[v]);
                    check_result(result, AMP_ERR_TYPE, field->path, 0, document.text);
                    assert_int_equal(result->items, 0);
                }
            }
        }
    }
}

static void twice_is_refused(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < COUNT(tables); ++t) {
        for (int row = 0; row < tables[t].of->count; ++row) {
            const amp_field_t *field = &tables[t].of->fields[row];
            if (!document_is_element(field)) {
                check_result(read_changed(t, row, TWICE, NULL), AMP_ERR_DUPLICATE, field->path, 0,
                             document.text);
                check_result(read_changed(t, row, TWICE_ESCAPED, NULL), AMP_ERR_DUPLICATE, field->path, 0,
                             document.text);
            }
        }
    }
}

/* A repeated member is refused in any order, also if its first or second value is null. */
static void twice_with_null_is_refused(void **unused)
{
    static const struct {
        const char *text;
        const char *field;
    } rows[] = {
        {"{\"title\":null,\"title\":null}", "title"},
        {"{\"title\":\"a\",\"title\":null}", "title"},
        {"{\"title\":null,\"x\":0,\"t\\u0069tle\":\"a\"}", "title"},
        {"{\"causes\":[],\"causes\":null}", "causes"},
        {"{\"causes\":null,\"causes\":[]}", "causes"},
        {"{\"issues\":[{\"in\":\"a\",\"name\":\"b\",\"in\":\"c\"}]}", "issues[0].in"},
        {"{\"status\":1,\"detail\":\"d\",\"status\":2}", "status"},
        {"{\"status\":1,\"statu\\u0073\":1}", "status"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        check_read(&strict_problem, rows[i].text, AMP_ERR_DUPLICATE, rows[i].field);
    }
}

static const char noise[] =
    "\"\":0,\"x\":null,\"x\":[1,\"s\\ud800\\u0000\",{\"id\":{\"id\":[]}}],\"ID\":1,\"id2\":{},\"i\":[[]],"
    "\"grou\":{\"groupRef\":1},\"groupRef2\":2,\"a\\\"\\n\":true,\"\\u0000\":1,\"id\\u0000\":2,"
    "\"\xc3\xa9\":3,\"configuration\":{\"a\":\"b\",\"c\":\"d\"},\"0\":1,\"]\":2,";

static void check_ignored(const char *members)
{
    for (size_t t = 0; t < COUNT(tables); ++t) {
        document.noise = members;
        const reading_result_t *result = read_changed(t, -1, KEPT, NULL);
        document.noise = NULL;
        check_result(result, AMP_END, NULL, 0, document.text);
        document_check(tables[t].schema, record_of(result), NULL, -1, 0);
    }
}

static void unknown_members_are_ignored(void **unused)
{
    (void)unused;
    check_ignored(noise);
}

/* A member's name is one name and never a path, even if it looks like one. */
static void a_name_that_looks_like_a_path_is_unknown(void **unused)
{
    static const char *const texts[] = {
        "{\"causes[0]\":\"evil\"}", "{\"issues[0].in\":\"evil\"}", "{\"issues[0]\":{\"in\":\"evil\"}}",
        "{\"issues[0]\":1}",        "{\"[0]\":\"evil\"}",          "{\".causes\":[\"evil\"]}",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(texts); ++i) {
        const reading_result_t *result = read_text(&amp_problem_schema, texts[i]);
        amp_problem_t problem;
        check_result(result, AMP_END, NULL, 0, texts[i]);
        memcpy(&problem, result->record, sizeof problem);
        assert_int_equal(problem.mask.present, 0);
        assert_string_equal(problem.cause, "");
        assert_string_equal(problem.issue_in, "");
    }
    check_ignored("\"group.groupRef\":\"evil\",\"consumer.consumerRef\":7,\"config.id\":[],");
}

int main(void)
{
    strict_problem = amp_problem_schema;
    strict_problem.flags = 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_records_are_read),
        cmocka_unit_test(absent_is_missing_when_required),
        cmocka_unit_test(null_is_absent),
        cmocka_unit_test(null_is_an_empty_list),
        cmocka_unit_test(another_type_is_refused),
        cmocka_unit_test(twice_is_refused),
        cmocka_unit_test(twice_with_null_is_refused),
        cmocka_unit_test(unknown_members_are_ignored),
        cmocka_unit_test(a_name_that_looks_like_a_path_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

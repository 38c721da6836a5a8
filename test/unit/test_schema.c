/* SPDX-License-Identifier: MIT */
/* amp_schema_check(): the row that breaks each rule. */
#include "pieces.h"

#include "ampersand/reader.h"

/* Returns the row that breaks a rule, or -1. */
static int bad_row(const amp_schema_t *schema)
{
    size_t row = SIZE_MAX;
    amp_status_t status = amp_schema_check(schema, &row);
    assert_int_equal(status, row == SIZE_MAX ? AMP_OK : AMP_ERR_ARGUMENT);
    assert_int_equal(amp_schema_check(schema, NULL), status);
    return status == AMP_OK ? -1 : (int)row;
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct {
    amp_mask_t mask;
    char text[16];
    int32_t n;
    int64_t wide;
    uint8_t yes;
    uint8_t bytes[7];
    amp_time_t time;
} record_t;

typedef struct {
    amp_mask_t mask;
    record_t inner;
    int32_t n;
} outer_t;

#define TEXT(path) AMP_FIELD(path, AMP_STRING, 0, record_t, text)
#define OBJECT(path) AMP_CONTAINER(path, AMP_OBJECT, 0)
#define ARRAY(path) AMP_CONTAINER(path, AMP_ARRAY, AMP_REQUIRED)

static int check_rows(const amp_field_t *rows, size_t count)
{
    amp_schema_t schema = {rows, (uint16_t)count, sizeof(record_t), 0};
    return bad_row(&schema);
}

#define CHECK(expected, ...)                                                                                 \
    do {                                                                                                     \
        const amp_field_t rows_[] = {__VA_ARGS__};                                                           \
        assert_int_equal(check_rows(rows_, COUNT(rows_)), expected);                                         \
    } while (0)

static void the_library_s_tables_keep_the_rules(void **unused)
{
    (void)unused;
    assert_int_equal(bad_row(&amp_connection_schema), -1);
    assert_int_equal(bad_row(&amp_connections_schema), -1);
    assert_int_equal(bad_row(&amp_installation_schema), -1);
    assert_int_equal(bad_row(&amp_installations_schema), -1);
    assert_int_equal(bad_row(&amp_problem_schema), -1);
}

static void paths(void **unused)
{
    (void)unused;
    CHECK(-1, TEXT("a"));
    CHECK(-1, TEXT("a b:c,d-e_f{g}]'"));
    CHECK(-1, TEXT("~ !"));
    CHECK(-1, TEXT("abcdefghijklmnopqrstuvwxyzabcde"));
    CHECK(0, TEXT("abcdefghijklmnopqrstuvwxyzabcdef"));
    CHECK(0, TEXT(""));
    CHECK(0, {NULL, NULL, 8, 16, AMP_STRING, 0, 0});
    CHECK(-1, {"abc", NULL, 8, 16, AMP_STRING, 0, 3});
    CHECK(0, {"abc", NULL, 8, 16, AMP_STRING, 0, 2});
    CHECK(0, {"abc", NULL, 8, 16, AMP_STRING, 0, 4});
    CHECK(0, TEXT("a\xc3\xa9"));
    CHECK(0, TEXT("a\x7f"));
    CHECK(0, TEXT("a\x1f"));
    CHECK(0, TEXT("a\"b"));
    CHECK(0, TEXT("a\\b"));
    CHECK(0, TEXT("a/b"));
    CHECK(0, TEXT(".a"));
    CHECK(0, TEXT("[0]"));
    CHECK(1, TEXT("a"), TEXT("b\n"));
    CHECK(1, OBJECT("a"), TEXT("a."));
    CHECK(1, OBJECT("a"), TEXT("a..b"));
    CHECK(1, OBJECT("a"), TEXT("a.abcdefghijklmnopqrstuvwxyzabcdef"));
    CHECK(-1, OBJECT("a"), TEXT("a.abcdefghijklmnopqrstuvwxyzabcde"));
    CHECK(1, ARRAY("a"), TEXT("a[]"));
    CHECK(1, ARRAY("a"), TEXT("a[x]"));
    CHECK(1, ARRAY("a"), TEXT("a[:]"));
    CHECK(1, ARRAY("a"), TEXT("a[/]"));
    CHECK(1, ARRAY("a"), TEXT("a[10]"));
    CHECK(1, ARRAY("a"), TEXT("a[0"));
    CHECK(1, ARRAY("a"), TEXT("a["));
    CHECK(1, ARRAY("a"), TEXT("a[0]b"));
    CHECK(-1, ARRAY("a"), TEXT("a[0]"), TEXT("a[9]"));
    CHECK(1, TEXT("a"), TEXT("a"));
    CHECK(3, TEXT("b"), OBJECT("a"), TEXT("a.b"), TEXT("b"));
}

static void groups(void **unused)
{
    (void)unused;
    CHECK(-1, OBJECT("a"), TEXT("a.b"), TEXT("a.c"), TEXT("b"));
    CHECK(-1, OBJECT("a"), OBJECT("a.b"), TEXT("a.b.c"), TEXT("a.c"), TEXT("b"));
    CHECK(-1, ARRAY("a"), OBJECT("a[0]"), TEXT("a[0].b"), ARRAY("a[1]"), TEXT("a[1][2]"), TEXT("a[3]"));
    CHECK(-1, OBJECT("ab"), TEXT("ab.c"), OBJECT("a"), TEXT("a.c"));
    CHECK(0, TEXT("a.b"));
    CHECK(0, TEXT("a[0]"));
    CHECK(0, TEXT("a.b"), OBJECT("a"));
    CHECK(1, TEXT("a"), TEXT("a.b"));
    CHECK(1, ARRAY("a"), TEXT("a.b"));
    CHECK(1, OBJECT("a"), TEXT("a[0]"));
    CHECK(2, OBJECT("a"), TEXT("b"), TEXT("a.b"));
    CHECK(2, OBJECT("a"), TEXT("ab"), TEXT("a.b"));
    CHECK(1, OBJECT("a"), TEXT("a.b.c"));
    CHECK(1, OBJECT("ab"), TEXT("a.b"));
    CHECK(4, OBJECT("a"), OBJECT("a.b"), TEXT("a.b.c"), TEXT("a.c"), TEXT("a.b.d"));
    CHECK(2, ARRAY("a"), TEXT("a[0]"), TEXT("a[0].b"));
}

static void four_levels(void **unused)
{
    (void)unused;
    CHECK(-1, OBJECT("a"), OBJECT("a.b"), OBJECT("a.b.c"), OBJECT("a.b.c.d"), TEXT("a.b.c.d.e"));
    CHECK(-1, ARRAY("a"), ARRAY("a[0]"), ARRAY("a[0][1]"), ARRAY("a[0][1][2]"), TEXT("a[0][1][2][3]"));
    CHECK(4, OBJECT("a"), OBJECT("a.b"), OBJECT("a.b.c"), OBJECT("a.b.c.d"), OBJECT("a.b.c.d.e"));
    CHECK(4, OBJECT("a"), OBJECT("a.b"), OBJECT("a.b.c"), OBJECT("a.b.c.d"), ARRAY("a.b.c.d.e"),
          TEXT("a.b.c.d.e[0]"));
}

static void places_and_sizes(void **unused)
{
    static const struct {
        uint8_t type;
        uint16_t offset;
        uint16_t size;
        int good;
    } rows[] = {
        {AMP_STRING, 8, 1, 1},
        {AMP_STRING, 8, 0, 0},
        {AMP_STRING_TRUNC, 8, 0, 0},
        {AMP_STRING, 8, sizeof(record_t) - 8, 1},
        {AMP_STRING, 8, sizeof(record_t) - 7, 0},
        {AMP_STRING_TRUNC, 9, sizeof(record_t) - 8, 0},
        {AMP_STRING, 65535, 65535, 0},
        {AMP_STRING, 7, 4, 0},
        {AMP_STRING, 0, 4, 0},
        {AMP_INT, 8, 4, 1},
        {AMP_INT, 8, 8, 1},
        {AMP_INT, 8, 1, 0},
        {AMP_INT, 8, 2, 0},
        {AMP_INT, 8, 16, 0},
        {AMP_INT, sizeof(record_t) - 4, 4, 1},
        {AMP_INT, sizeof(record_t) - 4, 8, 0},
        {AMP_INT, 4, 4, 0},
        {AMP_BOOL, 8, 1, 1},
        {AMP_BOOL, 8, 4, 0},
        {AMP_BOOL, 8, 0, 0},
        {AMP_BOOL, sizeof(record_t), 1, 0},
        {AMP_TIME, 8, 8, 1},
        {AMP_TIME, 8, 4, 0},
        {AMP_TIME, sizeof(record_t) - 7, 8, 0},
        {AMP_OBJECT, 0, 0, 1},
        {AMP_ARRAY, 0, 0, 1},
        {AMP_RECORD, 8, 16, 0},
        {AMP_RECORD + 1, 8, 4, 0},
        {255, 8, 4, 0},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        amp_field_t field = {"a", NULL, rows[i].offset, rows[i].size, rows[i].type, AMP_REQUIRED, 1};
        assert_int_equal(check_rows(&field, 1), rows[i].good ? -1 : 0);
        field.flags = 2;
        assert_int_equal(check_rows(&field, 1), 0);
    }
}

static void only_a_record_has_a_table(void **unused)
{
    amp_field_t field = {"a", &amp_problem_schema, 8, 4, AMP_INT, 0, 1};
    (void)unused;
    assert_int_equal(check_rows(&field, 1), 0);
    field.of = NULL;
    assert_int_equal(check_rows(&field, 1), -1);
}

static const amp_field_t inner_fields[] = {TEXT("a"), OBJECT("b"), TEXT("b.c")};
static const amp_field_t broken_fields[] = {TEXT("a"), TEXT("b.c")};

static int check_nested(const amp_schema_t *inner, uint16_t offset, uint16_t size)
{
    const amp_field_t fields[] = {
        AMP_FIELD("x", AMP_INT, 0, outer_t, n),
        {"y", inner, offset, size, AMP_RECORD, 0, 1},
        AMP_FIELD("z", AMP_INT, 0, outer_t, n),
    };
    const amp_schema_t outer = AMP_SCHEMA(outer_t, fields, 0);
    return bad_row(&outer);
}

static void nested_tables_keep_the_rules_too(void **unused)
{
    static const amp_schema_t good = AMP_SCHEMA(record_t, inner_fields, 0);
    static const amp_schema_t closed = AMP_SCHEMA(record_t, inner_fields, AMP_NO_UNKNOWN);
    static const amp_schema_t list = AMP_SCHEMA(record_t, inner_fields, AMP_LIST);
    static const amp_schema_t broken = AMP_SCHEMA(record_t, broken_fields, 0);
    static const amp_schema_t rowless = {NULL, 1, sizeof(record_t), 0};
    const uint16_t at = offsetof(outer_t, inner);
    const uint16_t size = sizeof(record_t);
    (void)unused;
    assert_int_equal(check_nested(&good, at, size), -1);
    assert_int_equal(check_nested(&closed, at, size), -1);
    assert_int_equal(check_nested(&list, at, size), 1);
    assert_int_equal(check_nested(&broken, at, size), 1);
    assert_int_equal(check_nested(&rowless, at, size), 1);
    assert_int_equal(check_nested(NULL, at, size), 1);
    assert_int_equal(check_nested(&good, at, (uint16_t)(size - 1)), 1);
    assert_int_equal(check_nested(&good, at, (uint16_t)(size + 1)), 1);
    assert_int_equal(check_nested(&good, (uint16_t)(at + 2), size), 1);
    assert_int_equal(check_nested(&good, 4, size), 1);
    assert_int_equal(check_nested(&good, (uint16_t)(sizeof(outer_t) - size + 4), size), 1);
}

typedef struct {
    amp_mask_t mask;
    int32_t n;
} small_t;

/* The levels of nested records add up. */
static void nested_levels_count(void **unused)
{
    static const amp_field_t three_fields[] = {OBJECT("a"), OBJECT("a.b"), OBJECT("a.b.c"),
                                               AMP_FIELD("a.b.c.d", AMP_INT, 0, small_t, n)};
    static const amp_schema_t three = AMP_SCHEMA(small_t, three_fields, 0);
    const amp_field_t at_root[] = {{"r", &three, 8, sizeof(small_t), AMP_RECORD, 0, 1}};
    const amp_field_t below[] = {OBJECT("o"), {"o.r", &three, 8, sizeof(small_t), AMP_RECORD, 0, 3}};
    (void)unused;
    assert_int_equal(check_rows(at_root, 1), -1);
    assert_int_equal(check_rows(below, 2), 1);
}

/* Checks a wrapped table of one EACH row and a member beside it. */
static int check_wrapped(const amp_schema_t *of, const char *path, uint16_t flags, uint16_t offset)
{
    const amp_field_t fields[] = {
        AMP_FIELD("n", AMP_INT, 0, outer_t, n),
        {path, of, offset, sizeof(record_t), AMP_RECORDS, 0, (uint8_t)strlen(path)},
    };
    const amp_schema_t outer = AMP_SCHEMA(outer_t, fields, flags);
    return bad_row(&outer);
}

static void elements_stand_in_a_wrapped_table(void **unused)
{
    static const amp_schema_t good = AMP_SCHEMA(record_t, inner_fields, 0);
    static const amp_schema_t list = AMP_SCHEMA(record_t, inner_fields, AMP_LIST);
    static const amp_schema_t broken = AMP_SCHEMA(record_t, broken_fields, 0);
    const uint16_t at = offsetof(outer_t, inner);
    (void)unused;
    assert_int_equal(check_wrapped(&good, "r", AMP_ENVELOPE, at), -1);
    assert_int_equal(check_wrapped(&good, "r", AMP_ENVELOPE | AMP_NO_UNKNOWN, at), -1);
    assert_int_equal(check_wrapped(&good, "r", AMP_ENVELOPE | AMP_LIST, at), 0);
    assert_int_equal(check_wrapped(&good, "r", 0, at), 0);
    assert_int_equal(check_wrapped(&good, "r", AMP_ENVELOPE, (uint16_t)(at + 2)), 1);
    assert_int_equal(check_wrapped(&good, "r", AMP_ENVELOPE, sizeof(outer_t)), 1);
    assert_int_equal(check_wrapped(&list, "r", AMP_ENVELOPE, at), 1);
    assert_int_equal(check_wrapped(&broken, "r", AMP_ENVELOPE, at), 1);
    assert_int_equal(check_wrapped(NULL, "r", AMP_ENVELOPE, at), 1);
}

static void there_is_one_row_of_elements_and_at_the_root(void **unused)
{
    static const amp_schema_t good = AMP_SCHEMA(record_t, inner_fields, 0);
    const amp_field_t none[] = {AMP_FIELD("n", AMP_INT, 0, outer_t, n)};
    const amp_field_t two[] = {{"a", &good, 8, sizeof(record_t), AMP_RECORDS, 0, 1},
                               {"b", &good, 8, sizeof(record_t), AMP_RECORDS, 0, 1}};
    const amp_field_t below[] = {OBJECT("a"), {"a.b", &good, 8, sizeof(record_t), AMP_RECORDS, 0, 3}};
    const amp_schema_t no_row = AMP_SCHEMA(outer_t, none, AMP_ENVELOPE);
    const amp_schema_t two_rows = AMP_SCHEMA(outer_t, two, AMP_ENVELOPE);
    const amp_schema_t deeper = AMP_SCHEMA(outer_t, below, AMP_ENVELOPE);
    const amp_schema_t no_rows = {NULL, 1, sizeof(outer_t), AMP_ENVELOPE};
    (void)unused;
    assert_int_equal(bad_row(&no_row), 0);
    assert_int_equal(bad_row(&two_rows), 0);
    assert_int_equal(bad_row(&deeper), 1);
    assert_int_equal(bad_row(&no_rows), 0);
    assert_int_equal(bad_row(NULL), 0);
    assert_int_equal(bad_row(&amp_operations_schema), -1);
    assert_int_equal(bad_row(&amp_custom_auth_schema), -1);
    assert_int_equal(bad_row(&amp_backfill_progress_schema), -1);
    assert_int_equal(bad_row(&amp_operation_schema), -1);
    assert_int_equal(bad_row(&amp_provider_schema), -1);
}

static void a_table_in_itself_ends(void **unused)
{
    amp_schema_t self = {NULL, 1, sizeof(record_t), 0};
    amp_field_t field = {"a", &self, 8, sizeof(record_t), AMP_RECORD, 0, 1};
    (void)unused;
    self.fields = &field;
    assert_int_equal(bad_row(&self), 0);
}

static void a_mask_has_32_bits(void **unused)
{
    static const char names[33][3] = {"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0",
                                      "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "c0", "c1",
                                      "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "d0", "d1", "d2"};
    amp_field_t fields[33];
    (void)unused;
    for (size_t i = 0; i < 33; ++i) {
        const amp_field_t field = TEXT("a0");
        fields[i] = field;
        fields[i].path = names[i];
    }
    assert_int_equal(check_rows(fields, 32), -1);
    assert_int_equal(check_rows(fields, 33), 32);
}

static void a_fault_of_a_whole_table_is_row_0(void **unused)
{
    amp_schema_t schema = {inner_fields, COUNT(inner_fields), sizeof(record_t), 0};
    (void)unused;
    assert_int_equal(bad_row(NULL), 0);
    schema.flags = AMP_LIST | AMP_NO_UNKNOWN;
    assert_int_equal(bad_row(&schema), -1);
    schema.flags = 4;
    assert_int_equal(bad_row(&schema), 0);
    schema.flags = 0;
    schema.fields = NULL;
    assert_int_equal(bad_row(&schema), 0);
    schema.count = 0;
    assert_int_equal(bad_row(&schema), -1);
    schema.size = sizeof(amp_mask_t);
    assert_int_equal(bad_row(&schema), -1);
    schema.size = sizeof(amp_mask_t) - 1;
    assert_int_equal(bad_row(&schema), 0);
}

/* schema.h: a table that breaks the rules is never unsafe. */
static void a_broken_table_writes_nothing_beside_its_members(void **unused)
{
    static const struct {
        amp_type_t type;
        uint16_t size;
        const char *text;
    } rows[] = {
        {AMP_INT, 2, "{\"a\":-1}"},
        {AMP_TIME, 4, "{\"a\":\"1969-01-01T00:00:00Z\"}"},
        {AMP_BOOL, 0, "{\"a\":true}"},
        {AMP_TIME, 0, "{\"a\":\"1969-01-01T00:00:00Z\"}"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        const amp_field_t field = {"a", NULL, offsetof(record_t, text), rows[i].size, (uint8_t)rows[i].type,
                                   0,   1};
        const amp_schema_t schema = {&field, 1, sizeof(record_t), 0};
        record_t out;
        uint8_t window[64];
        amp_reader_t reader;
        size_t used;
        assert_int_equal(bad_row(&schema), 0);
        if (amp_reader_init(&reader, &schema, &out, window, sizeof window) == AMP_OK) {
            (void)!amp_reader_feed(&reader, rows[i].text, strlen(rows[i].text), &used);
            for (size_t at = rows[i].size; at < sizeof out.text; ++at) {
                assert_int_equal(out.text[at], 0);
            }
        }
    }
}

static const char names[33][5] = {"o",    "o.a1", "o.a2", "o.a3", "o.a4", "o.a5", "o.a6", "o.a7", "o.a8",
                                  "o.b0", "o.b1", "o.b2", "o.b3", "o.b4", "o.b5", "o.b6", "o.b7", "o.b8",
                                  "o.c0", "o.c1", "o.c2", "o.c3", "o.c4", "o.c5", "o.c6", "o.c7", "o.c8",
                                  "o.d0", "o.d1", "o.d2", "o.d3", "o.d4", "o.d5"};

/* The row without a bit in the mask is treated like an unknown member. */
static void a_nested_table_with_too_many_rows_is_safe(void **unused)
{
    static const char json[] = "{\"r\":{\"o\":{\"d4\":\"x\",\"d5\":\"y\"}}}";
    amp_field_t fields[33];
    const amp_schema_t many = {fields, 33, sizeof(record_t), 0};
    const amp_field_t outer_fields[] = {AMP_NESTED("r", &many, 0, outer_t, inner)};
    const amp_schema_t outer = AMP_SCHEMA(outer_t, outer_fields, 0);
    outer_t out;
    uint8_t window[64];
    amp_reader_t reader;
    size_t used;
    (void)unused;
    for (size_t i = 0; i < 33; ++i) {
        const amp_field_t object = OBJECT("o");
        const amp_field_t text = TEXT("o.a1");
        fields[i] = i == 0 ? object : text;
        fields[i].path = names[i];
    }
    assert_int_equal(bad_row(&outer), 0);
    assert_int_equal(amp_reader_init(&reader, &outer, &out, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, json, sizeof json - 1u, &used), AMP_ITEM);
    assert_string_equal(out.inner.text, "x");
    assert_int_equal(out.inner.mask.present, (uint32_t)1 << 31 | 1u);
}

/* null represents an empty list, which needs a level too. */
static void a_list_too_deep_to_follow_may_be_null(void **unused)
{
    static const amp_field_t fields[] = {OBJECT("a"), OBJECT("a.b"), OBJECT("a.b.c"), OBJECT("a.b.c.d"),
                                         ARRAY("a.b.c.d.e")};
    static const amp_schema_t deep = AMP_SCHEMA(record_t, fields, 0);
    static const char json[] = "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":null}}}}}";
    record_t out;
    uint8_t window[64];
    amp_reader_t reader;
    size_t used;
    (void)unused;
    assert_int_equal(bad_row(&deep), 4);
    assert_int_equal(amp_reader_init(&reader, &deep, &out, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, json, sizeof json - 1u, &used), AMP_ERR_DEPTH);
}

static void a_table_too_deep_to_follow_is_safe(void **unused)
{
    static const amp_field_t fields[] = {
        OBJECT("a"),         OBJECT("a.b"),         OBJECT("a.b.c"),       OBJECT("a.b.c.d"),
        OBJECT("a.b.c.d.e"), OBJECT("a.b.c.d.e.f"), TEXT("a.b.c.d.e.f.g"),
    };
    static const amp_schema_t deep = AMP_SCHEMA(record_t, fields, 0);
    static const char text[] = "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":\"x\"}}}}}}}";
    record_t out;
    uint8_t window[64];
    amp_reader_t reader;
    size_t used;
    (void)unused;
    assert_int_equal(bad_row(&deep), 4);
    if (amp_reader_init(&reader, &deep, &out, window, sizeof window) == AMP_OK) {
        amp_status_t status = amp_reader_feed(&reader, text, sizeof text - 1u, &used);
        assert_true(status == AMP_ERR_DEPTH || status == AMP_ITEM);
        assert_int_equal(out.text[0], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_stand_in_a_wrapped_table),
        cmocka_unit_test(there_is_one_row_of_elements_and_at_the_root),
        cmocka_unit_test(a_nested_table_with_too_many_rows_is_safe),
        cmocka_unit_test(a_list_too_deep_to_follow_may_be_null),
        cmocka_unit_test(the_library_s_tables_keep_the_rules),
        cmocka_unit_test(paths),
        cmocka_unit_test(groups),
        cmocka_unit_test(four_levels),
        cmocka_unit_test(places_and_sizes),
        cmocka_unit_test(only_a_record_has_a_table),
        cmocka_unit_test(nested_tables_keep_the_rules_too),
        cmocka_unit_test(nested_levels_count),
        cmocka_unit_test(a_table_in_itself_ends),
        cmocka_unit_test(a_mask_has_32_bits),
        cmocka_unit_test(a_fault_of_a_whole_table_is_row_0),
        cmocka_unit_test(a_broken_table_writes_nothing_beside_its_members),
        cmocka_unit_test(a_table_too_deep_to_follow_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Tables of an application: nested objects, arrays and records; closed tables. */
#include "reading.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef struct {
    amp_mask_t mask;
    char key[8];
    int32_t n;
} leaf_t;

typedef struct {
    amp_mask_t mask;
    leaf_t leaf;
    uint8_t yes;
} branch_t;

typedef struct {
    amp_mask_t mask;
    char deep[8];
    char side[8];
    int32_t first;
    int32_t tenth;
    char corner[8];
    leaf_t leaf;
    branch_t branch;
    leaf_t item;
    char a[8];
    char ab[8];
    char longest[8];
} tree_t;

enum {
    DEEP_A,
    DEEP_B,
    DEEP_C,
    DEEP_D,
    DEEP_E,
    SIDE,
    LIST,
    FIRST,
    TENTH,
    GRID,
    GRID_0,
    CORNER,
    LEAF,
    BRANCH,
    ITEMS,
    ITEM,
    A,
    AB,
    LONGEST
};

static const amp_field_t leaf_fields[] = {
    AMP_FIELD("key", AMP_STRING, AMP_REQUIRED, leaf_t, key),
    AMP_FIELD("n", AMP_INT, 0, leaf_t, n),
};
static const amp_schema_t leaf = AMP_SCHEMA(leaf_t, leaf_fields, 0);

static const amp_field_t branch_fields[] = {
    AMP_FIELD("yes", AMP_BOOL, 0, branch_t, yes),
    AMP_NESTED("leaf", &leaf, AMP_REQUIRED, branch_t, leaf),
};
static const amp_schema_t branch = AMP_SCHEMA(branch_t, branch_fields, 0);

static const amp_field_t tree_fields[] = {
    [DEEP_A] = AMP_CONTAINER("da", AMP_OBJECT, 0),
    [DEEP_B] = AMP_CONTAINER("da.b", AMP_OBJECT, AMP_REQUIRED),
    [DEEP_C] = AMP_CONTAINER("da.b.c", AMP_OBJECT, 0),
    [DEEP_D] = AMP_CONTAINER("da.b.c.d", AMP_OBJECT, 0),
    [DEEP_E] = AMP_FIELD("da.b.c.d.e", AMP_STRING, AMP_REQUIRED, tree_t, deep),
    [SIDE] = AMP_FIELD("da.side", AMP_STRING, 0, tree_t, side),
    [LIST] = AMP_CONTAINER("list", AMP_ARRAY, 0),
    [FIRST] = AMP_FIELD("list[0]", AMP_INT, AMP_REQUIRED, tree_t, first),
    [TENTH] = AMP_FIELD("list[9]", AMP_INT, 0, tree_t, tenth),
    [GRID] = AMP_CONTAINER("grid", AMP_ARRAY, 0),
    [GRID_0] = AMP_CONTAINER("grid[1]", AMP_ARRAY, 0),
    [CORNER] = AMP_FIELD("grid[1][2]", AMP_STRING, 0, tree_t, corner),
    [LEAF] = AMP_NESTED("leaf", &leaf, 0, tree_t, leaf),
    [BRANCH] = AMP_NESTED("branch", &branch, 0, tree_t, branch),
    [ITEMS] = AMP_CONTAINER("items", AMP_ARRAY, 0),
    [ITEM] = AMP_NESTED("items[1]", &leaf, 0, tree_t, item),
    [A] = AMP_FIELD("a", AMP_STRING_TRUNC, 0, tree_t, a),
    [AB] = AMP_FIELD("ab", AMP_STRING_TRUNC, 0, tree_t, ab),
    [LONGEST] = AMP_FIELD("abcdefghijklmnopqrstuvwxyzabcde", AMP_STRING_TRUNC, 0, tree_t, longest),
};
static const amp_schema_t tree = AMP_SCHEMA(tree_t, tree_fields, 0);

#define BIT(row) ((uint32_t)1 << (row))

static tree_t got;

static void read_tree(const char *text, amp_status_t status, const char *field)
{
    const reading_result_t *result = read_text(&tree, text);
    check_result(result, status, field, 0, text);
    memcpy(&got, result->record, sizeof got);
}

static void the_table_is_in_order(void **unused)
{
    (void)unused;
    assert_int_equal(amp_schema_check(&tree, NULL), AMP_OK);
}

static void objects_in_objects(void **unused)
{
    (void)unused;
    read_tree("{\"da\":{\"b\":{\"c\":{\"d\":{\"e\":\"x\",\"f\":{\"e\":1}},\"e\":2},\"d\":{\"e\":3}},\"side\":"
              "\"y\"},\"e\":4}",
              AMP_END, NULL);
    assert_string_equal(got.deep, "x");
    assert_string_equal(got.side, "y");
    assert_int_equal(got.mask.present,
                     BIT(DEEP_A) | BIT(DEEP_B) | BIT(DEEP_C) | BIT(DEEP_D) | BIT(DEEP_E) | BIT(SIDE));
    read_tree("{\"da\":{\"b\":{\"c\":{}}}}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(DEEP_A) | BIT(DEEP_B) | BIT(DEEP_C));
    read_tree("{\"da\":{\"b\":{\"c\":null},\"side\":null}}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(DEEP_A) | BIT(DEEP_B));
    assert_int_equal(got.mask.truncated, BIT(DEEP_C) | BIT(SIDE));
    assert_int_equal(AMP_WAS_TRUNCATED(&got, SIDE), 0);
}

static void required_counts_where_the_holder_is(void **unused)
{
    (void)unused;
    read_tree("{}", AMP_END, NULL);
    assert_int_equal(got.mask.present, 0);
    read_tree("{\"da\":null,\"list\":null}", AMP_ERR_MISSING, "list[0]");
    read_tree("{\"da\":null}", AMP_END, NULL);
    read_tree("{\"da\":{}}", AMP_ERR_MISSING, "da.b");
    read_tree("{\"da\":{\"side\":\"x\"}}", AMP_ERR_MISSING, "da.b");
    read_tree("{\"da\":{\"b\":null}}", AMP_ERR_MISSING, "da.b");
    read_tree("{\"da\":{\"b\":{\"c\":{\"d\":{}}}}}", AMP_ERR_MISSING, "da.b.c.d.e");
    read_tree("{\"list\":[]}", AMP_ERR_MISSING, "list[0]");
    read_tree("{\"list\":[null,1]}", AMP_ERR_MISSING, "list[0]");
    read_tree("{\"leaf\":{}}", AMP_ERR_MISSING, "key");
    read_tree("{\"branch\":{\"yes\":true}}", AMP_ERR_MISSING, "leaf");
    read_tree("{\"branch\":{\"leaf\":null}}", AMP_ERR_MISSING, "leaf");
    read_tree("{\"branch\":{\"leaf\":{\"n\":1}}}", AMP_ERR_MISSING, "key");
    read_tree("{\"items\":[0,{}]}", AMP_ERR_MISSING, "key");
}

/* null in place of a list is a list without elements. The members after it are stored in their rows. */
static void null_is_an_empty_list(void **unused)
{
    (void)unused;
    read_tree("{\"grid\":null,\"items\":null,\"a\":\"x\"}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(GRID) | BIT(ITEMS) | BIT(A));
    assert_int_equal(got.mask.truncated, 0);
    assert_string_equal(got.a, "x");
    read_tree("{\"grid\":[[\"no\"],null,[\"no\"]],\"ab\":\"y\"}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(GRID) | BIT(GRID_0) | BIT(AB));
    assert_int_equal(got.mask.truncated, 0);
    read_tree("{\"grid\":[null,[null,null,\"c\"]]}", AMP_END, NULL);
    assert_string_equal(got.corner, "c");
    read_tree("{\"items\":null,\"items\":[]}", AMP_ERR_DUPLICATE, "items");
    read_tree("{\"items\":[0,null]}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(ITEMS));
    assert_int_equal(got.mask.truncated, BIT(ITEM));
}

static void elements_by_their_number(void **unused)
{
    (void)unused;
    read_tree("{\"list\":[10,11,12,13,14,15,16,17,18,19]}", AMP_END, NULL);
    assert_int_equal(got.first, 10);
    assert_int_equal(got.tenth, 19);
    assert_int_equal(got.mask.present, BIT(LIST) | BIT(FIRST) | BIT(TENTH));
    read_tree("{\"list\":[10,\"x\",[9],{\"a\":\"b\"},null,true,[[],[]],{},-1.5,19,20,[21],{\"a\":1},\"z\"]}",
              AMP_END, NULL);
    assert_int_equal(got.first, 10);
    assert_int_equal(got.tenth, 19);
    read_tree("{\"list\":[7]}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(LIST) | BIT(FIRST));
    read_tree("{\"list\":[1,2,3,4,5,6,7,8,9]}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(LIST) | BIT(FIRST));
    read_tree("{\"list\":[1,2,3,4,5,6,7,8,9,null]}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(LIST) | BIT(FIRST));
    assert_int_equal(got.mask.truncated, BIT(TENTH));
    read_tree("{\"list\":[\"1\"]}", AMP_ERR_TYPE, "list[0]");
    read_tree("{\"list\":[[1]]}", AMP_ERR_TYPE, "list[0]");
    read_tree("{\"list\":[1,2,3,4,5,6,7,8,9,\"x\"]}", AMP_ERR_TYPE, "list[9]");
    read_tree("{\"list\":{\"[0]\":1}}", AMP_ERR_TYPE, "list");
    read_tree("{\"list\":1}", AMP_ERR_TYPE, "list");
    read_tree("{\"list\":[1],\"list\":[1]}", AMP_ERR_DUPLICATE, "list");
}

static void the_rest_of_a_long_array_is_skipped(void **unused)
{
    char text[2048] = "{\"list\":[5";
    (void)unused;
    for (int i = 1; i < 300; ++i) {
        strcat(text, i == 9 ? ",9" : i % 3 == 0 ? ",[]" : ",0");
    }
    strcat(text, "],\"a\":\"behind\"}");
    const reading_result_t *result = read_once(&tree, 64, text, strlen(text));
    check_result(result, AMP_END, NULL, 0, text);
    memcpy(&got, result->record, sizeof got);
    assert_int_equal(got.first, 5);
    assert_int_equal(got.tenth, 9);
    assert_string_equal(got.a, "behind");
}

static void arrays_in_arrays(void **unused)
{
    (void)unused;
    read_tree("{\"grid\":[[\"a\",\"b\",\"c\"],[\"d\",\"e\",\"f\",\"g\"],[\"h\",\"i\",\"j\"]],\"a\":\"z\"}",
              AMP_END, NULL);
    assert_string_equal(got.corner, "f");
    assert_string_equal(got.a, "z");
    assert_int_equal(got.mask.present, BIT(GRID) | BIT(GRID_0) | BIT(CORNER) | BIT(A));
    read_tree("{\"grid\":[[],[]]}", AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(GRID) | BIT(GRID_0));
    read_tree("{\"grid\":[1,{}]}", AMP_ERR_TYPE, "grid[1]");
    read_tree("{\"grid\":[1,[1,2,3]]}", AMP_ERR_TYPE, "grid[1][2]");
}

static void records_in_records(void **unused)
{
    (void)unused;
    read_tree(
        "{\"branch\":{\"leaf\":{\"n\":1,\"key\":\"p\",\"leaf\":{\"key\":\"x\"}},\"key\":\"x\",\"yes\":true},"
        "\"leaf\":{\"key\":\"q\"},\"items\":[{\"key\":\"x\"},{\"n\":3,\"key\":\"r\"},{\"key\":0}],\"key\":"
        "\"x\"}",
        AMP_END, NULL);
    assert_int_equal(got.mask.present, BIT(BRANCH) | BIT(LEAF) | BIT(ITEMS) | BIT(ITEM));
    assert_int_equal(got.branch.mask.present, 3);
    assert_int_equal(got.branch.yes, 1);
    assert_int_equal(got.branch.leaf.mask.present, 3);
    assert_string_equal(got.branch.leaf.key, "p");
    assert_int_equal(got.branch.leaf.n, 1);
    assert_int_equal(got.leaf.mask.present, 1);
    assert_string_equal(got.leaf.key, "q");
    assert_int_equal(got.item.mask.present, 3);
    assert_string_equal(got.item.key, "r");
    assert_int_equal(got.item.n, 3);
    read_tree("{\"branch\":{\"leaf\":{\"key\":\"a\",\"key\":\"b\"}}}", AMP_ERR_DUPLICATE, "key");
    read_tree("{\"leaf\":{\"key\":\"a\"},\"branch\":{\"leaf\":{\"key\":\"b\"}}}", AMP_END, NULL);
    read_tree("{\"leaf\":[]}", AMP_ERR_TYPE, "leaf");
    read_tree("{\"leaf\":\"key\"}", AMP_ERR_TYPE, "leaf");
    read_tree("{\"branch\":{\"leaf\":1}}", AMP_ERR_TYPE, "leaf");
    read_tree("{\"leaf\":{\"key\":1}}", AMP_ERR_TYPE, "key");
    static const char too_long[] = "{\"leaf\":{\"key\":\"12345678\"}}";
    check_result(read_text(&tree, too_long), AMP_ERR_TOO_LONG, "key", 9, too_long);
}

static void names_are_whole_names(void **unused)
{
    (void)unused;
    read_tree("{\"ab\":\"2\",\"abc\":\"3\",\"a\":\"1\",\"\":\"0\",\"A\":\"4\",\"d\":{\"b\":1},\"a.b\":6}",
              AMP_END, NULL);
    assert_string_equal(got.a, "1");
    assert_string_equal(got.ab, "2");
    assert_int_equal(got.mask.present, BIT(A) | BIT(AB));
    read_tree("{\"abcdefghijklmnopqrstuvwxyzabcde\":\"1\",\"abcdefghijklmnopqrstuvwxyzabcdef\":\"2\","
              "\"abcdefghijklmnopqrstuvwxyzabcd\":\"3\"}",
              AMP_END, NULL);
    assert_string_equal(got.longest, "1");
    assert_int_equal(got.mask.present, BIT(LONGEST));
    read_tree("{\"abcdefghijklmnopqrstuvwxyzabcd\\u0065\":\"4\"}", AMP_END, NULL);
    assert_string_equal(got.longest, "4");
}

typedef struct {
    amp_mask_t mask;
    char a[8];
    leaf_t leaf;
    int32_t n;
} closed_t;

static const amp_schema_t closed_leaf = AMP_SCHEMA(leaf_t, leaf_fields, AMP_NO_UNKNOWN);

#define CLOSED_FIELDS(of)                                                                                    \
    {                                                                                                        \
        AMP_FIELD("a", AMP_STRING, 0, closed_t, a), AMP_NESTED("leaf", of, 0, closed_t, leaf),               \
            AMP_CONTAINER("list", AMP_ARRAY, 0), AMP_CONTAINER("list[1]", AMP_OBJECT, 0),                    \
            AMP_FIELD("list[1].n", AMP_INT, 0, closed_t, n),                                                 \
    }

static const amp_field_t closed_fields[] = CLOSED_FIELDS(&closed_leaf);
static const amp_field_t half_fields[] = CLOSED_FIELDS(&leaf);
static const amp_schema_t closed = AMP_SCHEMA(closed_t, closed_fields, AMP_NO_UNKNOWN);
static const amp_schema_t closed_list = AMP_SCHEMA(closed_t, closed_fields, AMP_NO_UNKNOWN | AMP_LIST);
static const amp_schema_t closed_outside = AMP_SCHEMA(closed_t, half_fields, AMP_NO_UNKNOWN);
static const amp_schema_t closed_inside = AMP_SCHEMA(closed_t, closed_fields, 0);

static void a_schema_without_unknown_members_refuses_others(void **unused)
{
    static const struct {
        const amp_schema_t *schema;
        const char *text;
        amp_status_t status;
    } rows[] = {
        {&closed, "{}", AMP_END},
        {&closed, "{\"a\":\"x\",\"leaf\":{\"key\":\"k\",\"n\":1},\"list\":[1,{\"n\":2},{\"m\":3},[4]]}",
         AMP_END},
        {&closed, "{\"b\":1}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"\":1}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"a\":\"x\",\"abcdefghijklmnopqrstuvwxyzabcdefghijkl\":1}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"\xc3\xa9\":1}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"a\\u0000\":1}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"a\":\"x\",\"A\":{}}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"list\":[1,{\"m\":2}]}", AMP_ERR_UNEXPECTED},
        {&closed, "{\"leaf\":{\"key\":\"k\",\"m\":1}}", AMP_ERR_UNEXPECTED},
        {&closed_list, "[]", AMP_END},
        {&closed_list, "[{\"a\":\"x\"},{\"a\":\"y\"}]", AMP_END},
        {&closed_list, "[{\"a\":\"x\"},{\"b\":\"y\"}]", AMP_ERR_UNEXPECTED},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); ++i) {
        check_read(rows[i].schema, rows[i].text, rows[i].status, NULL);
    }
}

/* An array has ended before the row of its next element. An error after it is not about that row. */
static void an_element_that_did_not_come_is_not_blamed(void **unused)
{
    static const char *const ends[] = {"5]", "\"x\"]", "true]", "null]", "[]]"};
    static const char *const starts[] = {"[{\"list\":[1]},", "[{\"a\":\"x\"},"};
    char text[64];
    (void)unused;
    for (size_t i = 0; i < COUNT(starts) * COUNT(ends); ++i) {
        (void)snprintf(text, sizeof text, "%s%s", starts[i % COUNT(starts)], ends[i / COUNT(starts)]);
        check_read(&closed_list, text, AMP_ERR_TYPE, NULL);
    }
}

/* AMP_NO_UNKNOWN applies to one schema. A nested schema has its own flag. */
static void each_table_is_closed_for_itself(void **unused)
{
    (void)unused;
    check_read(&closed_outside, "{\"leaf\":{\"key\":\"k\",\"m\":1}}", AMP_END, NULL);
    check_read(&closed_outside, "{\"m\":1}", AMP_ERR_UNEXPECTED, NULL);
    check_read(&closed_inside, "{\"m\":1}", AMP_END, NULL);
    check_read(&closed_inside, "{\"leaf\":{\"key\":\"k\",\"m\":1}}", AMP_ERR_UNEXPECTED, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_in_order),
        cmocka_unit_test(objects_in_objects),
        cmocka_unit_test(required_counts_where_the_holder_is),
        cmocka_unit_test(null_is_an_empty_list),
        cmocka_unit_test(elements_by_their_number),
        cmocka_unit_test(the_rest_of_a_long_array_is_skipped),
        cmocka_unit_test(arrays_in_arrays),
        cmocka_unit_test(records_in_records),
        cmocka_unit_test(names_are_whole_names),
        cmocka_unit_test(a_schema_without_unknown_members_refuses_others),
        cmocka_unit_test(an_element_that_did_not_come_is_not_blamed),
        cmocka_unit_test(each_table_is_closed_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

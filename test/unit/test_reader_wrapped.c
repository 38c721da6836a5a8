/* SPDX-License-Identifier: MIT */
/* Lists inside an object: the elements are returned one by one, the members around them at the end. */
#include "reading.h"

typedef struct {
    amp_mask_t mask;
    char id[8];
    int32_t n;
} item_t;

typedef struct {
    amp_mask_t mask;
    char title[8];
    item_t item;
    uint8_t done;
} page_t;

enum { PAGE_TITLE, PAGE_ITEMS, PAGE_INFO, PAGE_DONE };

static const amp_field_t item_fields[] = {
    AMP_FIELD("id", AMP_STRING, AMP_REQUIRED, item_t, id),
    AMP_FIELD("n", AMP_INT, 0, item_t, n),
};
static const amp_schema_t item_schema = AMP_SCHEMA(item_t, item_fields, 0);
static const amp_field_t page_fields[] = {
    [PAGE_TITLE] = AMP_FIELD("title", AMP_STRING, 0, page_t, title),
    [PAGE_ITEMS] = AMP_ARRAY_OF("items", &item_schema, AMP_REQUIRED, page_t, item),
    [PAGE_INFO] = AMP_CONTAINER("info", AMP_OBJECT, 0),
    [PAGE_DONE] = AMP_FIELD("info.done", AMP_BOOL, AMP_REQUIRED, page_t, done),
};
static const amp_schema_t page_schema = AMP_SCHEMA(page_t, page_fields, AMP_ENVELOPE);

static void the_table_is_good(void **unused)
{
    (void)unused;
    assert_int_equal(amp_schema_check(&page_schema, NULL), AMP_OK);
}

/* The reader's record is always one page_t. The test keeps its bytes at the end of each row. */
static void elements_arrive_one_by_one(void **unused)
{
    static const struct {
        const char *text;
        unsigned items;
        const char *last; /* the id of the last element, and its n */
        int32_t n;
    } rows[] = {
        {"{\"items\":[]}", 0, "", 0},
        {"{\"items\":null}", 0, "", 0},
        {"{\"info\":{\"done\":true},\"items\" : null , \"title\":\"t\"}", 0, "", 0},
        {"{\"items\":[{\"id\":\"a\",\"n\":1}]}", 1, "a", 1},
        {"{\"items\":[{\"id\":\"a\",\"n\":1},{\"id\":\"b\"}],\"info\":{\"done\":true}}", 2, "b", 0},
        {"{\"info\":{\"x\":[],\"done\":false},\"items\":[{\"n\":-2,\"id\":\"c\",\"y\":{\"id\":1}}]}", 1, "c",
         -2},
        {" { \"x\" : [ { \"id\" : 1 } ] , \"items\" : [ { \"id\" : \"d\" } , { \"id\" : \"e\" , \"n\" : 5 } "
         "] } ",
         2, "e", 5},
        {"{\"title\":\"t\",\"items\":[{\"id\":\"\\u0041bc\"}]}", 1, "Abc", 0},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        const reading_result_t *result = read_text(&page_schema, rows[i].text);
        page_t page;
        memcpy(&page, result->record, sizeof page);
        check_result(result, AMP_END, NULL, 0, rows[i].text);
        assert_int_equal(result->items, rows[i].items);
        assert_string_equal(page.item.id, rows[i].last);
        assert_int_equal(page.item.n, rows[i].n);
    }
}

static void members_around_a_list_are_there_at_the_end(void **unused)
{
    static const char text[] = "{\"title\":\"t\",\"items\":[{\"id\":\"a\"}],\"info\":{\"done\":true}}";
    page_t page;
    amp_reader_t reader;
    uint8_t window[64];
    size_t used;
    size_t more;
    (void)unused;
    assert_int_equal(amp_reader_init(&reader, &page_schema, &page, window, sizeof window), AMP_OK);
    assert_int_equal(amp_reader_feed(&reader, text, sizeof text - 1u, &used), AMP_ITEM);
    assert_string_equal(page.item.id, "a");
    assert_false(AMP_HAS(&page, PAGE_DONE));
    assert_int_equal(amp_reader_feed(&reader, text + used, sizeof text - 1u - used, &more), AMP_PENDING);
    assert_int_equal(amp_reader_end(&reader), AMP_END);
    assert_string_equal(page.title, "t");
    assert_true(AMP_HAS(&page, PAGE_ITEMS));
    assert_int_equal(page.done, 1);
}

/* null is a list without elements, and is read as one. */
static void null_is_an_empty_list(void **unused)
{
    static const char *const texts[] = {"{\"items\":[],\"title\":\"t\"}", "{\"items\":null,\"title\":\"t\"}"};
    page_t pages[2];
    (void)unused;
    for (size_t i = 0; i < 2; ++i) {
        amp_reader_t reader;
        uint8_t window[64];
        size_t used;
        memset(&pages[i], 0xa5, sizeof pages[i]);
        assert_int_equal(amp_reader_init(&reader, &page_schema, &pages[i], window, sizeof window), AMP_OK);
        assert_int_equal(amp_reader_feed(&reader, texts[i], strlen(texts[i]), &used), AMP_PENDING);
        assert_int_equal(amp_reader_end(&reader), AMP_END);
        assert_string_equal(pages[i].title, "t");
    }
    assert_true(AMP_HAS(&pages[1], PAGE_ITEMS));
    assert_memory_equal(&pages[0], &pages[1], sizeof pages[0]);
}

static void wrong_shapes_are_reported(void **unused)
{
    static const struct {
        const char *text;
        amp_status_t status;
        const char *field;
    } rows[] = {
        {"[]", AMP_ERR_TYPE, NULL},
        {"7", AMP_ERR_TYPE, NULL},
        {"{}", AMP_ERR_MISSING, "items"},
        {"null", AMP_ERR_TYPE, NULL},
        {"{\"items\":null,\"items\":[]}", AMP_ERR_DUPLICATE, "items"},
        {"{\"items\":[],\"items\":null}", AMP_ERR_DUPLICATE, "items"},
        {"{\"items\":{}}", AMP_ERR_TYPE, "items"},
        {"{\"items\":\"a\"}", AMP_ERR_TYPE, "items"},
        {"{\"items\":[1]}", AMP_ERR_TYPE, "items"},
        {"{\"items\":[null]}", AMP_ERR_TYPE, "items"},
        {"{\"items\":[[]]}", AMP_ERR_TYPE, "items"},
        {"{\"items\":[{\"id\":\"a\"},true]}", AMP_ERR_TYPE, "items"},
        {"{\"items\":[{}]}", AMP_ERR_MISSING, "id"},
        {"{\"items\":[{\"id\":\"a\"},{\"n\":1}]}", AMP_ERR_MISSING, "id"},
        {"{\"items\":[{\"id\":\"a\",\"id\":\"b\"}]}", AMP_ERR_DUPLICATE, "id"},
        {"{\"items\":[],\"items\":[]}", AMP_ERR_DUPLICATE, "items"},
        {"{\"items\":[{\"id\":\"12345678\"}]}", AMP_ERR_TOO_LONG, "id"},
        {"{\"items\":[],\"info\":{}}", AMP_ERR_MISSING, "info.done"},
        {"{\"items\":[],\"info\":[]}", AMP_ERR_TYPE, "info"},
        {"{\"items\":[{\"id\":\"a\"}]", AMP_ERR_JSON, NULL},
        {"{\"items\":[{\"id\":\"a\"}],}", AMP_ERR_JSON, NULL},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        const reading_result_t *result = read_text(&page_schema, rows[i].text);
        check_result(result, rows[i].status, rows[i].field, rows[i].status == AMP_ERR_TOO_LONG ? 9 : 0,
                     rows[i].text);
    }
}

/* Nothing of an element is visible in the next one. */
static void an_element_begins_empty(void **unused)
{
    static const char text[] = "{\"items\":[{\"id\":\"abcdefg\",\"n\":9},{\"id\":\"h\"}]}";
    const reading_result_t *result = read_text(&page_schema, text);
    page_t page;
    (void)unused;
    memcpy(&page, result->record, sizeof page);
    assert_int_equal(page.item.n, 0);
    assert_false(AMP_HAS(&page.item, 1));
    assert_memory_equal(page.item.id, "h\0\0\0\0\0\0\0", sizeof page.item.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_good),
        cmocka_unit_test(elements_arrive_one_by_one),
        cmocka_unit_test(members_around_a_list_are_there_at_the_end),
        cmocka_unit_test(null_is_an_empty_list),
        cmocka_unit_test(wrong_shapes_are_reported),
        cmocka_unit_test(an_element_begins_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

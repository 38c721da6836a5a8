/* SPDX-License-Identifier: MIT */
/* Every row of every record's schema: the result when that member is missing, null, of another type, out of
 * range, repeated, or too long. A lenient schema has no such errors: see test_reader_lenient.c. */
#include "reading.h"

#include "describing.h"

static describing_t d;

static const reading_result_t *read_changed(const place_t *place, change_t change, const char *value)
{
    d.schema = place->of;
    d.row = place->row;
    d.change = change;
    d.value = value;
    describe(&d, place->read);
    return read_once(place->read, READING_WINDOW, d.text, d.len);
}

static void reads_as(const place_t *place, change_t change, const char *value, amp_status_t status,
                     size_t need)
{
    const reading_result_t *result = read_changed(place, change, value);
    int is_lenient = (place->read->flags & AMP_LENIENT) != 0 && (place->field->flags & AMP_REQUIRED) == 0;
    if (status < 0 && is_lenient) {
        status = AMP_END;
        need = 0;
    }
    if (status == AMP_END && (place->read->flags & (AMP_LIST | AMP_ENVELOPE)) == 0) {
        assert_int_equal(result->items, 1);
    }
    check_result(result, status, status < 0 ? place->path : NULL, need, d.text);
}

static void without_it(const place_t *place)
{
    amp_status_t status = (place->field->flags & AMP_REQUIRED) != 0 ? AMP_ERR_MISSING : AMP_END;
    reads_as(place, CHANGE_LEAVE_OUT, NULL, status, 0);
    reads_as(place, CHANGE_VALUE, "null", place->field->type == AMP_RECORDS ? AMP_END : status, 0);
}

static void twice(const place_t *place)
{
    int is_element = strchr(place->field->path, '[') != NULL && strstr(place->field->path, "].") == NULL;
    reads_as(place, CHANGE_WRITE_TWICE, NULL, is_element ? AMP_END : AMP_ERR_DUPLICATE, 0);
}

/* One value of each type, and the rows that accept it. */
static void of_another_type(const place_t *place)
{
    static const char *const values[] = {"\"x\"", "1", "true", "false", "{}", "[]"};
    static const char takes[][7] = {
        [AMP_STRING] = "s", [AMP_STRING_TRUNC] = "s", [AMP_INT] = "1",
        [AMP_BOOL] = "tf",  [AMP_TIME] = "s",         [AMP_OBJECT] = "{",
        [AMP_ARRAY] = "[",  [AMP_RECORD] = "{",       [AMP_RECORDS] = "[",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; ++i) {
        char kind = values[i][0] == '"' ? 's' : values[i][0];
        if (strchr(takes[place->field->type], kind) == NULL) {
            reads_as(place, CHANGE_VALUE, values[i], AMP_ERR_TYPE, 0);
        }
    }
}

static void out_of_range(const place_t *place)
{
    static const char *const numbers[] = {
        "9223372036854775808",           "-9223372036854775809", "1.5", "1e99", "-0.1",
        "123456789012345678901234567890"};
    static const char *const times[] = {"\"\"",
                                        "\"yesterday\"",
                                        "\"2023-02-30T00:00:00Z\"",
                                        "\"2023-07-13\"",
                                        "\"2023-07-13T21:34:44\"",
                                        "\"2023-07-13T24:00:00Z\"",
                                        "\"2023-07-13T21:34:44Zx\""};
    for (size_t i = 0; place->field->type == AMP_INT && i < sizeof numbers / sizeof numbers[0]; ++i) {
        reads_as(place, CHANGE_VALUE, numbers[i], AMP_ERR_VALUE, 0);
    }
    if (place->field->type == AMP_INT) {
        int is_narrow = place->field->size == sizeof(int32_t);
        reads_as(place, CHANGE_VALUE, "2147483648", is_narrow ? AMP_ERR_VALUE : AMP_END, 0);
        reads_as(place, CHANGE_VALUE, "-2147483649", is_narrow ? AMP_ERR_VALUE : AMP_END, 0);
        reads_as(place, CHANGE_VALUE, is_narrow ? "2147483647" : "9223372036854775807", AMP_END, 0);
        reads_as(place, CHANGE_VALUE, is_narrow ? "-2147483648" : "-9223372036854775808", AMP_END, 0);
    }
    for (size_t i = 0; place->field->type == AMP_TIME && i < sizeof times / sizeof times[0]; ++i) {
        reads_as(place, CHANGE_VALUE, times[i], AMP_ERR_VALUE, 0);
    }
}

/* A text that just fits its member, and one that is a byte longer. */
static void too_long(const place_t *place)
{
    static char text[1024];
    size_t size = place->field->size;
    if (place->field->type != AMP_STRING && place->field->type != AMP_STRING_TRUNC) {
        return;
    }
    for (size_t len = size - 1u; len <= size; ++len) {
        assert_true(len + 3u <= sizeof text);
        memset(text, 'x', len + 2u);
        text[0] = text[len + 1u] = '"';
        text[len + 2u] = '\0';
        int is_error = len == size && place->field->type == AMP_STRING;
        reads_as(place, CHANGE_VALUE, text, is_error ? AMP_ERR_TOO_LONG : AMP_END, is_error ? len + 1u : 0);
    }
}

static void a_member_may_be_missing_unless_it_is_required(void **unused)
{
    (void)unused;
    describe_each_row(without_it);
}

static void no_member_may_be_there_twice(void **unused)
{
    (void)unused;
    describe_each_row(twice);
}

static void each_member_has_its_type(void **unused)
{
    (void)unused;
    describe_each_row(of_another_type);
}

static void numbers_and_times_have_a_range(void **unused)
{
    (void)unused;
    describe_each_row(out_of_range);
}

static void texts_have_a_length(void **unused)
{
    (void)unused;
    describe_each_row(too_long);
}

/* Members that no schema knows change nothing, at any place and with any split. */
static void unknown_members_are_skipped(void **unused)
{
    static uint64_t plain[READING_RECORD / 8u];
    (void)unused;
    for (size_t i = 0; i < DESCRIBED_COUNT; ++i) {
        memset(&d, 0, sizeof d);
        const reading_result_t *result = read_text(described[i], describe(&d, described[i]));
        check_result(result, AMP_END, NULL, 0, d.text);
        assert_int_equal(result->items, 1);
        memcpy(plain, result->record, sizeof plain);
        d.adds_unknown = 1;
        result = read_text(described[i], describe(&d, described[i]));
        check_result(result, AMP_END, NULL, 0, d.text);
        assert_memory_equal(result->record, plain, described[i]->size);
    }
    memset(&d, 0, sizeof d);
}

#define PLACE(schema, row, path, type, member)                                                               \
    {                                                                                                        \
        &schema, row, path, offsetof(type, member)                                                           \
    }
#define BACKFILL(row, path, member)                                                                          \
    PLACE(amp_backfill_progress_schema, AMP_BACKFILL_PROGRESS_##row, path, amp_backfill_progress_t, member)
#define OPERATION(row, path, member)                                                                         \
    PLACE(amp_operation_schema, AMP_OPERATION_##row, path, amp_operation_t, member)
#define PROVIDER(row, path, member)                                                                          \
    PLACE(amp_provider_schema, AMP_PROVIDER_##row, path, amp_provider_t, member)
#define CUSTOM(row, path, member)                                                                            \
    PLACE(amp_custom_auth_schema, AMP_CUSTOM_AUTH_##row, path, amp_custom_auth_t, member)

/* The service's name and the struct's member must correspond. test_records.c tests connections, installations
 * and problems. */
static void names_and_members_belong_together(void **unused)
{
    static const struct {
        const amp_schema_t *schema;
        unsigned row;
        const char *path;
        size_t offset;
    } rows[] = {
        BACKFILL(INSTALLATION_ID, "installationId", installation_id),
        BACKFILL(OBJECT_NAME, "objectName", object_name),
        BACKFILL(OPERATION_ID, "operationId", operation_id),
        BACKFILL(RECORDS_PROCESSED, "recordsProcessed", records_processed),
        BACKFILL(RECORDS_ESTIMATED_TOTAL, "recordsEstimatedTotal", records_estimated_total),
        BACKFILL(CREATE_TIME, "createTime", create_time),
        BACKFILL(UPDATE_TIME, "updateTime", update_time),
        OPERATION(ID, "id", id),
        OPERATION(PROJECT_ID, "projectId", project_id),
        OPERATION(INTEGRATION_ID, "integrationId", integration_id),
        OPERATION(CONFIG_ID, "configId", config_id),
        OPERATION(INSTALLATION_ID, "installationId", installation_id),
        OPERATION(ACTION_TYPE, "actionType", action_type),
        OPERATION(STATUS, "status", status),
        OPERATION(RESULT, "result", result),
        OPERATION(CREATE_TIME, "createTime", create_time),
        OPERATION(PROGRESS_OBJECT_NAME, "metadata.progress.objectName", progress_object_name),
        OPERATION(PROGRESS_RECORDS_PROCESSED, "metadata.progress.recordsProcessed",
                  progress_records_processed),
        OPERATION(PROGRESS_RECORDS_ESTIMATED_TOTAL, "metadata.progress.recordsEstimatedTotal",
                  progress_records_estimated_total),
        PLACE(amp_operations_schema, AMP_OPERATIONS_RESULTS, "results", amp_operations_t, operation),
        PLACE(amp_operations_schema, AMP_OPERATIONS_DONE, "pagination.done", amp_operations_t, done),
        PLACE(amp_operations_schema, AMP_OPERATIONS_NEXT_PAGE_TOKEN, "pagination.nextPageToken",
              amp_operations_t, next_page_token),
        PROVIDER(NAME, "name", name),
        PROVIDER(AUTH_TYPE, "authType", auth_type),
        PROVIDER(DISPLAY_NAME, "displayName", display_name),
        CUSTOM(REDIRECT_URL, "redirect.url", redirect_url),
        CUSTOM(SESSION_ID, "redirect.sessionId", session_id),
        CUSTOM(CONNECTION, "connection", connection),
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        const amp_field_t *field = &rows[i].schema->fields[rows[i].row];
        assert_string_equal(field->path, rows[i].path);
        assert_int_equal(field->offset, rows[i].offset);
    }
}

static void every_table_keeps_the_rules(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < DESCRIBED_COUNT; ++i) {
        assert_int_equal(amp_schema_check(described[i], NULL), AMP_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_may_be_missing_unless_it_is_required),
        cmocka_unit_test(no_member_may_be_there_twice),
        cmocka_unit_test(each_member_has_its_type),
        cmocka_unit_test(numbers_and_times_have_a_range),
        cmocka_unit_test(texts_have_a_length),
        cmocka_unit_test(unknown_members_are_skipped),
        cmocka_unit_test(names_and_members_belong_together),
        cmocka_unit_test(every_table_keeps_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The service's published examples, member by member. */
#include "reading.h"

#ifndef AMP_TEST_DATA
#define AMP_TEST_DATA "test/data"
#endif

#define BIT(row) ((uint32_t)1 << (row))
#define ALL_ROWS(schema) ((uint32_t)(((uint64_t)1 << (schema).count) - 1u))

static char text[16384];

static size_t load(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", AMP_TEST_DATA, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s: absent", path);
        return 0;
    }
    size_t len = fread(text, 1, sizeof text - 1u, file);
    fclose(file);
    text[len] = '\0';
    assert_true(len > 0 && len < sizeof text - 1u);
    return len;
}

static void check_time(amp_time_t time, const char *expected)
{
    char got[AMP_TIME_SIZE];
    amp_time_text(time, got);
    assert_string_equal(got, expected);
}

/* Members with the same value in all examples of a connection. */
static void check_connection(const amp_connection_t *c, const char *time)
{
    assert_int_equal(c->mask.present, ALL_ROWS(amp_connection_schema));
    assert_int_equal(c->mask.truncated, 0);
    assert_string_equal(c->id, "connection-123");
    assert_string_equal(c->project_id, "project-456");
    assert_string_equal(c->provider, "salesforce");
    assert_string_equal(c->provider_app_id, "provider-app-123");
    assert_string_equal(c->provider_app_external_ref, "external-id-123");
    assert_string_equal(c->provider_app_client_id, "client-id-123");
    assert_string_equal(c->group_ref, "group-123");
    assert_string_equal(c->group_name, "Super Customer");
    assert_string_equal(c->consumer_ref, "consumer-123");
    assert_string_equal(c->consumer_name, "Super Customer");
    assert_string_equal(c->provider_workspace_ref, "provider-workspace-123");
    assert_string_equal(c->provider_consumer_ref, "provider-consumer-123");
    check_time(c->create_time, time);
    check_time(c->update_time, time);
    assert_string_equal(c->auth_scheme, "oauth2/authorizationCode");
    assert_string_equal(c->status, "working");
}

static void check_installation(const amp_installation_t *i, const char *time)
{
    assert_int_equal(i->mask.present,
                     ALL_ROWS(amp_installation_schema) &
                         ~(BIT(AMP_INSTALLATION_UPDATE_TIME) | BIT(AMP_INSTALLATION_LAST_OPERATION_STATUS)));
    assert_int_equal(i->mask.truncated, 0);
    assert_string_equal(i->id, "installation-123");
    assert_string_equal(i->project_id, "project-456");
    assert_string_equal(i->integration_id, "integration-123");
    assert_string_equal(i->group_ref, "group-123");
    assert_string_equal(i->group_name, "Super Customer");
    assert_string_equal(i->health_status, "healthy");
    assert_string_equal(i->last_operation_status, "");
    check_time(i->create_time, "2023-04-02T10:20:37.470000Z");
    assert_string_equal(i->created_by, "consumer:consumer-123");
    assert_int_equal(i->update_time, 0);
    assert_string_equal(i->config_id, "config-123");
    assert_string_equal(i->config_revision_id, "revision-123");
    check_time(i->config_create_time, "2024-08-28T04:52:14.624000Z");
    assert_string_equal(i->config_created_by, "builder:builder-123");
    check_connection(&i->connection, time);
}

static const char milli[] = "2023-07-13T21:34:44.816000Z";
static const char micro[] = "2023-07-13T21:34:44.816354Z";

static void check_file(const char *name, const amp_schema_t *schema, unsigned items, void *out_last)
{
    size_t len = load(name);
    const reading_result_t *result = read_bytes(schema, AMP_WORK_SIZE, text, len);
    check_result(result, AMP_END, NULL, 0, text);
    assert_int_equal(result->items, items);
    memcpy(out_last, result->record, schema->size);
}

static void generate_connection(void **unused)
{
    amp_connection_t c;
    (void)unused;
    check_file("generate_connection.json", &amp_connection_schema, 1, &c);
    check_connection(&c, milli);
}

static void list_installations_connection(void **unused)
{
    amp_connection_t c;
    (void)unused;
    check_file("list_installations_connection.json", &amp_connection_schema, 1, &c);
    check_connection(&c, micro);
}

static void update_installation(void **unused)
{
    amp_installation_t i;
    (void)unused;
    check_file("update_installation.json", &amp_installation_schema, 1, &i);
    check_installation(&i, milli);
}

static void update_installation_error(void **unused)
{
    amp_problem_t p;
    (void)unused;
    check_file("update_installation_error.json", &amp_problem_schema, 1, &p);
    assert_int_equal(p.mask.present, BIT(AMP_PROBLEM_HREF) | BIT(AMP_PROBLEM_TITLE) |
                                         BIT(AMP_PROBLEM_STATUS) | BIT(AMP_PROBLEM_DETAIL) |
                                         BIT(AMP_PROBLEM_INSTANCE));
    assert_int_equal(p.mask.truncated, 0);
    assert_string_equal(p.href,
                        "https://www.belgif.be/specification/rest/api-guide/#standardized-problem-types");
    assert_string_equal(p.title, "Description of the type of problem that occurred");
    assert_int_equal(p.status, 400);
    assert_string_equal(p.detail, "Description of specific occurrence of the problem");
    assert_string_equal(p.instance, "urn:uuid:123e4567-e89b-12d3-a456-426614174000");
    assert_string_equal(p.type, "");
    assert_int_equal(p.retryable, 0);
    assert_int_equal(p.retry_after, 0);
}

/* Lists are read item by item, so that the first item is also checked. */
static unsigned read_items(const amp_schema_t *schema, size_t len, void *out,
                           void (*check)(const void *record, const char *time))
{
    static uint8_t window[256];
    amp_reader_t reader;
    amp_status_t status = AMP_PENDING;
    unsigned items = 0;
    size_t at = 0;
    assert_int_equal(amp_reader_init(&reader, schema, out, window, sizeof window), AMP_OK);
    while (at < len) {
        size_t used = 0;
        status = amp_reader_feed(&reader, text + at, len - at, &used);
        at += used;
        if (status == AMP_ITEM) {
            check(out, items++ == 0 ? milli : micro);
        }
        assert_true(status == AMP_ITEM || (status == AMP_PENDING && at == len));
    }
    assert_int_equal(amp_reader_end(&reader), AMP_END);
    return items;
}

static void check_connection_item(const void *record, const char *time)
{
    check_connection(record, time);
}

static void check_installation_item(const void *record, const char *time)
{
    check_installation(record, time);
}

static void list_connections(void **unused)
{
    amp_connection_t c;
    (void)unused;
    check_file("list_connections.json", &amp_connections_schema, 2, &c);
    check_connection(&c, micro);
    assert_int_equal(read_items(&amp_connections_schema, strlen(text), &c, check_connection_item), 2);
}

static void list_installations(void **unused)
{
    amp_installation_t i;
    (void)unused;
    check_file("list_installations.json", &amp_installations_schema, 2, &i);
    check_installation(&i, micro);
    assert_int_equal(read_items(&amp_installations_schema, strlen(text), &i, check_installation_item), 2);
}

/* The examples repeat values. Here all values differ. */
static const char distinct_connection[] =
    "{\"status\":\"s1\",\"authScheme\":\"s2\",\"updateTime\":\"1970-01-01T00:00:03Z\","
    "\"createTime\":\"1970-01-01T00:00:04Z\",\"providerConsumerRef\":\"s5\",\"providerWorkspaceRef\":\"s6\","
    "\"providerApp\":{\"clientId\":\"s7\",\"externalRef\":\"s8\",\"id\":\"s9\",\"provider\":\"x\"},"
    "\"consumer\":{\"consumerName\":\"s10\",\"consumerRef\":\"s11\",\"projectId\":\"x\"},"
    "\"group\":{\"groupName\":\"s12\",\"groupRef\":\"s13\",\"createTime\":\"x\"},"
    "\"provider\":\"s14\",\"projectId\":\"s15\",\"id\":\"s16\"}";

static void check_distinct_connection(const amp_connection_t *c)
{
    assert_string_equal(c->status, "s1");
    assert_string_equal(c->auth_scheme, "s2");
    assert_int_equal(c->update_time, 3000000);
    assert_int_equal(c->create_time, 4000000);
    assert_string_equal(c->provider_consumer_ref, "s5");
    assert_string_equal(c->provider_workspace_ref, "s6");
    assert_string_equal(c->provider_app_client_id, "s7");
    assert_string_equal(c->provider_app_external_ref, "s8");
    assert_string_equal(c->provider_app_id, "s9");
    assert_string_equal(c->consumer_name, "s10");
    assert_string_equal(c->consumer_ref, "s11");
    assert_string_equal(c->group_name, "s12");
    assert_string_equal(c->group_ref, "s13");
    assert_string_equal(c->provider, "s14");
    assert_string_equal(c->project_id, "s15");
    assert_string_equal(c->id, "s16");
}

static void every_member_has_its_place_in_a_connection(void **unused)
{
    const reading_result_t *result = read_text(&amp_connection_schema, distinct_connection);
    amp_connection_t c;
    (void)unused;
    check_result(result, AMP_END, NULL, 0, distinct_connection);
    memcpy(&c, result->record, sizeof c);
    check_distinct_connection(&c);
}

static void every_member_has_its_place_in_an_installation(void **unused)
{
    amp_installation_t i;
    (void)unused;
    snprintf(text, sizeof text,
             "{\"lastOperationStatus\":\"t1\",\"config\":{\"content\":{\"id\":\"x\"},\"createdBy\":\"t2\","
             "\"createTime\":\"1970-01-01T00:00:33Z\",\"revisionId\":\"t4\",\"id\":\"t5\"},"
             "\"updateTime\":\"1970-01-01T00:00:36Z\",\"createdBy\":\"t7\","
             "\"createTime\":\"1970-01-01T00:00:38Z\",\"connection\":%s,\"healthStatus\":\"t9\","
             "\"group\":{\"groupName\":\"t10\",\"groupRef\":\"t11\"},\"integrationId\":\"t12\","
             "\"projectId\":\"t13\",\"id\":\"t14\"}",
             distinct_connection);
    const reading_result_t *result = read_text(&amp_installation_schema, text);
    check_result(result, AMP_END, NULL, 0, text);
    memcpy(&i, result->record, sizeof i);
    assert_string_equal(i.last_operation_status, "t1");
    assert_string_equal(i.config_created_by, "t2");
    assert_int_equal(i.config_create_time, 33000000);
    assert_string_equal(i.config_revision_id, "t4");
    assert_string_equal(i.config_id, "t5");
    assert_int_equal(i.update_time, 36000000);
    assert_string_equal(i.created_by, "t7");
    assert_int_equal(i.create_time, 38000000);
    assert_string_equal(i.health_status, "t9");
    assert_string_equal(i.group_name, "t10");
    assert_string_equal(i.group_ref, "t11");
    assert_string_equal(i.integration_id, "t12");
    assert_string_equal(i.project_id, "t13");
    assert_string_equal(i.id, "t14");
    check_distinct_connection(&i.connection);
}

static void every_member_has_its_place_in_a_problem(void **unused)
{
    static const char problem[] =
        "{\"issues\":[{\"detail\":\"u1\",\"name\":\"u2\",\"in\":\"u3\"},{\"in\":\"x\"}],"
        "\"retryAfter\":\"1970-01-01T00:00:04Z\",\"retryable\":true,\"remedy\":\"u6\","
        "\"causes\":[\"u7\",\"x\"],\"requestId\":\"u8\",\"time\":\"1970-01-01T00:00:09Z\","
        "\"subsystem\":\"u10\",\"instance\":\"u11\",\"detail\":\"u12\",\"status\":13,"
        "\"title\":\"u14\",\"href\":\"u15\",\"type\":\"u16\"}";
    const reading_result_t *result = read_text(&amp_problem_schema, problem);
    amp_problem_t p;
    (void)unused;
    check_result(result, AMP_END, NULL, 0, problem);
    memcpy(&p, result->record, sizeof p);
    assert_int_equal(p.mask.present, ALL_ROWS(amp_problem_schema));
    assert_string_equal(p.issue_detail, "u1");
    assert_string_equal(p.issue_name, "u2");
    assert_string_equal(p.issue_in, "u3");
    assert_int_equal(p.retry_after, 4000000);
    assert_int_equal(p.retryable, 1);
    assert_string_equal(p.remedy, "u6");
    assert_string_equal(p.cause, "u7");
    assert_string_equal(p.request_id, "u8");
    assert_int_equal(p.time, 9000000);
    assert_string_equal(p.subsystem, "u10");
    assert_string_equal(p.instance, "u11");
    assert_string_equal(p.detail, "u12");
    assert_int_equal(p.status, 13);
    assert_string_equal(p.title, "u14");
    assert_string_equal(p.href, "u15");
    assert_string_equal(p.type, "u16");
}

static int beginning_may_end(size_t len)
{
    return text[len] == '\n' && text[len + 1] == '\0';
}

/* A text that is truncated at any byte is not a record. */
static void a_cut_text_leaves_no_record(void **unused)
{
    static const struct {
        const char *name;
        const amp_schema_t *schema;
    } files[] = {
        {"generate_connection.json", &amp_connection_schema},
        {"update_installation.json", &amp_installation_schema},
        {"update_installation_error.json", &amp_problem_schema},
        {"list_connections.json", &amp_connections_schema},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; ++i) {
        size_t whole = load(files[i].name);
        for (size_t len = 0; len < whole; ++len) {
            const reading_result_t *result = read_once(files[i].schema, AMP_WORK_SIZE, text, len);
            assert_int_equal(result->status, beginning_may_end(len) ? AMP_END : AMP_ERR_JSON);
            assert_int_equal(result->out_is_zero, !beginning_may_end(len));
            assert_null(result->field);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generate_connection),
        cmocka_unit_test(list_installations_connection),
        cmocka_unit_test(update_installation),
        cmocka_unit_test(update_installation_error),
        cmocka_unit_test(list_connections),
        cmocka_unit_test(list_installations),
        cmocka_unit_test(every_member_has_its_place_in_a_connection),
        cmocka_unit_test(every_member_has_its_place_in_an_installation),
        cmocka_unit_test(every_member_has_its_place_in_a_problem),
        cmocka_unit_test(a_cut_text_leaves_no_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

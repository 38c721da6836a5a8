/* SPDX-License-Identifier: MIT */
/* Arguments of the operations that change something, and of amp_request_start. Tests the bytes that are sent
 * for them, and the arguments that are refused by name before anything is sent. */
#include "operating.h"

static fixture_t f;

/* Returns the body that was sent, or the whole request if it has no body. */
static const char *sent_body(void)
{
    f.memory.sent[f.memory.sent_len] = '\0';
    const char *end = strstr((const char *)f.memory.sent, "\r\n\r\n");
    assert_non_null(end);
    return end + 4;
}

static void open_fixture(void)
{
    static memory_answer_t answer;
    answer = json_answer(0, "200 OK", CONNECTION("x"));
    fixture_init_sized(&f, &answer, 1, AMP_WORK_SIZE);
    received_init(0);
}

static void refused(amp_status_t status, const char *field)
{
    assert_int_equal(status, AMP_ERR_ARGUMENT);
    assert_non_null(amp_client_info(&f.client)->field);
    assert_string_equal(amp_client_info(&f.client)->field, field);
    assert_int_equal(f.memory.open_calls, 0);
    assert_int_equal(f.memory.sent_len, 0);
    fixture_end(&f);
}

static void an_update_names_its_members(void **unused)
{
    static const amp_metadata_t pairs[] = {{VIEW("k"), VIEW("v"), {NULL, 0}, {NULL, 0}}};
    static const struct {
        const char *workspace;
        size_t pairs;
        const amp_credential_kind_t *kind;
        const char *body; /* NULL: refused, with */
        const char *field;
    } rows[] = {
        {"w", 0, NULL,
         "{\"updateMask\":[\"providerWorkspaceRef\"],\"connection\":{\"providerWorkspaceRef\":\"w\"}}", NULL},
        {NULL, 1, NULL,
         "{\"updateMask\":[\"providerMetadata\"],\"connection\":{\"providerMetadata\":{\"k\":{\"value\":"
         "\"v\","
         "\"source\":\"input\"}}}}",
         NULL},
        {"w", 1, &amp_credential_basic_auth,
         "{\"updateMask\":[\"providerWorkspaceRef\",\"providerMetadata\",\"basicAuth\"],\"connection\":{"
         "\"providerWorkspaceRef\":\"w\",\"providerMetadata\":{\"k\":{\"value\":\"v\",\"source\":\"input\"}},"
         "\"basicAuth\":{\"username\":\"u\",\"password\":\"\"}}}",
         NULL},
        {NULL, 0, NULL, NULL, "updateMask"},
        {"w", 0, &amp_credential_oauth2_code, NULL, "oauth2AuthorizationCode"},
        {"w", 0, &amp_credential_custom_auth, NULL, "customAuth"},
        {"\xff", 0, NULL, NULL, "providerWorkspaceRef"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        amp_update_connection_t args;
        memset(&args, 0, sizeof args);
        args.id = AMP_STR("x");
        args.provider_workspace_ref = amp_str(rows[i].workspace);
        args.metadata.kind = &amp_provider_metadata;
        args.metadata.pairs = pairs;
        args.metadata.count = rows[i].pairs;
        args.credential.kind = rows[i].kind;
        args.credential.username = AMP_STR("u");
        open_fixture();
        amp_status_t status = amp_update_connection(&f.client, &args, &received.as.connection);
        if (rows[i].body == NULL) {
            refused(status, rows[i].field);
        } else {
            assert_int_equal(status, AMP_OK);
            assert_string_equal(sent_body(), rows[i].body);
            fixture_end(&f);
        }
    }
}

static void an_installation_is_made_with_a_configuration_or_a_provider(void **unused)
{
    static const struct {
        amp_create_installation_t args;
        const char *body; /* or the field that is refused */
    } rows[] = {
        {{VIEW("i"), VIEW("g"), {NULL, 0}, {NULL, 0}, VIEW("{\"content\":{}}")},
         "{\"groupRef\":\"g\",\"config\":{\"content\":{}}}"},
        {{VIEW("i"), VIEW("g"), {NULL, 0}, VIEW("sf"), {NULL, 0}},
         "{\"groupRef\":\"g\",\"config\":{\"content\":{\"provider\":\"sf\"}}}"},
        {{VIEW("i"), VIEW("g"), {NULL, 0}, {NULL, 0}, {NULL, 0}}, "provider"},
        {{VIEW("i"), VIEW("g"), {NULL, 0}, VIEW("sf"), VIEW("[]")}, "config"},
        {{VIEW("i"), VIEW("g"), {NULL, 0}, {NULL, 0}, VIEW("{} ")}, NULL},
        {{VIEW("i"), VIEW("g"), {NULL, 0}, {NULL, 0}, VIEW("{}}")}, "config"},
        {{VIEW("i"), {NULL, 0}, {NULL, 0}, VIEW("sf"), {NULL, 0}}, "groupRef"},
        {{{NULL, 0}, VIEW("g"), {NULL, 0}, VIEW("sf"), {NULL, 0}}, "integrationId"},
        {{VIEW("i"), VIEW("g"), VIEW("\xc0\x80"), VIEW("sf"), {NULL, 0}}, "connectionId"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        open_fixture();
        amp_status_t status = amp_create_installation(&f.client, &rows[i].args, &received.as.installation);
        if (rows[i].body == NULL || rows[i].body[0] == '{') {
            /* The answer is a connection instead of an installation. */
            assert_int_equal(status, AMP_ERR_MISSING);
            assert_string_equal(sent_body(),
                                rows[i].body != NULL ? rows[i].body : "{\"groupRef\":\"g\",\"config\":{} }");
            fixture_end(&f);
        } else {
            refused(status, rows[i].body);
        }
    }
}

/* Each required argument of each operation is missing in turn. */
static void missing_required_members_are_errors(void **unused)
{
    static const amp_update_installation_t no_connection = {VIEW("i"), VIEW("n"), {NULL, 0}};
    static const amp_get_backfill_progress_t no_object = {VIEW("i"), VIEW("n"), {NULL, 0}};
    static const amp_oauth_connect_t no_consumer = {.provider = VIEW("p"), .group_ref = VIEW("g")};
    static const amp_custom_auth_connect_t bad_params = {.callback_params = VIEW("1")};
    static const amp_get_operation_t no_id;
    static const amp_get_provider_t step = {VIEW("..")};
    char url[40];
    (void)unused;
    open_fixture();
    refused(amp_update_installation(&f.client, &no_connection, &received.as.installation), "connectionId");
    open_fixture();
    refused(amp_get_backfill_progress(&f.client, &no_object, &received.as.progress), "objectName");
    open_fixture();
    received.as.url.ptr = url;
    received.as.url.size = sizeof url;
    refused(amp_oauth_connect(&f.client, &no_consumer, &received.as.url), "consumerRef");
    open_fixture();
    refused(amp_custom_auth_connect(&f.client, &bad_params, &received.as.custom_auth), "callbackParams");
    open_fixture();
    refused(amp_get_operation(&f.client, &no_id, &received.as.operation), "operationId");
    open_fixture();
    refused(amp_get_provider(&f.client, &step, &received.as.provider), "provider");
    open_fixture();
    f.config.project.len = 0;
    received.as.url.ptr = url;
    received.as.url.size = sizeof url;
    refused(operations[5].start(&f.client, &received) == AMP_OK ? amp_run(&f.client) : AMP_OK,
            "projectIdOrName");
}

static void any_request_goes_out_as_it_is_written(void **unused)
{
    static const amp_str_t args[] = {VIEW("a b"), VIEW("c&d"), VIEW("..")};
    static const struct {
        const char *method;
        const char *path;
        size_t count;
        const char *body;
        const char *line; /* NULL: refused, with */
        const char *field;
    } rows[] = {
        {"GET", "/x", 0, "", "GET /v1/x HTTP", NULL},
        {"DELETE", "/projects/{p}/{}:do/{}?q={}&r=1", 3, "",
         "DELETE /v1/projects/p-1/a%20b:do/c%26d?q=..&r=1 HTTP", NULL},
        {"PATCH", "/x?{}", 1, "{}", "PATCH /v1/x?a%20b HTTP", NULL},
        {"POST", "/%7Bx", 0, "", "POST /v1/%7Bx HTTP", NULL},
        {"get", "/x", 0, "", NULL, "method"},
        {"GET /evil HTTP/1.1\r\n", "/x", 0, "", NULL, "method"},
        {"", "/x", 0, "", NULL, "method"},
        {"GET", "x", 0, "", NULL, "path"},
        {"GET", "", 0, "", NULL, "path"},
        {"GET", "/x y", 0, "", NULL, "path"},
        {"GET", "/x\r\nEvil: 1", 0, "", NULL, "path"},
        {"GET", "/x#y", 0, "", NULL, "path"},
        {"GET", "/\x7f", 0, "", NULL, "path"},
        {"GET", "/{", 0, "", NULL, "path"},
        {"GET", "/{q}", 0, "", NULL, "path"},
        {"GET", "/{p", 0, "", NULL, "path"},
        {"GET", "/{}", 0, "", NULL, "path"},
        {"GET", "/x", 1, "", NULL, "path"},
        {"GET", "/{}/{}/{}", 3, "", NULL, "args"},
        {"POST", "/x", 0, "[]", NULL, "body"},
        {"POST", "/x", 0, "{\"a\":1}{}", NULL, "body"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        /* If the number of elements is 0, the array may be NULL. */
        const amp_request_t request = {rows[i].method,
                                       rows[i].path,
                                       rows[i].count > 0 ? args : NULL,
                                       rows[i].count,
                                       amp_str(rows[i].body),
                                       NULL,
                                       0};
        open_fixture();
        amp_status_t status = amp_request_start(&f.client, &request, NULL);
        status = status == AMP_OK ? amp_run(&f.client) : status;
        if (rows[i].line == NULL) {
            refused(status, rows[i].field);
            continue;
        }
        assert_int_equal(status, AMP_OK);
        assert_memory_equal(f.memory.sent, rows[i].line, strlen(rows[i].line));
        assert_string_equal(sent_body(), rows[i].body);
        fixture_end(&f);
    }
}

/* Without a schema, a custom request accepts any successful status, unless the answer is a page. */
static void any_success_will_do_without_a_table(void **unused)
{
    static const amp_request_t request = {.method = "POST", .path = "/x"};
    static const struct {
        const char *line;
        const char *headers;
        amp_status_t status;
    } rows[] = {
        {"200 x", JSON_TYPE, AMP_OK},
        {"201 x", "", AMP_OK},
        {"202 x", "Content-Type: text/plain\r\n", AMP_OK},
        {"206 x", PROBLEM_TYPE, AMP_OK},
        {"200 x", "Content-Type: text/html\r\n", AMP_ERR_UNKNOWN_OUTCOME},
        {"200 x", JSON_TYPE "Content-Encoding: gzip\r\n", AMP_ERR_UNKNOWN_OUTCOME},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const memory_answer_t answer = answer_with(0, rows[i].line, rows[i].headers, "<html>");
        fixture_init(&f, &answer, 1);
        assert_int_equal(amp_request_start(&f.client, &request, NULL), AMP_OK);
        assert_int_equal(amp_request_start(&f.client, &request, NULL), AMP_ERR_STATE);
        assert_int_equal(amp_run(&f.client), rows[i].status);
        assert_int_equal(amp_client_info(&f.client)->cause,
                         rows[i].status == AMP_OK ? AMP_OK : AMP_ERR_NOT_API);
        fixture_end(&f);
    }
}

/* An invalid schema, and a schema without a record, are refused before anything is sent. */
static void a_table_that_cannot_be_read_by_is_refused(void **unused)
{
    static const amp_field_t fields[33] = {{NULL, NULL, 0, 0, 0, 0, 0}};
    static const amp_schema_t many = {fields, 33, sizeof(amp_connection_t), 0};
    static const amp_schema_t small = {fields, 1, sizeof(amp_mask_t) - 1u, 0};
    static const struct {
        const amp_schema_t *schema;
        int has_out;
        const char *field;
    } rows[] = {{&many, 1, "schema"},
                {&small, 1, "schema"},
                {&many, 0, "schema"},
                {&amp_connection_schema, 0, "out"}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(rows); ++i) {
        const amp_request_t request = {.method = "GET", .path = "/x", .schema = rows[i].schema};
        open_fixture();
        assert_int_equal(amp_request_start(&f.client, &request, rows[i].has_out ? &f.out : NULL), AMP_OK);
        refused(amp_run(&f.client), rows[i].field);
    }
}

/* Arguments must not change during a request. If they do, no unchecked bytes are sent. */
static void arguments_that_change_during_the_request_are_not_sent(void **unused)
{
    amp_get_operation_t args = {VIEW("q-1")};
    (void)unused;
    open_fixture();
    assert_int_equal(amp_get_operation_start(&f.client, &args, &received.as.operation), AMP_OK);
    while (f.memory.opens == 0) {
        assert_int_equal(amp_step(&f.client), AMP_PENDING);
    }
    args.id = AMP_STR("\xff");
    assert_int_equal(amp_run(&f.client), AMP_ERR_ARGUMENT);
    assert_string_equal(amp_client_info(&f.client)->field, "operationId");
    assert_int_equal(f.memory.sent_len, 0);
    assert_false(f.memory.is_open);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_update_names_its_members),
        cmocka_unit_test(an_installation_is_made_with_a_configuration_or_a_provider),
        cmocka_unit_test(missing_required_members_are_errors),
        cmocka_unit_test(any_request_goes_out_as_it_is_written),
        cmocka_unit_test(a_table_that_cannot_be_read_by_is_refused),
        cmocka_unit_test(arguments_that_change_during_the_request_are_not_sent),
        cmocka_unit_test(any_success_will_do_without_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

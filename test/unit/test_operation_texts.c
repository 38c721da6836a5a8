/* SPDX-License-Identifier: MIT */
/* Every text among the arguments of every operation: invalid texts are refused by name, before anything is
 * sent. */
#include "fixture.h"

/* Room for any record. */
typedef union {
    amp_connection_t connection;
    amp_installation_t installation;
    amp_backfill_progress_t backfill;
    amp_operation_t operation;
    amp_operations_t operations;
    amp_provider_t provider;
    amp_custom_auth_t custom_auth;
} any_record_t;

static any_record_t record;
static char url[256];
static amp_url_buf_t text = {url, sizeof url, 0};

/* Functions of one type that perform an operation to its end. */
#define CALL(name, out)                                                                                      \
    static amp_status_t call_##name(amp_client_t *client, const void *args)                                  \
    {                                                                                                        \
        return amp_##name(client, args, out);                                                                \
    }
#define CALL_LIST(name, out)                                                                                 \
    static amp_status_t call_##name(amp_client_t *client, const void *args)                                  \
    {                                                                                                        \
        amp_status_t status = amp_##name##_start(client, args, out);                                         \
        return status == AMP_OK ? amp_run(client) : status;                                                  \
    }

typedef amp_status_t (*call_t)(amp_client_t *client, const void *args);

CALL(generate_connection, &record.connection)
CALL(update_connection, &record.connection)
CALL(delete_connection, NULL)
CALL(oauth_connect, &text)
CALL(oauth_update, &text)
CALL(custom_auth_connect, &record.custom_auth)
CALL_LIST(list_installations, &record.installation)
CALL_LIST(list_installations_for_project, &record.installation)
CALL(get_installation, &record.installation)
CALL(update_installation, &record.installation)
CALL(create_installation, &record.installation)
CALL(delete_installation, NULL)
CALL(get_backfill_progress, &record.backfill)
CALL_LIST(list_operations, &record.operations)
CALL(get_operation, &record.operation)
CALL(get_provider, &record.provider)

static fixture_t f;

#define GIVEN                                                                                                \
    {                                                                                                        \
        "x", 1                                                                                               \
    }

static const amp_metadata_t pairs[] = {{{"k", 1}, {"v", 1}, {NULL, 0}, {NULL, 0}}};
static const amp_generate_connection_t generate_connection = {
    .provider = GIVEN, .group_ref = GIVEN, .consumer_ref = GIVEN};
static const amp_update_connection_t update_connection = {.id = GIVEN,
                                                          .metadata = {&amp_provider_metadata, pairs, 1}};
static const amp_delete_connection_t delete_connection = {.id = GIVEN};
static const amp_oauth_connect_t oauth_connect = {
    .provider = GIVEN, .group_ref = GIVEN, .consumer_ref = GIVEN};
static const amp_oauth_update_t oauth_update = {.id = GIVEN};
static const amp_custom_auth_connect_t custom_auth_connect = {.provider = GIVEN};
static const amp_list_installations_t list_installations = {.integration_id = GIVEN};
static const amp_list_installations_for_project_t list_for_project = {.group_ref = GIVEN};
static const amp_get_installation_t get_installation = {.integration_id = GIVEN, .installation_id = GIVEN};
static const amp_update_installation_t update_installation = {
    .integration_id = GIVEN, .installation_id = GIVEN, .connection_id = GIVEN};
static const amp_create_installation_t create_installation = {
    .integration_id = GIVEN, .group_ref = GIVEN, .provider = GIVEN};
static const amp_create_installation_t create_configured = {
    .integration_id = GIVEN, .group_ref = GIVEN, .config = {"{}", 2}};
static const amp_delete_installation_t delete_installation = {.integration_id = GIVEN,
                                                              .installation_id = GIVEN};
static const amp_get_backfill_progress_t backfill = {
    .integration_id = GIVEN, .installation_id = GIVEN, .object_name = GIVEN};
static const amp_list_operations_t list_operations = {.integration_id = GIVEN, .installation_id = GIVEN};
static const amp_get_operation_t get_operation = {.id = GIVEN};
static const amp_get_provider_t get_provider = {.provider = GIVEN};

#define SIZE(type) sizeof(amp_##type##_t)
#define AT(type, member) offsetof(amp_##type##_t, member)

/* Each text argument. `needed`: must not be empty. `in_path`: must not be a dot segment. `is_json`: must be
 * one object. */
static const struct {
    call_t call;
    const void *args;
    size_t size;
    size_t at;
    const char *field;
    int needed;
    int in_path;
    int is_json;
} arguments[] = {
    {call_generate_connection, &generate_connection, SIZE(generate_connection),
     AT(generate_connection, group_ref), "groupRef", 1, 0, 0},
    {call_generate_connection, &generate_connection, SIZE(generate_connection),
     AT(generate_connection, consumer_ref), "consumerRef", 1, 0, 0},
    {call_generate_connection, &generate_connection, SIZE(generate_connection),
     AT(generate_connection, provider_workspace_ref), "providerWorkspaceRef", 0, 0, 0},
    {call_update_connection, &update_connection, SIZE(update_connection), AT(update_connection, id),
     "connectionId", 1, 1, 0},
    {call_update_connection, &update_connection, SIZE(update_connection),
     AT(update_connection, provider_workspace_ref), "providerWorkspaceRef", 0, 0, 0},
    {call_delete_connection, &delete_connection, SIZE(delete_connection), AT(delete_connection, id),
     "connectionId", 1, 1, 0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, provider), "provider", 1, 0,
     0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, group_ref), "groupRef", 1, 0,
     0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, consumer_ref), "consumerRef",
     1, 0, 0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, group_name), "groupName", 0,
     0, 0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, consumer_name),
     "consumerName", 0, 0, 0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, provider_workspace_ref),
     "providerWorkspaceRef", 0, 0, 0},
    {call_oauth_connect, &oauth_connect, SIZE(oauth_connect), AT(oauth_connect, provider_app_id),
     "providerAppId", 0, 0, 0},
    {call_oauth_update, &oauth_update, SIZE(oauth_update), AT(oauth_update, id), "connectionId", 1, 1, 0},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, provider), "provider", 0, 0, 0},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, group_ref), "groupRef", 0, 0, 0},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, consumer_ref), "consumerRef", 0, 0, 0},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, session_id), "sessionId", 0, 0, 0},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, custom_auth), "customAuth", 0, 0, 1},
    {call_custom_auth_connect, &custom_auth_connect, SIZE(custom_auth_connect),
     AT(custom_auth_connect, callback_params), "callbackParams", 0, 0, 1},
    {call_list_installations, &list_installations, SIZE(list_installations),
     AT(list_installations, integration_id), "integrationId", 1, 1, 0},
    {call_list_installations, &list_installations, SIZE(list_installations),
     AT(list_installations, group_ref), "groupRef", 0, 0, 0},
    {call_list_installations_for_project, &list_for_project, SIZE(list_installations_for_project),
     AT(list_installations_for_project, group_ref), "groupRef", 0, 0, 0},
    {call_get_installation, &get_installation, SIZE(get_installation), AT(get_installation, integration_id),
     "integrationId", 1, 1, 0},
    {call_get_installation, &get_installation, SIZE(get_installation), AT(get_installation, installation_id),
     "installationId", 1, 1, 0},
    {call_update_installation, &update_installation, SIZE(update_installation),
     AT(update_installation, integration_id), "integrationId", 1, 1, 0},
    {call_update_installation, &update_installation, SIZE(update_installation),
     AT(update_installation, installation_id), "installationId", 1, 1, 0},
    {call_update_installation, &update_installation, SIZE(update_installation),
     AT(update_installation, connection_id), "connectionId", 1, 0, 0},
    {call_create_installation, &create_installation, SIZE(create_installation),
     AT(create_installation, integration_id), "integrationId", 1, 1, 0},
    {call_create_installation, &create_installation, SIZE(create_installation),
     AT(create_installation, group_ref), "groupRef", 1, 0, 0},
    {call_create_installation, &create_installation, SIZE(create_installation),
     AT(create_installation, connection_id), "connectionId", 0, 0, 0},
    {call_create_installation, &create_installation, SIZE(create_installation),
     AT(create_installation, provider), "provider", 1, 0, 0},
    {call_create_installation, &create_configured, SIZE(create_installation), AT(create_installation, config),
     "config", 0, 0, 1},
    {call_delete_installation, &delete_installation, SIZE(delete_installation),
     AT(delete_installation, integration_id), "integrationId", 1, 1, 0},
    {call_delete_installation, &delete_installation, SIZE(delete_installation),
     AT(delete_installation, installation_id), "installationId", 1, 1, 0},
    {call_get_backfill_progress, &backfill, SIZE(get_backfill_progress),
     AT(get_backfill_progress, integration_id), "integrationId", 1, 1, 0},
    {call_get_backfill_progress, &backfill, SIZE(get_backfill_progress),
     AT(get_backfill_progress, installation_id), "installationId", 1, 1, 0},
    {call_get_backfill_progress, &backfill, SIZE(get_backfill_progress),
     AT(get_backfill_progress, object_name), "objectName", 1, 1, 0},
    {call_list_operations, &list_operations, SIZE(list_operations), AT(list_operations, integration_id),
     "integrationId", 1, 1, 0},
    {call_list_operations, &list_operations, SIZE(list_operations), AT(list_operations, installation_id),
     "installationId", 1, 1, 0},
    {call_get_operation, &get_operation, SIZE(get_operation), AT(get_operation, id), "operationId", 1, 1, 0},
    {call_get_provider, &get_provider, SIZE(get_provider), AT(get_provider, provider), "provider", 1, 1, 0},
};

/* Performs a call with `value` for the argument of row i. Returns 1 when it was refused by its name before
 * any call of the port. */
static int refuses(size_t i, amp_str_t value)
{
    const memory_answer_t answer = answer_with(0, "404 No", "", "");
    uint64_t args[64];
    assert_true(arguments[i].size <= sizeof args);
    memcpy(args, arguments[i].args, arguments[i].size);
    memcpy((uint8_t *)args + arguments[i].at, &value, sizeof value);
    fixture_init(&f, &answer, 1);
    amp_status_t status = arguments[i].call(&f.client, args);
    if (status == AMP_ERR_ARGUMENT) {
        assert_non_null(amp_client_info(&f.client)->field);
        assert_string_equal(amp_client_info(&f.client)->field, arguments[i].field);
        assert_int_equal(amp_client_info(&f.client)->stage, AMP_STAGE_START);
        assert_int_equal(f.memory.open_calls, 0);
        assert_int_equal(f.memory.sent_len, 0);
    } else {
        assert_int_equal(status, AMP_ERR_NOT_FOUND);
        assert_true(f.memory.sent_len > 0);
    }
    fixture_end(&f);
    return status == AMP_ERR_ARGUMENT;
}

static void every_argument_is_text(void **unused)
{
    static const amp_str_t never[] = {
        {"a\0b", 3}, {"\xff", 1}, {"\xc3", 1}, {"\xed\xa0\x80", 3}, {"\xf4\x90\x80\x80", 4}};
    static const amp_str_t dots[] = {{".", 1}, {"..", 2}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        for (size_t n = 0; n < COUNT_OF(never); ++n) {
            assert_true(refuses(i, never[n]));
        }
        for (size_t n = 0; n < COUNT_OF(dots) && !arguments[i].is_json; ++n) {
            assert_int_equal(refuses(i, dots[n]), arguments[i].in_path);
        }
    }
}

static void required_texts_are_not_empty(void **unused)
{
    static const amp_str_t empty[] = {{NULL, 0}, {"", 0}, {"x", 0}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        for (size_t n = 0; n < COUNT_OF(empty) && !arguments[i].is_json; ++n) {
            assert_int_equal(refuses(i, empty[n]), arguments[i].needed);
        }
    }
}

/* Returns the size of the text's member in a record, for a request that makes or changes that record. Returns
 * 0 if there is no such member. */
static size_t place_of(size_t i)
{
    static const struct {
        const char *field;
        size_t size;
    } places[] = {{"groupRef", AMP_REF_SIZE},     {"consumerRef", AMP_REF_SIZE},
                  {"provider", AMP_WORD_SIZE},    {"providerWorkspaceRef", AMP_REF_SIZE},
                  {"providerAppId", AMP_ID_SIZE}, {"connectionId", AMP_ID_SIZE}};
    int only_reads = arguments[i].in_path || arguments[i].call == call_list_installations ||
                     arguments[i].call == call_list_installations_for_project;
    for (size_t n = 0; n < COUNT_OF(places) && !only_reads; ++n) {
        if (strcmp(arguments[i].field, places[n].field) == 0) {
            return places[n].size;
        }
    }
    return 0;
}

/* A text of 300 characters is sent, because the service decides how long a text may be. A text that does not
 * fit its record's member is refused. */
static void long_texts_are_sent(void **unused)
{
    char text_of_300[1200];
    const amp_str_t value = {text_of_300, sizeof text_of_300};
    (void)unused;
    for (size_t i = 0; i < sizeof text_of_300; i += 4) {
        memcpy(text_of_300 + i, "\xf0\x9f\x9a\x80", 4);
    }
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        if (!arguments[i].is_json) {
            assert_int_equal(refuses(i, value), place_of(i) != 0);
        }
    }
}

static void texts_that_fit_their_place_are_sent(void **unused)
{
    char place[AMP_REF_SIZE + AMP_ID_SIZE + AMP_WORD_SIZE];
    unsigned seen = 0;
    (void)unused;
    memset(place, 'r', sizeof place);
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        const size_t size = place_of(i);
        if (size > 0) {
            const amp_str_t fits = {place, size - 1u};
            const amp_str_t too_long = {place, size};
            assert_false(refuses(i, fits));
            assert_true(refuses(i, too_long));
            ++seen;
        }
    }
    assert_true(seen > 10u);
}

static void json_is_one_object(void **unused)
{
    static const amp_str_t bad[] = {{"x", 1},    {"[]", 2},     {"1", 1},    {"{", 1},          {"{}{}", 4},
                                    {"{} x", 4}, {"\"{}\"", 4}, {"null", 4}, {"{\"a\":1,}", 8}, {" ", 1}};
    static const amp_str_t good[] = {{"{}", 2}, {" {\"a\":[1,{}]} ", 14}};
    (void)unused;
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        for (size_t n = 0; n < COUNT_OF(bad) && arguments[i].is_json; ++n) {
            assert_true(refuses(i, bad[n]));
        }
        for (size_t n = 0; n < COUNT_OF(good) && arguments[i].is_json; ++n) {
            assert_false(refuses(i, good[n]));
        }
    }
}

/* A client with a request in progress refuses a second operation, and continues the first one. */
static void a_client_in_use_refuses_another_look(void **unused)
{
    static const amp_get_connection_t get_connection = {.id = GIVEN};
    (void)unused;
    fixture_init(&f, NULL, 0);
    assert_int_equal(amp_get_provider_start(&f.client, &get_provider, &record.provider), AMP_OK);
    for (size_t i = 0; i < COUNT_OF(arguments); ++i) {
        assert_int_equal(arguments[i].call(&f.client, arguments[i].args), AMP_ERR_STATE);
    }
    assert_int_equal(amp_get_connection(&f.client, &get_connection, &record.connection), AMP_ERR_STATE);
    assert_int_equal(amp_client_info(&f.client)->status, AMP_PENDING);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_argument_is_text), cmocka_unit_test(required_texts_are_not_empty),
        cmocka_unit_test(long_texts_are_sent),    cmocka_unit_test(texts_that_fit_their_place_are_sent),
        cmocka_unit_test(json_is_one_object),     cmocka_unit_test(a_client_in_use_refuses_another_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* A reference of each length that can be sent is read back from each answer that contains it. It is tested as
 * it is and with the prefix of createdBy. */
#include "operating.h"

static fixture_t f;
static char reference[AMP_REF_SIZE + 1];
static char answer[8192];
static memory_answer_t message;

static amp_str_t view(void)
{
    return amp_str(reference);
}

static const char *connection(void)
{
    static char text[2048];
    (void)snprintf(
        text, sizeof text,
        "{\"id\":\"c\",\"projectId\":\"p-1\",\"provider\":\"salesforce\",\"providerWorkspaceRef\":\"%s\","
        "\"providerConsumerRef\":\"%s\",\"group\":{\"groupRef\":\"%s\",\"groupName\":\"%s\"},"
        "\"consumer\":{\"consumerRef\":\"%s\",\"consumerName\":\"%s\"},\"authScheme\":\"apiKey\","
        "\"createTime\":\"2023-07-13T21:34:44Z\",\"status\":\"working\"}",
        reference, reference, reference, reference, reference, reference);
    return text;
}

static const char *installation(void)
{
    static char text[4096];
    (void)snprintf(
        text, sizeof text,
        "{\"id\":\"n\",\"projectId\":\"p-1\",\"integrationId\":\"i\",\"healthStatus\":\"healthy\","
        "\"createTime\":\"2023-07-13T21:34:44Z\",\"createdBy\":\"consumer:%s\","
        "\"group\":{\"groupRef\":\"%s\",\"groupName\":\"%s\"},\"connection\":%s,\"config\":{\"id\":\"k\","
        "\"revisionId\":\"l\",\"createTime\":\"2023-07-13T21:34:44Z\",\"createdBy\":\"builder:%s\"}}",
        reference, reference, reference, connection(), reference);
    return text;
}

static void check_connection(const amp_connection_t *got)
{
    assert_string_equal(got->provider_workspace_ref, reference);
    assert_string_equal(got->provider_consumer_ref, reference);
    assert_string_equal(got->group_ref, reference);
    assert_string_equal(got->consumer_ref, reference);
}

static void check_installation(const amp_installation_t *got)
{
    assert_memory_equal(got->created_by, "consumer:", 9);
    assert_string_equal(got->created_by + 9, reference);
    assert_memory_equal(got->config_created_by, "builder:", 8);
    assert_string_equal(got->config_created_by + 8, reference);
    assert_string_equal(got->group_ref, reference);
    check_connection(&got->connection);
}

static amp_status_t generate(amp_client_t *client)
{
    static amp_generate_connection_t args;
    args = generate_args();
    args.group_ref = args.consumer_ref = args.provider_workspace_ref = view();
    return amp_generate_connection_start(client, &args, &received.as.connection);
}

static amp_status_t get(amp_client_t *client)
{
    static const amp_get_connection_t args = {VIEW("c"), {NULL, 0}};
    return amp_get_connection_start(client, &args, &received.as.connection);
}

static amp_status_t list(amp_client_t *client)
{
    static amp_list_connections_t args;
    args.group_ref = args.consumer_ref = view();
    return amp_list_connections_start(client, &args, &received.as.connection);
}

static amp_status_t update(amp_client_t *client)
{
    static amp_update_connection_t args;
    args.id = AMP_STR("c");
    args.provider_workspace_ref = view();
    return amp_update_connection_start(client, &args, &received.as.connection);
}

static amp_status_t custom_auth(amp_client_t *client)
{
    static amp_custom_auth_connect_t args;
    args.provider = AMP_STR("own");
    args.group_ref = args.consumer_ref = view();
    args.custom_auth = AMP_STR("{}");
    return amp_custom_auth_connect_start(client, &args, &received.as.custom_auth);
}

static amp_status_t create_installation(amp_client_t *client)
{
    static amp_create_installation_t args;
    args.integration_id = AMP_STR("i");
    args.group_ref = view();
    args.provider = AMP_STR("salesforce");
    return amp_create_installation_start(client, &args, &received.as.installation);
}

static amp_status_t update_installation(amp_client_t *client)
{
    static const amp_update_installation_t args = {VIEW("i"), VIEW("n"), VIEW("c")};
    return amp_update_installation_start(client, &args, &received.as.installation);
}

static amp_status_t get_installation(amp_client_t *client)
{
    static const amp_get_installation_t args = {VIEW("i"), VIEW("n")};
    return amp_get_installation_start(client, &args, &received.as.installation);
}

static amp_status_t list_installations(amp_client_t *client)
{
    static amp_list_installations_t args;
    args.integration_id = AMP_STR("i");
    args.group_ref = view();
    return amp_list_installations_start(client, &args, &received.as.installation);
}

static amp_status_t list_of_project(amp_client_t *client)
{
    static amp_list_installations_for_project_t args;
    args.group_ref = view();
    return amp_list_installations_for_project_start(client, &args, &received.as.installation);
}

enum { CONNECTION_RECORD, INSTALLATION_RECORD, CUSTOM_AUTH_RECORD };

static const struct {
    amp_status_t (*start)(amp_client_t *client);
    uint8_t is_list;
    uint8_t record;
    uint8_t refuses; /* a reference too long for any record, in a request that would store it in a record */
} operations_with_references[] = {
    {generate, 0, CONNECTION_RECORD, 1},
    {get, 0, CONNECTION_RECORD, 0},
    {list, 1, CONNECTION_RECORD, 0},
    {update, 0, CONNECTION_RECORD, 1},
    {custom_auth, 0, CUSTOM_AUTH_RECORD, 1},
    {create_installation, 0, INSTALLATION_RECORD, 1},
    {update_installation, 0, INSTALLATION_RECORD, 0},
    {get_installation, 0, INSTALLATION_RECORD, 0},
    {list_installations, 1, INSTALLATION_RECORD, 0},
    {list_of_project, 1, INSTALLATION_RECORD, 0},
};
#define OPERATION_COUNT COUNT_OF(operations_with_references)

static void run(size_t i, size_t len, size_t work_size)
{
    const char *open = operations_with_references[i].is_list ? "[" : "";
    const char *close = operations_with_references[i].is_list ? "]" : "";
    unsigned record = operations_with_references[i].record;
    memset(reference, 'r', len);
    reference[len] = '\0';
    if (record == CUSTOM_AUTH_RECORD) {
        open = "{\"connection\":";
        close = "}";
    }
    (void)snprintf(answer, sizeof answer, "%s%s%s", open,
                   record == INSTALLATION_RECORD ? installation() : connection(), close);
    message = json_answer(0, "200 OK", answer);
    fixture_init_sized(&f, &message, 1, work_size);
    received_init(0);
    assert_int_equal(operations_with_references[i].start(&f.client), AMP_OK);
}

static void each_length_comes_back(void **unused)
{
    static const size_t work_sizes[] = {AMP_WORK_MIN, AMP_WORK_SIZE};
    (void)unused;
    for (size_t i = 0; i < OPERATION_COUNT * COUNT_OF(work_sizes); ++i) {
        size_t row = i / COUNT_OF(work_sizes);
        for (size_t len = 1; len < AMP_REF_SIZE; ++len) {
            run(row, len, work_sizes[i % COUNT_OF(work_sizes)]);
            assert_int_equal(amp_next(&f.client), AMP_ITEM);
            if (operations_with_references[row].record == INSTALLATION_RECORD) {
                check_installation(&received.as.installation);
            } else if (operations_with_references[row].record == CUSTOM_AUTH_RECORD) {
                check_connection(&received.as.custom_auth.connection);
            } else {
                check_connection(&received.as.connection);
            }
            assert_int_equal(amp_next(&f.client), AMP_END);
            fixture_end(&f);
        }
    }
}

/* A reference that is one byte longer is refused before anything is sent, in a request that would store it in
 * a record. */
static void a_longer_one_is_not_sent(void **unused)
{
    unsigned refusing = 0;
    (void)unused;
    for (size_t i = 0; i < OPERATION_COUNT; ++i) {
        if (operations_with_references[i].refuses) {
            run(i, AMP_REF_SIZE, AMP_WORK_SIZE);
            assert_int_equal(amp_run(&f.client), AMP_ERR_ARGUMENT);
            assert_int_equal(f.memory.sent_len, 0);
            fixture_end(&f);
            ++refusing;
        }
    }
    assert_int_equal(refusing, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_length_comes_back),
        cmocka_unit_test(a_longer_one_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

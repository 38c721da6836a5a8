/* SPDX-License-Identifier: MIT */
/* The service's operations: a row each, and the functions that take the row's types. A row is an
 * object of its own, so that a linker leaves out those that a program does not use. */
#include "ampersand/operations.h"

#include "body.h"
#include "endpoint.h"

#define PARAM(name, where, required, type, member)                                                           \
    {                                                                                                        \
        name, NULL, (uint16_t)offsetof(type, member), where, required                                        \
    }
#define PATH(name, type, member) PARAM(name, AMP_IN_PATH, 1, type, member)
#define QUERY(name, type, member) PARAM(name, AMP_IN_QUERY, 0, type, member)
#define PARAMS(list) .params = list, .param_count = (uint8_t)(sizeof(list) / sizeof((list)[0]))

/* amp_start_NAME, and amp_NAME where the answer is at most one thing. */
#define START(name, out_type)                                                                                \
    amp_status_t amp_start_##name(amp_client_t *client, const amp_##name##_t *args, out_type *out)           \
    {                                                                                                        \
        return amp_start_endpoint(client, &name, args, out);                                                 \
    }
#define START_AND_WAIT(name, out_type)                                                                       \
    START(name, out_type)                                                                                    \
    amp_status_t amp_##name(amp_client_t *client, const amp_##name##_t *args, out_type *out)                 \
    {                                                                                                        \
        amp_status_t status = amp_start_##name(client, args, out);                                           \
        return status == AMP_OK ? amp_finish(client) : status;                                               \
    }

#define CONNECTIONS "/projects/{p}/connections"
#define INSTALLATIONS "/projects/{p}/integrations/{}/installations"

#define GENERATE(name, required, member) PARAM(name, AMP_IN_BODY, required, amp_generate_connection_t, member)
static const amp_param_t generate_connection_params[] = {
    GENERATE("groupRef", 1, group_ref),         GENERATE("consumerRef", 1, consumer_ref),
    GENERATE("provider", 1, provider),          GENERATE("groupName", 0, group_name),
    GENERATE("consumerName", 0, consumer_name), GENERATE("providerWorkspaceRef", 0, provider_workspace_ref),
};
static const amp_endpoint_t generate_connection = {"POST",
                                                   CONNECTIONS ":generate",
                                                   PARAMS(generate_connection_params),
                                                   .members = amp_body_generate_connection,
                                                   .schema = &amp_connection_schema,
                                                   .flags = AMP_HAS_BODY};
START_AND_WAIT(generate_connection, amp_connection_t)

static const amp_param_t get_connection_params[] = {
    PATH("connectionId", amp_get_connection_t, id),
    {"refresh", "ifExpired\0force\0", offsetof(amp_get_connection_t, refresh), AMP_IN_QUERY, 0},
};
static const amp_endpoint_t get_connection = {"GET", CONNECTIONS "/{}", PARAMS(get_connection_params),
                                              .schema = &amp_connection_schema};
START_AND_WAIT(get_connection, amp_connection_t)

static const amp_param_t list_connections_params[] = {
    QUERY("provider", amp_list_connections_t, provider),
    QUERY("groupRef", amp_list_connections_t, group_ref),
    QUERY("consumerRef", amp_list_connections_t, consumer_ref),
};
static const amp_endpoint_t list_connections = {"GET", CONNECTIONS, PARAMS(list_connections_params),
                                                .schema = &amp_connections_schema};
START(list_connections, amp_connection_t)

static const amp_param_t update_connection_params[] = {PATH("connectionId", amp_update_connection_t, id)};
static const amp_endpoint_t update_connection = {"PATCH",
                                                 CONNECTIONS "/{}",
                                                 PARAMS(update_connection_params),
                                                 .members = amp_body_update_connection,
                                                 .schema = &amp_connection_schema,
                                                 .flags = AMP_HAS_BODY};
START_AND_WAIT(update_connection, amp_connection_t)

static const amp_param_t delete_connection_params[] = {PATH("connectionId", amp_delete_connection_t, id)};
static const amp_endpoint_t delete_connection = {"DELETE", CONNECTIONS "/{}",
                                                 PARAMS(delete_connection_params)};
START_AND_WAIT(delete_connection, void)

#define OAUTH(name, required, member) PARAM(name, AMP_IN_BODY, required, amp_oauth_connect_t, member)
static const amp_param_t oauth_connect_params[] = {
    OAUTH("provider", 1, provider),
    OAUTH("groupRef", 1, group_ref),
    OAUTH("consumerRef", 1, consumer_ref),
    OAUTH("groupName", 0, group_name),
    OAUTH("consumerName", 0, consumer_name),
    OAUTH("providerWorkspaceRef", 0, provider_workspace_ref),
    OAUTH("providerAppId", 0, provider_app_id),
};
static const amp_endpoint_t oauth_connect = {"POST", "/oauth-connect", PARAMS(oauth_connect_params),
                                             .members = amp_body_oauth_connect,
                                             .flags = AMP_HAS_BODY | AMP_SENDS_PROJECT | AMP_GIVES_URL};
START_AND_WAIT(oauth_connect, amp_text_t)

static const amp_param_t oauth_update_params[] = {PATH("connectionId", amp_oauth_update_t, id)};
static const amp_endpoint_t oauth_update = {"PATCH", CONNECTIONS "/{}:oauth-update",
                                            PARAMS(oauth_update_params), .flags = AMP_GIVES_URL};
START_AND_WAIT(oauth_update, amp_text_t)

#define CUSTOM(name, member) PARAM(name, AMP_IN_BODY, 0, amp_custom_auth_connect_t, member)
static const amp_param_t custom_auth_connect_params[] = {
    CUSTOM("provider", provider),          CUSTOM("groupRef", group_ref),
    CUSTOM("consumerRef", consumer_ref),   CUSTOM("groupName", group_name),
    CUSTOM("consumerName", consumer_name), CUSTOM("providerAppId", provider_app_id),
    CUSTOM("sessionId", session_id),
};
static const amp_endpoint_t custom_auth_connect = {"POST",
                                                   "/custom-auth/connect",
                                                   PARAMS(custom_auth_connect_params),
                                                   .members = amp_body_custom_auth_connect,
                                                   .schema = &amp_custom_auth_schema,
                                                   .check = amp_check_custom_auth,
                                                   .flags = AMP_HAS_BODY | AMP_SENDS_PROJECT};
START_AND_WAIT(custom_auth_connect, amp_custom_auth_t)

static const amp_param_t list_installations_params[] = {
    PATH("integrationId", amp_list_installations_t, integration_id),
    QUERY("groupRef", amp_list_installations_t, group_ref),
};
static const amp_endpoint_t list_installations = {"GET", INSTALLATIONS, PARAMS(list_installations_params),
                                                  .schema = &amp_installations_schema};
START(list_installations, amp_installation_t)

static const amp_param_t list_installations_for_project_params[] = {
    QUERY("groupRef", amp_list_installations_for_project_t, group_ref)};
static const amp_endpoint_t list_installations_for_project = {"GET", "/projects/{p}/installations",
                                                              PARAMS(list_installations_for_project_params),
                                                              .schema = &amp_installations_schema};
START(list_installations_for_project, amp_installation_t)

static const amp_param_t get_installation_params[] = {
    PATH("integrationId", amp_get_installation_t, integration_id),
    PATH("installationId", amp_get_installation_t, installation_id),
};
static const amp_endpoint_t get_installation = {"GET", INSTALLATIONS "/{}", PARAMS(get_installation_params),
                                                .schema = &amp_installation_schema};
START_AND_WAIT(get_installation, amp_installation_t)

static const amp_param_t update_installation_params[] = {
    PATH("integrationId", amp_update_installation_t, integration_id),
    PATH("installationId", amp_update_installation_t, installation_id),
};
static const amp_endpoint_t update_installation = {"PATCH",
                                                   INSTALLATIONS "/{}",
                                                   PARAMS(update_installation_params),
                                                   .members = amp_body_update_installation,
                                                   .schema = &amp_installation_schema,
                                                   .flags = AMP_HAS_BODY};
START_AND_WAIT(update_installation, amp_installation_t)

static const amp_param_t create_installation_params[] = {
    PATH("integrationId", amp_create_installation_t, integration_id),
    PARAM("groupRef", AMP_IN_BODY, 1, amp_create_installation_t, group_ref),
    PARAM("connectionId", AMP_IN_BODY, 0, amp_create_installation_t, connection_id),
};
static const amp_endpoint_t create_installation = {"POST",
                                                   INSTALLATIONS,
                                                   PARAMS(create_installation_params),
                                                   .members = amp_body_create_installation,
                                                   .schema = &amp_installation_schema,
                                                   .flags = AMP_HAS_BODY};
START_AND_WAIT(create_installation, amp_installation_t)

static const amp_param_t delete_installation_params[] = {
    PATH("integrationId", amp_delete_installation_t, integration_id),
    PATH("installationId", amp_delete_installation_t, installation_id),
};
static const amp_endpoint_t delete_installation = {"DELETE", INSTALLATIONS "/{}",
                                                   PARAMS(delete_installation_params)};
START_AND_WAIT(delete_installation, void)

static const amp_param_t get_backfill_progress_params[] = {
    PATH("integrationId", amp_get_backfill_progress_t, integration_id),
    PATH("installationId", amp_get_backfill_progress_t, installation_id),
    PATH("objectName", amp_get_backfill_progress_t, object_name),
};
static const amp_endpoint_t get_backfill_progress = {"GET", INSTALLATIONS "/{}/objects/{}/backfill-progress",
                                                     PARAMS(get_backfill_progress_params),
                                                     .schema = &amp_backfill_progress_schema};
START_AND_WAIT(get_backfill_progress, amp_backfill_progress_t)

static const amp_param_t list_operations_params[] = {
    PATH("integrationId", amp_list_operations_t, integration_id),
    PATH("installationId", amp_list_operations_t, installation_id),
    PARAM("pageSize", AMP_IN_QUERY_NUMBER, 0, amp_list_operations_t, page_size),
    PARAM("pageToken", AMP_IN_QUERY_PAGE, 0, amp_operations_t, next_page_token),
};
static const amp_endpoint_t list_operations = {"GET", INSTALLATIONS "/{}/operations",
                                               PARAMS(list_operations_params),
                                               .schema = &amp_operations_schema, .flags = AMP_HAS_PAGES};
START(list_operations, amp_operations_t)

static const amp_param_t get_operation_params[] = {PATH("operationId", amp_get_operation_t, id)};
static const amp_endpoint_t get_operation = {"GET", "/projects/{p}/operations/{}",
                                             PARAMS(get_operation_params), .schema = &amp_operation_schema};
START_AND_WAIT(get_operation, amp_operation_t)

static const amp_param_t get_provider_params[] = {PATH("provider", amp_get_provider_t, provider)};
static const amp_endpoint_t get_provider = {"GET", "/providers/{}", PARAMS(get_provider_params),
                                            .schema = &amp_provider_schema, .flags = AMP_IS_ANONYMOUS};
START_AND_WAIT(get_provider, amp_provider_t)

static const amp_endpoint_t custom = {.flags = AMP_IS_CUSTOM};
amp_status_t amp_start(amp_client_t *client, const amp_request_t *request, void *out)
{
    return amp_start_endpoint(client, &custom, request, out);
}

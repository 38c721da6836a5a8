/* SPDX-License-Identifier: MIT */
/* The service's operations: a row each, and the functions that take the row's types. */
#include "credential.h"
#include "operation.h"

#define PARAM(name, where, required, type, member)                                                           \
    {                                                                                                        \
        name, NULL, (uint16_t)offsetof(type, member), where, required                                        \
    }
#define PARAMS(list) list, (uint8_t)(sizeof(list) / sizeof((list)[0]))

#define GENERATE(name, required, member) PARAM(name, AMP_IN_BODY, required, amp_generate_connection_t, member)

static const amp_param_t generate_connection_params[] = {
    GENERATE("groupRef", 1, group_ref),         GENERATE("consumerRef", 1, consumer_ref),
    GENERATE("provider", 1, provider),          GENERATE("groupName", 0, group_name),
    GENERATE("consumerName", 0, consumer_name), GENERATE("providerWorkspaceRef", 0, provider_workspace_ref),
};

static void generate_connection_members(amp_writer_t *writer, const void *args)
{
    const amp_generate_connection_t *generate = args;
    amp_write_metadata(writer, generate->metadata, generate->metadata_count);
    amp_write_credential(writer, &generate->credential);
}

static const amp_operation_t generate_connection = {
    .method = "POST",
    .path = "/projects/{p}/connections:generate",
    PARAMS(generate_connection_params),
    .members = generate_connection_members,
    .schema = &amp_connection_schema,
    .has_body = 1,
};

static const amp_param_t get_connection_params[] = {
    PARAM("connectionId", AMP_IN_PATH, 1, amp_get_connection_t, id),
    {"refresh", "ifExpired\0force\0", offsetof(amp_get_connection_t, refresh), AMP_IN_QUERY, 0},
};

static const amp_operation_t get_connection = {
    .method = "GET",
    .path = "/projects/{p}/connections/{}",
    PARAMS(get_connection_params),
    .schema = &amp_connection_schema,
    .safe = 1,
};

static const amp_param_t list_connections_params[] = {
    PARAM("provider", AMP_IN_QUERY, 0, amp_list_connections_t, provider),
    PARAM("groupRef", AMP_IN_QUERY, 0, amp_list_connections_t, group_ref),
    PARAM("consumerRef", AMP_IN_QUERY, 0, amp_list_connections_t, consumer_ref),
};

static const amp_operation_t list_connections = {
    .method = "GET",
    .path = "/projects/{p}/connections",
    PARAMS(list_connections_params),
    .schema = &amp_connections_schema,
    .safe = 1,
};

/* amp_start_NAME, and amp_NAME where the answer is one record. */
#define START(name, out_type)                                                                                \
    amp_status_t amp_start_##name(amp_client_t *client, const amp_##name##_t *args, out_type *out)           \
    {                                                                                                        \
        return amp_start_operation(client, &name, args, out);                                                \
    }
#define START_AND_WAIT(name, out_type)                                                                       \
    START(name, out_type)                                                                                    \
    amp_status_t amp_##name(amp_client_t *client, const amp_##name##_t *args, out_type *out)                 \
    {                                                                                                        \
        amp_status_t status = amp_start_##name(client, args, out);                                           \
        return status == AMP_OK ? amp_finish(client) : status;                                               \
    }

START_AND_WAIT(generate_connection, amp_connection_t)
START_AND_WAIT(get_connection, amp_connection_t)
START(list_connections, amp_connection_t)

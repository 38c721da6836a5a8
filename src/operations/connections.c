/* SPDX-License-Identifier: MIT */
/* Operations on connections. */
#include "endpoint_table.h"

#define GENERATE(name, rules, member) PARAM(name, AMP_IN_BODY, rules, amp_generate_connection_t, member)
static const amp_param_t generate_connection_params[] = {
    GENERATE("groupRef", REQUIRED_REF, group_ref),
    GENERATE("consumerRef", REQUIRED_REF, consumer_ref),
    GENERATE("provider", AMP_IS_REQUIRED | AMP_IS_WORD, provider),
    GENERATE("groupName", 0, group_name),
    GENERATE("consumerName", 0, consumer_name),
    GENERATE("providerWorkspaceRef", AMP_IS_REF, provider_workspace_ref),
};
static const amp_endpoint_t generate_connection = {
    "POST", CONNECTIONS ":generate", PARAMS(generate_connection_params),
    .body = amp__body_generate_connection, .schema = &amp_connection_schema};

amp_status_t amp_generate_connection_start(amp_client_t *client, const amp_generate_connection_t *args,
                                           amp_connection_t *out)
{
    return amp__endpoint_start(client, &generate_connection, args, out);
}

amp_status_t amp_generate_connection(amp_client_t *client, const amp_generate_connection_t *args,
                                     amp_connection_t *out)
{
    amp_status_t status = amp_generate_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t get_connection_params[] = {PATH("connectionId", amp_get_connection_t, id)};
static void write_refresh(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_get_connection_t *args = client->args;
    const char *name = "refresh";
    if (args->refresh.len == 0) {
        return;
    }
    writer->field = name;
    if (!amp_str_equal(args->refresh, AMP_STR("ifExpired")) &&
        !amp_str_equal(args->refresh, AMP_STR("force"))) {
        amp__writer_refuse(writer);
    }
    amp__write_query_name(writer, name);
    amp__write(writer, args->refresh);
}
#define GET_CONNECTION(safe)                                                                                 \
    {                                                                                                        \
        "GET", CONNECTIONS "/{}", PARAMS(get_connection_params),                                             \
            .schema = &amp_connection_schema, .query = write_refresh, .check = amp__check_id, .flags = safe  \
    }
static const amp_endpoint_t get_connection = GET_CONNECTION(AMP_IS_SAFE);
/* With `refresh` the service renews the token: a GET that changes something. */
static const amp_endpoint_t refresh_connection = GET_CONNECTION(0);
amp_status_t amp_get_connection_start(amp_client_t *client, const amp_get_connection_t *args,
                                      amp_connection_t *out)
{
    return amp__endpoint_start(client, args->refresh.len > 0 ? &refresh_connection : &get_connection, args,
                               out);
}
amp_status_t amp_get_connection(amp_client_t *client, const amp_get_connection_t *args, amp_connection_t *out)
{
    amp_status_t status = amp_get_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t list_connections_params[] = {
    QUERY("provider", amp_list_connections_t, provider),
    QUERY("groupRef", amp_list_connections_t, group_ref),
    QUERY("consumerRef", amp_list_connections_t, consumer_ref),
};
static const amp_endpoint_t list_connections = {"GET", CONNECTIONS, PARAMS(list_connections_params),
                                                .schema = &amp_connections_schema, .flags = AMP_IS_SAFE};

amp_status_t amp_list_connections_start(amp_client_t *client, const amp_list_connections_t *args,
                                        amp_connection_t *out)
{
    return amp__endpoint_start(client, &list_connections, args, out);
}

static const amp_param_t update_connection_params[] = {PATH("connectionId", amp_update_connection_t, id)};
static const amp_endpoint_t update_connection = {"PATCH",
                                                 CONNECTIONS "/{}",
                                                 PARAMS(update_connection_params),
                                                 .body = amp__body_update_connection,
                                                 .schema = &amp_connection_schema,
                                                 .check = amp__check_id};

amp_status_t amp_update_connection_start(amp_client_t *client, const amp_update_connection_t *args,
                                         amp_connection_t *out)
{
    return amp__endpoint_start(client, &update_connection, args, out);
}

amp_status_t amp_update_connection(amp_client_t *client, const amp_update_connection_t *args,
                                   amp_connection_t *out)
{
    amp_status_t status = amp_update_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t delete_connection_params[] = {PATH("connectionId", amp_delete_connection_t, id)};
static const amp_endpoint_t delete_connection = {"DELETE", CONNECTIONS "/{}",
                                                 PARAMS(delete_connection_params), .flags = AMP_IS_DELETE};

amp_status_t amp_delete_connection_start(amp_client_t *client, const amp_delete_connection_t *args, void *out)
{
    return amp__endpoint_start(client, &delete_connection, args, out);
}

amp_status_t amp_delete_connection(amp_client_t *client, const amp_delete_connection_t *args, void *out)
{
    amp_status_t status = amp_delete_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

/* SPDX-License-Identifier: MIT */
/* Operations on connections: generate, get, list, update, delete. */
#include "../base/str.h"
#include "endpoint_table.h"

static const amp_param_t generate_connection_params[] = {
    AMP_BODY_PARAM("groupRef", AMP_REQUIRED_REF, amp_generate_connection_t, group_ref),
    AMP_BODY_PARAM("consumerRef", AMP_REQUIRED_REF, amp_generate_connection_t, consumer_ref),
    AMP_BODY_PARAM("provider", AMP_REQUIRED_WORD, amp_generate_connection_t, provider),
    AMP_BODY_PARAM("groupName", 0, amp_generate_connection_t, group_name),
    AMP_BODY_PARAM("consumerName", 0, amp_generate_connection_t, consumer_name),
    AMP_BODY_PARAM("providerWorkspaceRef", AMP_IS_REF, amp_generate_connection_t, provider_workspace_ref),
};
static const amp_endpoint_t generate_connection = {
    .method = "POST",
    .path = AMP_CONNECTIONS_PATH ":generate",
    AMP_PARAMS(generate_connection_params),
    .body = amp__body_generate_connection,
    .schema = &amp_connection_schema,
};

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

static const amp_param_t get_connection_params[] = {
    AMP_PATH_PARAM("connectionId", amp_get_connection_t, id),
};

/* Writes `refresh`, which has only two values that the service accepts. */
static void write_refresh(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_get_connection_t *args = client->args;
    const amp_str_t *refresh = &args->refresh;
    if (refresh->len == 0) {
        return;
    }
    writer->field = "refresh";
    if (!amp__str_is(refresh, refresh->len == sizeof "force" - 1u ? "force" : "ifExpired")) {
        amp__writer_refuse(writer);
    }
    amp__write_query_name(writer, writer->field);
    amp__write(writer, refresh);
}

static const amp_endpoint_t get_connection = {
    .method = "GET",
    .path = AMP_CONNECTIONS_PATH "/{}",
    AMP_PARAMS(get_connection_params),
    .schema = &amp_connection_schema,
    .query = write_refresh,
    .check = amp__check_id,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_get_connection_start(amp_client_t *client, const amp_get_connection_t *args,
                                      amp_connection_t *out)
{
    amp_status_t status = amp__endpoint_start(client, &get_connection, args, out);
    if (status == AMP_OK && args->refresh.len > 0) {
        /* With `refresh` the service renews the token, so this GET is not safe to repeat. */
        client->flags = 0;
        client->info.is_unsafe = 1;
    }
    return status;
}

amp_status_t amp_get_connection(amp_client_t *client, const amp_get_connection_t *args, amp_connection_t *out)
{
    amp_status_t status = amp_get_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t list_connections_params[] = {
    AMP_QUERY_PARAM("provider", amp_list_connections_t, provider),
    AMP_QUERY_PARAM("groupRef", amp_list_connections_t, group_ref),
    AMP_QUERY_PARAM("consumerRef", amp_list_connections_t, consumer_ref),
};
static const amp_endpoint_t list_connections = {
    .method = "GET",
    .path = AMP_CONNECTIONS_PATH,
    AMP_PARAMS(list_connections_params),
    .schema = &amp_connections_schema,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_list_connections_start(amp_client_t *client, const amp_list_connections_t *args,
                                        amp_connection_t *out)
{
    return amp__endpoint_start(client, &list_connections, args, out);
}

static const amp_param_t update_connection_params[] = {
    AMP_PATH_PARAM("connectionId", amp_update_connection_t, id),
};
static const amp_endpoint_t update_connection = {
    .method = "PATCH",
    .path = AMP_CONNECTIONS_PATH "/{}",
    AMP_PARAMS(update_connection_params),
    .body = amp__body_update_connection,
    .schema = &amp_connection_schema,
    .check = amp__check_id,
};

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

static const amp_param_t delete_connection_params[] = {
    AMP_PATH_PARAM("connectionId", amp_delete_connection_t, id),
};
static const amp_endpoint_t delete_connection = {
    .method = "DELETE",
    .path = AMP_CONNECTIONS_PATH "/{}",
    AMP_PARAMS(delete_connection_params),
    .flags = AMP_IS_DELETE,
};

amp_status_t amp_delete_connection_start(amp_client_t *client, const amp_delete_connection_t *args, void *out)
{
    return amp__endpoint_start(client, &delete_connection, args, out);
}

amp_status_t amp_delete_connection(amp_client_t *client, const amp_delete_connection_t *args, void *out)
{
    amp_status_t status = amp_delete_connection_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

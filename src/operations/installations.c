/* SPDX-License-Identifier: MIT */
/* Operations on installations: list, get, create, update, delete. */
#include "endpoint_table.h"

static const amp_param_t list_installations_params[] = {
    AMP_PATH_PARAM("integrationId", amp_list_installations_t, integration_id),
    AMP_QUERY_PARAM("groupRef", amp_list_installations_t, group_ref),
};
static const amp_endpoint_t list_installations = {
    .method = "GET",
    .path = AMP_INSTALLATIONS_PATH,
    AMP_PARAMS(list_installations_params),
    .schema = &amp_installations_schema,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_list_installations_start(amp_client_t *client, const amp_list_installations_t *args,
                                          amp_installation_t *out)
{
    return amp__endpoint_start(client, &list_installations, args, out);
}

static const amp_param_t list_installations_for_project_params[] = {
    AMP_QUERY_PARAM("groupRef", amp_list_installations_for_project_t, group_ref)};
static const amp_endpoint_t list_installations_for_project = {
    .method = "GET",
    .path = "installations",
    AMP_PARAMS(list_installations_for_project_params),
    .schema = &amp_installations_schema,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_list_installations_for_project_start(amp_client_t *client,
                                                      const amp_list_installations_for_project_t *args,
                                                      amp_installation_t *out)
{
    return amp__endpoint_start(client, &list_installations_for_project, args, out);
}

static const amp_param_t get_installation_params[] = {
    AMP_PATH_PARAM("integrationId", amp_get_installation_t, integration_id),
    AMP_PATH_PARAM("installationId", amp_get_installation_t, installation_id),
};
static const amp_endpoint_t get_installation = {
    .method = "GET",
    .path = AMP_INSTALLATIONS_PATH "/{}",
    AMP_PARAMS(get_installation_params),
    .schema = &amp_installation_schema,
    .check = amp__check_id,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_get_installation_start(amp_client_t *client, const amp_get_installation_t *args,
                                        amp_installation_t *out)
{
    return amp__endpoint_start(client, &get_installation, args, out);
}

amp_status_t amp_get_installation(amp_client_t *client, const amp_get_installation_t *args,
                                  amp_installation_t *out)
{
    amp_status_t status = amp_get_installation_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t update_installation_params[] = {
    AMP_PATH_PARAM("integrationId", amp_update_installation_t, integration_id),
    AMP_PATH_PARAM("installationId", amp_update_installation_t, installation_id),
};
static const amp_endpoint_t update_installation = {
    .method = "PATCH",
    .path = AMP_INSTALLATIONS_PATH "/{}",
    AMP_PARAMS(update_installation_params),
    .body = amp__body_update_installation,
    .schema = &amp_installation_schema,
    .check = amp__check_id,
};

amp_status_t amp_update_installation_start(amp_client_t *client, const amp_update_installation_t *args,
                                           amp_installation_t *out)
{
    return amp__endpoint_start(client, &update_installation, args, out);
}

amp_status_t amp_update_installation(amp_client_t *client, const amp_update_installation_t *args,
                                     amp_installation_t *out)
{
    amp_status_t status = amp_update_installation_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t create_installation_params[] = {
    AMP_PATH_PARAM("integrationId", amp_create_installation_t, integration_id),
    AMP_BODY_PARAM("groupRef", AMP_REQUIRED_REF, amp_create_installation_t, group_ref),
    AMP_BODY_PARAM("connectionId", AMP_IS_ID, amp_create_installation_t, connection_id),
};
static const amp_endpoint_t create_installation = {
    .method = "POST",
    .path = AMP_INSTALLATIONS_PATH,
    AMP_PARAMS(create_installation_params),
    .body = amp__body_create_installation,
    .schema = &amp_installation_schema,
};

amp_status_t amp_create_installation_start(amp_client_t *client, const amp_create_installation_t *args,
                                           amp_installation_t *out)
{
    return amp__endpoint_start(client, &create_installation, args, out);
}

amp_status_t amp_create_installation(amp_client_t *client, const amp_create_installation_t *args,
                                     amp_installation_t *out)
{
    amp_status_t status = amp_create_installation_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t delete_installation_params[] = {
    AMP_PATH_PARAM("integrationId", amp_delete_installation_t, integration_id),
    AMP_PATH_PARAM("installationId", amp_delete_installation_t, installation_id),
};
static const amp_endpoint_t delete_installation = {
    .method = "DELETE",
    .path = AMP_INSTALLATIONS_PATH "/{}",
    AMP_PARAMS(delete_installation_params),
    .flags = AMP_IS_DELETE,
};

amp_status_t amp_delete_installation_start(amp_client_t *client, const amp_delete_installation_t *args,
                                           void *out)
{
    return amp__endpoint_start(client, &delete_installation, args, out);
}

amp_status_t amp_delete_installation(amp_client_t *client, const amp_delete_installation_t *args, void *out)
{
    amp_status_t status = amp_delete_installation_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

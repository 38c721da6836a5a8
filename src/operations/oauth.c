/* SPDX-License-Identifier: MIT */
/* Operations by which a user authorizes a connection: oauthConnect, oauthUpdate and customAuthConnect. The
 * first two answer with a URL as text/plain, not with JSON. */
#include "endpoint_table.h"
#include "url_answer.h"

static const amp_param_t oauth_connect_params[] = {
    AMP_BODY_PARAM("provider", AMP_REQUIRED_WORD, amp_oauth_connect_t, provider),
    AMP_BODY_PARAM("groupRef", AMP_REQUIRED_REF, amp_oauth_connect_t, group_ref),
    AMP_BODY_PARAM("consumerRef", AMP_REQUIRED_REF, amp_oauth_connect_t, consumer_ref),
    AMP_BODY_PARAM("groupName", 0, amp_oauth_connect_t, group_name),
    AMP_BODY_PARAM("consumerName", 0, amp_oauth_connect_t, consumer_name),
    AMP_BODY_PARAM("providerWorkspaceRef", AMP_IS_REF, amp_oauth_connect_t, provider_workspace_ref),
    AMP_BODY_PARAM("providerAppId", AMP_IS_ID, amp_oauth_connect_t, provider_app_id),
};
static const amp_endpoint_t oauth_connect = {
    .method = "POST",
    .path = "/oauth-connect",
    AMP_PARAMS(oauth_connect_params),
    .body = amp__body_oauth_connect,
    .text = &amp__url_answer,
};

amp_status_t amp_oauth_connect_start(amp_client_t *client, const amp_oauth_connect_t *args,
                                     amp_url_buf_t *out)
{
    return amp__endpoint_start(client, &oauth_connect, args, out);
}

amp_status_t amp_oauth_connect(amp_client_t *client, const amp_oauth_connect_t *args, amp_url_buf_t *out)
{
    amp_status_t status = amp_oauth_connect_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t oauth_update_params[] = {
    AMP_PATH_PARAM("connectionId", amp_oauth_update_t, id),
};
static const amp_endpoint_t oauth_update = {
    .method = "PATCH",
    .path = AMP_CONNECTIONS_PATH "/{}:oauth-update",
    AMP_PARAMS(oauth_update_params),
    .text = &amp__url_answer,
    .flags = AMP_SENDS_LENGTH,
};

amp_status_t amp_oauth_update_start(amp_client_t *client, const amp_oauth_update_t *args, amp_url_buf_t *out)
{
    return amp__endpoint_start(client, &oauth_update, args, out);
}

amp_status_t amp_oauth_update(amp_client_t *client, const amp_oauth_update_t *args, amp_url_buf_t *out)
{
    amp_status_t status = amp_oauth_update_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t custom_auth_connect_params[] = {
    AMP_BODY_PARAM("provider", AMP_IS_WORD, amp_custom_auth_connect_t, provider),
    AMP_BODY_PARAM("groupRef", AMP_IS_REF, amp_custom_auth_connect_t, group_ref),
    AMP_BODY_PARAM("consumerRef", AMP_IS_REF, amp_custom_auth_connect_t, consumer_ref),
    AMP_BODY_PARAM("groupName", 0, amp_custom_auth_connect_t, group_name),
    AMP_BODY_PARAM("consumerName", 0, amp_custom_auth_connect_t, consumer_name),
    AMP_BODY_PARAM("providerAppId", AMP_IS_ID, amp_custom_auth_connect_t, provider_app_id),
    AMP_BODY_PARAM("sessionId", 0, amp_custom_auth_connect_t, session_id),
};
static const amp_endpoint_t custom_auth_connect = {
    .method = "POST",
    .path = "/custom-auth/connect",
    AMP_PARAMS(custom_auth_connect_params),
    .body = amp__body_custom_auth_connect,
    .schema = &amp_custom_auth_schema,
    .check = amp__check_custom_auth,
};

amp_status_t amp_custom_auth_connect_start(amp_client_t *client, const amp_custom_auth_connect_t *args,
                                           amp_custom_auth_t *out)
{
    return amp__endpoint_start(client, &custom_auth_connect, args, out);
}

amp_status_t amp_custom_auth_connect(amp_client_t *client, const amp_custom_auth_connect_t *args,
                                     amp_custom_auth_t *out)
{
    amp_status_t status = amp_custom_auth_connect_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

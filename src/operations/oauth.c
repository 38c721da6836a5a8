/* SPDX-License-Identifier: MIT */
/* Operations through which a user authorises a connection. */
#include "endpoint_table.h"
#include "url_answer.h"

#define OAUTH(name, rules, member) PARAM(name, AMP_IN_BODY, rules, amp_oauth_connect_t, member)
static const amp_param_t oauth_connect_params[] = {
    OAUTH("provider", AMP_IS_REQUIRED | AMP_IS_WORD, provider),
    OAUTH("groupRef", REQUIRED_REF, group_ref),
    OAUTH("consumerRef", REQUIRED_REF, consumer_ref),
    OAUTH("groupName", 0, group_name),
    OAUTH("consumerName", 0, consumer_name),
    OAUTH("providerWorkspaceRef", AMP_IS_REF, provider_workspace_ref),
    OAUTH("providerAppId", AMP_IS_ID, provider_app_id),
};
static const amp_endpoint_t oauth_connect = {"POST", "/oauth-connect", PARAMS(oauth_connect_params),
                                             .body = amp__body_oauth_connect, .text = &amp__url_answer};

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

static const amp_param_t oauth_update_params[] = {PATH("connectionId", amp_oauth_update_t, id)};
static const amp_endpoint_t oauth_update = {"PATCH", CONNECTIONS "/{}:oauth-update",
                                            PARAMS(oauth_update_params), .text = &amp__url_answer,
                                            .flags = AMP_SENDS_LENGTH};

amp_status_t amp_oauth_update_start(amp_client_t *client, const amp_oauth_update_t *args, amp_url_buf_t *out)
{
    return amp__endpoint_start(client, &oauth_update, args, out);
}

amp_status_t amp_oauth_update(amp_client_t *client, const amp_oauth_update_t *args, amp_url_buf_t *out)
{
    amp_status_t status = amp_oauth_update_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

#define CUSTOM(name, rules, member) PARAM(name, AMP_IN_BODY, rules, amp_custom_auth_connect_t, member)
static const amp_param_t custom_auth_connect_params[] = {
    CUSTOM("provider", AMP_IS_WORD, provider),
    CUSTOM("groupRef", AMP_IS_REF, group_ref),
    CUSTOM("consumerRef", AMP_IS_REF, consumer_ref),
    CUSTOM("groupName", 0, group_name),
    CUSTOM("consumerName", 0, consumer_name),
    CUSTOM("providerAppId", AMP_IS_ID, provider_app_id),
    CUSTOM("sessionId", 0, session_id),
};
static const amp_endpoint_t custom_auth_connect = {"POST",
                                                   "/custom-auth/connect",
                                                   PARAMS(custom_auth_connect_params),
                                                   .body = amp__body_custom_auth_connect,
                                                   .schema = &amp_custom_auth_schema,
                                                   .check = amp__check_custom_auth};

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

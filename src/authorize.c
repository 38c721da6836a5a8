/* SPDX-License-Identifier: MIT */
/* Operations through which a user authorises a connection. */
#include "operation.h"
#include "plain.h"

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
                                             .body = amp_body_oauth_connect, .text = &amp_url_answer};
START_AND_WAIT(oauth_connect, amp_text_t)

static const amp_param_t oauth_update_params[] = {PATH("connectionId", amp_oauth_update_t, id)};
static const amp_endpoint_t oauth_update = {"PATCH", CONNECTIONS "/{}:oauth-update",
                                            PARAMS(oauth_update_params), .text = &amp_url_answer};
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
                                                   .body = amp_body_custom_auth_connect,
                                                   .schema = &amp_custom_auth_schema,
                                                   .check = amp_check_custom_auth};
START_AND_WAIT(custom_auth_connect, amp_custom_auth_t)

/* SPDX-License-Identifier: MIT */
/* The tables of the service's records. Rows of one object stand together, its own row first. */
#include "ampersand/records.h"

#define CONNECTION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_connection_t, member)

static const amp_field_t connection_fields[] = {
    [AMP_CONNECTION_ID] = CONNECTION("id", AMP_ID, AMP_REQUIRED, id),
    [AMP_CONNECTION_PROJECT_ID] = CONNECTION("projectId", AMP_ID, AMP_REQUIRED, project_id),
    [AMP_CONNECTION_PROVIDER] = CONNECTION("provider", AMP_ID, AMP_REQUIRED, provider),
    [AMP_CONNECTION_GROUP] = AMP_GROUP("group", AMP_OBJECT, AMP_REQUIRED),
    [AMP_CONNECTION_GROUP_REF] = CONNECTION("group.groupRef", AMP_ID, AMP_REQUIRED, group_ref),
    [AMP_CONNECTION_GROUP_NAME] = CONNECTION("group.groupName", AMP_NAME, AMP_REQUIRED, group_name),
    [AMP_CONNECTION_CONSUMER] = AMP_GROUP("consumer", AMP_OBJECT, AMP_REQUIRED),
    [AMP_CONNECTION_CONSUMER_REF] = CONNECTION("consumer.consumerRef", AMP_ID, AMP_REQUIRED, consumer_ref),
    [AMP_CONNECTION_CONSUMER_NAME] =
        CONNECTION("consumer.consumerName", AMP_NAME, AMP_REQUIRED, consumer_name),
    [AMP_CONNECTION_PROVIDER_APP] = AMP_GROUP("providerApp", AMP_OBJECT, 0),
    [AMP_CONNECTION_PROVIDER_APP_ID] = CONNECTION("providerApp.id", AMP_ID, AMP_REQUIRED, provider_app_id),
    [AMP_CONNECTION_PROVIDER_APP_EXTERNAL_REF] =
        CONNECTION("providerApp.externalRef", AMP_ID, 0, provider_app_external_ref),
    [AMP_CONNECTION_PROVIDER_APP_CLIENT_ID] =
        CONNECTION("providerApp.clientId", AMP_ID, AMP_REQUIRED, provider_app_client_id),
    [AMP_CONNECTION_PROVIDER_WORKSPACE_REF] =
        CONNECTION("providerWorkspaceRef", AMP_ID, 0, provider_workspace_ref),
    [AMP_CONNECTION_PROVIDER_CONSUMER_REF] =
        CONNECTION("providerConsumerRef", AMP_ID, 0, provider_consumer_ref),
    [AMP_CONNECTION_CREATE_TIME] = CONNECTION("createTime", AMP_TIME, AMP_REQUIRED, create_time),
    [AMP_CONNECTION_UPDATE_TIME] = CONNECTION("updateTime", AMP_TIME, 0, update_time),
    [AMP_CONNECTION_AUTH_SCHEME] = CONNECTION("authScheme", AMP_ID, AMP_REQUIRED, auth_scheme),
    [AMP_CONNECTION_STATUS] = CONNECTION("status", AMP_ID, AMP_REQUIRED, status),
};

#define INSTALLATION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_installation_t, member)

static const amp_field_t installation_fields[] = {
    [AMP_INSTALLATION_ID] = INSTALLATION("id", AMP_ID, AMP_REQUIRED, id),
    [AMP_INSTALLATION_PROJECT_ID] = INSTALLATION("projectId", AMP_ID, AMP_REQUIRED, project_id),
    [AMP_INSTALLATION_INTEGRATION_ID] = INSTALLATION("integrationId", AMP_ID, AMP_REQUIRED, integration_id),
    [AMP_INSTALLATION_GROUP] = AMP_GROUP("group", AMP_OBJECT, 0),
    [AMP_INSTALLATION_GROUP_REF] = INSTALLATION("group.groupRef", AMP_ID, AMP_REQUIRED, group_ref),
    [AMP_INSTALLATION_GROUP_NAME] = INSTALLATION("group.groupName", AMP_NAME, AMP_REQUIRED, group_name),
    [AMP_INSTALLATION_HEALTH_STATUS] = INSTALLATION("healthStatus", AMP_ID, AMP_REQUIRED, health_status),
    [AMP_INSTALLATION_CONNECTION] =
        AMP_NESTED("connection", &amp_connection_schema, AMP_REQUIRED, amp_installation_t, connection),
    [AMP_INSTALLATION_CREATE_TIME] = INSTALLATION("createTime", AMP_TIME, AMP_REQUIRED, create_time),
    [AMP_INSTALLATION_CREATED_BY] = INSTALLATION("createdBy", AMP_ID, AMP_REQUIRED, created_by),
    [AMP_INSTALLATION_UPDATE_TIME] = INSTALLATION("updateTime", AMP_TIME, 0, update_time),
    [AMP_INSTALLATION_CONFIG] = AMP_GROUP("config", AMP_OBJECT, AMP_REQUIRED),
    [AMP_INSTALLATION_CONFIG_ID] = INSTALLATION("config.id", AMP_ID, AMP_REQUIRED, config_id),
    [AMP_INSTALLATION_CONFIG_REVISION_ID] =
        INSTALLATION("config.revisionId", AMP_ID, AMP_REQUIRED, config_revision_id),
    [AMP_INSTALLATION_CONFIG_CREATE_TIME] =
        INSTALLATION("config.createTime", AMP_TIME, AMP_REQUIRED, config_create_time),
    [AMP_INSTALLATION_CONFIG_CREATED_BY] =
        INSTALLATION("config.createdBy", AMP_ID, AMP_REQUIRED, config_created_by),
    [AMP_INSTALLATION_LAST_OPERATION_STATUS] =
        INSTALLATION("lastOperationStatus", AMP_ID, 0, last_operation_status),
};

#define PROBLEM(path, type, member) AMP_FIELD(path, type, 0, amp_problem_t, member)

static const amp_field_t problem_fields[] = {
    [AMP_PROBLEM_TYPE] = PROBLEM("type", AMP_NAME, type),
    [AMP_PROBLEM_HREF] = PROBLEM("href", AMP_NAME, href),
    [AMP_PROBLEM_TITLE] = PROBLEM("title", AMP_NAME, title),
    [AMP_PROBLEM_STATUS] = PROBLEM("status", AMP_INT, status),
    [AMP_PROBLEM_DETAIL] = PROBLEM("detail", AMP_NAME, detail),
    [AMP_PROBLEM_INSTANCE] = PROBLEM("instance", AMP_NAME, instance),
    [AMP_PROBLEM_SUBSYSTEM] = PROBLEM("subsystem", AMP_NAME, subsystem),
    [AMP_PROBLEM_TIME] = PROBLEM("time", AMP_TIME, time),
    [AMP_PROBLEM_REQUEST_ID] = PROBLEM("requestId", AMP_NAME, request_id),
    [AMP_PROBLEM_CAUSES] = AMP_GROUP("causes", AMP_ARRAY, 0),
    [AMP_PROBLEM_CAUSE] = PROBLEM("causes[0]", AMP_NAME, cause),
    [AMP_PROBLEM_REMEDY] = PROBLEM("remedy", AMP_NAME, remedy),
    [AMP_PROBLEM_RETRYABLE] = PROBLEM("retryable", AMP_BOOL, retryable),
    [AMP_PROBLEM_RETRY_AFTER] = PROBLEM("retryAfter", AMP_TIME, retry_after),
    [AMP_PROBLEM_ISSUES] = AMP_GROUP("issues", AMP_ARRAY, 0),
    [AMP_PROBLEM_ISSUE] = AMP_GROUP("issues[0]", AMP_OBJECT, 0),
    [AMP_PROBLEM_ISSUE_IN] = PROBLEM("issues[0].in", AMP_NAME, issue_in),
    [AMP_PROBLEM_ISSUE_NAME] = PROBLEM("issues[0].name", AMP_NAME, issue_name),
    [AMP_PROBLEM_ISSUE_DETAIL] = PROBLEM("issues[0].detail", AMP_NAME, issue_detail),
};

const amp_schema_t amp_connection_schema = AMP_SCHEMA(amp_connection_t, connection_fields, 0);
const amp_schema_t amp_connections_schema = AMP_SCHEMA(amp_connection_t, connection_fields, AMP_LIST);
const amp_schema_t amp_installation_schema = AMP_SCHEMA(amp_installation_t, installation_fields, 0);
const amp_schema_t amp_installations_schema = AMP_SCHEMA(amp_installation_t, installation_fields, AMP_LIST);
const amp_schema_t amp_problem_schema = AMP_SCHEMA(amp_problem_t, problem_fields, 0);

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

#define BACKFILL(path, type, flags, member) AMP_FIELD(path, type, flags, amp_backfill_progress_t, member)

static const amp_field_t backfill_progress_fields[] = {
    [AMP_BACKFILL_PROGRESS_INSTALLATION_ID] =
        BACKFILL("installationId", AMP_ID, AMP_REQUIRED, installation_id),
    [AMP_BACKFILL_PROGRESS_OBJECT_NAME] = BACKFILL("objectName", AMP_ID, AMP_REQUIRED, object_name),
    [AMP_BACKFILL_PROGRESS_OPERATION_ID] = BACKFILL("operationId", AMP_ID, AMP_REQUIRED, operation_id),
    [AMP_BACKFILL_PROGRESS_RECORDS_PROCESSED] =
        BACKFILL("recordsProcessed", AMP_INT, AMP_REQUIRED, records_processed),
    [AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL] =
        BACKFILL("recordsEstimatedTotal", AMP_INT, 0, records_estimated_total),
    [AMP_BACKFILL_PROGRESS_CREATE_TIME] = BACKFILL("createTime", AMP_TIME, 0, create_time),
    [AMP_BACKFILL_PROGRESS_UPDATE_TIME] = BACKFILL("updateTime", AMP_TIME, 0, update_time),
};

#define OPERATION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_operation_t, member)

static const amp_field_t operation_fields[] = {
    [AMP_OPERATION_PROJECT_ID] = OPERATION("projectId", AMP_ID, AMP_REQUIRED, project_id),
    [AMP_OPERATION_INTEGRATION_ID] = OPERATION("integrationId", AMP_ID, AMP_REQUIRED, integration_id),
    [AMP_OPERATION_CONFIG_ID] = OPERATION("configId", AMP_ID, AMP_REQUIRED, config_id),
    [AMP_OPERATION_ACTION_TYPE] = OPERATION("actionType", AMP_ID, AMP_REQUIRED, action_type),
    [AMP_OPERATION_ID] = OPERATION("id", AMP_ID, AMP_REQUIRED, id),
    [AMP_OPERATION_INSTALLATION_ID] = OPERATION("installationId", AMP_ID, AMP_REQUIRED, installation_id),
    [AMP_OPERATION_STATUS] = OPERATION("status", AMP_ID, AMP_REQUIRED, status),
    [AMP_OPERATION_RESULT] = OPERATION("result", AMP_NAME, 0, result),
    [AMP_OPERATION_METADATA] = AMP_GROUP("metadata", AMP_OBJECT, 0),
    [AMP_OPERATION_PROGRESS] = AMP_GROUP("metadata.progress", AMP_OBJECT, 0),
    [AMP_OPERATION_PROGRESS_OBJECT_NAME] =
        OPERATION("metadata.progress.objectName", AMP_ID, 0, progress_object_name),
    [AMP_OPERATION_PROGRESS_RECORDS_PROCESSED] =
        OPERATION("metadata.progress.recordsProcessed", AMP_INT, 0, progress_records_processed),
    [AMP_OPERATION_PROGRESS_RECORDS_ESTIMATED_TOTAL] =
        OPERATION("metadata.progress.recordsEstimatedTotal", AMP_INT, 0, progress_records_estimated_total),
    [AMP_OPERATION_CREATE_TIME] = OPERATION("createTime", AMP_TIME, 0, create_time),
};

/* A list without elements may come as null (it does from programs in Go that forget about it). */
static const amp_field_t operations_fields[] = {
    [AMP_OPERATIONS_RESULTS] = AMP_ELEMENTS("results", &amp_operation_schema, 0, amp_operations_t, operation),
    [AMP_OPERATIONS_PAGINATION] = AMP_GROUP("pagination", AMP_OBJECT, AMP_REQUIRED),
    [AMP_OPERATIONS_DONE] = AMP_FIELD("pagination.done", AMP_BOOL, AMP_REQUIRED, amp_operations_t, done),
    [AMP_OPERATIONS_NEXT_PAGE_TOKEN] =
        AMP_FIELD("pagination.nextPageToken", AMP_ID, 0, amp_operations_t, next_page_token),
};

static const amp_field_t provider_fields[] = {
    [AMP_PROVIDER_NAME] = AMP_FIELD("name", AMP_ID, AMP_REQUIRED, amp_provider_t, name),
    [AMP_PROVIDER_AUTH_TYPE] = AMP_FIELD("authType", AMP_ID, AMP_REQUIRED, amp_provider_t, auth_type),
    [AMP_PROVIDER_DISPLAY_NAME] = AMP_FIELD("displayName", AMP_NAME, 0, amp_provider_t, display_name),
};

static const amp_field_t custom_auth_fields[] = {
    [AMP_CUSTOM_AUTH_REDIRECT] = AMP_GROUP("redirect", AMP_OBJECT, 0),
    [AMP_CUSTOM_AUTH_REDIRECT_URL] =
        AMP_FIELD("redirect.url", AMP_ID, AMP_REQUIRED, amp_custom_auth_t, redirect_url),
    [AMP_CUSTOM_AUTH_SESSION_ID] =
        AMP_FIELD("redirect.sessionId", AMP_ID, AMP_REQUIRED, amp_custom_auth_t, session_id),
    [AMP_CUSTOM_AUTH_CONNECTION] =
        AMP_NESTED("connection", &amp_connection_schema, 0, amp_custom_auth_t, connection),
};

const amp_schema_t amp_connection_schema = AMP_SCHEMA(amp_connection_t, connection_fields, 0);
const amp_schema_t amp_connections_schema = AMP_SCHEMA(amp_connection_t, connection_fields, AMP_LIST);
const amp_schema_t amp_installation_schema = AMP_SCHEMA(amp_installation_t, installation_fields, 0);
const amp_schema_t amp_installations_schema = AMP_SCHEMA(amp_installation_t, installation_fields, AMP_LIST);
const amp_schema_t amp_problem_schema = AMP_SCHEMA(amp_problem_t, problem_fields, 0);
const amp_schema_t amp_backfill_progress_schema =
    AMP_SCHEMA(amp_backfill_progress_t, backfill_progress_fields, 0);
const amp_schema_t amp_operation_schema = AMP_SCHEMA(amp_operation_t, operation_fields, 0);
const amp_schema_t amp_operations_schema = AMP_SCHEMA(amp_operations_t, operations_fields, AMP_WRAPPED);
const amp_schema_t amp_provider_schema = AMP_SCHEMA(amp_provider_t, provider_fields, 0);
const amp_schema_t amp_custom_auth_schema = AMP_SCHEMA(amp_custom_auth_t, custom_auth_fields, 0);

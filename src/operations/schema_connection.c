/* SPDX-License-Identifier: MIT */
/* The schema of a connection. schema.h has the rules of a table: the rows of an object's members directly
 * follow the row of the object. The linker keeps or drops the strings of a file as a whole, so each record
 * has a file. */
#include "schema_table.h"

#define CONNECTION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_connection_t, member)

static const amp_field_t connection_fields[] = {
    [AMP_CONNECTION_ID] = CONNECTION("id", AMP_STRING, AMP_REQUIRED, id),
    [AMP_CONNECTION_PROJECT_ID] = CONNECTION("projectId", AMP_STRING, AMP_REQUIRED, project_id),
    [AMP_CONNECTION_PROVIDER] = CONNECTION("provider", AMP_STRING, AMP_REQUIRED, provider),
    [AMP_CONNECTION_GROUP] = AMP_CONTAINER("group", AMP_OBJECT, AMP_REQUIRED),
    [AMP_CONNECTION_GROUP_REF] = CONNECTION("group.groupRef", AMP_STRING, AMP_REQUIRED, group_ref),
    [AMP_CONNECTION_GROUP_NAME] = CONNECTION("group.groupName", AMP_STRING_TRUNC, AMP_REQUIRED, group_name),
    [AMP_CONNECTION_CONSUMER] = AMP_CONTAINER("consumer", AMP_OBJECT, AMP_REQUIRED),
    [AMP_CONNECTION_CONSUMER_REF] =
        CONNECTION("consumer.consumerRef", AMP_STRING, AMP_REQUIRED, consumer_ref),
    [AMP_CONNECTION_CONSUMER_NAME] =
        CONNECTION("consumer.consumerName", AMP_STRING_TRUNC, AMP_REQUIRED, consumer_name),
    [AMP_CONNECTION_PROVIDER_APP] = AMP_CONTAINER("providerApp", AMP_OBJECT, 0),
    [AMP_CONNECTION_PROVIDER_APP_ID] =
        CONNECTION("providerApp.id", AMP_STRING, AMP_REQUIRED, provider_app_id),
    [AMP_CONNECTION_PROVIDER_APP_EXTERNAL_REF] =
        CONNECTION("providerApp.externalRef", AMP_STRING, 0, provider_app_external_ref),
    [AMP_CONNECTION_PROVIDER_APP_CLIENT_ID] =
        CONNECTION("providerApp.clientId", AMP_STRING, AMP_REQUIRED, provider_app_client_id),
    [AMP_CONNECTION_PROVIDER_WORKSPACE_REF] =
        CONNECTION("providerWorkspaceRef", AMP_STRING, 0, provider_workspace_ref),
    [AMP_CONNECTION_PROVIDER_CONSUMER_REF] =
        CONNECTION("providerConsumerRef", AMP_STRING, 0, provider_consumer_ref),
    [AMP_CONNECTION_CREATE_TIME] = CONNECTION("createTime", AMP_TIME, AMP_REQUIRED, create_time),
    [AMP_CONNECTION_UPDATE_TIME] = CONNECTION("updateTime", AMP_TIME, 0, update_time),
    [AMP_CONNECTION_AUTH_SCHEME] = CONNECTION("authScheme", AMP_STRING, AMP_REQUIRED, auth_scheme),
    [AMP_CONNECTION_STATUS] = CONNECTION("status", AMP_STRING, AMP_REQUIRED, status),
};
AMP_ROWS_FIT_MASK(connection_fields);

const amp_schema_t amp_connection_schema = AMP_SCHEMA(amp_connection_t, connection_fields, 0);
const amp_schema_t amp_connections_schema = AMP_SCHEMA(amp_connection_t, connection_fields, AMP_LIST);

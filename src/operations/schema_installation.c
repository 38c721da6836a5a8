/* SPDX-License-Identifier: MIT */
/* The schema of an installation. */
#include "schema_table.h"

/* The service writes a creator as a prefix and a reference, such as "consumer:user-1". The members hold the
 * longest reference that can be sent, with the longest prefix. */
#define HOLDS_PREFIX(member, prefix)                                                                         \
    (AMP_MEMBER_SIZE_(amp_installation_t, member) >= sizeof(prefix) - 1u + AMP_REF_SIZE)
#define HOLDS_CREATOR(member) (HOLDS_PREFIX(member, "consumer:") && HOLDS_PREFIX(member, "builder:"))
typedef char amp_created_by_holds_a_prefix_and_a_reference_t
    [HOLDS_CREATOR(created_by) && HOLDS_CREATOR(config_created_by) ? 1 : -1];

#define INSTALLATION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_installation_t, member)

static const amp_field_t installation_fields[] = {
    [AMP_INSTALLATION_ID] = INSTALLATION("id", AMP_STRING, AMP_REQUIRED, id),
    [AMP_INSTALLATION_PROJECT_ID] = INSTALLATION("projectId", AMP_STRING, AMP_REQUIRED, project_id),
    [AMP_INSTALLATION_INTEGRATION_ID] =
        INSTALLATION("integrationId", AMP_STRING, AMP_REQUIRED, integration_id),
    [AMP_INSTALLATION_GROUP] = AMP_CONTAINER("group", AMP_OBJECT, 0),
    [AMP_INSTALLATION_GROUP_REF] = INSTALLATION("group.groupRef", AMP_STRING, AMP_REQUIRED, group_ref),
    [AMP_INSTALLATION_GROUP_NAME] =
        INSTALLATION("group.groupName", AMP_STRING_TRUNC, AMP_REQUIRED, group_name),
    [AMP_INSTALLATION_HEALTH_STATUS] = INSTALLATION("healthStatus", AMP_STRING, AMP_REQUIRED, health_status),
    [AMP_INSTALLATION_CONNECTION] =
        AMP_NESTED("connection", &amp_connection_schema, AMP_REQUIRED, amp_installation_t, connection),
    [AMP_INSTALLATION_CREATE_TIME] = INSTALLATION("createTime", AMP_TIME, AMP_REQUIRED, create_time),
    [AMP_INSTALLATION_CREATED_BY] = INSTALLATION("createdBy", AMP_STRING, AMP_REQUIRED, created_by),
    [AMP_INSTALLATION_UPDATE_TIME] = INSTALLATION("updateTime", AMP_TIME, 0, update_time),
    [AMP_INSTALLATION_CONFIG] = AMP_CONTAINER("config", AMP_OBJECT, AMP_REQUIRED),
    [AMP_INSTALLATION_CONFIG_ID] = INSTALLATION("config.id", AMP_STRING, AMP_REQUIRED, config_id),
    [AMP_INSTALLATION_CONFIG_REVISION_ID] =
        INSTALLATION("config.revisionId", AMP_STRING, AMP_REQUIRED, config_revision_id),
    [AMP_INSTALLATION_CONFIG_CREATE_TIME] =
        INSTALLATION("config.createTime", AMP_TIME, AMP_REQUIRED, config_create_time),
    [AMP_INSTALLATION_CONFIG_CREATED_BY] =
        INSTALLATION("config.createdBy", AMP_STRING, AMP_REQUIRED, config_created_by),
    [AMP_INSTALLATION_LAST_OPERATION_STATUS] =
        INSTALLATION("lastOperationStatus", AMP_STRING, 0, last_operation_status),
};
AMP_ROWS_FIT_MASK(installation_fields);

const amp_schema_t amp_installation_schema = AMP_SCHEMA(amp_installation_t, installation_fields, 0);
const amp_schema_t amp_installations_schema = AMP_SCHEMA(amp_installation_t, installation_fields, AMP_LIST);

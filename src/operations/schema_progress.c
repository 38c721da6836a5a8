/* SPDX-License-Identifier: MIT */
/* The schemas of backfill progress, of a background operation, and of a page of operations. */
#include "schema_table.h"

#define BACKFILL(path, type, flags, member) AMP_FIELD(path, type, flags, amp_backfill_progress_t, member)

static const amp_field_t backfill_progress_fields[] = {
    [AMP_BACKFILL_PROGRESS_INSTALLATION_ID] =
        BACKFILL("installationId", AMP_STRING, AMP_REQUIRED, installation_id),
    [AMP_BACKFILL_PROGRESS_OBJECT_NAME] = BACKFILL("objectName", AMP_STRING, AMP_REQUIRED, object_name),
    [AMP_BACKFILL_PROGRESS_OPERATION_ID] = BACKFILL("operationId", AMP_STRING, AMP_REQUIRED, operation_id),
    [AMP_BACKFILL_PROGRESS_RECORDS_PROCESSED] =
        BACKFILL("recordsProcessed", AMP_INT, AMP_REQUIRED, records_processed),
    [AMP_BACKFILL_PROGRESS_RECORDS_ESTIMATED_TOTAL] =
        BACKFILL("recordsEstimatedTotal", AMP_INT, 0, records_estimated_total),
    [AMP_BACKFILL_PROGRESS_CREATE_TIME] = BACKFILL("createTime", AMP_TIME, 0, create_time),
    [AMP_BACKFILL_PROGRESS_UPDATE_TIME] = BACKFILL("updateTime", AMP_TIME, 0, update_time),
};
AMP_ROWS_FIT_MASK(backfill_progress_fields);

#define OPERATION(path, type, flags, member) AMP_FIELD(path, type, flags, amp_operation_t, member)

static const amp_field_t operation_fields[] = {
    [AMP_OPERATION_PROJECT_ID] = OPERATION("projectId", AMP_STRING, AMP_REQUIRED, project_id),
    [AMP_OPERATION_INTEGRATION_ID] = OPERATION("integrationId", AMP_STRING, AMP_REQUIRED, integration_id),
    [AMP_OPERATION_CONFIG_ID] = OPERATION("configId", AMP_STRING, AMP_REQUIRED, config_id),
    [AMP_OPERATION_ACTION_TYPE] = OPERATION("actionType", AMP_STRING, AMP_REQUIRED, action_type),
    [AMP_OPERATION_ID] = OPERATION("id", AMP_STRING, AMP_REQUIRED, id),
    [AMP_OPERATION_INSTALLATION_ID] = OPERATION("installationId", AMP_STRING, AMP_REQUIRED, installation_id),
    [AMP_OPERATION_STATUS] = OPERATION("status", AMP_STRING, AMP_REQUIRED, status),
    [AMP_OPERATION_RESULT] = OPERATION("result", AMP_STRING_TRUNC, 0, result),
    [AMP_OPERATION_METADATA] = AMP_CONTAINER("metadata", AMP_OBJECT, 0),
    [AMP_OPERATION_PROGRESS] = AMP_CONTAINER("metadata.progress", AMP_OBJECT, 0),
    [AMP_OPERATION_PROGRESS_OBJECT_NAME] =
        OPERATION("metadata.progress.objectName", AMP_STRING, 0, progress_object_name),
    [AMP_OPERATION_PROGRESS_RECORDS_PROCESSED] =
        OPERATION("metadata.progress.recordsProcessed", AMP_INT, 0, progress_records_processed),
    [AMP_OPERATION_PROGRESS_RECORDS_ESTIMATED_TOTAL] =
        OPERATION("metadata.progress.recordsEstimatedTotal", AMP_INT, 0, progress_records_estimated_total),
    [AMP_OPERATION_CREATE_TIME] = OPERATION("createTime", AMP_TIME, 0, create_time),
};
AMP_ROWS_FIT_MASK(operation_fields);

static const amp_field_t operations_fields[] = {
    [AMP_OPERATIONS_RESULTS] = AMP_ARRAY_OF("results", &amp_operation_schema, 0, amp_operations_t, operation),
    [AMP_OPERATIONS_PAGINATION] = AMP_CONTAINER("pagination", AMP_OBJECT, AMP_REQUIRED),
    [AMP_OPERATIONS_DONE] = AMP_FIELD("pagination.done", AMP_BOOL, AMP_REQUIRED, amp_operations_t, done),
    [AMP_OPERATIONS_NEXT_PAGE_TOKEN] =
        AMP_FIELD("pagination.nextPageToken", AMP_STRING, 0, amp_operations_t, next_page_token),
};
AMP_ROWS_FIT_MASK(operations_fields);

const amp_schema_t amp_backfill_progress_schema =
    AMP_SCHEMA(amp_backfill_progress_t, backfill_progress_fields, 0);
const amp_schema_t amp_operation_schema = AMP_SCHEMA(amp_operation_t, operation_fields, 0);
const amp_schema_t amp_operations_schema = AMP_SCHEMA(amp_operations_t, operations_fields, AMP_ENVELOPE);

/* SPDX-License-Identifier: MIT */
/* Operations that report the work of an installation: backfill progress and background operations. */
#include "endpoint_table.h"
#include "pagination.h"

static const amp_param_t get_backfill_progress_params[] = {
    AMP_PATH_PARAM("integrationId", amp_get_backfill_progress_t, integration_id),
    AMP_PATH_PARAM("installationId", amp_get_backfill_progress_t, installation_id),
    AMP_PATH_PARAM("objectName", amp_get_backfill_progress_t, object_name),
};
static const amp_endpoint_t get_backfill_progress = {
    .method = "GET",
    .path = AMP_INSTALLATIONS_PATH "/{}/objects/{}/backfill-progress",
    AMP_PARAMS(get_backfill_progress_params),
    .schema = &amp_backfill_progress_schema,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_get_backfill_progress_start(amp_client_t *client, const amp_get_backfill_progress_t *args,
                                             amp_backfill_progress_t *out)
{
    return amp__endpoint_start(client, &get_backfill_progress, args, out);
}

amp_status_t amp_get_backfill_progress(amp_client_t *client, const amp_get_backfill_progress_t *args,
                                       amp_backfill_progress_t *out)
{
    amp_status_t status = amp_get_backfill_progress_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

static const amp_param_t list_operations_params[] = {
    AMP_PATH_PARAM("integrationId", amp_list_operations_t, integration_id),
    AMP_PATH_PARAM("installationId", amp_list_operations_t, installation_id),
};
static const amp_endpoint_t list_operations = {
    .method = "GET",
    .path = AMP_INSTALLATIONS_PATH "/{}/operations",
    AMP_PARAMS(list_operations_params),
    .schema = &amp_operations_schema,
    .query = amp__pagination_query,
    .next_page = amp__pagination_next,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_list_operations_start(amp_client_t *client, const amp_list_operations_t *args,
                                       amp_operations_t *out)
{
    return amp__endpoint_start(client, &list_operations, args, out);
}

static const amp_param_t get_operation_params[] = {
    AMP_PATH_PARAM("operationId", amp_get_operation_t, id),
};
static const amp_endpoint_t get_operation = {
    .method = "GET",
    .path = "operations/{}",
    AMP_PARAMS(get_operation_params),
    .schema = &amp_operation_schema,
    .check = amp__check_id,
    .flags = AMP_IS_SAFE,
};

amp_status_t amp_get_operation_start(amp_client_t *client, const amp_get_operation_t *args,
                                     amp_operation_t *out)
{
    return amp__endpoint_start(client, &get_operation, args, out);
}

amp_status_t amp_get_operation(amp_client_t *client, const amp_get_operation_t *args, amp_operation_t *out)
{
    amp_status_t status = amp_get_operation_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

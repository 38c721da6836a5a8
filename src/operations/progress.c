/* SPDX-License-Identifier: MIT */
/* Operations that tell what an installation does. */
#include "endpoint_table.h"
#include "pagination.h"

static const amp_param_t get_backfill_progress_params[] = {
    PATH("integrationId", amp_get_backfill_progress_t, integration_id),
    PATH("installationId", amp_get_backfill_progress_t, installation_id),
    PATH("objectName", amp_get_backfill_progress_t, object_name),
};
static const amp_endpoint_t get_backfill_progress = {
    "GET", INSTALLATIONS "/{}/objects/{}/backfill-progress", PARAMS(get_backfill_progress_params),
    .schema = &amp_backfill_progress_schema, .flags = AMP_IS_SAFE};

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
    PATH("integrationId", amp_list_operations_t, integration_id),
    PATH("installationId", amp_list_operations_t, installation_id),
};
static const amp_endpoint_t list_operations = {"GET",
                                               INSTALLATIONS "/{}/operations",
                                               PARAMS(list_operations_params),
                                               .schema = &amp_operations_schema,
                                               .query = amp__pagination_query,
                                               .next_page = amp__pagination_next,
                                               .flags = AMP_IS_SAFE};

amp_status_t amp_list_operations_start(amp_client_t *client, const amp_list_operations_t *args,
                                       amp_operations_t *out)
{
    return amp__endpoint_start(client, &list_operations, args, out);
}

static const amp_param_t get_operation_params[] = {PATH("operationId", amp_get_operation_t, id)};
static const amp_endpoint_t get_operation = {"GET",
                                             "operations/{}",
                                             PARAMS(get_operation_params),
                                             .schema = &amp_operation_schema,
                                             .check = amp__check_id,
                                             .flags = AMP_IS_SAFE};

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

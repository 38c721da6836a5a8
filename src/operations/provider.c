/* SPDX-License-Identifier: MIT */
/* The operation on providers. It needs no credential and no project. */
#include "endpoint_table.h"

static const amp_param_t get_provider_params[] = {
    AMP_PATH_PARAM("provider", amp_get_provider_t, provider),
};
static const amp_endpoint_t get_provider = {
    .method = "GET",
    .path = "/providers/{}",
    AMP_PARAMS(get_provider_params),
    .schema = &amp_provider_schema,
    .flags = AMP_IS_ANONYMOUS | AMP_IS_SAFE,
};

amp_status_t amp_get_provider_start(amp_client_t *client, const amp_get_provider_t *args, amp_provider_t *out)
{
    return amp__endpoint_start(client, &get_provider, args, out);
}

amp_status_t amp_get_provider(amp_client_t *client, const amp_get_provider_t *args, amp_provider_t *out)
{
    amp_status_t status = amp_get_provider_start(client, args, out);
    return status == AMP_OK ? amp_run(client) : status;
}

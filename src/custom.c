/* SPDX-License-Identifier: MIT */
/* Any endpoint that has no operation of its own. */
#include "operation.h"

static const amp_endpoint_t custom = {.flags = AMP_IS_CUSTOM};
amp_status_t amp_start(amp_client_t *client, const amp_request_t *request, void *out)
{
    return amp_start_endpoint(client, &custom, request, out);
}

/* SPDX-License-Identifier: MIT */
/* Checks that the record of an answer is the requested one: an answer about another record is an error. */
#include "identity.h"

#include "../base/str.h"
#include "../client/request.h"

/* These records have `id` at the same offset, so that one function serves them all. */
#define ID_OFFSET offsetof(amp_connection_t, id)
typedef char id_offsets_are_equal_t
    [ID_OFFSET == offsetof(amp_installation_t, id) && ID_OFFSET == offsetof(amp_operation_t, id) ? 1 : -1];

amp_status_t amp__check_id(const amp_client_t *client, const char **out_field)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    const amp_str_t *requested = amp__argument(client, endpoint->params + endpoint->param_count - 1);
    if (amp__str_is(requested, (const char *)client->out + ID_OFFSET)) {
        return AMP_OK;
    }
    *out_field = "id";
    return AMP_ERR_MISMATCH;
}

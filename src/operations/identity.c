/* SPDX-License-Identifier: MIT */
#include "identity.h"

#include "../client/request.h"

/* Each of these records has its id at the same place, so that one function reads all. */
#define ID_OFFSET offsetof(amp_connection_t, id)
typedef char same_id_t
    [ID_OFFSET == offsetof(amp_installation_t, id) && ID_OFFSET == offsetof(amp_operation_t, id) ? 1 : -1];

amp_status_t amp__check_id(const amp_client_t *client, const char **out_field)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    amp_str_t asked = amp__argument(client, endpoint->params + endpoint->param_count - 1);
    if (amp_str_equal(asked, amp_str((const char *)client->out + ID_OFFSET))) {
        return AMP_OK;
    }
    *out_field = "id";
    return AMP_ERR_MISMATCH;
}

/* SPDX-License-Identifier: MIT */
/* The calls that wait: a loop over amp_step, and nothing else. */
#include "client_private.h"

/* Neither a flag that an interrupt sets nor a token that comes later wakes a port: they are looked
 * at this often. */
#define CHECK_MS 50u

void amp_wait(amp_client_t *client, uint32_t max_ms)
{
    const amp_port_t *port = client->config != NULL ? client->config->port : NULL;
    if (port == NULL || client->wanted == 0) {
        return;
    }
    uint32_t left_ms = amp__client_left_ms(client);
    uint32_t ms = max_ms < left_ms ? max_ms : left_ms;
    if (ms > CHECK_MS && (client->config->cancel != NULL || client->wanted == AMP_WAIT_TOKEN)) {
        ms = CHECK_MS;
    }
    if (left_ms > 0) {
        port->wait(port->ctx, client->wanted & (AMP_WAIT_READ | AMP_WAIT_WRITE), ms);
    }
}

amp_status_t amp_next(amp_client_t *client)
{
    for (;;) {
        amp_status_t status = amp_step(client);
        if (status != AMP_PENDING) {
            return status;
        }
        amp_wait(client, UINT32_MAX);
    }
}

amp_status_t amp_run(amp_client_t *client)
{
    amp_status_t status;
    do {
        status = amp_next(client);
    } while (status == AMP_ITEM);
    return status == AMP_END ? AMP_OK : status;
}

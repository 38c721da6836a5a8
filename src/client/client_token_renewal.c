/* SPDX-License-Identifier: MIT */
/* Gets the JWT of a request from the application, and renews it once after a 401 (RFC 9110, 15.5.2).
 *
 * Invariants:
 * - A 401 answer means that the request had no effect, so even an unsafe request is sent again.
 * - The token is only a view; the application owns its bytes. amp__client_wipe drops it. */
#include "client_private.h"

amp_status_t amp__client_get_token(amp_client_t *client)
{
    const amp_config_t *config = client->config;
    if (config->token == NULL || (client->flags & AMP_IS_ANONYMOUS) != 0) {
        return AMP_OK;
    }
    amp_status_t status = config->token(config->token_ctx, client->renewed, &client->token);
    if (status == AMP_PENDING) {
        client->wanted = AMP_WAIT_TOKEN;
        return AMP_PENDING;
    }
    return status == AMP_OK && amp__header_value_fits(&client->token) ? AMP_OK : AMP_ERR_TOKEN;
}

int amp__client_renews_token(const amp_client_t *client)
{
    return client->info.http == AMP_HTTP_UNAUTHORIZED && client->config->token != NULL && !client->renewed;
}

/* SPDX-License-Identifier: MIT */
/* Lists a project's integrations with the application's own endpoint and schema: see integration.c.
 *
 *   AMP_PROJECT=… AMP_API_KEY=… own-endpoint
 *
 * AMP_URL sets another service, AMP_CA_FILE another file of trust anchors. */
#include <stdio.h>
#include <stdlib.h>

#include "amp_posix.h"
#include "integration.h"

static const char *variable(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : fallback;
}

static amp_status_t list(amp_client_t *client)
{
    static integration_t integration;
    char time[AMP_TIME_SIZE];
    amp_status_t status = amp_request_start(client, &list_integrations, &integration);
    while (status >= 0 && (status = amp_next(client)) == AMP_ITEM) {
        amp_time_text(integration.update_time, time);
        printf("%s (%s) for %s, revision %s, changed %s\n", integration.name,
               AMP_HAS(&integration, INTEGRATION_DISPLAY_NAME) ? integration.display_name : "no title",
               integration.provider, integration.revision_id,
               AMP_HAS(&integration, INTEGRATION_UPDATE_TIME) ? time : "never");
    }
    return status;
}

int main(void)
{
    static amp_posix_t socket;
    static amp_tls_storage_t storage;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_client_t client;
    amp_port_t tcp;
    amp_port_t tls;
    amp_url_t url;
    const char *base = variable("AMP_URL", NULL);
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE,
                                 variable("AMP_CA_FILE", "/etc/ssl/certs/ca-certificates.crt"), 0};
    const amp_tls_config_t trust = {.under = &tcp, .anchors = &anchor, .anchor_count = 1};
    amp_config_t config = {.project = amp_str(variable("AMP_PROJECT", "")),
                           .api_key = amp_str(variable("AMP_API_KEY", "")),
                           .port = &tls};
    if (base != NULL && amp_url_parse(amp_str(base), &url) != 0) {
        fprintf(stderr, "own-endpoint: AMP_URL is not https://host[:port][/prefix]\n");
        return 2;
    }
    config.base_url = base != NULL ? &url : NULL;
    amp_posix_init(&socket, &tcp);
    amp_status_t status = amp_tls_init(&storage, sizeof storage, &trust, &tls);
    if (status != AMP_OK) {
        fprintf(stderr, "own-endpoint: %s\n", amp_status_text(status));
        return 2;
    }
    status = amp_init(&client, &config, work, sizeof work);
    status = status == AMP_OK ? list(&client) : status;
    if (status != AMP_END) {
        char text[AMP_EXPLAIN_SIZE];
        fprintf(stderr, "own-endpoint: %s\n", amp_explain(&client, &tls, text, sizeof text));
    }
    amp_close(&client);
    amp_tls_free(&tls);
    return status == AMP_END ? 0 : 1;
}

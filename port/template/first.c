/* SPDX-License-Identifier: MIT */
/* The first program for a new port. It asks the service for a provider. This request needs no credential,
 * but it needs name resolution, sockets, TLS, trust anchors and the clock. */
#include <stdio.h>
#include <stdlib.h>

#include "amp_stub.h"
#include "ampersand/ampersand.h"
#include "first_config.h" /* FIRST_ANCHORS: certificates in PEM format. FIRST_BASE_URL: the service. */

int main(void)
{
    static amp_stub_t tcp_state;
    static amp_tls_storage_t storage;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_client_t client;
    static amp_provider_t provider;
    static amp_url_t url;
    const amp_get_provider_t args = {AMP_STR("salesforce")};
    const amp_anchor_t anchor = {AMP_ANCHOR_PEM, FIRST_ANCHORS, sizeof(FIRST_ANCHORS)};
    amp_port_t tcp;
    amp_port_t tls = {0};
    amp_config_t config = {0};
    amp_tls_config_t trust = {0};
    char text[AMP_EXPLAIN_SIZE];
    amp_stub_init(&tcp_state, &tcp);
    trust.under = &tcp;
    trust.anchors = &anchor;
    trust.anchor_count = 1;
    config.base_url = &url;
    config.api_key = AMP_STR("not sent");
    config.port = &tls;
    amp_status_t status = amp_url_parse(AMP_STR(FIRST_BASE_URL), &url);
    status = status == AMP_OK ? amp_tls_init(&storage, sizeof storage, &trust, &tls) : status;
    if (status != AMP_OK) {
        printf("%s: %s\n", amp_status_name(status), amp_status_text(status));
        return EXIT_FAILURE;
    }
    status = amp_init(&client, &config, work, sizeof work);
    status = status == AMP_OK ? amp_get_provider(&client, &args, &provider) : status;
    printf("%s\n", status == AMP_OK ? provider.name : amp_explain(&client, &tls, text, sizeof text));
    return status == AMP_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

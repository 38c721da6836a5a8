/* SPDX-License-Identifier: MIT */
/* A user's first application. It uses every part of the library, so that the test detects a symbol that is
 * not exported, not linked, or compiled with another size. It uses no network. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amp_device.h"
#include "ampersand/ampersand.h"

static const char text[] = "{\"id\":\"c1\",\"projectId\":\"p1\",\"provider\":\"salesforce\",\"group\":{"
                           "\"groupRef\":\"g\",\"groupName\":\"G\"},"
                           "\"consumer\":{\"consumerRef\":\"u\",\"consumerName\":\"U\"},\"createTime\":"
                           "\"2023-07-13T21:34:44.816354Z\","
                           "\"authScheme\":\"apiKey\",\"status\":\"working\"}";

static int reads(void)
{
    static amp_reader_t reader;
    static amp_connection_t connection;
    uint8_t window[256];
    size_t used = 0;
    return amp_reader_init(&reader, &amp_connection_schema, &connection, window, sizeof window) == AMP_OK &&
           amp_reader_feed(&reader, text, sizeof text - 1u, &used) == AMP_ITEM &&
           amp_reader_end(&reader) == AMP_END && strcmp(connection.status, "working") == 0;
}

/* Sets up port, TLS and client, up to the first use of the network. */
static int sets_up(void)
{
    static amp_posix_t tcp_state;
    static amp_tls_storage_t tls_storage;
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    amp_port_t tcp;
    amp_port_t tls = {0};
    amp_config_t config = {0};
    amp_tls_config_t tls_config = {0};
    amp_posix_init(&tcp_state, &tcp);
    tls_config.under = &tcp;
    config.project = amp_str("p1");
    config.api_key = AMP_STR("key");
    config.port = &tcp;
    int is_right =
        amp_tls_init(&tls_storage, sizeof tls_storage, &tls_config, &tls) == AMP_ERR_TRUST &&
        amp_init(&client, &config, work, sizeof work) == AMP_ERR_CONFIG && /* plain TCP is not secure */
        strcmp(amp_client_info(&client)->field, "port") == 0;
    return is_right;
}

/* Sets up a device, up to the same point. */
static int opens(void)
{
    static amp_device_t device;
    amp_device_config_t config = {0};
    config.api_key = "key";
    config.ca_pem = "no certificate";
    int is_right = amp_device_open(&device, &config) == AMP_ERR_TRUST;
    amp_device_close(&device);
    return is_right && amp_device_idle(&device);
}

int main(void)
{
    printf("ampersand %s: REF_SIZE %d, reads %d, sets up %d\n", AMP_VERSION_STRING, AMP_REF_SIZE, reads(),
           sets_up() && opens());
    return reads() && sets_up() && opens() ? EXIT_SUCCESS : EXIT_FAILURE;
}

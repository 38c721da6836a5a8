/* SPDX-License-Identifier: MIT */
/* Opens a device with one kind of trust or credential, and lists the project's connections twice over it.
 * Opens the device again, and lists once more. Prints the number of connections, the status, and the number
 * of handshakes each time.
 *
 * usage: device file|pem|der|token|none FILE, with AMP_URL, AMP_PROJECT and AMP_API_KEY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amp_device.h"

static char text[65536];
static amp_device_t device;

static size_t read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t len = file != NULL ? fread(text, 1, sizeof text - 1u, file) : 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    return len;
}

static amp_status_t give_token(void *ctx, int renew, amp_str_t *out_token)
{
    (void)renew;
    *out_token = amp_str(ctx);
    return AMP_OK;
}

static void list(void)
{
    const amp_list_connections_t which = {0};
    amp_tls_stats_t stats;
    unsigned count = 0;
    amp_status_t status = amp_list_connections_start(&device.client, &which, &device.connection);
    while (status >= 0 && (status = amp_next(&device.client)) == AMP_ITEM) {
        ++count;
    }
    amp_tls_stats(&device.tls, &stats);
    printf("%u %s %u\n", count, amp_status_name(status), (unsigned)stats.handshakes);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    char *key = getenv("AMP_API_KEY");
    amp_device_config_t config = {
        .project = getenv("AMP_PROJECT"), .api_key = key, .url = getenv("AMP_URL"), .timeout_ms = 20000};
    const amp_anchor_t anchor = {AMP_ANCHOR_DER, text, read_file(argv[2])};
    if (strcmp(argv[1], "file") == 0 || strcmp(argv[1], "token") == 0) {
        config.ca_file = argv[2];
    } else if (strcmp(argv[1], "pem") == 0) {
        config.ca_pem = text;
    } else if (strcmp(argv[1], "der") == 0) {
        config.anchors = &anchor;
        config.anchor_count = 1;
    }
    if (strcmp(argv[1], "token") == 0) {
        config.api_key = NULL;
        config.token = give_token;
        config.token_ctx = key;
    }
    for (int i = 0; i < 2; ++i) {
        amp_status_t status = amp_device_open(&device, &config);
        if (status != AMP_OK) {
            printf("%s\n", amp_status_name(status));
            return 1;
        }
        list();
        list();
    }
    amp_device_close(&device);
    return 0;
}

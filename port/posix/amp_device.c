/* SPDX-License-Identifier: MIT */
/* A device in one struct: puts together a socket port, TLS over it, and a client over TLS.
 *
 * Invariants: `socket` is initialized once and never again, because the thread of a cancelled look-up may
 * still use it. A device that is not open has a zeroed TLS port and a closed client, and both are safe to
 * close. */
#if defined(__unix__) || defined(__APPLE__) || defined(_WIN32) || defined(ESP_PLATFORM) || defined(__ZEPHYR__)

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "amp_device.h"

#include <string.h>
#include <time.h>

#if defined(_WIN32)
#define AMP_DEVICE_INIT_SOCKET amp_windows_init
#define AMP_DEVICE_IS_IDLE amp_windows_idle
#else
#define AMP_DEVICE_INIT_SOCKET amp_posix_init
#define AMP_DEVICE_IS_IDLE amp_posix_idle
#endif

static int amp_device_is_set(const char *text)
{
    return text != NULL && *text != '\0';
}

static int64_t amp_device_clock(void *ctx)
{
    (void)ctx;
#if defined(_WIN32)
    return (int64_t)time(NULL);
#else
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec;
#endif
}

/* Adds the anchors of the configuration to *trust. *anchor is memory for one of them. */
static amp_status_t amp_device_trust(const amp_device_config_t *config, amp_anchor_t *anchor,
                                     amp_tls_config_t *trust)
{
    const char *file = config->ca_file;
    int forms = amp_device_is_set(file) + amp_device_is_set(config->ca_pem) + (config->anchor_count > 0);
    if (forms > 1) {
        return AMP_ERR_ARGUMENT;
    }
#if defined(AMP_DEVICE_CA_FILE)
    if (forms == 0 && config->bundle == NULL) {
        file = AMP_DEVICE_CA_FILE;
    }
#endif
    trust->anchors = anchor;
    trust->anchor_count = 1;
    if (amp_device_is_set(file)) {
        *anchor = (amp_anchor_t){AMP_ANCHOR_FILE, file, 0};
    } else if (amp_device_is_set(config->ca_pem)) {
        *anchor = (amp_anchor_t){AMP_ANCHOR_PEM, config->ca_pem, strlen(config->ca_pem) + 1u};
    } else {
        trust->anchors = config->anchors;
        trust->anchor_count = config->anchor_count;
    }
    return AMP_OK;
}

/* Returns the port below TLS. */
static const amp_port_t *amp_device_under(amp_device_t *device, const amp_device_config_t *config)
{
    if (config->under != NULL) {
        return config->under;
    }
    if (!device->has_socket) {
        AMP_DEVICE_INIT_SOCKET(&device->socket, &device->tcp);
        device->has_socket = 1;
    }
    return &device->tcp;
}

static amp_status_t amp_device_start_tls(amp_device_t *device, const amp_device_config_t *config)
{
    amp_anchor_t anchor;
    amp_tls_config_t trust = {.under = amp_device_under(device, config),
                              .bundle = config->bundle,
                              .bundle_version = config->bundle_version,
                              .clock = config->clock != NULL ? config->clock : amp_device_clock,
                              .clock_ctx = config->clock_ctx};
    amp_status_t status = amp_device_trust(config, &anchor, &trust);
    return status == AMP_OK ? amp_tls_init(&device->storage, sizeof device->storage, &trust, &device->tls)
                            : status;
}

/* A URL that cannot be parsed stays empty, and amp_init then names it. */
static amp_status_t amp_device_start_client(amp_device_t *device, const amp_device_config_t *config)
{
    device->config = (amp_config_t){.project = amp_str(config->project),
                                    .api_key = amp_str(config->api_key),
                                    .token = config->token,
                                    .token_ctx = config->token_ctx,
                                    .port = &device->tls,
                                    .timeout_ms = config->timeout_ms,
                                    .cancel = config->cancel,
                                    .problem = &device->problem,
                                    .problem_schema = &amp_problem_schema};
    if (amp_device_is_set(config->url)) {
        if (amp_url_parse(amp_str(config->url), &device->url) != AMP_OK) {
            memset(&device->url, 0, sizeof device->url);
        }
        device->config.base_url = &device->url;
    }
    return amp_init(&device->client, &device->config, device->work, sizeof device->work);
}

amp_status_t amp_device_open_abi(amp_device_t *device, const amp_device_config_t *config, uint32_t abi)
{
    if (abi != AMP_DEVICE_ABI) {
        return AMP_ERR_ABI;
    }
    if (device == NULL || config == NULL) {
        return AMP_ERR_ARGUMENT;
    }
    amp_device_close(device);
    amp_status_t status = amp_device_start_tls(device, config);
    status = status == AMP_OK ? amp_device_start_client(device, config) : status;
    if (status != AMP_OK) {
        amp_tls_free(&device->tls);
        device->client.info.status = status; /* for amp_explain: TLS fails before the client exists */
    }
    return status;
}

void amp_device_close(amp_device_t *device)
{
    amp_close(&device->client);
    amp_tls_free(&device->tls);
    memset(&device->config, 0, sizeof device->config);
    memset(&device->url, 0, sizeof device->url);
}

int amp_device_idle(amp_device_t *device)
{
    return !device->has_socket || AMP_DEVICE_IS_IDLE(&device->socket);
}

#else
typedef int amp_device_is_not_for_this_platform;
#endif

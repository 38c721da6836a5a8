/* SPDX-License-Identifier: MIT */
/* The smallest firmware that gets a connection over TLS: client, TLS port and mbedTLS. It is linked to
 * measure its size, not run. Its transport port does nothing. */
#include "ampersand/ampersand.h"

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len);

static int never_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx, (void)host, (void)port;
    return 1;
}

static int never_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx, (void)data, (void)len;
    return 0;
}

static int never_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx, (void)data, (void)len;
    return 0;
}

static void never_close(void *ctx)
{
    (void)ctx;
}

static uint32_t no_ms(void *ctx)
{
    (void)ctx;
    return 0;
}

static void never_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx, (void)wanted, (void)ms;
}

static const amp_port_t under = {.open = never_open,
                                 .send = never_send,
                                 .recv = never_recv,
                                 .close = never_close,
                                 .now_ms = no_ms,
                                 .wait = never_wait};
static amp_tls_storage_t storage;
static uint64_t arena[2048];
static uint8_t session[AMP_TLS_SESSION_MAX];
static uint8_t root[4];
static amp_port_t tls;
static amp_client_t client;
static uint8_t work[AMP_WORK_SIZE];
static amp_connection_t connection;

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len)
{
    (void)ctx, (void)out;
    *out_len = len;
    return 0;
}

int main(void)
{
    const amp_anchor_t anchor = {AMP_ANCHOR_DER, root, sizeof root};
    const amp_tls_config_t trust = {.under = &under, .anchors = &anchor, .anchor_count = 1};
    const amp_config_t config = {.project = AMP_STR("p"), .api_key = AMP_STR("k"), .port = &tls};
    const amp_get_connection_t which = {.id = AMP_STR("c")};
    size_t len = 0;
    int status = amp_tls_arena_init(arena, sizeof arena);
    status |= amp_tls_init(&storage, sizeof storage, &trust, &tls);
    status |= amp_init(&client, &config, work, sizeof work);
    amp_tls_import(&tls, session, sizeof session);
    status |= amp_get_connection(&client, &which, &connection);
    status |= amp_tls_export(&tls, session, sizeof session, &len);
    return status;
}

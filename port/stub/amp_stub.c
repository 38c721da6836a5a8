/* SPDX-License-Identifier: MIT */
#include "amp_stub.h"

static int port_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    (void)host;
    (void)port;
    return AMP_ERR_NETWORK;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return AMP_ERR_NETWORK;
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return AMP_ERR_NETWORK;
}

static void port_close(void *ctx)
{
    (void)ctx;
}

static uint32_t port_now_ms(void *ctx)
{
    amp_stub_t *state = ctx;
    return ++state->ms;
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    amp_stub_t *state = ctx;
    (void)wanted;
    state->ms += ms;
}

void amp_stub_init(amp_stub_t *state, amp_port_t *out_port)
{
    const amp_port_t port = {state,       port_open, port_send, port_recv, port_close,
                             port_now_ms, port_wait, NULL,      0};
    state->ms = 0;
    *out_port = port;
}

/* SPDX-License-Identifier: MIT */
/* Implements the rules of port.h without a network and without a timer. */
#include "amp_stub.h"

static int amp_stub_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    (void)host;
    (void)port;
    return AMP_ERR_NETWORK;
}

static int amp_stub_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return AMP_ERR_NETWORK;
}

static int amp_stub_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return AMP_ERR_NETWORK;
}

static void amp_stub_close(void *ctx)
{
    (void)ctx;
}

static uint32_t amp_stub_now_ms(void *ctx)
{
    amp_stub_t *state = ctx;
    return ++state->ms;
}

static void amp_stub_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    amp_stub_t *state = ctx;
    (void)wanted;
    state->ms += ms;
}

void amp_stub_init(amp_stub_t *state, amp_port_t *out_port)
{
    const amp_port_t port = {state,         amp_stub_open,  amp_stub_send,
                             amp_stub_recv, amp_stub_close, amp_stub_now_ms,
                             amp_stub_wait, NULL,           0,
                             NULL};
    state->ms = 0;
    *out_port = port;
}

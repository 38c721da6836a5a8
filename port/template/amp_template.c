/* SPDX-License-Identifier: MIT */
/* FIXME(guard): the macro that your compiler defines for your platform. Elsewhere this file is empty,
 * so that a build may take every port there is. */
#if defined(AMP_TEMPLATE)

#include "amp_template.h"

#include <string.h>

/* FIXME(include): your network's headers. */

/* `step`: after a failure too, the connection is AMP_TEMPLATE_CLOSED. */
enum { AMP_TEMPLATE_CLOSED, AMP_TEMPLATE_CONNECTING, AMP_TEMPLATE_OPEN };

static uint32_t port_now_ms(void *ctx)
{
    (void)ctx;
    return 0; /* FIXME(now_ms): milliseconds that never go back, and wrap from 2^32 - 1 to 0 */
}

static void port_close(void *ctx)
{
    amp_template_t *state = ctx;
    if (state->step != AMP_TEMPLATE_CLOSED) {
        (void)state->socket; /* FIXME(close): give the connection back; also one that is half open */
    }
    state->step = AMP_TEMPLATE_CLOSED;
}

static int fail(amp_template_t *state, int32_t error, amp_status_t status)
{
    port_close(state);
    state->error = error;
    return status;
}

/* Asks for a connection and comes back at once. 0, or the platform's number of what failed. */
static int32_t begin(amp_template_t *state, const char *host, uint16_t port)
{
    (void)state;
    (void)host;
    (void)port;
    return -1; /* FIXME(begin): resolve host, make a connection that does not block, ask for it */
}

/* 1 when the connection is made, 0 when not yet, -1 when it will not be. */
static int is_made(amp_template_t *state)
{
    (void)state;
    return -1; /* FIXME(is_made): look, without waiting; put the platform's number into state->error */
}

static int port_open(void *ctx, const char *host, uint16_t port)
{
    amp_template_t *state = ctx;
    if (state->step != AMP_TEMPLATE_CONNECTING) {
        port_close(state);
        int32_t error = begin(state, host, port);
        if (error != 0) {
            return fail(state, error, AMP_ERR_CONNECT);
        }
        state->step = AMP_TEMPLATE_CONNECTING;
    }
    int made = is_made(state);
    if (made < 0) {
        return fail(state, state->error, AMP_ERR_CONNECT);
    }
    state->step = made > 0 ? AMP_TEMPLATE_OPEN : AMP_TEMPLATE_CONNECTING;
    return made;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_template_t *state = ctx;
    (void)data;
    (void)len;
    return fail(state, 0, AMP_ERR_NETWORK); /* FIXME(send): bytes taken; 0: none now; or fail(...) */
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_template_t *state = ctx;
    (void)data;
    (void)len;
    return fail(state, 0, AMP_ERR_NETWORK); /* FIXME(recv): bytes put into data; 0: none now; or fail(...) */
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_template_t *state = ctx;
    (void)state;
    (void)wanted;
    (void)ms; /* FIXME(wait): sleep until what is wanted is there, ms at most; or ms, or less */
}

static void port_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_template_t *state = ctx;
    out_report->stage = AMP_STAGE_CONNECT;
    out_report->code = state->error;
}

void amp_template_init(amp_template_t *state, amp_port_t *out_port)
{
    const amp_port_t port = {state,       port_open, port_send,   port_recv, port_close,
                             port_now_ms, port_wait, port_report, 0};
    memset(state, 0, sizeof *state);
    *out_port = port;
}

#else
typedef int amp_template_is_not_for_this_platform;
#endif

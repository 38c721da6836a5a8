/* SPDX-License-Identifier: MIT */
/* FIXME(guard): test the macro that your compiler defines for your platform. Elsewhere this file is empty,
 * so that a build may compile every port. */
#if defined(AMP_TEMPLATE)

#include "amp_template.h"

#include <string.h>

/* FIXME(include): include your network's headers. */

/* Values of `step`. A failure sets AMP_TEMPLATE_CLOSED. */
enum { AMP_TEMPLATE_CLOSED, AMP_TEMPLATE_CONNECTING, AMP_TEMPLATE_OPEN };

static uint32_t amp_template_now_ms(void *ctx)
{
    (void)ctx;
    return 0; /* FIXME(now_ms): monotonic milliseconds, which wrap from 2^32 - 1 to 0 */
}

static void amp_template_close(void *ctx)
{
    amp_template_t *state = ctx;
    if (state->step != AMP_TEMPLATE_CLOSED) {
        (void)state->socket; /* FIXME(close): release the connection, also a half-open one */
    }
    state->step = AMP_TEMPLATE_CLOSED;
}

/* Closes the connection and stores `error`, the platform's code. Returns `status`. */
static int amp_template_fail(amp_template_t *state, int32_t error, amp_status_t status)
{
    amp_template_close(state);
    state->error = error;
    state->stage = status == AMP_ERR_DNS ? AMP_STAGE_DNS : AMP_STAGE_CONNECT;
    return (int)status;
}

/* Starts to connect and does not wait. Returns 0, or the result of amp_template_fail: with AMP_ERR_DNS if the
 * name cannot be resolved, with AMP_ERR_CONNECT if the connection cannot be made. `close` does not run after
 * a failure, so begin then releases what it created. */
static int amp_template_begin(amp_template_t *state, const char *host, uint16_t port)
{
    (void)host;
    (void)port;
    return amp_template_fail(state, -1, AMP_ERR_CONNECT); /* FIXME(begin): resolve host, start to connect */
}

/* Does not wait. Returns 1 when connected, 0 while connecting, or the result of amp_template_fail. */
static int amp_template_is_made(amp_template_t *state)
{
    return amp_template_fail(state, -1, AMP_ERR_CONNECT); /* FIXME(is_made): 1, 0 or failure */
}

static int amp_template_open(void *ctx, const char *host, uint16_t port)
{
    amp_template_t *state = ctx;
    if (state->step != AMP_TEMPLATE_CONNECTING) {
        amp_template_close(state);
        int result = amp_template_begin(state, host, port);
        if (result != 0) {
            return result;
        }
        state->step = AMP_TEMPLATE_CONNECTING;
    }
    int made = amp_template_is_made(state);
    if (made > 0) {
        state->step = AMP_TEMPLATE_OPEN;
    }
    return made;
}

static int amp_template_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_template_t *state = ctx;
    (void)data;
    (void)len;
    return amp_template_fail(state, 0, AMP_ERR_NETWORK); /* FIXME(send): bytes sent, 0 or failure */
}

static int amp_template_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_template_t *state = ctx;
    (void)data;
    (void)len;
    return amp_template_fail(state, 0, AMP_ERR_NETWORK); /* FIXME(recv): bytes read, 0 or failure */
}

static void amp_template_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_template_t *state = ctx;
    (void)state;
    (void)wanted;
    (void)ms; /* FIXME(wait): sleep until a wanted event happens, at most ms */
}

static void amp_template_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_template_t *state = ctx;
    out_report->stage = (amp_stage_t)state->stage;
    out_report->code = state->error;
    out_report->origin = AMP_ORIGIN_PORT; /* AMP_ORIGIN_ERRNO if your network reports an errno */
}

void amp_template_init(amp_template_t *state, amp_port_t *out_port)
{
    const amp_port_t port = {state,
                             amp_template_open,
                             amp_template_send,
                             amp_template_recv,
                             amp_template_close,
                             amp_template_now_ms,
                             amp_template_wait,
                             amp_template_report,
                             0,
                             NULL}; /* idle_ms, for event loops: see port.h */
    memset(state, 0, sizeof *state);
    *out_port = port;
}

#else
typedef int amp_template_is_not_for_this_platform;
#endif

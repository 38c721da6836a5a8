/* SPDX-License-Identifier: MIT */
/* The socket port over a byte pipe. Invariant: `dirty` is 1 whenever the modem may be connected or dialling,
 * so that the next dialling hangs up first. */
#include "amp_uart.h"

#include <string.h>

#include "dial.h"

enum { AMP_UART_CLOSED, AMP_UART_DIALLING, AMP_UART_OPEN };

static void amp_uart_close(void *ctx)
{
    amp_uart_t *state = ctx;
    if (state->dirty && state->pipe->hang_up != NULL) {
        state->pipe->hang_up(state->pipe->ctx);
    }
    state->phase = AMP_UART_CLOSED;
}

static int amp_uart_open(void *ctx, const char *host, uint16_t number)
{
    amp_uart_t *state = ctx;
    int result = 0;
    if (state->phase == AMP_UART_DIALLING) {
        result = amp_uart_dial_on(state);
    } else {
        amp_uart_close(state);
        state->phase = AMP_UART_DIALLING;
        if (state->pipe->dial != NULL) {
            amp_uart_dial(state, host, number);
        } else {
            result = 1;
        }
    }
    if (result != 0) {
        state->phase = result > 0 ? AMP_UART_OPEN : AMP_UART_CLOSED;
        state->dirty = result > 0 && state->pipe->dial != NULL;
    }
    return result;
}

static int amp_uart_is_gone(const amp_uart_t *state)
{
    return state->pipe->carrier != NULL && !state->pipe->carrier(state->pipe->ctx);
}

static int amp_uart_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_uart_t *state = ctx;
    if (state->phase != AMP_UART_OPEN || amp_uart_is_gone(state)) {
        return AMP_ERR_ABORTED;
    }
    return (int)state->pipe->write(state->pipe->ctx, data, len < 0x7fffu ? len : 0x7fffu);
}

static int amp_uart_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_uart_t *state = ctx;
    /* Test the carrier before the read: bytes that arrived before the carrier was lost must be read first. */
    int gone = amp_uart_is_gone(state);
    if (state->phase != AMP_UART_OPEN) {
        return AMP_ERR_ABORTED;
    }
    int received = (int)state->pipe->read(state->pipe->ctx, data, len < 0x7fffu ? len : 0x7fffu);
    return received > 0 ? received : gone ? AMP_ERR_ABORTED : 0;
}

static uint32_t amp_uart_now_ms(void *ctx)
{
    const amp_uart_t *state = ctx;
    return state->pipe->now_ms(state->pipe->ctx);
}

static void amp_uart_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_uart_t *state = ctx;
    if (state->phase == AMP_UART_DIALLING) {
        wanted = amp_uart_dial_wants(state, &ms);
    }
    if (state->pipe->wait != NULL) {
        state->pipe->wait(state->pipe->ctx, wanted, ms);
    }
}

/* A pause of the modem, or its answer, takes a limited time while dialling. */
static uint32_t amp_uart_idle_ms(void *ctx, unsigned *wanted)
{
    const amp_uart_t *state = ctx;
    uint32_t ms = AMP_NEVER_MS;
    if (state->phase == AMP_UART_DIALLING) {
        *wanted = amp_uart_dial_wants(state, &ms);
    }
    return ms;
}

static void amp_uart_report(void *ctx, amp_port_report_t *out_report)
{
    (void)ctx;
    out_report->stage = AMP_STAGE_CONNECT;
    out_report->code = 0;
    out_report->origin = AMP_ORIGIN_PORT;
}

void amp_uart_init(amp_uart_t *port_state, const amp_uart_pipe_t *pipe, amp_port_t *out_port)
{
    const amp_port_t port = {port_state,      amp_uart_open,   amp_uart_send,
                             amp_uart_recv,   amp_uart_close,  amp_uart_now_ms,
                             amp_uart_wait,   amp_uart_report, 0,
                             amp_uart_idle_ms};
    memset(port_state, 0, sizeof *port_state);
    port_state->pipe = pipe;
    port_state->dirty = pipe->dial != NULL; /* the modem may be connected since before a restart */
    *out_port = port;
}

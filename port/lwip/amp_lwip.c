/* SPDX-License-Identifier: MIT */
/* The socket port over lwIP's raw API. lwIP's callbacks store events in the state; the port's functions read
 * them. Invariant: `pcb` is NULL as soon as lwIP has freed the connection. `status` is 0 until the
 * connection fails or ends. */
#if defined(AMP_PORT_LWIP)

#include "amp_lwip.h"

#include <string.h>

#include <lwip/dns.h>
#include <lwip/sys.h>
#include <lwip/tcp.h>

/* Values of `step`. A callback of lwIP sets AMP_LWIP_CONNECTED; `open` then sets AMP_LWIP_OPEN. */
enum { AMP_LWIP_IDLE, AMP_LWIP_OPENING, AMP_LWIP_CONNECTED, AMP_LWIP_OPEN };

static int amp_lwip_fail(amp_lwip_t *state, err_t error, amp_status_t status)
{
    state->error = error;
    state->status = (int16_t)status;
    return status;
}

static err_t amp_lwip_on_connected(void *arg, struct tcp_pcb *pcb, err_t error)
{
    amp_lwip_t *state = arg;
    (void)pcb;
    state->step = AMP_LWIP_CONNECTED;
    return error;
}

static err_t amp_lwip_on_received(void *arg, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
    amp_lwip_t *state = arg;
    (void)pcb;
    if (data == NULL) {
        (void)amp_lwip_fail(state, ERR_OK, AMP_ERR_CLOSED);
    } else if (state->received == NULL) {
        state->received = data;
    } else if (state->received->tot_len > UINT16_MAX - data->tot_len) {
        return ERR_MEM; /* lwIP keeps the data and calls again */
    } else {
        pbuf_cat(state->received, data);
    }
    return error;
}

/* lwIP has already freed the pcb when it calls this function. */
static void amp_lwip_on_error(void *arg, err_t error)
{
    amp_lwip_t *state = arg;
    amp_status_t status = error == ERR_RST ? AMP_ERR_ABORTED : AMP_ERR_NETWORK;
    state->pcb = NULL;
    (void)amp_lwip_fail(state, error, state->step == AMP_LWIP_OPENING ? AMP_ERR_CONNECT : status);
}

static void amp_lwip_on_found(const char *name, const ip_addr_t *address, void *arg)
{
    amp_lwip_t *state = arg;
    err_t error = ERR_MEM;
    /* A cancelled look-up may end while another one is in progress. */
    if (state->step != AMP_LWIP_OPENING || state->pcb != NULL || strcmp(name, state->host) != 0) {
        return;
    }
    if (address == NULL) {
        (void)amp_lwip_fail(state, ERR_VAL, AMP_ERR_DNS);
        return;
    }
    state->stage = AMP_STAGE_CONNECT;
    state->pcb = tcp_new_ip_type(IP_GET_TYPE(address));
    if (state->pcb != NULL) {
        tcp_arg(state->pcb, state);
        tcp_recv(state->pcb, amp_lwip_on_received);
        tcp_err(state->pcb, amp_lwip_on_error);
        /* A request is sent in one piece. Nagle's algorithm would only delay it. */
        tcp_nagle_disable(state->pcb);
        error = tcp_connect(state->pcb, address, state->number, amp_lwip_on_connected);
    }
    if (error != ERR_OK) {
        (void)amp_lwip_fail(state, error, AMP_ERR_CONNECT);
    }
}

static void amp_lwip_close(void *ctx)
{
    amp_lwip_t *state = ctx;
    state->received = pbuf_free_header(state->received, UINT16_MAX); /* frees all of it */
    if (state->pcb != NULL) {
        tcp_arg(state->pcb, NULL);
        tcp_recv(state->pcb, NULL);
        tcp_err(state->pcb, NULL);
        if (tcp_close(state->pcb) != ERR_OK) {
            tcp_abort(state->pcb);
        }
        state->pcb = NULL;
    }
    state->step = AMP_LWIP_IDLE;
}

static int amp_lwip_open(void *ctx, const char *host, uint16_t number)
{
    amp_lwip_t *state = ctx;
    ip_addr_t address;
    if (state->step == AMP_LWIP_CONNECTED) {
        state->step = AMP_LWIP_OPEN;
        return 1;
    }
    if (state->step != AMP_LWIP_OPENING) {
        amp_lwip_close(state);
        state->step = AMP_LWIP_OPENING;
        state->stage = AMP_STAGE_DNS;
        state->host = host;
        state->number = number;
        (void)amp_lwip_fail(state, ERR_OK, AMP_OK);
        err_t error = dns_gethostbyname(host, &address, amp_lwip_on_found, state);
        if (error != ERR_INPROGRESS) {
            amp_lwip_on_found(host, error == ERR_OK ? &address : NULL, state);
        }
    }
    if (state->status < 0) {
        amp_lwip_close(state);
    }
    return state->status;
}

static int amp_lwip_send(void *ctx, const uint8_t *data, size_t len)
{
    amp_lwip_t *state = ctx;
    if (state->pcb == NULL) {
        return state->status != 0 ? state->status : AMP_ERR_ABORTED;
    }
    size_t room = tcp_sndbuf(state->pcb);
    len = len < room ? len : room;
    err_t error = len > 0 ? tcp_write(state->pcb, data, (uint16_t)len, TCP_WRITE_FLAG_COPY) : ERR_MEM;
    if (error != ERR_OK) {
        return error == ERR_MEM ? 0 : amp_lwip_fail(state, error, AMP_ERR_ABORTED);
    }
    /* lwIP's timers send the data that cannot be sent now. */
    (void)tcp_output(state->pcb);
    return (int)len;
}

static int amp_lwip_recv(void *ctx, uint8_t *data, size_t len)
{
    amp_lwip_t *state = ctx;
    if (state->received == NULL) {
        return state->status;
    }
    len = len < UINT16_MAX ? len : UINT16_MAX;
    uint16_t taken = pbuf_copy_partial(state->received, data, (uint16_t)len, 0);
    state->received = pbuf_free_header(state->received, taken);
    if (state->pcb != NULL) {
        tcp_recved(state->pcb, taken);
    }
    return taken;
}

static uint32_t amp_lwip_now_ms(void *ctx)
{
    (void)ctx;
    return sys_now();
}

/* Returns 1 when `wait` must end: a wanted event, a failure, or a new connection. */
static int amp_lwip_is_ready(const amp_lwip_t *state, unsigned wanted)
{
    return state->status != 0 || state->step == AMP_LWIP_CONNECTED ||
           ((wanted & AMP_WAIT_READ) != 0 && state->received != NULL) ||
           ((wanted & AMP_WAIT_WRITE) != 0 && state->step == AMP_LWIP_OPEN && tcp_sndbuf(state->pcb) > 0);
}

static void amp_lwip_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    const amp_lwip_t *state = ctx;
    uint32_t begin = sys_now();
    uint32_t passed = 0;
    while (state->poll != NULL && passed < ms && (wanted == 0 || !amp_lwip_is_ready(state, wanted))) {
        state->poll(state->poll_ctx, ms - passed);
        passed = sys_now() - begin;
    }
}

/* lwIP has no descriptor: its callbacks store the events in `state`. */
static uint32_t amp_lwip_idle_ms(void *ctx, unsigned *wanted)
{
    return amp_lwip_is_ready(ctx, *wanted) ? 0 : AMP_NEVER_MS;
}

static void amp_lwip_report(void *ctx, amp_port_report_t *out_report)
{
    const amp_lwip_t *state = ctx;
    out_report->stage = (amp_stage_t)state->stage;
    out_report->code = state->error;
    out_report->origin = AMP_ORIGIN_LWIP;
}

void amp_lwip_init(amp_lwip_t *port_state, amp_lwip_poll_fn poll, void *poll_ctx, amp_port_t *out_port)
{
    const amp_port_t port = {port_state,      amp_lwip_open,   amp_lwip_send,
                             amp_lwip_recv,   amp_lwip_close,  amp_lwip_now_ms,
                             amp_lwip_wait,   amp_lwip_report, 0,
                             amp_lwip_idle_ms};
    memset(port_state, 0, sizeof *port_state);
    port_state->poll = poll;
    port_state->poll_ctx = poll_ctx;
    *out_port = port;
}

#else
typedef int amp_lwip_is_not_for_this_platform;
#endif

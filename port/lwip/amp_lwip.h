/* SPDX-License-Identifier: MIT */
/* TCP over lwIP's raw API: no operating system, no threads, no sockets (NO_SYS 1).
 *
 * Compiled where AMP_PORT_LWIP is defined; nothing elsewhere. lwIP 2.1 with LWIP_TCP, and LWIP_DNS
 * where hosts are names. All calls, and all of lwIP's own work, are made from one task; none from
 * an interrupt.
 *
 * What arrives is kept in lwIP's own buffers until it is read, and lwIP's window tells the peer to
 * wait: a slow reader costs no more memory than TCP_WND. Of a name the one address that lwIP's
 * resolver gives is tried. Codes in amp_client_info() are lwIP's err_t. */
#ifndef AMP_LWIP_H
#define AMP_LWIP_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcp_pcb;
struct pbuf;

/* Lets the network work: hands what the driver received to lwIP, and calls sys_check_timeouts. It
 * may sleep until something arrives, but no longer than `ms`. */
typedef void (*amp_lwip_poll_fn)(void *ctx, uint32_t ms);

/* The port's state, private. It stays in place as long as lwIP runs: a look-up that was given up
 * ends by itself. */
typedef struct {
    struct tcp_pcb *pcb;   /* once the address is found; NULL again once lwIP has freed it */
    struct pbuf *received; /* not yet read, and not yet given back to the peer's window */
    const char *host;      /* while it is looked up */
    amp_lwip_poll_fn poll;
    void *poll_ctx;
    uint16_t number;
    int16_t status; /* what `recv` gives once all is read, 0 "try again" */
    int8_t error;   /* lwIP's err_t */
    uint8_t step;
    uint8_t stage;
} amp_lwip_t;

/* Makes *out_port. `poll` is called by `wait` alone, over and over; a program whose own loop lets
 * the network work and which never waits may give NULL. Never fails. */
void amp_lwip_init(amp_lwip_t *port_state, amp_lwip_poll_fn poll, void *poll_ctx, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif

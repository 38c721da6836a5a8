/* SPDX-License-Identifier: MIT */
/** @file
 * TCP over lwIP's raw API: no operating system, no threads, no sockets (NO_SYS 1).
 *
 * Define AMP_PORT_LWIP to compile amp_lwip.c; otherwise the file is empty. It needs lwIP 2.1 with LWIP_TCP,
 * and with LWIP_DNS unless all hosts are literal addresses. Call the port and lwIP from one task, never from
 * an interrupt.
 *
 * Received bytes stay in lwIP's buffers until they are read, and lwIP's window makes the peer wait. A slow
 * reader needs no more memory than TCP_WND. lwIP's resolver returns one address of a name, and only this
 * address is tried. Codes in amp_client_info() are lwIP's err_t. */
#ifndef AMP_LWIP_H
#define AMP_LWIP_H

#include "ampersand/port.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcp_pcb;
struct pbuf;

/** Runs the network: passes received frames to lwIP and calls sys_check_timeouts(). It may sleep until a
 * frame arrives, but not longer than `ms` milliseconds. */
typedef void (*amp_lwip_poll_fn)(void *ctx, uint32_t ms);

/** The port's state, private. The caller owns the memory, which must stay in place as long as lwIP runs: lwIP
 * reports the end of a cancelled look-up later. */
typedef struct {
    struct tcp_pcb *pcb;   /**< from the end of the look-up until lwIP frees it, otherwise NULL */
    struct pbuf *received; /**< not yet read, and still counted in the receive window */
    const char *host;      /**< the caller's string, used during the look-up */
    amp_lwip_poll_fn poll; /**< runs the network during `wait` */
    void *poll_ctx;        /**< passed to it */
    uint16_t number;       /**< the TCP port */
    int16_t status;        /**< return value of `recv` after the last byte; 0: try again */
    int8_t error;          /**< lwIP's err_t */
    uint8_t step;          /**< progress of `open` */
    uint8_t stage;         /**< for the report */
} amp_lwip_t;

/** Initializes *port_state and *out_port. `wait` calls poll(poll_ctx, ms) in a loop; no other function does.
 * A program that runs the network in its own loop, and never waits, may pass NULL. Never fails. */
void amp_lwip_init(amp_lwip_t *port_state, amp_lwip_poll_fn poll, void *poll_ctx, amp_port_t *out_port);

#ifdef __cplusplus
}
#endif
#endif

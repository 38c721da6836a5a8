/* SPDX-License-Identifier: MIT */
/* A polled driver of the board's Ethernet controller, for lwIP. */
#ifndef LAN9118_H
#define LAN9118_H

#include <lwip/netif.h>

err_t lan9118_init(struct netif *netif); /* for netif_add */

/* Passes one received frame to lwIP. Returns 1, or 0 when there was none. */
int lan9118_receive(struct netif *netif);

/* The number of frames sent and received. */
uint32_t lan9118_frames(void);

#endif

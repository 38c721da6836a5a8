/* SPDX-License-Identifier: MIT */
/* A polled driver of the board's Ethernet controller, for lwIP. */
#ifndef LAN9118_H
#define LAN9118_H

#include <lwip/netif.h>

err_t lan9118_init(struct netif *netif); /* for netif_add */

/* Hands a frame that has arrived to lwIP. 1 when there was one. */
int lan9118_receive(struct netif *netif);

/* How many were sent and received. */
uint32_t lan9118_frames(void);

#endif

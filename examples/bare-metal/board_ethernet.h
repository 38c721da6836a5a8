/* SPDX-License-Identifier: MIT */
/* A polled driver of the board's Ethernet controller, for lwIP. Each folder of boards/ has one. */
#ifndef BOARD_ETHERNET_H
#define BOARD_ETHERNET_H

#include <lwip/netif.h>

/* For netif_add. Returns ERR_OK, or ERR_IF if there is no controller that works. */
err_t board_ethernet_init(struct netif *netif);

/* Passes one received frame to lwIP. Returns 1, or 0 when there was none. */
int board_ethernet_receive(struct netif *netif);

/* The number of frames sent and received; wraps at 2^32. */
uint32_t board_ethernet_frames(void);

#endif

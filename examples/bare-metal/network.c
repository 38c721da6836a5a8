/* SPDX-License-Identifier: MIT */
/* lwIP's network interface, with the fixed addresses of QEMU's user network. */
#include "network.h"

#include "board.h"
#include "board_ethernet.h"

#include <lwip/dns.h>
#include <lwip/init.h>
#include <lwip/sys.h>
#include <lwip/timeouts.h>
#include <netif/ethernet.h>

/* The most frames that one poll passes to lwIP, so that a flood of frames does not delay deadlines. */
#define NETWORK_MAX_FRAMES 16

static struct netif netif;

u32_t sys_now(void)
{
    return board_now_ms();
}

void network_start(void)
{
    ip4_addr_t address, mask, gateway;
    ip_addr_t resolver;
    IP4_ADDR(&address, 10, 0, 2, 15);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 10, 0, 2, 2);
    IP_ADDR4(&resolver, 10, 0, 2, 3);
    lwip_init();
    /* Without a controller that works there is no route: connections fail with AMP_ERR_CONNECT, code ERR_RTE.
     */
    if (netif_add(&netif, &address, &mask, &gateway, NULL, board_ethernet_init, ethernet_input) != NULL) {
        netif_set_default(&netif);
        netif_set_up(&netif);
    }
    dns_setserver(0, &resolver);
}

void network_poll(void *ctx, uint32_t ms)
{
    static uint32_t seen;
    int received = 0;
    (void)ctx;
    for (int i = 0; i < NETWORK_MAX_FRAMES && board_ethernet_receive(&netif); ++i) {
        received = 1;
    }
    sys_check_timeouts();
    if (!received && ms > 0) {
        uint32_t frames = board_ethernet_frames();
        board_sleep(frames == seen);
        seen = frames;
    }
}

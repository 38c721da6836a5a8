/* SPDX-License-Identifier: MIT */
/* Options of the firmware's lwIP on this machine. Its two ends are connected only by a loopback interface. */
#ifndef HOST_LWIPOPTS_H
#define HOST_LWIPOPTS_H

#include "../../../examples/bare-metal/lwipopts.h"

#undef MEM_ALIGNMENT
#define MEM_ALIGNMENT 8
#undef MEM_SIZE
#define MEM_SIZE 32768 /* both ends, and the data between them */
#undef MEMP_NUM_TCP_PCB
#define MEMP_NUM_TCP_PCB 8
#undef MEMP_NUM_TCP_SEG
#define MEMP_NUM_TCP_SEG 16
#undef MEMP_NUM_UDP_PCB
#define MEMP_NUM_UDP_PCB 4
#undef LWIP_NOASSERT
#undef LWIP_SINGLE_NETIF
#define LWIP_SINGLE_NETIF 0 /* lwIP adds the loopback interface */
#undef PBUF_POOL_SIZE
#define PBUF_POOL_SIZE 8
#define LWIP_HAVE_LOOPIF 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_LOOPBACK_MAX_PBUFS 64

#undef DNS_LOCAL_HOSTLIST_INIT
#define DNS_LOCAL_HOSTLIST_INIT                                                                              \
    {                                                                                                        \
        DNS_LOCAL_HOSTLIST_ELEM("near.test", IPADDR4_INIT_BYTES(127, 0, 0, 1))                               \
    }

#endif

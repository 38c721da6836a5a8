/* SPDX-License-Identifier: MIT */
/* lwIP's options for one connection at a time: 8 KB of static RAM. */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_STATS 0
#define LWIP_NOASSERT 1

#define LWIP_RAW 0
#define LWIP_ICMP 0 /* 0.5 KB: the device does not answer a ping; set it to 1 while you look for a fault */
#define LWIP_SINGLE_NETIF 1 /* no search for the right interface */
#define LWIP_NO_CTYPE_H 1   /* lwIP's own isdigit: the C library's needs a table of 257 bytes */
#define LWIP_DNS 1
#define DNS_MAX_SERVERS 1
#define LWIP_DHCP 0 /* the emulator's network has fixed addresses */
#define IP_REASSEMBLY 0
#define IP_FRAG 0
#define TCP_LISTEN_BACKLOG 0
#define LWIP_TCP_KEEPALIVE 0

#define MEM_ALIGNMENT 4
#define MEM_SIZE 2048 /* packets that are sent: TCP_SND_BUF and headers, or one request to DNS */
#define MEMP_NUM_TCP_PCB 3
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_UDP_PCB 1
#define MEMP_NUM_TCP_SEG 8
#define MEMP_NUM_PBUF 4
#define PBUF_POOL_SIZE 6 /* packets that arrive: those of TCP_WND, an ARP reply, and one in the driver */
#define ARP_TABLE_SIZE 4
#define DNS_TABLE_SIZE 1
#define DNS_MAX_NAME_LENGTH 64

#define TCP_MSS 536
#define TCP_WND (4 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS)
#define TCP_SND_QUEUELEN 6
#define TCP_QUEUE_OOSEQ 0
#define TCP_OVERSIZE                                                                                         \
    0 /* 0.3 KB: a TLS record is written at once, so there is nothing to append to a segment */
#define TCP_CALCULATE_EFF_SEND_MSS 0 /* 536 bytes fit every IPv4 network */

/* The sandbox's certificate names localhost. The emulated board reaches the host at 10.0.2.2. */
#define DNS_LOCAL_HOSTLIST 1
#define DNS_LOCAL_HOSTLIST_INIT                                                                              \
    {                                                                                                        \
        DNS_LOCAL_HOSTLIST_ELEM("localhost", IPADDR4_INIT_BYTES(10, 0, 2, 2))                                \
    }

#endif

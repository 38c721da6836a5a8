/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: of its options those that matter to the sockets;
 * menuconfig sets more. */
#pragma once
#include <sys/poll.h>
#define LWIP_SOCKET 1
#define LWIP_NETCONN 1
#define LWIP_DNS 1
#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_TCP 1
#define LWIP_RAW 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_POSIX_SOCKETS_IO_NAMES 0
#define LWIP_SOCKET_POLL 0
#define LWIP_TIMEVAL_PRIVATE 0
#define SO_REUSE 1
#define LWIP_TCP_KEEPALIVE 1

/* lwIP as ESP-IDF configures it, as far as its sockets are concerned. */
#pragma once
#include <sys/poll.h>
#define LWIP_SOCKET 1
#define LWIP_NETCONN 1
#define LWIP_DNS 1
#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_POSIX_SOCKETS_IO_NAMES 0
#define LWIP_SOCKET_POLL 0
#define LWIP_TIMEVAL_PRIVATE 0
#define SO_REUSE 1
#define LWIP_TCP_KEEPALIVE 1

/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same headers. The functions are in
 * ESP-IDF's copy of lwip/sockets.h, which Debian's does not have; of them those that are called. */
#pragma once
#include "lwip/sockets.h"
#include <net/if.h>
static inline int socket(int domain, int type, int protocol)
{
    return lwip_socket(domain, type, protocol);
}
static inline int connect(int fd, const struct sockaddr *name, socklen_t namelen)
{
    return lwip_connect(fd, name, namelen);
}
static inline ssize_t send(int fd, const void *data, size_t size, int flags)
{
    return lwip_send(fd, data, size, flags);
}
static inline ssize_t recv(int fd, void *data, size_t size, int flags)
{
    return lwip_recv(fd, data, size, flags);
}
static inline int setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
    return lwip_setsockopt(fd, level, name, value, len);
}
static inline int getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
    return lwip_getsockopt(fd, level, name, value, len);
}
static inline int getpeername(int fd, struct sockaddr *name, socklen_t *namelen)
{
    return lwip_getpeername(fd, name, namelen);
}
static inline const char *inet_ntop(int family, const void *address, char *text, socklen_t size)
{
    return lwip_inet_ntop(family, address, text, size);
}

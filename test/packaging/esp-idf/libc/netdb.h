/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same header. The functions are in
 * ESP-IDF's copy of lwip/netdb.h, which Debian's does not have; getnameinfo is not here. */
#pragma once
#include "lwip/netdb.h"
static inline int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                              struct addrinfo **result)
{
    return lwip_getaddrinfo(node, service, hints, result);
}
static inline void freeaddrinfo(struct addrinfo *info)
{
    lwip_freeaddrinfo(info);
}

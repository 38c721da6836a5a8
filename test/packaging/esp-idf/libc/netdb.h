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

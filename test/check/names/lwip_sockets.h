/* SPDX-License-Identifier: MIT */
/* lwip/sockets.h and lwip/netdb.h with LWIP_COMPAT_SOCKETS 1, lwIP's default: the POSIX calls are macros.
 * Compared with lwIP 2.1.3; the expansions are the same. ESP-IDF sets the option to 0 and has inline
 * functions. */
#ifndef NAMES_LWIP_SOCKETS_H
#define NAMES_LWIP_SOCKETS_H

#define accept(s, addr, addrlen) lwip_accept(s, addr, addrlen)
#define bind(s, name, namelen) lwip_bind(s, name, namelen)
#define shutdown(s, how) lwip_shutdown(s, how)
#define connect(s, name, namelen) lwip_connect(s, name, namelen)
#define getsockopt(s, level, optname, opval, optlen) lwip_getsockopt(s, level, optname, opval, optlen)
#define setsockopt(s, level, optname, opval, optlen) lwip_setsockopt(s, level, optname, opval, optlen)
#define closesocket(s) lwip_close(s)
#define listen(s, backlog) lwip_listen(s, backlog)
#define recv(s, mem, len, flags) lwip_recv(s, mem, len, flags)
#define send(s, dataptr, size, flags) lwip_send(s, dataptr, size, flags)
#define socket(domain, type, protocol) lwip_socket(domain, type, protocol)
#define poll(fds, nfds, timeout) lwip_poll(fds, nfds, timeout)
#define select(maxfdp1, readset, writeset, exceptset, timeout)                                               \
    lwip_select(maxfdp1, readset, writeset, exceptset, timeout)
#define read(s, mem, len) lwip_read(s, mem, len)
#define write(s, dataptr, len) lwip_write(s, dataptr, len)
#define close(s) lwip_close(s)
#define fcntl(s, cmd, val) lwip_fcntl(s, cmd, val)
#define freeaddrinfo(addrinfo) lwip_freeaddrinfo(addrinfo)
#define getaddrinfo(nodname, servname, hints, res) lwip_getaddrinfo(nodname, servname, hints, res)

#endif

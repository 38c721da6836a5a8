/* SPDX-License-Identifier: MIT */
/* Parses literal IP addresses. */
#ifndef AMP_SRC_IP_H
#define AMP_SRC_IP_H

#include <stddef.h>
#include <stdint.h>

/* Reads a NUL-terminated literal IPv4 or IPv6 address into network byte order. Returns its length, 4 or 16,
 * or 0 when the text is not a literal address. A zone ("fe80::1%eth0") is refused. On 0 the content of
 * out_address is undefined. */
size_t amp__ip_parse(const char *text, uint8_t out_address[16]);

#endif

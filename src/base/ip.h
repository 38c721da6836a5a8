/* SPDX-License-Identifier: MIT */
/* Literal IP addresses. */
#ifndef AMP_SRC_IP_H
#define AMP_SRC_IP_H

#include <stddef.h>
#include <stdint.h>

/* Reads a literal IPv4 or IPv6 address closed by a NUL into network order. Gives its length, 4 or
 * 16, or 0 when the text is no such address. A zone (%eth0) is not part of one. */
size_t amp__ip_parse(const char *text, uint8_t out_address[16]);

#endif

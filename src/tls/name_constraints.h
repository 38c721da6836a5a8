/* SPDX-License-Identifier: MIT */
/* Name constraints (RFC 5280, 4.2.1.10): subtrees of dNSName and iPAddress, permitted and excluded. */
#ifndef AMP_SRC_NAME_CONSTRAINTS_H
#define AMP_SRC_NAME_CONSTRAINTS_H

#include "mbedtls_compat.h"

/* 1 when each dNSName and iPAddress of `certificate` is one for which `authority`, a certificate above it in
 * the chain, may vouch. An authority without constraints may vouch for any name; one with constraints that
 * cannot be read, for none. Constraints of other forms are not looked at. */
int amp__constraints_allow(const mbedtls_x509_crt *authority, const mbedtls_x509_crt *certificate);

#endif

/* SPDX-License-Identifier: MIT */
/* Name constraints (RFC 5280, 4.2.1.10): subtrees of dNSName and iPAddress, permitted and excluded. */
#ifndef AMP_SRC_NAME_CONSTRAINTS_H
#define AMP_SRC_NAME_CONSTRAINTS_H

#include "mbedtls_compat.h"

/* Returns 1 when the constraints of `authority` allow each dNSName and iPAddress of `certificate`, which is
 * below it in the chain. An authority without constraints allows any name. An authority whose constraints
 * cannot be read allows no name. Constraints of other forms are ignored. */
int amp__constraints_allow(const mbedtls_x509_crt *authority, const mbedtls_x509_crt *certificate);

#endif

/* SPDX-License-Identifier: MIT */
/* Which ciphers, groups, signatures and keys are used: RFC 9325, and the same with each version of mbedTLS.
 */
#ifndef AMP_SRC_TLS_POLICY_H
#define AMP_SRC_TLS_POLICY_H

#include "mbedtls_compat.h"

/* mbedTLS 3.6.6 and 4.1.0 offer RSA-PSS for the sake of TLS 1.3 and refuse it, with
 * MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER, when a server chooses it in TLS 1.2 (Mbed-TLS/mbedtls issue 10668, fixed
 * after those releases). */
#if (MBEDTLS_VERSION_NUMBER == 0x03060600 || MBEDTLS_VERSION_NUMBER == 0x04010000) &&                        \
    defined(MBEDTLS_SSL_PROTO_TLS1_3) && defined(MBEDTLS_SSL_PROTO_TLS1_2)
#define AMP_MBED_REFUSES_PSS 1
#endif

/* Sets the policy. mbedTLS reads it from constant tables, in which it passes over what it was built without.
 */
void amp__policy_use(mbedtls_ssl_config *conf);

/* Says whether the next handshakes offer RSA-PSS. No-op where mbedTLS can handle it. */
void amp__policy_offer_pss(mbedtls_ssl_config *conf, int offered);

/* 1 when `result` of a handshake is the refusal of AMP_MBED_REFUSES_PSS: one more connection, which does not
 * offer RSA-PSS, may do. */
int amp__policy_refused_pss(const mbedtls_ssl_context *ssl, int result);

#endif

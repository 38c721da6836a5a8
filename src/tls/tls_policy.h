/* SPDX-License-Identifier: MIT */
/* The policy for ciphers, groups, signatures and keys (RFC 9325), the same with each version of mbedTLS. */
#ifndef AMP_SRC_TLS_POLICY_H
#define AMP_SRC_TLS_POLICY_H

#include "mbedtls_compat.h"

/* mbedTLS 3.6.6 and 4.1.0 offer RSA-PSS, because TLS 1.3 requires it. When a server chooses it in TLS 1.2,
 * they fail with MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER (Mbed-TLS/mbedtls issue 10668, fixed after those
 * releases). */
#if (MBEDTLS_VERSION_NUMBER == 0x03060600 || MBEDTLS_VERSION_NUMBER == 0x04010000) &&                        \
    defined(MBEDTLS_SSL_PROTO_TLS1_3) && defined(MBEDTLS_SSL_PROTO_TLS1_2)
#define AMP_MBED_REFUSES_PSS 1
#endif

/* Sets the policy. mbedTLS keeps pointers to constant tables, and skips entries that it was built without. */
void amp__policy_use(mbedtls_ssl_config *conf);

/* Prepares the key exchange of the next handshake. `resumes`: it offers a session of TLS 1.3.
 *
 * Such a session is resumed with a new key exchange (psk_dhe_ke), so that the connection has forward secrecy,
 * and a server cannot choose otherwise. AMP_TLS_PSK_ONLY changes that: it is resumed without one (psk_ke). No
 * key share is sent then, so a server that refuses psk_ke ends the handshake. */
void amp__policy_exchange(mbedtls_ssl_config *conf, int resumes);

/* Sets whether the next handshakes offer RSA-PSS. No-op for versions of mbedTLS that can handle it. */
void amp__policy_offer_pss(mbedtls_ssl_config *conf, int offered);

/* Returns 1 when `result` of a handshake is caused by AMP_MBED_REFUSES_PSS. A second connection that does not
 * offer RSA-PSS may succeed then. */
int amp__policy_refused_pss(const mbedtls_ssl_context *ssl, int result);

#endif

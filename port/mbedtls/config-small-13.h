/* SPDX-License-Identifier: MIT */
/* config-small.h with TLS 1.3: a configuration of mbedTLS 3.6 for a microcontroller whose server requires TLS
 * 1.3. Another server is cheaper with config-small.h: docs/costs.md has flash, arena and instructions of
 * both.
 *
 * Use: as config-small.h, with -DMBEDTLS_CONFIG_FILE='"config-small-13.h"'. The application provides the
 * same. The options of config-small.h apply too, except AMP_MBEDTLS_RESTARTABLE, which a handshake of TLS 1.3
 * ignores.
 *
 * Further options, for all files like the configuration itself:
 * - -DAMP_TLS_PSK_ONLY: a session of TLS 1.3 is resumed without a key exchange (psk_ke), which takes most of
 *   the instructions of a resumed handshake. Its connection then has no forward secrecy, as with TLS 1.2.
 *   Only for servers that allow psk_ke: docs/memory.md explains the choice.
 * - -DAMP_MBEDTLS_ONLY_13: leaves out TLS 1.2.
 *
 * Few servers reduce their records for TLS 1.3, and an answer in a record of more than
 * MBEDTLS_SSL_IN_CONTENT_LEN bytes is AMP_ERR_TLS_BUFFER. One connection fits into 2 KB; for lists raise
 * MBEDTLS_SSL_IN_CONTENT_LEN. */
#ifndef AMP_MBEDTLS_CONFIG_SMALL_13_H
#define AMP_MBEDTLS_CONFIG_SMALL_13_H

#include "config-small.h"

/* Protocol */
#define MBEDTLS_SSL_PROTO_TLS1_3                               /* Version 1.3. */
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE                  /* Looks like TLS 1.2 to middleboxes. */
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED /* Authentication by certificate; */
#if defined(AMP_TLS_PSK_ONLY)
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED /* or resumption without a key exchange, */
#else
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_EPHEMERAL_ENABLED /* or resumption with one. */
#endif
#undef MBEDTLS_SSL_MAX_FRAGMENT_LENGTH    /* With TLS 1.3 this library must not use it. */
#define MBEDTLS_SSL_RECORD_SIZE_LIMIT     /* The request of TLS 1.3 for them (RFC 8449). */
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE /* TLS 1.3 requires it. It is no part of a saved session. */

#if defined(AMP_MBEDTLS_ONLY_13)
#undef MBEDTLS_SSL_PROTO_TLS1_2                 /* No other version, */
#undef MBEDTLS_SSL_EXTENDED_MASTER_SECRET       /* nor what belongs to it: its key derivation */
#undef MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED /* and its key exchanges. */
#undef MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#endif

/* Cryptography. TLS 1.3 computes with PSA, and certificates are checked without it. */
#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_HKDF_C               /* Key derivation of TLS 1.3. */
#define MBEDTLS_PSA_KEY_SLOT_COUNT 8 /* Keys at a time. A handshake has 3. */

#endif

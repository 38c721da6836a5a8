/* SPDX-License-Identifier: MIT */
/* A configuration of mbedTLS 2.28 or 3.6 for a board with a few hundred KB of memory and an operating system:
 * TLS 1.2, TLS 1.3 where mbedTLS has it, elliptic curves and RSA, records of any size. On ESP-IDF set the
 * same options with menuconfig instead.
 *
 * Use: compile mbedTLS, this library and every file that includes mbedTLS with
 *     -DMBEDTLS_CONFIG_FILE='"config-standard.h"' and port/mbedtls on the include path.
 * All of them must use the same configuration, because it sets the layout of mbedTLS's structs. */
#ifndef AMP_MBEDTLS_CONFIG_STANDARD_H
#define AMP_MBEDTLS_CONFIG_STANDARD_H

/* Memory */
#define MBEDTLS_PLATFORM_C               /* The allocator is a function pointer */
#define MBEDTLS_PLATFORM_MEMORY          /* that can be set at run time: calloc, or */
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C    /* a static array after amp_tls_arena_init(). */
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384 /* The largest record of TLS: every server's records fit. */
#define MBEDTLS_SSL_OUT_CONTENT_LEN 4096 /* A longer request is sent in several records. */
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH  /* Used by TLS 1.2 if MBEDTLS_SSL_IN_CONTENT_LEN is lowered. */
#define MBEDTLS_AES_ROM_TABLES           /* AES tables in flash instead of RAM. */

/* System */
#define MBEDTLS_HAVE_ASM       /* Assembly for multiplication, where mbedTLS has it. */
#define MBEDTLS_HAVE_TIME      /* The system has time(). */
#define MBEDTLS_HAVE_TIME_DATE /* Its time is right, and mbedTLS checks the dates of certificates. */
#define MBEDTLS_FS_IO          /* Anchors may be files */
#define MBEDTLS_PEM_PARSE_C    /* in PEM format, */
#define MBEDTLS_BASE64_C       /* which uses base64. */
#define MBEDTLS_CTR_DRBG_C     /* A random generator over AES, */
#define MBEDTLS_ENTROPY_C      /* seeded by the system's generator. */

/* Protocol */
#define MBEDTLS_SSL_TLS_C                        /* TLS */
#define MBEDTLS_SSL_CLI_C                        /* client */
#define MBEDTLS_SSL_PROTO_TLS1_2                 /* Version 1.2. */
#define MBEDTLS_SSL_SERVER_NAME_INDICATION       /* SNI: one address can serve many names. */
#define MBEDTLS_SSL_ALPN                         /* ALPN: the client offers http/1.1. */
#define MBEDTLS_SSL_SESSION_TICKETS              /* Resumption by tickets, which the server need not store. */
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET       /* RFC 7627: binds a session to its handshake. */
#define MBEDTLS_SSL_ENCRYPT_THEN_MAC             /* RFC 7366, for suites with CBC. */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED /* Key exchanges with forward secrecy, */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED   /* for both types of server keys. */

/* mbedTLS 3.6 has TLS 1.3. It uses the PSA interface. */
#if defined(MBEDTLS_VERSION_NUMBER) && MBEDTLS_VERSION_NUMBER >= 0x03060000
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE                  /* Looks like TLS 1.2 to middleboxes. */
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED /* Authentication by certificate; */
#if defined(AMP_TLS_PSK_ONLY)
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED /* or resumption without a key exchange, */
#else
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_EPHEMERAL_ENABLED /* or resumption with one. */
#endif                                                             /* docs/memory.md explains the choice. */
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE                          /* TLS 1.3 requires it. */
#define MBEDTLS_PSA_CRYPTO_C                                       /* TLS 1.3 computes with PSA. */
#define MBEDTLS_HKDF_C                                             /* Key derivation of TLS 1.3. */
#endif

/* Certificates */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C              /* Parsing of X.509 certificates. */
#define MBEDTLS_X509_CHECK_KEY_USAGE          /* Checks the purpose of a certificate. mbedTLS 3.0 */
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE /* and later always does. */
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT       /* Certificates with RSA-PSS signatures. */
#define MBEDTLS_ASN1_PARSE_C                  /* The encoding of certificates. */
#define MBEDTLS_ASN1_WRITE_C                  /* ECDSA needs it for signatures. */
#define MBEDTLS_OID_C                         /* Object identifiers of algorithms. */
#define MBEDTLS_PK_C                          /* Public keys of all types, */
#define MBEDTLS_PK_PARSE_C                    /* and their encoding in certificates. */

/* Cryptography */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_NIST_OPTIM            /* Fast reduction for the NIST primes: five times faster. */
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED  /* The curve of nearly all certificates. */
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED  /* The curve of most roots. */
#define MBEDTLS_ECP_DP_CURVE25519_ENABLED /* The curve of many handshakes. */
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15 /* PKCS #1 v1.5: the signatures of nearly all RSA certificates. */
#define MBEDTLS_PKCS1_V21 /* PSS: the newer signatures, which TLS 1.3 requires. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA224_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C /* In mbedTLS 2.28 it includes SHA-384. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_GCM_C        /* AES-GCM. */
#define MBEDTLS_CHACHA20_C   /* ChaCha20-Poly1305: */
#define MBEDTLS_POLY1305_C   /* fast on processors */
#define MBEDTLS_CHACHAPOLY_C /* without AES instructions. */

/* mbedTLS 2.28 expects a configuration to include its check at the end; 3.0 and later do it themselves.
 * In 2.28 the version number is not yet defined here. */
#if !defined(MBEDTLS_VERSION_NUMBER)
#include "mbedtls/check_config.h"
#endif

#endif

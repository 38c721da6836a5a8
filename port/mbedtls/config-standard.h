/* SPDX-License-Identifier: MIT */
/* mbedTLS 2.28 or 3.6 for a board with a few hundred KB of memory and an operating system: TLS 1.2, and
 * 1.3 where mbedTLS has it; elliptic curves and RSA; records of any size. On ESP-IDF menuconfig says
 * the same things; this is for the rest.
 *
 * Use: compile mbedTLS, this library and all that includes mbedTLS with
 *     -DMBEDTLS_CONFIG_FILE='"config-standard.h"' and port/mbedtls on the include path.
 * All of them with the same one: it decides what mbedTLS's structs look like. */
#ifndef AMP_MBEDTLS_CONFIG_STANDARD_H
#define AMP_MBEDTLS_CONFIG_STANDARD_H

/* Memory */
#define MBEDTLS_PLATFORM_C               /* mbedTLS takes memory where it is told to, */
#define MBEDTLS_PLATFORM_MEMORY          /* at run time: from calloc, until */
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C    /* amp_tls_arena_init gives it a static array. */
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384 /* The largest record there is: any server's will fit. */
#define MBEDTLS_SSL_OUT_CONTENT_LEN 4096 /* A request is sent in as many records as it takes. */
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH  /* For whoever makes the first of these smaller. */
#define MBEDTLS_AES_ROM_TABLES           /* AES's tables in flash instead of RAM. */

/* System */
#define MBEDTLS_HAVE_ASM       /* Multiplication in assembly where there is one. */
#define MBEDTLS_HAVE_TIME      /* There is a time(), */
#define MBEDTLS_HAVE_TIME_DATE /* it is right, and certificates are held to it. */
#define MBEDTLS_FS_IO          /* Anchors may be files, */
#define MBEDTLS_PEM_PARSE_C    /* and PEM, */
#define MBEDTLS_BASE64_C       /* which is written in base 64. */
#define MBEDTLS_CTR_DRBG_C     /* A generator over AES, */
#define MBEDTLS_ENTROPY_C      /* seeded by the system's own. */

/* Protocol */
#define MBEDTLS_SSL_TLS_C                        /* TLS, */
#define MBEDTLS_SSL_CLI_C                        /* as a client, */
#define MBEDTLS_SSL_PROTO_TLS1_2                 /* version 1.2. */
#define MBEDTLS_SSL_SERVER_NAME_INDICATION       /* One address serves many names: say which is wanted. */
#define MBEDTLS_SSL_ALPN                         /* Say that HTTP/1.1 will be spoken. */
#define MBEDTLS_SSL_SESSION_TICKETS              /* Sessions that the server need not remember: resumption. */
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET       /* RFC 7627: binds a session to its handshake. */
#define MBEDTLS_SSL_ENCRYPT_THEN_MAC             /* RFC 7366, for suites with CBC. */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED /* Key exchanges with forward secrecy, for a */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED   /* server whose key is of either kind. */

/* Version 1.3 is in 3.6, over its PSA interface. */
#if defined(MBEDTLS_VERSION_NUMBER) && MBEDTLS_VERSION_NUMBER >= 0x03060000
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE                  /* Look like 1.2 to what stands in the way. */
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED /* By certificate; */
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_EPHEMERAL_ENABLED /* or resumed, with a new exchange, */
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED           /* or without, forty times cheaper. */
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE                          /* 1.3 cannot be without. */
#define MBEDTLS_PSA_CRYPTO_C                                       /* What 1.3 computes by. */
#define MBEDTLS_HKDF_C                                             /* How it derives keys. */
#endif

/* Certificates */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C              /* X.509, read only. */
#define MBEDTLS_X509_CHECK_KEY_USAGE          /* A certificate is held to what it was given for; these two */
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE /* are no choice any more from 3.0 on. */
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT       /* With RSA's newer signatures. */
#define MBEDTLS_ASN1_PARSE_C                  /* What it is written in. */
#define MBEDTLS_ASN1_WRITE_C                  /* ECDSA wants it, for signatures. */
#define MBEDTLS_OID_C                         /* Names of algorithms. */
#define MBEDTLS_PK_C                          /* Public keys of any kind, */
#define MBEDTLS_PK_PARSE_C                    /* as they stand in certificates. */

/* Cryptography */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_NIST_OPTIM            /* Reduction made for these primes: five times faster. */
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED  /* The curve of nearly all certificates, */
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED  /* of most authorities' roots, */
#define MBEDTLS_ECP_DP_CURVE25519_ENABLED /* and of many handshakes. */
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15 /* The signatures of nearly all RSA certificates, */
#define MBEDTLS_PKCS1_V21 /* and the newer ones, which 1.3 wants. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA224_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C /* In 2.28 these two are one, and the two above. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_GCM_C        /* AES-GCM, and for processors without AES of their own */
#define MBEDTLS_CHACHA20_C   /* ChaCha20 */
#define MBEDTLS_POLY1305_C   /* with Poly1305, */
#define MBEDTLS_CHACHAPOLY_C /* which is fast in software. */

/* Version 2.28 checks a configuration where it ends; from 3.0 on mbedTLS does it by itself. The
 * version is not known yet in 2.28 only. */
#if !defined(MBEDTLS_VERSION_NUMBER)
#include "mbedtls/check_config.h"
#endif

#endif

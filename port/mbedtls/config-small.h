/* SPDX-License-Identifier: MIT */
/* mbedTLS 2.28 or 3.6 for a microcontroller: TLS 1.2, chains of elliptic-curve certificates, records
 * of 2 KB. About 53 KB of flash on a Cortex-M3 and an arena of 11 KB; what was measured is in README.md.
 *
 * Use: compile mbedTLS, this library and all that includes mbedTLS with
 *     -DMBEDTLS_CONFIG_FILE='"config-small.h"' and port/mbedtls on the include path.
 * All of them with the same one: it decides what mbedTLS's structs look like.
 *
 * What the application brings
 * - `int mbedtls_hardware_poll(void *, unsigned char *out, size_t len, size_t *out_len)`: true random
 *   bytes. Without a source of them there is no TLS. (Not where AMP_MBEDTLS_HOST is defined.)
 * - an arena: amp_tls_arena_init, before anything else of TLS.
 * - a clock in amp_tls_config_t. mbedTLS reads none here, so this library checks the dates.
 *
 * To be had more: -DAMP_MBEDTLS_WITH_RSA for chains with RSA in them (11 KB of flash, 7 KB of arena);
 * -DAMP_MBEDTLS_RESTARTABLE for amp_tls_set_max_ops, where a loop must not stand still for a whole step of a
 * handshake; -DAMP_MBEDTLS_HOST on a system with files and an entropy source, where tests run. */
#ifndef AMP_MBEDTLS_CONFIG_SMALL_H
#define AMP_MBEDTLS_CONFIG_SMALL_H

/* Memory */
#define MBEDTLS_PLATFORM_C              /* mbedTLS takes memory where it is told to, */
#define MBEDTLS_PLATFORM_MEMORY         /* at run time, */
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C   /* and brings an allocator over a static array. */
#define MBEDTLS_SSL_IN_CONTENT_LEN 2048 /* The largest record that can come in, and */
#define MBEDTLS_SSL_OUT_CONTENT_LEN                                                                          \
    2048                                      /* go out: the buffers are allocated whole. The certificates   \
                                               * of the server must fit too, in one message of 2048. */
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH       /* The server is asked for records that fit. This library does \
                                               * it by itself where the buffers are below 16 KB. One that    \
                                               * sends larger ones, or a longer chain, is AMP_ERR_TLS_BUFFER. */
#define MBEDTLS_MPI_MAX_SIZE AMP_MPI_MAX_SIZE /* Numbers as long as the longest key. */
#define MBEDTLS_ECP_WINDOW_SIZE 2             /* A small table of multiples of a point: 2 to 6. */
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0       /* None for the curve's own point either. */
#define MBEDTLS_AES_ROM_TABLES                /* AES's tables in flash instead of RAM, */
#define MBEDTLS_AES_FEWER_TABLES              /* and one instead of four. */
#define MBEDTLS_ENTROPY_MAX_SOURCES 2         /* Room for this many sources of randomness. */

/* Speed */
#define MBEDTLS_HAVE_ASM       /* Multiplication in assembly where there is one. */
#define MBEDTLS_ECP_NIST_OPTIM /* Reduction made for these primes: five times faster. */

/* Protocol */
#define MBEDTLS_SSL_TLS_C                  /* TLS, */
#define MBEDTLS_SSL_CLI_C                  /* as a client, */
#define MBEDTLS_SSL_PROTO_TLS1_2           /* version 1.2. Version 1.3 knows no small records in mbedTLS. */
#define MBEDTLS_SSL_SERVER_NAME_INDICATION /* One address serves many names: say which is wanted. */
#define MBEDTLS_SSL_ALPN                   /* Say that HTTP/1.1 will be spoken. */
#define MBEDTLS_SSL_SESSION_TICKETS        /* Sessions that the server need not remember: resumption. */
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET /* RFC 7627: binds a session to its handshake. */
#define MBEDTLS_SSL_ENCRYPT_THEN_MAC       /* RFC 7366, for suites with CBC; mbedTLS wants it named. */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED /* The one key exchange; forward secret. */
/* MBEDTLS_SSL_KEEP_PEER_CERTIFICATE is left out: 1 KB less while connected, and in a saved session.
 * Pins are checked while the certificate is there. */

/* Certificates */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C              /* X.509, read only. */
#define MBEDTLS_X509_CHECK_KEY_USAGE          /* A certificate is held to what it was given for; these two */
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE /* are no choice any more from 3.0 on. */
#define MBEDTLS_ASN1_PARSE_C                  /* What it is written in. */
#define MBEDTLS_ASN1_WRITE_C                  /* ECDSA wants it, for signatures. */
#define MBEDTLS_OID_C                         /* Names of algorithms. */
#define MBEDTLS_PK_C                          /* Public keys of any kind, */
#define MBEDTLS_PK_PARSE_C                    /* as they stand in certificates. */
#define MBEDTLS_X509_REMOVE_INFO /* No texts about certificates, from 3.0 on: 1.7 KB less. 2.28 cannot. */
/* MBEDTLS_PEM_PARSE_C is left out: give anchors as DER, which also need no copy. */

/* Cryptography */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED /* The curve of nearly all certificates and handshakes, */
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED /* and of most authorities' roots. */
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C /* What nearly everything is signed with, */
#define MBEDTLS_SHA384_C /* but for roots and what they sign; in 2.28 a part */
#define MBEDTLS_SHA512_C /* of this. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_GCM_C /* AES-GCM, the one cipher. */
/* mbedTLS's own list, which costs flash: the library replaces it by the suites of docs/trust.md. */
#define MBEDTLS_SSL_CIPHERSUITES                                                                             \
    AMP_SUITES_RSA MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,                                          \
        MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384

/* Randomness */
#define MBEDTLS_CTR_DRBG_C /* A generator over AES, */
#define MBEDTLS_ENTROPY_C  /* seeded from the sources that there are. */
#if defined(AMP_MBEDTLS_HOST)
#define MBEDTLS_FS_IO       /* Anchors may be files, */
#define MBEDTLS_PEM_PARSE_C /* and PEM, */
#define MBEDTLS_BASE64_C    /* which is written in base 64. */
#else
#define MBEDTLS_NO_PLATFORM_ENTROPY       /* No operating system to ask: */
#define MBEDTLS_ENTROPY_HARDWARE_ALT      /* mbedtls_hardware_poll is the application's. */
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS /* No calloc before there is an arena: no heap is linked. */
#define MBEDTLS_PLATFORM_SNPRINTF_ALT     /* Nor is snprintf, which nothing of this calls, */
#define MBEDTLS_PLATFORM_EXIT_MACRO(status) __builtin_trap() /* nor exit. */
#endif

#if defined(AMP_MBEDTLS_RESTARTABLE)
#define MBEDTLS_ECP_RESTARTABLE     /* Arithmetic on curves can be left and taken up, */
#define MBEDTLS_ECDH_LEGACY_CONTEXT /* which 2.28 can with this form of a context only. */
#endif

#if defined(AMP_MBEDTLS_WITH_RSA)
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15 /* The signatures of nearly all RSA certificates. */
#define MBEDTLS_PKCS1_V21 /* PSS, the newer ones. */
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#define AMP_SUITES_RSA MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
#define AMP_MPI_MAX_SIZE 512 /* Keys of 4096 bits. */
#else
#define AMP_SUITES_RSA
#define AMP_MPI_MAX_SIZE 48 /* Points of 384 bits. */
#endif

/* Version 2.28 checks a configuration where it ends; from 3.0 on mbedTLS does it by itself. The
 * version is not known yet in 2.28 only. */
#if !defined(MBEDTLS_VERSION_NUMBER)
#include "mbedtls/check_config.h"
#endif

#endif

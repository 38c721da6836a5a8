/* SPDX-License-Identifier: MIT */
/* A configuration of mbedTLS 2.28 or 3.6 for a microcontroller: TLS 1.2, chains of elliptic-curve
 * certificates, records of 2 KB. It takes about 51 KB of flash on a Cortex-M3, 45 with -flto, and an arena of
 * 10 KB; docs/costs.md has the measurements.
 *
 * Use: compile mbedTLS, this library and every file that includes mbedTLS with
 *     -DMBEDTLS_CONFIG_FILE='"config-small.h"' and port/mbedtls on the include path.
 * All of them must use the same configuration, because it sets the layout of mbedTLS's structs.
 *
 * The application provides:
 * - `int mbedtls_hardware_poll(void *, unsigned char *out, size_t len, size_t *out_len)`: true random bytes.
 *   TLS is impossible without a source of them. (Not needed when AMP_MBEDTLS_HOST is defined.)
 * - an arena: call amp_tls_arena_init() before any other TLS function.
 * - a clock in amp_tls_config_t. mbedTLS does not read a clock in this configuration; this library checks the
 *   dates.
 *
 * Options:
 * - -DAMP_MBEDTLS_WITH_RSA: chains with RSA certificates (11 KB of flash, 7 KB of arena).
 * - -DAMP_MBEDTLS_RESTARTABLE: amp_tls_set_max_ops(), for a loop that must not block during a step of the
 *   handshake.
 * - -DAMP_MBEDTLS_CLIENT_ONLY: leaves out AES decryption and ECDSA signing (2.7 KB of flash). Compile
 *   client_only.c with mbedTLS.
 * - -DAMP_MBEDTLS_HOST: for a system with files and an entropy source, where the tests run. */
#ifndef AMP_MBEDTLS_CONFIG_SMALL_H
#define AMP_MBEDTLS_CONFIG_SMALL_H

/* Memory */
#define MBEDTLS_PLATFORM_C              /* The allocator is a function pointer */
#define MBEDTLS_PLATFORM_MEMORY         /* that can be set at run time. */
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C   /* An allocator over a static array. */
#define MBEDTLS_SSL_IN_CONTENT_LEN 2048 /* The largest record that can be received. */
#define MBEDTLS_SSL_OUT_CONTENT_LEN                                                                          \
    2048                                      /* The largest record that is sent. Both buffers are allocated \
                                               * at full size. The server's certificates must fit into one   \
                                               * message of this size, too. */
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH       /* Asks the server for records that fit. This library does so  \
                                               * when the buffers are smaller than 16 KB. If a server sends  \
                                               * a larger record or a longer chain: AMP_ERR_TLS_BUFFER. */
#define MBEDTLS_MPI_MAX_SIZE AMP_MPI_MAX_SIZE /* Bytes of the longest number: the longest key. */
#define MBEDTLS_ECP_WINDOW_SIZE 2             /* The smallest table of multiples of a point (2 to 6). */
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0       /* No table for the curve's base point. */
#define MBEDTLS_AES_ROM_TABLES                /* AES tables in flash instead of RAM, */
#define MBEDTLS_AES_FEWER_TABLES              /* one table instead of four. */
#define MBEDTLS_ENTROPY_MAX_SOURCES 2         /* The number of entropy sources. */

/* Speed */
#define MBEDTLS_HAVE_ASM       /* Assembly for multiplication, where mbedTLS has it. */
#define MBEDTLS_ECP_NIST_OPTIM /* Fast reduction for the NIST primes: five times faster. */

/* Protocol */
#define MBEDTLS_SSL_TLS_C        /* TLS */
#define MBEDTLS_SSL_CLI_C        /* client */
#define MBEDTLS_SSL_PROTO_TLS1_2 /* Version 1.2. mbedTLS's version 1.3 cannot negotiate small records. */
#define MBEDTLS_SSL_SERVER_NAME_INDICATION /* SNI: one address can serve many names. */
#define MBEDTLS_SSL_ALPN                   /* ALPN: the client offers http/1.1. */
#define MBEDTLS_SSL_SESSION_TICKETS        /* Resumption by tickets, which the server need not store. */
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET /* RFC 7627: binds a session to its handshake. */
/* MBEDTLS_SSL_ENCRYPT_THEN_MAC is not defined: only suites with CBC use it (RFC 7366), and there are none. */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED /* The only key exchange. It has forward secrecy. */
/* MBEDTLS_SSL_KEEP_PEER_CERTIFICATE is not defined, so mbedTLS frees the server's certificates as soon as it
 * has checked them. Pins are checked with the certificates. */

/* Certificates */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C              /* Parsing of X.509 certificates. */
#define MBEDTLS_X509_CHECK_KEY_USAGE          /* Checks the purpose of a certificate. mbedTLS 3.0 */
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE /* and later always does. */
#define MBEDTLS_ASN1_PARSE_C                  /* The encoding of certificates. */
#define MBEDTLS_ASN1_WRITE_C                  /* ECDSA needs it for signatures. */
#define MBEDTLS_OID_C                         /* Object identifiers of algorithms. */
#define MBEDTLS_PK_C                          /* Public keys of all types, */
#define MBEDTLS_PK_PARSE_C                    /* and their encoding in certificates. */
#define MBEDTLS_X509_REMOVE_INFO /* No texts about certificates: saves 1.7 KB. 3.0 and later only. */
/* MBEDTLS_PEM_PARSE_C is not defined. Pass anchors in DER format, which are not copied. */

/* Cryptography */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED /* The curve of nearly all certificates and handshakes. */
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED /* The curve of most roots. */
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C /* The hash of most signatures. */
#define MBEDTLS_SHA384_C /* The hash for roots and the certificates that they sign. */
#define MBEDTLS_SHA512_C /* Includes SHA-384 in mbedTLS 2.28. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_GCM_C /* AES-GCM: every server has it. */
/* ChaCha20-Poly1305, for 3 KB of flash: half the instructions of AES-GCM where there is no AES hardware. It
 * is first in this library's order. With AES hardware, leave the three out: see docs/memory.md. */
#define MBEDTLS_CHACHA20_C
#define MBEDTLS_POLY1305_C
#define MBEDTLS_CHACHAPOLY_C
/* A short list saves flash: mbedTLS links its own list, which this library replaces with the suites of
 * docs/trust.md. */
#define MBEDTLS_SSL_CIPHERSUITES                                                                             \
    AMP_SUITES_RSA MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,                                    \
        MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384

/* Loops instead of unrolled rounds: 3.4 KB less. A connection that is kept hashes nothing. */
#define MBEDTLS_SHA256_SMALLER
#define MBEDTLS_SHA512_SMALLER

/* No 64-bit division of the C compiler's library (0.7 KB): bignum.c has its own. */
#define MBEDTLS_NO_UDBL_DIVISION
/* 2.28: no generator inside ecp.c (0.3 KB). It blinds operations for which the caller passes no generator.
 * Only the check of a signature passes none, and all of its numbers are public. */
#define MBEDTLS_ECP_NO_INTERNAL_RNG

/* Code that a client never calls. mbedTLS reaches it through tables of functions, so the linker would keep
 * it. client_only.c replaces it by functions that return an error. */
#if defined(AMP_MBEDTLS_CLIENT_ONLY)
#define MBEDTLS_AES_SETKEY_DEC_ALT /* AES decryption: AES-GCM and CTR_DRBG encrypt in both directions. */
#define MBEDTLS_AES_DECRYPT_ALT
#if !defined(AMP_MBEDTLS_RESTARTABLE) /* mbedTLS excludes the combination. */
#define MBEDTLS_ECDSA_SIGN_ALT        /* Signing: this library has no client certificates. */
#endif
#endif

/* Randomness */
#define MBEDTLS_CTR_DRBG_C /* A random generator over AES, */
#define MBEDTLS_ENTROPY_C  /* seeded from the entropy sources. */
#if defined(AMP_MBEDTLS_HOST)
#define MBEDTLS_FS_IO       /* Anchors may be files */
#define MBEDTLS_PEM_PARSE_C /* in PEM format, */
#define MBEDTLS_BASE64_C    /* which uses base64. */
#if defined(_WIN32)
#define MBEDTLS_HAVE_TIME /* Without it, mbedTLS 2.28 and 3.6 do not compile on Windows with MBEDTLS_FS_IO:  \
                           * their x509_crt.c includes windows.h only with it. */
#endif
#else
#define MBEDTLS_NO_PLATFORM_ENTROPY       /* There is no operating system: */
#define MBEDTLS_ENTROPY_HARDWARE_ALT      /* the application has mbedtls_hardware_poll(). */
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS /* No calloc before the arena is set, so no heap is linked, */
#define MBEDTLS_PLATFORM_SNPRINTF_ALT     /* no snprintf, which this configuration never calls, */
#define MBEDTLS_PLATFORM_EXIT_MACRO(status) __builtin_trap() /* and no exit. */
#endif

#if defined(AMP_MBEDTLS_RESTARTABLE)
#define MBEDTLS_ECP_RESTARTABLE     /* Elliptic-curve operations can be interrupted and resumed. */
#define MBEDTLS_ECDH_LEGACY_CONTEXT /* mbedTLS 2.28 needs this form of the context for it. */
#endif

#if defined(AMP_MBEDTLS_WITH_RSA)
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15 /* PKCS #1 v1.5: the signatures of nearly all RSA certificates. */
#define MBEDTLS_PKCS1_V21 /* PSS: the newer signatures. */
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#define AMP_SUITES_RSA                                                                                       \
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
#define AMP_MPI_MAX_SIZE 512 /* Keys of 4096 bits. */
#else
#define AMP_SUITES_RSA
#define AMP_MPI_MAX_SIZE 48 /* Points of 384 bits. */
#endif

/* mbedTLS 2.28 expects a configuration to include its check at the end; 3.0 and later do it themselves.
 * In 2.28 the version number is not yet defined here. */
#if !defined(MBEDTLS_VERSION_NUMBER)
#include "mbedtls/check_config.h"
#endif

#endif

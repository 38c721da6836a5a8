/* SPDX-License-Identifier: MIT */
/* Differences between versions of mbedTLS, 2.28 to 4.1: headers, names of functions, error numbers. */
#ifndef AMP_SRC_MBEDTLS_COMPAT_H
#define AMP_SRC_MBEDTLS_COMPAT_H

/* ESP-IDF's mbedTLS has its configuration in this header. A library that is not built as an ESP-IDF component
 * does not get the macro. Without it every struct of mbedTLS would have another size. */
#if defined(ESP_PLATFORM) && !defined(MBEDTLS_CONFIG_FILE)
#define MBEDTLS_CONFIG_FILE "mbedtls/esp_config.h"
#endif

#include <mbedtls/error.h>
#include <mbedtls/md.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include <mbedtls/bignum.h>
#include <mbedtls/cipher.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/oid.h>
#define AMP_MBED_HAS_RNG 1
#endif

/* Elliptic-curve operations of a handshake can be interrupted (mbedtls_ecp_set_max_ops). From 4.0 on PSA
 * performs them, and mbedTLS cannot interrupt PSA. */
#if MBEDTLS_VERSION_NUMBER < 0x04000000 && defined(MBEDTLS_ECP_RESTARTABLE)
#define AMP_MBED_HAS_MAX_OPS 1
#endif

/* This library asks the server for small records (RFC 6066, 4). mbedTLS 3.6 to 4.1 with TLS 1.3 must not ask:
 * it sends the request for TLS 1.2 and does not record it. When a server such as OpenSSL agrees in TLS 1.3,
 * mbedTLS fails with MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION. The request of TLS 1.3 is
 * MBEDTLS_SSL_RECORD_SIZE_LIMIT (RFC 8449), which mbedTLS sends by itself. */
#if defined(MBEDTLS_SSL_MAX_FRAGMENT_LENGTH) && MBEDTLS_SSL_IN_CONTENT_LEN < 16384 &&                        \
    !defined(MBEDTLS_SSL_PROTO_TLS1_3)
#define AMP_MBED_ASKS_FOR_SMALL_RECORDS 1
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x04000000 || defined(MBEDTLS_SSL_PROTO_TLS1_3) ||                             \
    defined(MBEDTLS_USE_PSA_CRYPTO)
#include <psa/crypto.h>
#define AMP_MBED_NEEDS_PSA 1
#endif

/* Access to members that became private in 3.0 and have no accessor. */
#ifndef MBEDTLS_PRIVATE
#define MBEDTLS_PRIVATE(member) member
#endif

typedef int (*amp_mbed_verify_fn)(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags);

/* Returns 1 when `result` reports that a ticket was received. This is not an error, and more data may
 * follow. */
static inline int amp__mbedtls_is_ticket(int result)
{
#ifdef MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
    return result == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
#else
    (void)result;
    return 0;
#endif
}

/* mbedTLS before 4.0 adds a low-level error to a high-level error, which is a multiple of this number.
 * -0x2180 is MBEDTLS_ERR_X509_INVALID_FORMAT, -0x21e0 the same because of -0x0060, out of data. From 4.0 on
 * it returns only the low-level error, -0x0060 in the example. */
#define AMP_MBED_LEVEL 128

/* Returns 1 when `error` is `result`, or its high-level or its low-level part. */
static inline int amp__mbedtls_is(int result, int error)
{
    return result == error ||
           (error % AMP_MBED_LEVEL == 0 && result / AMP_MBED_LEVEL == error / AMP_MBED_LEVEL) ||
           (error > -AMP_MBED_LEVEL && result % AMP_MBED_LEVEL == error);
}

/* Returns 1 for an out-of-memory error. Each module of mbedTLS has its own number for it. */
static inline int amp__mbedtls_is_memory(int result)
{
#if MBEDTLS_VERSION_NUMBER < 0x04000000
    static const int errors[] = {MBEDTLS_ERR_SSL_ALLOC_FAILED, MBEDTLS_ERR_X509_ALLOC_FAILED,
                                 MBEDTLS_ERR_PK_ALLOC_FAILED,  MBEDTLS_ERR_ECP_ALLOC_FAILED,
                                 MBEDTLS_ERR_MD_ALLOC_FAILED,  MBEDTLS_ERR_CIPHER_ALLOC_FAILED,
                                 MBEDTLS_ERR_MPI_ALLOC_FAILED, MBEDTLS_ERR_ASN1_ALLOC_FAILED};
    for (unsigned i = 0; i < sizeof errors / sizeof errors[0]; ++i) {
        if (amp__mbedtls_is(result, errors[i])) {
            return 1;
        }
    }
    return 0;
#else
    return result == MBEDTLS_ERR_SSL_ALLOC_FAILED || result == MBEDTLS_ERR_X509_ALLOC_FAILED;
#endif
}

/* Returns 1 for errors of the parsers of certificates (0x2080 to 0x2fff) and keys (0x3980 to 0x3fff).
 * From 4.0 on there are also those of ASN.1 (0x60 to 0x6f), and some errors of keys are those of PSA (132 to
 * 255). */
static inline int amp__mbedtls_is_parsing(int result)
{
    return (result <= -0x2080 && result > -0x3000) || (result <= -0x3980 && result > -0x4000) ||
           (MBEDTLS_VERSION_NUMBER >= 0x04000000 &&
            ((result <= -0x60 && result > -0x70) || (result <= -132 && result > -256)));
}

/* Returns 1 for errors of a certificate with a critical extension that mbedTLS does not know. Other
 * certificates cause them, too. */
static inline int amp__mbedtls_is_extension(int result)
{
    return amp__mbedtls_is(result, MBEDTLS_ERR_X509_INVALID_EXTENSIONS) ||
           amp__mbedtls_is(result, MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE) ||
           (MBEDTLS_VERSION_NUMBER >= 0x04000000 && result == MBEDTLS_ERR_ASN1_UNEXPECTED_TAG);
}

/* The error of a certificate with a signature algorithm that mbedTLS does not know. */
#if MBEDTLS_VERSION_NUMBER < 0x04000000
#define AMP_MBED_UNKNOWN_SIGNATURE MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG
#else
#define AMP_MBED_UNKNOWN_SIGNATURE MBEDTLS_ERR_X509_UNKNOWN_OID
#endif

/* Returns 1 when the handshake is complete. */
static inline int amp__mbedtls_is_over(mbedtls_ssl_context *ssl)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    return mbedtls_ssl_is_handshake_over(ssl);
#else
    return ssl->MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_HANDSHAKE_OVER;
#endif
}

/* Returns 1 when the connection uses TLS 1.3. */
static inline int amp__mbedtls_is_1_3(const mbedtls_ssl_context *ssl)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    return mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
#else
    (void)ssl;
    return 0;
#endif
}

/* Returns 1 for a session of TLS 1.3. */
static inline int amp__mbedtls_session_is_1_3(const mbedtls_ssl_session *session)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    return session->MBEDTLS_PRIVATE(tls_version) == MBEDTLS_SSL_VERSION_TLS1_3;
#else
    (void)session;
    return 0;
#endif
}

/* Frees the server's certificate after the handshake. mbedTLS would keep it as long as the connection and
 * would parse it again for each copy of the session (MBEDTLS_SSL_KEEP_PEER_CERTIFICATE, which TLS 1.3 needs).
 */
static inline void amp__mbedtls_drop_certificate(mbedtls_ssl_context *ssl)
{
#if defined(MBEDTLS_SSL_KEEP_PEER_CERTIFICATE)
    /* This session frees the certificate, so that the library does not import free(). */
    mbedtls_ssl_session dropped;
    mbedtls_ssl_session_init(&dropped);
    dropped.MBEDTLS_PRIVATE(peer_cert) = ssl->MBEDTLS_PRIVATE(session)->MBEDTLS_PRIVATE(peer_cert);
    ssl->MBEDTLS_PRIVATE(session)->MBEDTLS_PRIVATE(peer_cert) = NULL;
    mbedtls_ssl_session_free(&dropped);
#else
    (void)ssl;
#endif
}

/* Sets the age of a session's ticket in seconds. mbedTLS stores the time of receipt by a clock that may start
 * at 0 with each boot. It drops a session whose time of receipt is in the future. */
static inline void amp__mbedtls_set_age(mbedtls_ssl_session *session, int64_t seconds)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03060000 && defined(MBEDTLS_SSL_PROTO_TLS1_3) &&                             \
    defined(MBEDTLS_SSL_SESSION_TICKETS) && defined(MBEDTLS_HAVE_TIME)
    session->MBEDTLS_PRIVATE(ticket_reception_time) = mbedtls_ms_time() - seconds * 1000;
#else
    (void)session;
    (void)seconds;
#endif
}

/* Later releases of 3.6 ignore tickets of TLS 1.3 unless this is called. */
static inline void amp__mbedtls_take_tickets(mbedtls_ssl_config *conf)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) && defined(MBEDTLS_SSL_SESSION_TICKETS) &&                             \
    defined(MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED)
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        conf, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#else
    (void)conf;
#endif
}

/* Sets TLS 1.2 as the minimum version. */
static inline void amp__mbedtls_set_minimum(mbedtls_ssl_config *conf)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    mbedtls_ssl_conf_min_tls_version(conf, MBEDTLS_SSL_VERSION_TLS1_2);
#else
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
#endif
}

#endif

/* SPDX-License-Identifier: MIT */
/* mbedTLS, whichever version: what it is configured by, what it includes, what it calls things. */
#ifndef AMP_SRC_MBEDTLS_COMPAT_H
#define AMP_SRC_MBEDTLS_COMPAT_H

/* ESP-IDF's mbedTLS has its configuration there, and a library that is not built as a component
 * is not told so. Without it every struct would have another size. */
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

/* Whether a handshake's arithmetic can be interrupted. From 4.0 on it is PSA's, and cannot. */
#if MBEDTLS_VERSION_NUMBER < 0x04000000 && defined(MBEDTLS_ECP_RESTARTABLE)
#define AMP_MBED_HAS_SLICES 1
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x04000000 || defined(MBEDTLS_SSL_PROTO_TLS1_3) ||                             \
    defined(MBEDTLS_USE_PSA_CRYPTO)
#include <psa/crypto.h>
#define AMP_MBED_NEEDS_PSA 1
#endif

/* Members that became private in 3.0 and have no accessor. */
#ifndef MBEDTLS_PRIVATE
#define MBEDTLS_PRIVATE(member) member
#endif

typedef int (*amp_mbed_verify_fn)(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags);

/* A ticket arrived in mid-stream: not an error, and not the end of what can be read. */
static inline int amp__mbedtls_is_ticket(int result)
{
#ifdef MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
    return result == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
#else
    (void)result;
    return 0;
#endif
}

/* mbedTLS adds the number of what failed below to its own, which is a multiple of this. */
#define AMP_MBED_LEVEL 128

/* Whether `result` is, or is built upon, one of mbedTLS's errors. */
static inline int amp__mbedtls_is(int result, int error)
{
    return result == error ||
           (error % AMP_MBED_LEVEL == 0 && result / AMP_MBED_LEVEL == error / AMP_MBED_LEVEL) ||
           (error > -AMP_MBED_LEVEL && result % AMP_MBED_LEVEL == error);
}

/* Each of mbedTLS's modules has its own way to say that there was no memory. */
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

/* Errors of the parsers of certificates and keys. From 4.0 on some of the latter are PSA's. */
static inline int amp__mbedtls_is_parsing(int result)
{
    return (result <= -0x2080 && result > -0x3000) || (result <= -0x3980 && result > -0x4000) ||
           (MBEDTLS_VERSION_NUMBER >= 0x04000000 && result <= -132 && result > -256);
}

static inline int amp__mbedtls_is_over(mbedtls_ssl_context *ssl)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    return mbedtls_ssl_is_handshake_over(ssl);
#else
    return ssl->MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_HANDSHAKE_OVER;
#endif
}

static inline int amp__mbedtls_is_1_3(const mbedtls_ssl_context *ssl)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
    return mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
#else
    (void)ssl;
    return 0;
#endif
}

/* How long ago a session's ticket came. mbedTLS notes it by a clock that may begin at each boot, and
 * drops the session when it seems to come from the future. */
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

/* Later releases of 3.6 pass over tickets unless they are asked not to. */
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

/* TLS 1.2 at least. */
static inline void amp__mbedtls_set_minimum(mbedtls_ssl_config *conf)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    mbedtls_ssl_conf_min_tls_version(conf, MBEDTLS_SSL_VERSION_TLS1_2);
#else
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
#endif
}

#endif

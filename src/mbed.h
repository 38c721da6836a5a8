/* SPDX-License-Identifier: MIT */
/* mbedTLS, whichever version: what it is configured by, what it includes, what it calls things. */
#ifndef AMP_SRC_MBED_H
#define AMP_SRC_MBED_H

/* ESP-IDF's mbedTLS has its configuration there, and a library that is not built as a component
 * is not told so. Without it every struct would have another size. */
#if defined(ESP_PLATFORM) && !defined(MBEDTLS_CONFIG_FILE)
#define MBEDTLS_CONFIG_FILE "mbedtls/esp_config.h"
#endif

#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#define AMP_MBED_HAS_RNG 1
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x04000000 || defined(MBEDTLS_SSL_PROTO_TLS1_3) ||                             \
    defined(MBEDTLS_USE_PSA_CRYPTO)
#include <psa/crypto.h>
#define AMP_MBED_NEEDS_PSA 1
#endif

/* A ticket arrived in mid-stream: not an error, and not the end of what can be read. */
#ifdef MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
#define AMP_MBED_IS_TICKET(result) ((result) == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
#else
#define AMP_MBED_IS_TICKET(result) 0
#endif

/* TLS 1.2 at least. */
static inline void amp_mbed_set_minimum(mbedtls_ssl_config *conf)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03020000
    mbedtls_ssl_conf_min_tls_version(conf, MBEDTLS_SSL_VERSION_TLS1_2);
#else
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
#endif
}

#endif

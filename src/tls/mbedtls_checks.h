/* SPDX-License-Identifier: MIT */
/* Compile-time errors for a build of mbedTLS that lacks a check which docs/trust.md promises. */
#ifndef AMP_SRC_MBEDTLS_CHECKS_H
#define AMP_SRC_MBEDTLS_CHECKS_H

#include "mbedtls_compat.h"

#if MBEDTLS_VERSION_NUMBER < 0x03000000 && !defined(MBEDTLS_X509_CHECK_KEY_USAGE)
#error "mbedTLS is built without MBEDTLS_X509_CHECK_KEY_USAGE: any certificate could sign others"
#endif
#if MBEDTLS_VERSION_NUMBER < 0x03000000 && !defined(MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE)
#error "mbedTLS is built without MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE: any certificate could serve"
#endif
#if defined(MBEDTLS_X509_ALLOW_UNSUPPORTED_CRITICAL_EXTENSION)
#error                                                                                                       \
    "mbedTLS is built with MBEDTLS_X509_ALLOW_UNSUPPORTED_CRITICAL_EXTENSION: constraints of authorities are ignored"
#endif
#if defined(MBEDTLS_TLS_DEFAULT_ALLOW_SHA1_IN_CERTIFICATES)
#error "mbedTLS is built with MBEDTLS_TLS_DEFAULT_ALLOW_SHA1_IN_CERTIFICATES: SHA-1 signatures can be forged"
#endif
#if defined(MBEDTLS_TEST_NULL_ENTROPY)
#error "mbedTLS is built with MBEDTLS_TEST_NULL_ENTROPY: keys would not be random"
#endif
#if defined(AMP_TLS_PSK_ONLY) && !defined(MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED)
#error "mbedTLS is built without MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED: AMP_TLS_PSK_ONLY needs it"
#endif
/* An option of Arm's branch "baremetal" of mbedTLS. */
#if defined(MBEDTLS_X509_REMOVE_VERIFY_CALLBACK)
#error "mbedTLS is built with MBEDTLS_X509_REMOVE_VERIFY_CALLBACK: pins, names and dates could not be checked"
#endif

#endif

/* SPDX-License-Identifier: MIT */
/* The policy with AMP_TLS_PSK_ONLY, for test_tls_psk.c, if this build of mbedTLS supports it. */
#include "tls/mbedtls_compat.h"
#if defined(MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED) && !defined(AMP_TLS_PSK_ONLY)
#define AMP_TLS_PSK_ONLY
#endif
#include "tls/tls_policy.c"

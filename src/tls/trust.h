/* SPDX-License-Identifier: MIT */
/* Trust: the anchors and pins, the expected name, and the reason when a certificate is refused. */
#ifndef AMP_SRC_TRUST_H
#define AMP_SRC_TRUST_H

#include "ampersand/tls.h"
#include "mbedtls_compat.h"
#include "sha256.h"

/* The members up to bundle_ctx are the configured trust. The others belong to the current connection. */
typedef struct {
    mbedtls_x509_crt anchors;
    const amp_pin_t *pins;
    size_t pin_count;
    uint8_t digest[AMP_SHA256_SIZE]; /* of the trust, bundle_version included: see take_digest */
    amp_mbed_verify_fn bundle;       /* the platform's own verify callback, or NULL */
    void *bundle_ctx;
    int64_t now;         /* seconds since 1970 by the application's clock; 0: no clock */
    int64_t until;       /* when the first of the checked certificates expires; 0: none checked */
    uint8_t pinned;      /* a certificate of the chain has a pinned key */
    uint8_t checked;     /* the server's certificate was checked */
    uint8_t address_len; /* 4 or 16 when the host is a literal address, else 0 */
    uint8_t address[16];
    const char *name; /* host when it is a name: mbedTLS's copy, without a dot at its end; or NULL */
    const mbedtls_x509_crt *above[MBEDTLS_X509_MAX_INTERMEDIATE_CA + 1]; /* certificates checked so far, */
    uint8_t above_count;                                                 /* from the anchor down */
    amp_tls_failure_t failure;
} amp_trust_t;
typedef char amp_chain_can_be_counted_t[MBEDTLS_X509_MAX_INTERMEDIATE_CA + 1 <= UINT8_MAX ? 1 : -1];

/* Reads anchors and pins into a trust that is zeroed and initialized. Returns AMP_OK, AMP_ERR_MEMORY or
 * AMP_ERR_TRUST. After an error the caller frees it. */
amp_status_t amp__trust_read(amp_trust_t *trust, const amp_tls_config_t *config);

/* Configures mbedTLS to require verification by this trust, which must stay at its place. Returns AMP_OK, or
 * AMP_ERR_TRUST when the bundle fails; the anchors of mbedTLS are unchanged then. */
amp_status_t amp__trust_use(amp_trust_t *trust, const amp_tls_config_t *config, mbedtls_ssl_config *conf);

/* Frees the parsed anchors. */
void amp__trust_free(amp_trust_t *trust);

/* Prepares for a connection to `host`. `now` is the application's clock in seconds since 1970, or 0. */
void amp__trust_expect(amp_trust_t *trust, const char *host, int64_t now);

/* Sets the host in mbedTLS, after amp__trust_expect. Returns 0, or a negative result of mbedTLS. */
int amp__trust_name(amp_trust_t *trust, mbedtls_ssl_context *ssl, const char *host);

/* Verify callback of mbedTLS; ctx is an amp_trust_t. Returns 0 and leaves the verdict in *flags, or an error
 * of mbedTLS when memory ran out. */
int amp__verify(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags);

/* Returns the status of the final flags of mbedTLS, which are not 0. mbedTLS sets some flags after the
 * callback. */
amp_status_t amp__verify_late(amp_trust_t *trust, uint32_t flags);

#endif

/* SPDX-License-Identifier: MIT */
/* Whom TLS believes: the anchors and pins, the name that is expected, and what a refusal means. */
#ifndef AMP_SRC_TRUST_H
#define AMP_SRC_TRUST_H

#include "ampersand/tls.h"
#include "mbedtls_compat.h"
#include "sha256.h"

/* The first four members are what is trusted, the rest is about the connection under way. */
typedef struct {
    mbedtls_x509_crt anchors;
    const amp_pin_t *pins;
    size_t pin_count;
    uint8_t digest[AMP_SHA256_SIZE]; /* of all that */
    amp_mbed_verify_fn bundle;       /* the platform's own check, and what it wants */
    void *bundle_ctx;
    int64_t now;   /* by the application's clock, 0: there is none */
    int64_t until; /* the earliest end of the certificates seen, 0: none seen */
    uint8_t pinned;
    uint8_t checked;     /* the server's certificate was looked at */
    uint8_t address_len; /* of the host, when it is a literal address */
    uint8_t address[16];
    const char *name; /* of the host, when it is none; as mbedTLS holds it, without a dot at its end */
    const mbedtls_x509_crt *above[MBEDTLS_X509_MAX_INTERMEDIATE_CA + 1]; /* certificates checked so far, */
    uint8_t above_count;                                                 /* from the anchor down */
    amp_tls_failure_t failure;
} amp_trust_t;

/* Reads anchors and pins into an empty trust. AMP_OK, AMP_ERR_MEMORY or AMP_ERR_TRUST. */
amp_status_t amp__trust_read(amp_trust_t *trust, const amp_tls_config_t *config);

/* Makes verification by this trust obligatory. */
amp_status_t amp__trust_use(amp_trust_t *trust, const amp_tls_config_t *config, mbedtls_ssl_config *conf);

void amp__trust_free(amp_trust_t *trust);

/* Says which host the next connection is to, and what time it is by the application's clock. */
void amp__trust_expect(amp_trust_t *trust, const char *host, int64_t now);

/* Gives that host to mbedTLS. Returns 0, or a negative result of mbedTLS. */
int amp__trust_name(amp_trust_t *trust, mbedtls_ssl_context *ssl, const char *host);

/* mbedTLS's verify callback; ctx is the trust. */
int amp__verify(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags);

/* What flags come to that mbedTLS has at the end; some of them it sets behind the callback. */
amp_status_t amp__verify_late(amp_trust_t *trust, uint32_t flags);

#endif

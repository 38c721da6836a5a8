/* SPDX-License-Identifier: MIT */
/* Whom TLS believes: the anchors, the name that is expected, and what a refusal means. */
#ifndef AMP_SRC_TRUST_H
#define AMP_SRC_TRUST_H

#include "ampersand/tls.h"
#include "mbed.h"

typedef struct {
    mbedtls_x509_crt anchors;
    uint8_t address_len; /* of the host, when it is a literal address */
    uint8_t address[16];
} amp_trust_t;

/* Reads the anchors and makes verification obligatory. AMP_OK or AMP_ERR_TRUST. */
amp_status_t amp_trust_set_up(amp_trust_t *trust, mbedtls_ssl_config *conf, const amp_tls_config_t *config);

/* Says which host the next connection is to. */
void amp_trust_expect(amp_trust_t *trust, const char *host);

/* What mbedTLS's verification flags come to. */
amp_status_t amp_trust_status(uint32_t flags);

#endif

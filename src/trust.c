/* SPDX-License-Identifier: MIT */
#include "trust.h"

#include <string.h>

#include "ip.h"

amp_status_t amp_trust_status(uint32_t flags)
{
    static const struct {
        uint32_t flags;
        amp_status_t status;
    } rows[] = {
        {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY,
         AMP_ERR_CERT_WEAK},
        {MBEDTLS_X509_BADCERT_NOT_TRUSTED, AMP_ERR_CERT_UNTRUSTED},
        {MBEDTLS_X509_BADCERT_EXPIRED, AMP_ERR_CERT_EXPIRED},
        {MBEDTLS_X509_BADCERT_FUTURE, AMP_ERR_CERT_FUTURE},
        {MBEDTLS_X509_BADCERT_CN_MISMATCH, AMP_ERR_CERT_NAME},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        if ((flags & rows[i].flags) != 0) {
            return rows[i].status;
        }
    }
    return AMP_ERR_CERT;
}

/* An address is only what the certificate lists as an address. mbedTLS 2.28 knows names alone: it
 * misses those, and takes "*.0.0.1" and a common name for one; so the verdict on it is made here. */
static int check_address(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    const unsigned ip_address = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7u;
    const amp_trust_t *trust = ctx;
    if (depth != 0 || trust->address_len == 0) {
        return 0;
    }
    *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    for (const mbedtls_x509_sequence *name = &certificate->subject_alt_names; name != NULL;
         name = name->next) {
        if (name->buf.p != NULL && (unsigned)name->buf.tag == ip_address &&
            name->buf.len == trust->address_len &&
            memcmp(name->buf.p, trust->address, trust->address_len) == 0) {
            *flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
        }
    }
    return 0;
}

/* 0 when at least one certificate could be read. A bundle may hold some that this build of
 * mbedTLS cannot. */
static int read_anchor(mbedtls_x509_crt *chain, const amp_anchor_t *anchor)
{
    const unsigned char *data = anchor->data;
    int result = -1;
    if (data == NULL) {
        return -1;
    }
    switch (anchor->kind) {
    case AMP_ANCHOR_PEM:
        result = anchor->len > 0 && data[anchor->len - 1u] == '\0'
                     ? mbedtls_x509_crt_parse(chain, data, anchor->len)
                     : -1;
        break;
    case AMP_ANCHOR_DER:
        result = mbedtls_x509_crt_parse_der_nocopy(chain, data, anchor->len);
        break;
    case AMP_ANCHOR_FILE:
#if defined(MBEDTLS_FS_IO)
        result = mbedtls_x509_crt_parse_file(chain, anchor->data);
#endif
        break;
    default:
        break;
    }
    return result >= 0 && chain->raw.p != NULL ? 0 : -1;
}

amp_status_t amp_trust_set_up(amp_trust_t *trust, mbedtls_ssl_config *conf, const amp_tls_config_t *config)
{
    for (size_t i = 0; i < config->anchor_count; ++i) {
        if (read_anchor(&trust->anchors, &config->anchors[i]) != 0) {
            return AMP_ERR_TRUST;
        }
    }
    if (config->anchor_count == 0) {
        return AMP_ERR_TRUST;
    }
    mbedtls_ssl_conf_ca_chain(conf, &trust->anchors, NULL);
    mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_verify(conf, check_address, trust);
    return AMP_OK;
}

void amp_trust_expect(amp_trust_t *trust, const char *host)
{
    trust->address_len = (uint8_t)amp_ip_parse(host, trust->address);
}

/* SPDX-License-Identifier: MIT */
/* Reads anchors and pins, and configures mbedTLS to require verification by them (RFC 5280, 6). An invalid
 * trust never replaces a valid one. */
#include "trust.h"

#include <string.h>

#include "../base/ip.h"
#include "out_of_memory.h"

/* Parses PEM text. The text is checked first, because mbedTLS would skip a damaged block and the next one. */
static int read_pem(mbedtls_x509_crt *chain, const unsigned char *data, size_t len)
{
#if defined(MBEDTLS_PEM_PARSE_C)
    amp_pem_fault_t fault;
    if (amp_pem_check((const char *)data, len, &fault) == AMP_OK) {
        return mbedtls_x509_crt_parse(chain, data, len);
    }
#else
    (void)chain;
    (void)data;
    (void)len;
#endif
    return -1;
}

/* At least one certificate must be parsed. A file of many may have some that this build of mbedTLS cannot
 * parse. */
static amp_status_t read_anchor(mbedtls_x509_crt *chain, const amp_anchor_t *anchor)
{
    const unsigned char *data = anchor->data;
    int result = -1;
    if (data == NULL) {
        return AMP_ERR_TRUST;
    }
    switch (anchor->kind) {
    case AMP_ANCHOR_PEM:
        result = read_pem(chain, data, anchor->len);
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
    if (result < 0 && (amp__mbedtls_is_memory(result) || amp__out_of_memory_for_digest())) {
        return AMP_ERR_MEMORY;
    }
    return result >= 0 && chain->raw.p != NULL ? AMP_OK : AMP_ERR_TRUST;
}

/* A PEM text or file can have several certificates, so this is not config->anchor_count. */
static size_t count_anchors(const amp_trust_t *trust)
{
    size_t count = 0;
    for (const mbedtls_x509_crt *anchor = &trust->anchors; anchor != NULL && anchor->raw.p != NULL;
         anchor = anchor->next) {
        ++count;
    }
    return count;
}

/* Computes the digest of everything that `config` trusts: anchors in their order, pins, and the presence and
 * version of the bundle. Counts and lengths are part of the digest, so the anchors [A][B] differ from one
 * anchor AB. */
static int take_digest(amp_trust_t *trust, const amp_tls_config_t *config)
{
    const mbedtls_x509_crt *anchor = &trust->anchors;
    amp_sha256_t digest;
    amp__sha256_start(&digest);
    size_t count = count_anchors(trust);
    amp__sha256_add_number(&digest, count);
    for (; count > 0; --count, anchor = anchor->next) {
        amp__sha256_add_piece(&digest, anchor->raw.p, anchor->raw.len);
    }
    amp__sha256_add_number(&digest, trust->pin_count);
    for (size_t i = 0; i < trust->pin_count; ++i) {
        amp__sha256_add(&digest, trust->pins[i].sha256, sizeof trust->pins[i].sha256);
    }
    amp__sha256_add_number(&digest, config->bundle != NULL);
    amp__sha256_add_number(&digest, config->bundle_version);
    return amp__sha256_end(&digest, trust->digest);
}

amp_status_t amp__trust_read(amp_trust_t *trust, const amp_tls_config_t *config)
{
    const int has_source = config->anchor_count != 0 ? config->anchors != NULL : config->bundle != NULL;
    if (!has_source || (config->pin_count != 0 && config->pins == NULL)) {
        return AMP_ERR_TRUST;
    }
    for (size_t i = 0; i < config->anchor_count; ++i) {
        amp_status_t status = read_anchor(&trust->anchors, &config->anchors[i]);
        if (status != AMP_OK) {
            return status;
        }
    }
    trust->pins = config->pins;
    trust->pin_count = config->pin_count;
    return take_digest(trust, config) == 0 ? AMP_OK : AMP_ERR_MEMORY;
}

/* The source of anchors of mbedTLS: a list, or a callback that a bundle has set. */
typedef struct {
    mbedtls_x509_crt *chain;
#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
    mbedtls_x509_crt_ca_cb_t find;
    void *find_ctx;
#endif
} amp_trust_source_t;

static amp_trust_source_t get_anchors(const mbedtls_ssl_config *conf)
{
    amp_trust_source_t anchors;
    anchors.chain = conf->MBEDTLS_PRIVATE(ca_chain);
#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
    anchors.find = conf->MBEDTLS_PRIVATE(f_ca_cb);
    anchors.find_ctx = conf->MBEDTLS_PRIVATE(p_ca_cb);
#endif
    return anchors;
}

/* Each of the two functions of mbedTLS resets the setting of the other one. */
static void set_anchors(mbedtls_ssl_config *conf, const amp_trust_source_t *anchors)
{
    mbedtls_ssl_conf_ca_chain(conf, anchors->chain, NULL);
#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
    if (anchors->find != NULL) {
        mbedtls_ssl_conf_ca_cb(conf, anchors->find, anchors->find_ctx);
    }
#endif
}

/* Returns 1 when a bundle has set anchors. With an empty bundle, Arduino's core 2.0.x for the ESP32 returns 0
 * but sets no anchors (arduino-esp32 #7363). */
static int has_anchors(const mbedtls_ssl_config *conf)
{
#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
    if (conf->MBEDTLS_PRIVATE(f_ca_cb) != NULL) {
        return 1;
    }
#endif
    return conf->MBEDTLS_PRIVATE(ca_chain) != NULL;
}

amp_status_t amp__trust_use(amp_trust_t *trust, const amp_tls_config_t *config, mbedtls_ssl_config *conf)
{
    int result = 0;
    const amp_trust_source_t before = get_anchors(conf);
    trust->bundle = NULL;
    if (config->bundle != NULL) {
        /* The bundle sets its own verify callback, which ours calls later, and perhaps an empty list of
         * anchors. */
        mbedtls_ssl_conf_verify(conf, NULL, NULL);
        mbedtls_ssl_conf_ca_chain(conf, NULL, NULL);
        result = config->bundle(conf);
        result = result == 0 && config->anchor_count == 0 && !has_anchors(conf) ? -1 : result;
        trust->bundle = conf->MBEDTLS_PRIVATE(f_vrfy);
        trust->bundle_ctx = conf->MBEDTLS_PRIVATE(p_vrfy);
    }
    if (result != 0) {
        set_anchors(conf, &before);
    } else if (config->anchor_count != 0) {
        mbedtls_ssl_conf_ca_chain(conf, &trust->anchors, NULL);
    }
    mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_verify(conf, amp__verify, trust);
    return result == 0 ? AMP_OK : AMP_ERR_TRUST;
}

void amp__trust_free(amp_trust_t *trust)
{
    mbedtls_x509_crt_free(&trust->anchors);
}

void amp__trust_expect(amp_trust_t *trust, const char *host, int64_t now)
{
    trust->address_len = (uint8_t)amp__ip_parse(host, trust->address);
    trust->now = now;
    trust->until = 0;
    trust->pinned = 0;
    trust->checked = 0;
    trust->name = NULL; /* set by amp__trust_name */
    trust->above_count = 0;
    memset(&trust->failure, 0, sizeof trust->failure);
    trust->failure.rule = "";
}

/* RFC 6066, 3 does not allow a literal address as a server name, or a dot at the end of a name. mbedTLS would
 * send both, and compare the dot with the certificate. The dot is removed in mbedTLS's copy of the name. */
int amp__trust_name(amp_trust_t *trust, mbedtls_ssl_context *ssl, const char *host)
{
    if (trust->address_len != 0) {
        return mbedtls_ssl_set_hostname(ssl, NULL); /* amp__verify compares addresses */
    }
    int result = mbedtls_ssl_set_hostname(ssl, host);
    if (result == 0) {
        char *name = ssl->MBEDTLS_PRIVATE(hostname);
        size_t len = strlen(name);
        if (len > 1u && name[len - 1u] == '.') {
            name[len - 1u] = '\0';
        }
        trust->name = name;
    }
    return result;
}

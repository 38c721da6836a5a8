/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tls_state.h"
#include "wipe.h"

static amp_status_t set_up_random(amp_tls_t *tls)
{
#ifdef AMP_MBED_NEEDS_PSA
    if (psa_crypto_init() != PSA_SUCCESS) {
        return AMP_ERR_RANDOM;
    }
#endif
#ifdef AMP_MBED_HAS_RNG
    static const unsigned char purpose[] = "ampersand";
    if (mbedtls_ctr_drbg_seed(&tls->rng, mbedtls_entropy_func, &tls->entropy, purpose, sizeof purpose) != 0) {
        return AMP_ERR_RANDOM;
    }
    mbedtls_ssl_conf_rng(&tls->conf, mbedtls_ctr_drbg_random, &tls->rng);
#else
    (void)tls;
#endif
    return AMP_OK;
}

/* Buffers that are smaller than a record may be want smaller records. A server is free not to care:
 * then a record that does not fit is an error when it comes. mbedTLS takes no length above either of
 * its buffers. */
static void ask_for_small_records(mbedtls_ssl_config *conf)
{
#if defined(MBEDTLS_SSL_MAX_FRAGMENT_LENGTH) && MBEDTLS_SSL_IN_CONTENT_LEN < 16384
    static const unsigned char codes[] = {MBEDTLS_SSL_MAX_FRAG_LEN_4096, MBEDTLS_SSL_MAX_FRAG_LEN_2048,
                                          MBEDTLS_SSL_MAX_FRAG_LEN_1024, MBEDTLS_SSL_MAX_FRAG_LEN_512};
    int result = -1;
    for (unsigned i = 0; result != 0 && i < sizeof codes; ++i) {
        result = mbedtls_ssl_conf_max_frag_len(conf, codes[i]);
    }
#else
    (void)conf;
#endif
}

static amp_status_t set_up(amp_tls_t *tls, const amp_tls_config_t *config)
{
    if (mbedtls_ssl_config_defaults(&tls->conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
        return AMP_ERR_MEMORY;
    }
    amp_mbed_set_minimum(&tls->conf);
    ask_for_small_records(&tls->conf);
    amp_status_t status = set_up_random(tls);
    if (status == AMP_OK) {
        status = amp_trust_set_up(&tls->trust, &tls->conf, config);
    }
    if (status != AMP_OK) {
        return status;
    }
#if defined(MBEDTLS_SSL_ALPN)
    tls->alpn[0] = "http/1.1";
    if (mbedtls_ssl_conf_alpn_protocols(&tls->conf, tls->alpn) != 0) {
        return AMP_ERR_MEMORY;
    }
#endif
    if (mbedtls_ssl_setup(&tls->ssl, &tls->conf) != 0) {
        return AMP_ERR_MEMORY;
    }
    mbedtls_ssl_set_bio(&tls->ssl, tls, amp_tls_under_send, amp_tls_under_recv, NULL);
    return AMP_OK;
}

static void tear_down(amp_tls_t *tls)
{
    mbedtls_ssl_free(&tls->ssl);
    mbedtls_ssl_config_free(&tls->conf);
    mbedtls_x509_crt_free(&tls->trust.anchors);
#ifdef AMP_MBED_HAS_RNG
    mbedtls_ctr_drbg_free(&tls->rng);
    mbedtls_entropy_free(&tls->entropy);
#endif
    amp_wipe(tls, sizeof *tls);
}

size_t amp_tls_storage_size(void)
{
    return sizeof(amp_tls_t);
}

amp_status_t amp_tls_init(void *storage, size_t size, const amp_tls_config_t *config, amp_port_t *out_port)
{
    if (storage == NULL || config == NULL || out_port == NULL || config->under == NULL ||
        (uintptr_t)storage % sizeof(uint64_t) != 0) {
        return AMP_ERR_ARGUMENT;
    }
    if (size < sizeof(amp_tls_t)) {
        return AMP_ERR_MEMORY;
    }
    amp_tls_t *tls = storage;
    memset(tls, 0, sizeof *tls);
    tls->under = config->under;
    mbedtls_ssl_init(&tls->ssl);
    mbedtls_ssl_config_init(&tls->conf);
    mbedtls_x509_crt_init(&tls->trust.anchors);
#ifdef AMP_MBED_HAS_RNG
    mbedtls_entropy_init(&tls->entropy);
    mbedtls_ctr_drbg_init(&tls->rng);
#endif
    amp_status_t status = set_up(tls, config);
    if (status != AMP_OK) {
        tear_down(tls);
        return status;
    }
    *out_port = amp_tls_port;
    out_port->ctx = tls;
    return AMP_OK;
}

void amp_tls_free(amp_port_t *port)
{
    port->close(port->ctx);
    tear_down(port->ctx);
    memset(port, 0, sizeof *port);
}

void amp_tls_stats(const amp_port_t *port, amp_tls_stats_t *out_stats)
{
    const amp_tls_t *tls = port->ctx;
    memset(out_stats, 0, sizeof *out_stats);
    out_stats->protocol = tls->protocol != NULL ? tls->protocol : "";
    out_stats->suite = tls->suite != NULL ? tls->suite : "";
    out_stats->handshakes = tls->handshakes;
    out_stats->sent = tls->sent;
    out_stats->received = tls->received;
}

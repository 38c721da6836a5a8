/* SPDX-License-Identifier: MIT */
/* Initializes and frees a TLS port, and replaces its trust. All memory of mbedTLS is freed and all secrets
 * are wiped when a function fails. */
#include <stddef.h>
#include <string.h>

#include "../base/wipe.h"
#include "out_of_memory.h"
#include "tls_policy.h"
#include "tls_private.h"

#ifdef AMP_MBED_NEEDS_PSA
/* Initializes PSA and generates a first random number. The first one may allocate memory for a seed. During a
 * handshake mbedTLS would not report that failure as out of memory. */
static amp_status_t set_up_psa(void)
{
    uint8_t random;
    psa_status_t result = psa_crypto_init();
    if (result == PSA_SUCCESS) {
        result = psa_generate_random(&random, sizeof random);
    }
    if (result != PSA_SUCCESS) {
        return result == PSA_ERROR_INSUFFICIENT_MEMORY || amp__out_of_memory_for_digest() ? AMP_ERR_MEMORY
                                                                                          : AMP_ERR_RANDOM;
    }
    return AMP_OK;
}
#endif

#ifdef AMP_MBED_HAS_RNG
/* Entropy callback. The random generator reports all errors of this callback as one, so an out-of-memory
 * error is stored here. */
static int gather(void *ctx, unsigned char *out, size_t len)
{
    amp_tls_t *tls = ctx;
    int result = mbedtls_entropy_func(&tls->entropy, out, len);
    if (amp__mbedtls_is_memory(result)) {
        tls->out_of_memory = 1;
    }
    return result;
}
#endif

static amp_status_t set_up_random(amp_tls_t *tls)
{
#ifdef AMP_MBED_NEEDS_PSA
    amp_status_t status = set_up_psa();
    if (status != AMP_OK) {
        return status;
    }
#endif
#ifdef AMP_MBED_HAS_RNG
    static const unsigned char purpose[] = "ampersand";
    if (mbedtls_ctr_drbg_seed(&tls->rng, gather, tls, purpose, sizeof purpose) != 0) {
        return tls->out_of_memory ? AMP_ERR_MEMORY : AMP_ERR_RANDOM;
    }
    mbedtls_ssl_conf_rng(&tls->conf, mbedtls_ctr_drbg_random, &tls->rng);
#else
    (void)tls;
#endif
    return AMP_OK;
}

/* Asks the server for small records (RFC 6066, 4) when mbedTLS's input buffer is smaller than the largest
 * record. A server may ignore the request; a record that does not fit is then AMP_ERR_TLS_BUFFER. The lengths
 * are tried in descending order, and mbedTLS refuses a length above one of its buffers. */
static void ask_for_small_records(mbedtls_ssl_config *conf)
{
#if defined(AMP_MBED_ASKS_FOR_SMALL_RECORDS)
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
    amp__policy_use(&tls->conf);
    amp__mbedtls_take_tickets(&tls->conf);
    ask_for_small_records(&tls->conf);
    amp_status_t status = set_up_random(tls);
    if (status == AMP_OK) {
        status = amp__trust_read(&tls->trust, config);
    }
    if (status == AMP_OK) {
        status = amp__trust_use(&tls->trust, config, &tls->conf);
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
    mbedtls_ssl_set_bio(&tls->ssl, tls, amp__tls_under_send, amp__tls_under_recv, NULL);
    return AMP_OK;
}

static void tear_down(amp_tls_t *tls)
{
    mbedtls_ssl_free(&tls->ssl);
    mbedtls_ssl_config_free(&tls->conf);
    amp__session_forget(tls);
    amp__trust_free(&tls->trust);
#ifdef AMP_MBED_HAS_RNG
    mbedtls_ctr_drbg_free(&tls->rng);
    mbedtls_entropy_free(&tls->entropy);
#endif
    amp__wipe(tls, sizeof *tls);
}

/* A compile-time error when amp_tls_t does not fit amp_tls_storage_t. Its text has the size to set, rounded
 * up: "size of array 'set_AMP_TLS_STORAGE_SIZE_to_4096' is negative". */
#define STORAGE_STEP(above, up_to)                                                                           \
    typedef char set_AMP_TLS_STORAGE_SIZE_to_##up_to[sizeof(amp_tls_t) > sizeof(amp_tls_storage_t) &&        \
                                                             sizeof(amp_tls_t) > (above) &&                  \
                                                             sizeof(amp_tls_t) <= (up_to)                    \
                                                         ? -1                                                \
                                                         : 1]
STORAGE_STEP(1024, 2048);
STORAGE_STEP(2048, 2560);
STORAGE_STEP(2560, 3072);
STORAGE_STEP(3072, 4096);
STORAGE_STEP(4096, 5120);
STORAGE_STEP(5120, 8192);
STORAGE_STEP(8192, 16384);
STORAGE_STEP(16384, 40960);
STORAGE_STEP(40960, 65536);
typedef char AMP_TLS_STORAGE_SIZE_is_too_small[sizeof(amp_tls_t) <= sizeof(amp_tls_storage_t) ? 1 : -1];

/* The alignment of a type is the offset of a member that follows one char. */
typedef struct {
    char first;
    amp_tls_storage_t storage;
} storage_offset_t;
typedef struct {
    char first;
    amp_tls_t tls;
} tls_offset_t;
#define STORAGE_ALIGNMENT offsetof(storage_offset_t, storage)
typedef char storage_is_aligned[offsetof(tls_offset_t, tls) <= STORAGE_ALIGNMENT ? 1 : -1];

size_t amp_tls_storage_size(void)
{
    return sizeof(amp_tls_t);
}

amp_status_t amp_tls_init_abi(void *storage, size_t size, const amp_tls_config_t *config,
                              amp_port_t *out_port, uint32_t abi)
{
    if (abi != AMP_TLS_ABI) {
        return AMP_ERR_ABI;
    }
    if (storage == NULL || config == NULL || out_port == NULL || config->under == NULL ||
        (uintptr_t)storage % STORAGE_ALIGNMENT != 0) {
        return AMP_ERR_ARGUMENT;
    }
    if (size < sizeof(amp_tls_t)) {
        return AMP_ERR_MEMORY;
    }
    amp_tls_t *tls = storage;
    memset(tls, 0, sizeof *tls);
    tls->under = config->under;
    tls->clock = config->clock;
    tls->clock_ctx = config->clock_ctx;
    tls->arena = config->arena;
    tls->arena_size = config->arena_size;
    mbedtls_ssl_session_init(&tls->session.kept);
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
    *out_port = amp__tls_port;
    out_port->ctx = tls;
    return AMP_OK;
}

void amp_tls_free(amp_port_t *port)
{
    if (port->ctx != NULL) {
        port->close(port->ctx);
        tear_down(port->ctx);
    }
    memset(port, 0, sizeof *port);
}

amp_status_t amp_tls_set_trust(amp_port_t *port, const amp_tls_config_t *config)
{
    amp_tls_t *tls = port->ctx;
    amp_trust_t trust;
    memset(&trust, 0, sizeof trust);
    mbedtls_x509_crt_init(&trust.anchors);
    amp_status_t status = amp__trust_read(&trust, config);
    if (status != AMP_OK) {
        amp__trust_free(&trust);
        return status;
    }
    port->close(tls);
    amp_trust_t before = tls->trust;
    tls->trust = trust;
    status = amp__trust_use(&tls->trust, config, &tls->conf);
    if (status != AMP_OK) {
        amp__trust_free(&trust);
        tls->trust = before;
        return status;
    }
    amp__trust_free(&before);
    amp__session_forget(tls);
    tls->session.blob = NULL;
    return AMP_OK;
}

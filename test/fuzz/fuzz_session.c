/* SPDX-License-Identifier: MIT */
/* Imports a TLS session of any bytes, with a peer that answers the handshake with any bytes. No connection
 * may result. Some of the inputs are sealed like an export, so that they reach mbedTLS. */
#include "fuzz.h"

#include "tls/sha256.h"
#include "tls/tls_private.h"

#define HEAD_SIZE 24u

static struct {
    const uint8_t *peer; /* the bytes that the peer sends */
    size_t left;
} under;

static int under_open(void *ctx, const char *host, uint16_t port)
{
    (void)ctx;
    (void)host;
    (void)port;
    return 1;
}

static int under_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    MUST(digest(DIGEST_START, data, len) != 0 && len <= 65536u);
    return (int)len;
}

static int under_recv(void *ctx, uint8_t *data, size_t len)
{
    size_t n = len < under.left ? len : under.left;
    (void)ctx;
    if (n == 0) {
        return AMP_ERR_ABORTED;
    }
    memcpy(data, under.peer, n);
    under.peer += n;
    under.left -= n;
    return (int)n;
}

static void under_close(void *ctx)
{
    (void)ctx;
}

static uint32_t under_now(void *ctx)
{
    (void)ctx;
    return 0;
}

/* A bundle with an empty list of anchors: no server is trusted. */
static int trust_no_anchor(void *ssl_config)
{
    static mbedtls_x509_crt none;
    mbedtls_x509_crt_init(&none);
    mbedtls_ssl_conf_ca_chain(ssl_config, &none, NULL);
    return 0;
}

/* Later than the build date of the library, and earlier than the latest end of a session. */
static int64_t clock_of_now(void *ctx)
{
    (void)ctx;
    return 1900000000;
}

static const amp_port_t socket_port = {NULL,      under_open, under_send, under_recv, under_close,
                                       under_now, NULL,       NULL,       0,          NULL};

static amp_port_t *tls_port(void)
{
    static uint64_t storage[sizeof(amp_tls_t) / sizeof(uint64_t) + 1u];
    static amp_port_t port;
    const amp_tls_config_t config = {.under = &socket_port, .bundle = trust_no_anchor, .clock = clock_of_now};
    if (port.ctx == NULL) {
        MUST(amp_tls_init(storage, sizeof storage, &config, &port) == AMP_OK);
    }
    return &port;
}

/* Adds the head and seal that an export for this host would have. */
static void seal(const amp_tls_t *tls, uint8_t *blob, size_t len)
{
    const size_t body = len - HEAD_SIZE - AMP_SHA256_SIZE;
    amp_sha256_t sum;
    memcpy(blob, "AMPS\1\0", 6);
    blob[6] = (uint8_t)(body >> 8);
    blob[7] = (uint8_t)body;
    amp__sha256_start(&sum);
    amp__sha256_add(&sum, tls->bound, sizeof tls->bound);
    amp__sha256_add(&sum, blob, len - AMP_SHA256_SIZE);
    MUST(amp__sha256_end(&sum, blob + len - AMP_SHA256_SIZE) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    amp_port_t *port = tls_port();
    amp_tls_t *tls = port->ctx;
    input_t input = {data, size};
    int is_sealed = (take(&input) & 1u) != 0;
    size_t len = take_two(&input) % 1024u;
    int result;
    unsigned steps = 0;
    len = len < input.left ? len : input.left;
    uint8_t *blob = copy_of(input.at, len);
    under.peer = input.at + len;
    under.left = input.left - len;
    if (is_sealed && len > HEAD_SIZE + AMP_SHA256_SIZE) {
        amp__session_prepare(tls, "h.example", 443);
        seal(tls, blob, len);
    }
    amp_tls_import(port, blob, len);
    do {
        result = port->open(port->ctx, "h.example", 443);
        MUST(++steps < 2000u);
    } while (result == 0);
    MUST(result < 0 && tls->state != AMP_TLS_READY);
    MUST(tls->session.blob == NULL || !tls->session.is_kept);
    port->close(port->ctx);
    amp__session_forget(tls);
    tls->session.blob = NULL;
    free(blob);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Calls the whole public interface in any sequence, over a port that lies, and compares with a model:
 * stateful.h. The bytes of the input are the decisions. With STATEFUL_MAIN defined, this file is a program
 * that generates decisions itself. stateful.sh builds it for other instruction sets and sanitizers.
 * STATEFUL_TLS 0 omits TLS, which those builds do not have. */
#include "stateful_calls.h"

#ifndef STATEFUL_TLS
#define STATEFUL_TLS 1
#endif

#define LIFE_MAX 1000u

#if STATEFUL_TLS
#include "tls/mbedtls_compat.h"

/* A bundle with an empty list of anchors: no server is trusted. */
static int trust_no_anchor(void *ssl_config)
{
    static mbedtls_x509_crt none;
    mbedtls_x509_crt_init(&none);
    mbedtls_ssl_conf_ca_chain(ssl_config, &none, NULL);
    return 0;
}

static int64_t clock_of_now(void *ctx)
{
    (void)ctx;
    return 1900000000;
}

/* TLS over the lying port, which never completes a handshake. */
static void tls_begin(world_t *w)
{
    static amp_tls_storage_t storage;
    static world_t *now;
    static amp_port_t under, tls;
    const amp_tls_config_t config = {.under = &under, .bundle = trust_no_anchor, .clock = clock_of_now};
    now = w;
    under = lying_port(&now->port_state);
    under.secure = 0;
    w->port_state.is_opaque = 1;
    if (tls.ctx == NULL) {
        MUST(amp_tls_init(&storage, sizeof storage, &config, &tls) == AMP_OK);
    }
    w->tls = tls;
}

/* Calls a function of TLS between two requests. */
static void act_tls(world_t *w)
{
    static uint8_t blob[600];
    const amp_tls_config_t config = {.bundle = trust_no_anchor, .bundle_version = decide(w->d, 3)};
    amp_tls_stats_t stats;
    amp_tls_failure_t failure;
    size_t len = 1;
    const unsigned what = decide(w->d, 4);
    begin_call(w, 1);
    if (what == 0) {
        for (size_t i = 0; i < sizeof blob; ++i) {
            blob[i] = i < 6u ? (uint8_t) "AMPS\1\0"[i] : (uint8_t)decide(w->d, 256);
        }
        amp_tls_import(&w->tls, blob, decide(w->d, sizeof blob));
    } else if (what == 1u) {
        MUST(amp_tls_export(&w->tls, blob, sizeof blob, &len) == AMP_OK && len == 0);
    } else if (what == 2u &&
               (w->is_closed || w->client->phase <= AMP_PHASE_IDLE || w->client->phase == AMP_PHASE_OVER)) {
        MUST(amp_tls_set_trust(&w->tls, &config) == AMP_OK);
    } else {
        amp_tls_stats(&w->tls, &stats);
        amp_tls_failure(&w->tls, &failure);
        MUST(stats.handshakes == 0 && !stats.resumed);
        must_be_text(failure.subject, sizeof failure.subject);
        must_be_text(failure.issuer, sizeof failure.issuer);
    }
}
#endif

/* Simulates the life of an application. Returns the number of its calls. */
static size_t live(decisions_t *d)
{
    static const unsigned lies[] = {2, 0, 8, 30};
    static world_t w;
    size_t calls = 0;
    memset(&w, 0, sizeof w);
    w.d = d;
    w.port_state.d = d;
    w.port_state.cancel = &w.cancel;
    w.port_state.lies = lies[decide(d, 4)];
    w.token_lies = w.port_state.lies / 2u;
    w.port_state.now_ms = decide(d, 3) == 1u ? UINT32_MAX - 2000u : 1000u;
#if STATEFUL_TLS
    if (happens(d, 16)) {
        tls_begin(&w);
    }
#endif
    world_create(&w);
    world_init(&w);
    while (!d->is_over && ++calls < LIFE_MAX && (d->state == 0 || calls < 20u || !happens(d, 1))) {
#if STATEFUL_TLS
        if (w.tls.ctx != NULL && happens(d, 16)) {
            act_tls(&w);
        }
#endif
        act(&w);
    }
    act_close(&w);
    nothing_must_hold_a_credential(&w);
    if (w.tls.ctx != NULL) {
        w.tls.close(w.tls.ctx);
    }
    guarded_free(&w.guarded);
    return calls;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    decisions_t d = {{data, size}, 0, 0};
    (void)live(&d);
    return 0;
}

#ifdef STATEFUL_MAIN
#include <signal.h>

static unsigned long long seed;

static void on_abort(int number)
{
    (void)number;
    fprintf(stderr, "repeat it with: 1 %llu\n", seed);
}

/* usage: stateful CALLS SEED: runs lives with the seeds SEED, SEED + 1 ..., until they have made that many
 * calls. */
int main(int argc, char **argv)
{
    const unsigned long long wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000u;
    unsigned long long calls = 0;
    unsigned long long lives = 0;
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1u;
    (void)signal(SIGABRT, on_abort);
    for (; calls < wanted; ++lives, ++seed) {
        decisions_t d = {{NULL, 0}, (uint64_t)(seed + 1u) * 0x9e3779b97f4a7c15u, 0};
        calls += live(&d);
    }
    printf("%llu calls in %llu lives\n", calls, lives);
    return 0;
}
#endif

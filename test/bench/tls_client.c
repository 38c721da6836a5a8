/* SPDX-License-Identifier: MIT */
/* The TLS benchmark of this library: tls_client PORT CA.der. The functions bench_... are measured. Three of
 * them make a request: over a new connection, over the same connection, and over a new connection that
 * resumes the session. Two of them make only the handshakes. */
#include <stdio.h>
#include <stdlib.h>

#include "amp_posix.h"
#include "ampersand/ampersand.h"

#define ARENA_SIZE 131072u

/* Not inlined, and not merged with an identical function. */
#define COUNTED __attribute__((noipa))

COUNTED void bench_cold(void);
COUNTED void bench_kept(void);
COUNTED void bench_resumed(void);
COUNTED void bench_full_handshake(void);
COUNTED void bench_resumed_handshake(void);

static amp_posix_t socket_state;
static amp_port_t tcp;
static amp_port_t tls;
static uint64_t storage[1024];
static uint64_t arena[ARENA_SIZE / sizeof(uint64_t)];
static uint8_t ca[4096];
static amp_anchor_t anchor = {AMP_ANCHOR_DER, ca, 0};
static amp_tls_config_t tls_config = {.under = &tcp, .anchors = &anchor, .anchor_count = 1};
static amp_config_t config;
static amp_url_t url;
static char url_text[64];
static amp_client_t client;
static amp_connection_t connection;
static uint8_t work[AMP_WORK_SIZE];
static uint16_t port;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s: %s, code %d\n", what, amp_status_name(amp_client_info(&client)->status),
                (int)amp_client_info(&client)->code);
        exit(1);
    }
}

static void ask(void)
{
    const amp_get_connection_t which = {.id = AMP_STR("connection-123")};
    check(amp_get_connection(&client, &which, &connection) == AMP_OK, "request");
}

static void set_up(void)
{
    amp_posix_init(&socket_state, &tcp);
    check(amp_tls_storage_size() <= sizeof storage, "storage");
    check(amp_tls_init(storage, sizeof storage, &tls_config, &tls) == AMP_OK, "TLS");
    check(amp_url_parse(amp_str(url_text), &url) == 0, "URL");
    config.base_url = &url;
    config.project = AMP_STR("p");
    config.api_key = AMP_STR("key");
    config.port = &tls;
    check(amp_init(&client, &config, work, sizeof work) == AMP_OK, "client");
}

void bench_cold(void)
{
    set_up();
    ask();
}

void bench_kept(void)
{
    ask();
}

void bench_resumed(void)
{
    ask();
}

static void shake(void)
{
    int result;
    while ((result = tls.open(tls.ctx, "localhost", port)) == 0) {
        tls.wait(tls.ctx, AMP_WAIT_READ, 1000);
    }
    check(result == 1, "handshake");
}

void bench_full_handshake(void)
{
    shake();
}

void bench_resumed_handshake(void)
{
    shake();
}

static size_t high(void)
{
    return tls_config.arena != NULL ? amp_tls_arena_peak(arena, sizeof arena) : 0;
}

int main(int argc, char **argv)
{
    uint8_t session[AMP_TLS_SESSION_MAX];
    size_t len;
    amp_tls_stats_t stats;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    check(file != NULL, "usage: tls_client PORT CA.der");
    anchor.len = fread(ca, 1, sizeof ca, file);
    (void)fclose(file);
    port = (uint16_t)atoi(argv[1]);
    snprintf(url_text, sizeof url_text, "https://localhost:%s", argv[1]);
    if (amp_tls_arena_init(arena, sizeof arena) == AMP_OK) {
        tls_config.arena = arena;
        tls_config.arena_size = sizeof arena;
    }
    bench_cold();
    printf("arena.full %zu\n", high());
    bench_kept();
    tls.close(tls.ctx);
    bench_resumed();
    amp_tls_stats(&tls, &stats);
    check(stats.resumed && stats.handshakes == 2, "resumption");
    check(amp_tls_export(&tls, session, sizeof session, &len) == AMP_OK && len > 0, "export");
    printf("session %zu\nstorage %zu\nprotocol %s\nsuite %s\n", len, amp_tls_storage_size(), stats.protocol,
           stats.suite);
    amp_close(&client);
    amp_tls_free(&tls);

    set_up();
    bench_full_handshake();
    amp_tls_stats(&tls, &stats);
    printf("tx.full %u\nrx.full %u\n", (unsigned)stats.bytes_sent, (unsigned)stats.bytes_received);
    amp_tls_import(&tls, session, len);
    bench_resumed_handshake();
    amp_tls_stats_t both;
    amp_tls_stats(&tls, &both);
    check(both.resumed, "resumption");
    /* This includes the close_notify of the previous connection. */
    printf("tx.resumed %u\nrx.resumed %u\n", (unsigned)(both.bytes_sent - stats.bytes_sent),
           (unsigned)(both.bytes_received - stats.bytes_received));
    printf("arena.resumed %zu\n", high());
    amp_close(&client);
    amp_tls_free(&tls);
    return 0;
}

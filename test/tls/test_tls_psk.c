/* SPDX-License-Identifier: MIT */
/* Tests the policy compiled with AMP_TLS_PSK_ONLY. TLS 1.3 sessions are resumed without a key exchange
 * (psk_ke of RFC 8446, 4.2.9) if the server allows it. Otherwise the client makes a full handshake. */
#include "rig_case.h"

#if defined(MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED)

#define MODE_PSK 0u

enum { SUPPORTED_GROUPS = 10, PRE_SHARED_KEY = 41, PSK_MODES = 45, KEY_SHARE = 51 };

static uint8_t blob[AMP_TLS_SESSION_MAX];
static size_t blob_len;

/* The last ClientHello. */
static struct {
    int has_key_share;
    int has_session;
    size_t mode_count;
    unsigned mode;
} hello;

static int has(SSL *ssl, unsigned type)
{
    const unsigned char *data;
    size_t len;
    return SSL_client_hello_get0_ext(ssl, type, &data, &len);
}

static int note_hello(SSL *ssl, int *alert, void *ctx)
{
    const unsigned char *modes;
    size_t len;
    (void)alert;
    (void)ctx;
    hello.has_key_share = has(ssl, KEY_SHARE);
    hello.has_session = has(ssl, PRE_SHARED_KEY);
    assert_int_equal(SSL_client_hello_get0_ext(ssl, PSK_MODES, &modes, &len), 1);
    assert_true(len >= 2u);
    hello.mode_count = modes[0];
    hello.mode = modes[1];
    return SSL_CLIENT_HELLO_SUCCESS;
}

/* Returns 1 when the first message of the server has a key share. It must be a ServerHello. */
static int server_sent_key_share(void)
{
    enum { TYPE = 5, SESSION_ID = 5 + 4 + 2 + 32 };
    const uint8_t *in = rig.stream;
    assert_int_equal(in[0], 22); /* a handshake record */
    assert_int_equal(in[TYPE], 2);
    const uint8_t *at = in + SESSION_ID + 1 + in[SESSION_ID] + 2 + 1;
    const uint8_t *end = at + 2 + (at[0] << 8 | at[1]);
    assert_true(end < in + RIG_STREAM);
    for (at += 2; at < end; at += 4 + (at[2] << 8 | at[3])) {
        if ((at[0] << 8 | at[1]) == KEY_SHARE) {
            return 1;
        }
    }
    return 0;
}

static void serve(int allows)
{
    rig_serve(&rig, RIG_1_3, &rig_server, NULL);
    SSL_CTX_set_client_hello_cb(rig.ctx, note_hello, NULL);
    if (!allows) {
        SSL_CTX_clear_options(rig.ctx, SSL_OP_ALLOW_NO_DHE_KEX);
    }
}

static void start(int allows)
{
    serve(allows);
    rig_connect(&rig);
}

/* Performs a request, and checks the results of client and server and the bytes between them. */
static void ask(int resumed)
{
    amp_tls_stats_t stats;
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(rig.was_reused, resumed);
    assert_int_equal(stats.resumed, resumed);
    assert_string_equal(stats.protocol, "TLSv1.3");
    assert_int_equal(hello.has_key_share, !resumed);
    assert_int_equal(hello.has_session, resumed);
    assert_int_equal(server_sent_key_share(), !resumed);
    assert_int_equal(hello.mode_count, 1);
    assert_int_equal(hello.mode, MODE_PSK);
}

static void sleep_and_wake(void)
{
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    assert_true(blob_len > 0);
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, blob_len);
}

static void test_resumed(void **state)
{
    (void)state;
    start(1);
    ask(0);
    for (unsigned i = 0; i < 3; ++i) {
        ask(1);
        sleep_and_wake();
        ask(1);
    }
    assert_int_equal(rig.connections, rig.shaken);
}

/* Each refusal costs a connection. After two refusals in a row no session is kept for some time. */
static void test_refused(void **state)
{
    (void)state;
    start(0);
    for (unsigned i = 0; i < 6; ++i) {
        ask(0);
    }
    assert_int_equal(rig.shaken, 6);
    assert_true(rig.connections <= 6u + 2u);
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    assert_true(rig.connections == 6u || blob_len == 0);
}

/* A device wakes, and its server no longer allows resumption without a key exchange. */
static void test_refused_after_sleep(void **state)
{
    (void)state;
    start(1);
    ask(0);
    sleep_and_wake();
    SSL_CTX_clear_options(rig.ctx, SSL_OP_ALLOW_NO_DHE_KEX);
    ask(0);
    assert_int_equal(rig.connections, 3);
}

static void test_server_that_forgot(void **state)
{
    (void)state;
    start(1);
    ask(0);
    serve(1);
    ask(0);
    assert_int_equal(rig.connections, 3);
    ask(1);
    assert_int_equal(rig.connections, 4);
}

/* The second connection is verified like any other. */
static void test_stranger(void **state)
{
    identity_t other;
    identity_t stranger;
    (void)state;
    start(1);
    ask(0);
    identity_make(&other, &(wanted_t){.name = "Other authority", .is_authority = 1});
    identity_make(&stranger, &(wanted_t){.name = "server", .issuer = &other});
    rig_serve(&rig, RIG_1_3, &stranger, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    identity_free(&stranger);
    identity_free(&other);
}

/* Sessions of TLS 1.2 are resumed as without the option. */
static void test_1_2(void **state)
{
    (void)state;
#if defined(MBEDTLS_SSL_PROTO_TLS1_2)
    rig_start(RIG_1_2_TICKET);
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, 0);
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, 1);
    assert_int_equal(rig.connections, 2);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_resumed),
        RIG_TEST(test_refused),
        RIG_TEST(test_refused_after_sleep),
        RIG_TEST(test_server_that_forgot),
        RIG_TEST(test_stranger),
        RIG_TEST(test_1_2),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

#else
int main(void)
{
    puts("SKIPPED: this mbedTLS cannot resume without a key exchange");
    return 0;
}
#endif

/* SPDX-License-Identifier: MIT */
/* Tests resumption of sessions, as the server reports it. */
#include "rig_case.h"

#define FULL_EACH 97u /* one of this many bytes of the blob is tested with a complete request */
#define PAUSE 31u     /* requests without a session, after the one whose session was refused */

static uint8_t blob[AMP_TLS_SESSION_MAX];
static size_t blob_len;

static int reports_resumption(void)
{
    amp_tls_stats_t stats;
    amp_tls_stats(&rig.tls, &stats);
    return stats.resumed;
}

/* Performs a request. Server and client must agree whether it was resumed. */
static void ask(int resumed)
{
    unsigned shaken = rig.shaken;
    rig_ask_well(&rig);
    assert_int_equal(rig.shaken, shaken + 1u);
    assert_int_equal(rig.was_reused, resumed);
    assert_int_equal(reports_resumption(), resumed);
}

static void export(void)
{
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
}

/* Makes a new client, which imports the exported session. */
static void wake_up(void)
{
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, blob_len);
}

static void test_same_client(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    for (unsigned i = 0; i < 5; ++i) {
        ask(1);
    }
    assert_int_equal(rig.connections, 6);
    assert_int_equal(rig.reused, 5);
}

static void test_new_client(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    for (unsigned i = 0; i < 3; ++i) {
        export();
        assert_true(blob_len > 100);
        wake_up();
        ask(1);
    }
}

/* A session does not contain the server's certificate, for any configuration of mbedTLS. */
static void test_no_certificate_in_the_blob(void **state)
{
    size_t der_len;
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    assert_true(blob_len > 100);
    uint8_t *der = identity_der(&rig_server, &der_len);
    for (size_t i = 0; i + der_len <= blob_len; ++i) {
        assert_memory_not_equal(blob + i, der, der_len);
    }
    OPENSSL_free(der);
}

/* Also while the connection is open. */
static void test_export_of_a_kept_connection(void **state)
{
    rig_start(rig_kind_of(state));
    rig.closes = 0;
    ask(0);
    export();
    assert_true(blob_len > 100);
    rig_ask_well(&rig);
    assert_int_equal(rig.connections, 1);
    wake_up();
    ask(1);
}

static void test_server_that_forgot(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    rig_serve(&rig, rig_kind_of(state), &rig_server, NULL);
    ask(0);
    ask(1);
    rig_serve(&rig, rig_kind_of(state), &rig_server, NULL);
    wake_up();
    ask(0);
    ask(1);
#if !defined(AMP_TLS_PSK_ONLY) /* otherwise test_tls_psk counts the connections */
    assert_int_equal(rig.connections, rig.shaken);
#endif
}

static void test_server_with_other_keys(void **state)
{
    identity_t other;
    rig_start(rig_kind_of(state));
    identity_make(&other, &(wanted_t){.name = "other", .issuer = &rig_authority});
    ask(0);
    export();
    rig_serve(&rig, rig_kind_of(state), &other, NULL);
    ask(0);
    wake_up();
    ask(0);
    ask(1);
    identity_free(&other);
}

/* Steps until the server has answered the first message. Returns 1 when the client offered a session. */
static int is_offered(void)
{
    uint64_t unused = 0;
    while (!SSL_is_init_finished(rig.ssl) && rig.raw_out == 0) {
        int result = rig.tls.open(rig.tls.ctx, "localhost", 443);
        assert_true(result >= 0);
        assert_true(++unused < 1000u);
    }
    return SSL_session_reused(rig.ssl);
}

static void probe(const uint8_t *data, size_t len, int offered)
{
    amp_tls_import(&rig.tls, data, len);
    assert_int_equal(rig.tls.open(rig.tls.ctx, "localhost", 443), 0);
    assert_int_equal(is_offered(), offered);
    rig.tls.close(rig.tls.ctx);
}

static void test_each_byte_of_the_blob(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    rig_connect(&rig);
    probe(blob, blob_len, 1);
    for (size_t i = 0; i < blob_len; ++i) {
        blob[i] ^= (uint8_t)(1u << i % 8u);
        probe(blob, blob_len, 0);
        if (i % FULL_EACH == 0) {
            wake_up();
            ask(0);
            rig_connect(&rig);
        }
        blob[i] ^= (uint8_t)(1u << i % 8u);
    }
    probe(blob, blob_len, 1);
}

static void test_each_length_of_the_blob(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    rig_connect(&rig);
    for (size_t len = 0; len < blob_len; ++len) {
        uint8_t *exact = malloc(len + 1u); /* the address sanitizer guards its end */
        memcpy(exact, blob, len);
        exact = realloc(exact, len != 0 ? len : 1u);
        probe(exact, len, 0);
        free(exact);
    }
    blob[blob_len] = 0;
    probe(blob, blob_len + 1u, 0);
    probe(NULL, 0, 0);
    wake_up();
    ask(1);
}

static void test_foreign(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, blob_len);
    rig.host = "127.0.0.1";
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, blob_len);
    (void)rig_ask(&rig); /* refused for its name, which shows that the certificate was checked */
    assert_int_equal(amp_client_info(&rig.client)->status, AMP_ERR_CERT_NAME);
    rig.host = "localhost";
    wake_up();
    rig.number = 8443;
    assert_int_equal(rig.tls.open(rig.tls.ctx, "localhost", 8443), 0);
    assert_int_equal(is_offered(), 0);
    rig.number = 443;
    wake_up();
    ask(1);
}

static void test_other_trust(void **state)
{
    identity_t other;
    size_t len;
    amp_pin_t pin;
    rig_start(rig_kind_of(state));
    identity_make(&other, &(wanted_t){.name = "Other authority", .is_authority = 1});
    uint8_t *der = identity_der(&other, &len);
    amp_anchor_t both[] = {rig.anchor, {AMP_ANCHOR_DER, der, len}};
    ask(0);
    export();
    rig.config.anchors = both;
    rig.config.anchor_count = 2;
    wake_up();
    ask(0);
    rig.config.anchors = &rig.anchor;
    rig.config.anchor_count = 1;
    identity_pin(&rig_server, pin.sha256);
    rig.config.pins = &pin;
    rig.config.pin_count = 1;
    wake_up();
    ask(0);
    export();
    wake_up();
    ask(1);
    rig.config.pins = NULL;
    rig.config.pin_count = 0;
    wake_up();
    ask(0);
    identity_free(&other);
    OPENSSL_free(der);
}

static void test_too_old(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    rig.now += AMP_TLS_SESSION_MAX_AGE_S;
    ask(1);
    rig.now += 1; /* resuming does not reset its age */
    ask(0);
    export();
    rig.now += AMP_TLS_SESSION_MAX_AGE_S + 1;
    wake_up();
    ask(0);
    export();
    rig.now -= 1; /* from the future */
    wake_up();
    ask(0);
}

static void test_certificate_that_ends(void **state)
{
    identity_t brief;
    rig_start(rig_kind_of(state));
    identity_make(&brief, &(wanted_t){.name = "brief", .issuer = &rig_authority, .last = 1});
    rig_serve(&rig, rig_kind_of(state), &brief, NULL);
    ask(0);
    export();
    rig.now += 86400;
    ask(1);
    rig.now += 1;
    rig_ask_refused(&rig, AMP_ERR_CERT_EXPIRED);
    wake_up(); /* the exported session has the same end */
    rig_ask_refused(&rig, AMP_ERR_CERT_EXPIRED);
    rig_serve(&rig, rig_kind_of(state), &rig_server, NULL);
    ask(0);
    ask(1); /* the end is that of the new chain */
    identity_free(&brief);
}

static void test_no_session_yet(void **state)
{
    rig_start(rig_kind_of(state));
    export();
    assert_int_equal(blob_len, 0);
    ask(0);
    size_t need = 0;
    assert_int_equal(amp_tls_export(&rig.tls, blob, 10, &need), AMP_ERR_MEMORY);
    export();
    assert_int_equal(blob_len, need);
    assert_int_equal(amp_tls_export(&rig.tls, blob, need - 1u, &need), AMP_ERR_MEMORY);
    assert_int_equal(amp_tls_export(&rig.tls, blob, need, &need), AMP_OK);
    assert_int_equal(need, blob_len);
}

/* A session is kept only after an answer was read, and not after TLS itself failed. */
static void test_cut_before_an_answer(void **state)
{
    rig_start(rig_kind_of(state));
    rig.answer = "";
    assert_true(rig_ask(&rig) < 0);
    export();
    assert_int_equal(blob_len, 0);
    rig.answer = NULL;
    ask(0);
}

/* A session is also not kept if the connection received bytes that are not a valid record. */
static void test_broken_after_an_answer(void **state)
{
    static const char forged[] = "\x17\x03\x03\x00\x20"
                                 "0123456789abcdef0123456789abcdef";
    uint8_t byte;
    rig_start(rig_kind_of(state));
    rig.closes = 0;
    ask(0);
    rig.instead = forged;
    rig.instead_len = sizeof forged - 1u;
    rig.raw_out = 0; /* counts the server's bytes that were received */
    assert_int_equal(rig.tls.recv(rig.tls.ctx, &byte, 1), AMP_ERR_TLS);
    rig.tls.close(rig.tls.ctx);
    export();
    assert_int_equal(blob_len, 0);
    rig.instead = NULL;
    rig.closes = 1;
    ask(0);
    ask(1);
}

static void add_tickets(rig_t *of, const char *first, size_t len)
{
    rig_say(of, first, len);
    assert_int_equal(SSL_new_session_ticket(of->ssl), 1);
    rig_say(of, rig_answer + len, strlen(rig_answer) - len);
}

static void ticket_in_the_body(rig_t *of)
{
    add_tickets(of, rig_answer, strlen(rig_answer) - 100u);
}

static void two_tickets_before_the_answer(rig_t *of)
{
    assert_int_equal(SSL_new_session_ticket(of->ssl), 1);
    assert_int_equal(SSL_new_session_ticket(of->ssl), 1);
    rig_say(of, rig_answer, strlen(rig_answer));
}

static void test_tickets(void **state)
{
    static void (*const ways[])(rig_t *) = {ticket_in_the_body, two_tickets_before_the_answer};
    (void)state;
    for (unsigned i = 0; i < 2; ++i) {
        rig_start(RIG_1_3);
        SSL_CTX_set_num_tickets(rig.ctx, 0);
        rig.on_request = ways[i];
        ask(0);
        ask(1);
        export();
        wake_up();
        ask(1);
        rig_free(&rig);
        rig_init(&rig);
    }
    for (unsigned tickets = 0; tickets < 4; ++tickets) {
        rig_start(RIG_1_3);
        SSL_CTX_set_num_tickets(rig.ctx, tickets);
        ask(0);
        export();
        assert_int_equal(blob_len > 0, tickets > 0);
        ask(tickets > 0);
    }
}

static void test_many_tickets(void **state)
{
    (void)state;
    rig_start(RIG_1_3);
    SSL_CTX_set_num_tickets(rig.ctx, 200);
    ask(0);
    ask(1);
}

/* Accepts connections, but ends them at once. */
static int refuse_sessions(SSL *ssl, int *out_alert, void *arg)
{
    (void)arg;
    const unsigned char *extension;
    size_t len;
    const unsigned ticket = 35;
    const unsigned pre_shared_key = 41;
    if ((SSL_client_hello_get0_ext(ssl, ticket, &extension, &len) == 1 && len > 0) ||
        SSL_client_hello_get0_ext(ssl, pre_shared_key, &extension, &len) == 1) {
        *out_alert = SSL_AD_HANDSHAKE_FAILURE;
        return SSL_CLIENT_HELLO_ERROR;
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

static void test_server_that_chokes_on_sessions(void **state)
{
    if (rig_kind_of(state) == RIG_1_2_ID) {
        return; /* its session id is in every hello of 1.3, too */
    }
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    SSL_CTX_set_client_hello_cb(rig.ctx, refuse_sessions, NULL);
    wake_up();
    ask(0);
    assert_int_equal(rig.connections, 3);
    ask(0);
    assert_int_equal(rig.connections, 5);
    amp_tls_import(&rig.tls, blob, blob_len); /* one more does not change the pause */
    ask(0);
    assert_int_equal(rig.connections, 7);
    for (unsigned i = 1; i < PAUSE; ++i) { /* after two refusals no session is kept for some time */
        ask(0);
        assert_int_equal(rig.connections, 7u + i);
        export();
        assert_int_equal(blob_len, 0);
    }
    ask(0); /* the session is kept */
    ask(0); /* the server refuses it */
    assert_int_equal(rig.connections, PAUSE + 9u);
    for (unsigned i = 0; i < PAUSE; ++i) { /* one more refusal is enough for another pause */
        ask(0);
    }
    assert_int_equal(rig.connections, 2u * PAUSE + 9u);
    SSL_CTX_set_client_hello_cb(rig.ctx, NULL, NULL);
    ask(0);
    ask(1);
}

/* Refusals count only in a row. */
static void test_server_that_chokes_now_and_then(void **state)
{
    if (rig_kind_of(state) == RIG_1_2_ID) {
        return;
    }
    rig_start(rig_kind_of(state));
    ask(0);
    for (unsigned i = 0; i < 4; ++i) {
        SSL_CTX_set_client_hello_cb(rig.ctx, refuse_sessions, NULL);
        ask(0);
        SSL_CTX_set_client_hello_cb(rig.ctx, NULL, NULL);
        ask(1);
    }
}

/* A connection that is cut does not count as a refusal. */
static void test_cut_while_a_session_is_offered(void **state)
{
    rig_start(rig_kind_of(state));
    ask(0);
    export();
    for (unsigned i = 0; i < 4; ++i) {
        rig.cut_after = 0;
        amp_tls_import(&rig.tls, blob, blob_len);
        assert_true(rig_ask(&rig) < 0);
        rig.cut_after = SIZE_MAX;
        ask(0);
        export();
        assert_true(blob_len > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_KINDS_OF(test_same_client),
        RIG_KINDS_OF(test_new_client),
        RIG_KINDS_OF(test_no_certificate_in_the_blob),
        RIG_KINDS_OF(test_export_of_a_kept_connection),
        RIG_KINDS_OF(test_server_that_forgot),
        RIG_KINDS_OF(test_server_with_other_keys),
        RIG_KINDS_OF(test_each_byte_of_the_blob),
        RIG_KINDS_OF(test_each_length_of_the_blob),
        RIG_KINDS_OF(test_foreign),
        RIG_KINDS_OF(test_other_trust),
        RIG_KINDS_OF(test_too_old),
        RIG_KINDS_OF(test_certificate_that_ends),
        RIG_KINDS_OF(test_no_session_yet),
        RIG_KINDS_OF(test_cut_before_an_answer),
        RIG_KINDS_OF(test_broken_after_an_answer),
        RIG_KINDS_OF(test_server_that_chokes_on_sessions),
        RIG_KINDS_OF(test_server_that_chokes_now_and_then),
        RIG_KINDS_OF(test_cut_while_a_session_is_offered),
        RIG_TEST(test_tickets),
        RIG_TEST(test_many_tickets),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

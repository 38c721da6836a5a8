/* SPDX-License-Identifier: MIT */
/* Tests servers that end a handshake. Checks what amp_tls_failure reports for their alerts, and for bytes
 * that mbedTLS cannot parse. */
#include "rig_case.h"

static amp_tls_failure_t failure;

static void check_rule(unsigned alert, const char *rule)
{
    amp_tls_failure(&rig.tls, &failure);
    assert_string_equal(failure.rule, rule);
    assert_int_equal(failure.alert, alert);
    assert_int_equal(failure.status, AMP_ERR_TLS);
}

static void check_refused(unsigned alert, const char *rule)
{
    rig_ask_refused(&rig, AMP_ERR_TLS);
    check_rule(alert, rule);
}

/* After a failure the same client can connect to a server without a fault. */
static void check_usable(rig_kind_t kind)
{
    rig_serve(&rig, kind, &rig_server, NULL);
    rig_ask_well(&rig);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, AMP_OK);
    assert_int_equal(failure.alert, 0);
    assert_string_equal(failure.rule, "");
}

static void test_versions(void **state)
{
    (void)state;
    rig_serve(&rig, RIG_1_3, &rig_server, NULL);
    rig_connect(&rig);
    if (rig_can(RIG_1_3)) {
        rig_ask_well(&rig);
        return;
    }
    check_refused(70, "server requires TLS 1.3");
    check_usable(RIG_1_2_ID);
}

static void test_client_certificate_1_2(void **state)
{
    (void)state;
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL);
    SSL_CTX_set_verify(rig.ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    rig_connect(&rig);
    check_refused(40, "server requires a client certificate");
    check_usable(RIG_1_2_ID);
    /* A server that requests a certificate and continues without it. */
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL);
    SSL_CTX_set_verify(rig.ctx, SSL_VERIFY_PEER, NULL);
    rig_ask_well(&rig);
    /* The certificate request of an earlier connection does not change the report. */
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL);
    assert_int_equal(SSL_CTX_set_cipher_list(rig.ctx, "ECDHE-ECDSA-AES128-SHA"), 1);
    check_refused(40, "no cipher, group or signature in common");
}

/* In TLS 1.3 the client's handshake is complete before the server can report an error. */
static void test_client_certificate_1_3(void **state)
{
    (void)state;
    if (!rig_can(RIG_1_3)) {
        print_message("SKIPPED: this mbedTLS has no TLS 1.3\n");
        skip();
    }
    rig_serve(&rig, RIG_1_3, &rig_server, NULL);
    SSL_CTX_set_verify(rig.ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    rig_connect(&rig);
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_TLS");
    assert_int_equal(rig.answered, 0);
    check_rule(116, "server requires a client certificate");
    check_usable(RIG_1_3);
}

static int refuse_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_len, const unsigned char *in,
                       unsigned len, void *ctx)
{
    (void)ssl, (void)out, (void)out_len, (void)in, (void)len, (void)ctx;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

/* Ends the handshake with the alert that ctx points to. */
static int refuse_name(SSL *ssl, int *alert, void *ctx)
{
    (void)ssl;
    *alert = *(const int *)ctx;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static void test_alpn_and_names(void **state)
{
    const rig_kind_t kind = rig_kind_of(state);
    static const struct {
        int alert;
        const char *rule;
    } rows[] = {
        {SSL_AD_UNRECOGNIZED_NAME, "server does not know the name"},
        {SSL_AD_INSUFFICIENT_SECURITY, "server requires stronger ciphers"},
        {SSL_AD_INTERNAL_ERROR, "server reports an internal error"},
        {SSL_AD_HANDSHAKE_FAILURE, "no cipher, group or signature in common"},
        {SSL_AD_BAD_CERTIFICATE, "alert from the server"}, /* the server requested no certificate */
        {SSL_AD_ACCESS_DENIED, "alert from the server"},
    };
    rig_start(kind);
    SSL_CTX_set_alpn_select_cb(rig.ctx, refuse_alpn, NULL);
    check_refused(120, "server does not speak http/1.1");
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        int alert = rows[i].alert;
        rig_serve(&rig, kind, &rig_server, NULL);
        SSL_CTX_set_tlsext_servername_callback(rig.ctx, refuse_name);
        SSL_CTX_set_tlsext_servername_arg(rig.ctx, &alert);
        check_refused((unsigned)alert, rows[i].rule);
    }
    check_usable(kind);
}

/* The client offers a session, and the server refuses it with an alert. The client makes one more connection,
 * and reports the alert of that one. */
static void test_alert_after_a_session(void **state)
{
    const rig_kind_t kind = rig_kind_of(state);
    int alert = SSL_AD_UNRECOGNIZED_NAME;
    rig_start(kind);
    rig_ask_well(&rig);
    SSL_CTX_set_tlsext_servername_callback(rig.ctx, refuse_name);
    SSL_CTX_set_tlsext_servername_arg(rig.ctx, &alert);
    check_refused(112, "server does not know the name");
    check_usable(kind);
}

/* The certificates are split into several records. mbedTLS joins them since 3.6.3. */
static void test_split_messages(void **state)
{
    (void)state;
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL);
    SSL_CTX_set_options(rig.ctx, SSL_OP_NO_TICKET);
    assert_int_equal(SSL_CTX_add1_chain_cert(rig.ctx, rig_authority.certificate), 1);
    SSL_CTX_set_max_send_fragment(rig.ctx, 512);
    rig_connect(&rig);
    if (MBEDTLS_VERSION_NUMBER >= 0x03060300) {
        rig_ask_well(&rig);
        return;
    }
    check_refused(0, "handshake message split over records; mbedTLS 3.6.3 can read it");
    check_usable(RIG_1_2_ID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_versions),
        RIG_TEST(test_client_certificate_1_2),
        RIG_TEST(test_client_certificate_1_3),
        RIG_KINDS_OF(test_alpn_and_names),
        RIG_KINDS_OF(test_alert_after_a_session),
        RIG_TEST(test_split_messages),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

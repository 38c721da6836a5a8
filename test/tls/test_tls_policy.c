/* SPDX-License-Identifier: MIT */
/* Tests the client's offers, as the server receives them (RFC 9325), and servers that require something
 * else. */
#include <openssl/err.h>

#include "rig_case.h"

#define SCSV 0x00ffu /* signals renegotiation (RFC 5746); not a suite */

static amp_tls_failure_t failure;

/* The last ClientHello. */
static struct {
    uint16_t suites[64];
    size_t suite_count;
    uint16_t groups[32];
    size_t group_count;
    uint16_t signatures[64];
    size_t signature_count;
    uint8_t modes[4]; /* of resumption (RFC 8446, 4.2.9), with their count first */
    size_t modes_len;
    int has_key_share;
    unsigned hellos;
} offered;

static size_t read_numbers(const unsigned char *in, size_t len, uint16_t *out, size_t max)
{
    size_t count = 0;
    for (; len >= 2u && count < max; in += 2, len -= 2u) {
        out[count++] = (uint16_t)(in[0] << 8 | in[1]);
    }
    assert_int_equal(len, 0);
    return count;
}

/* An extension that is a list of numbers. */
static size_t read_extension(SSL *ssl, unsigned type, uint16_t *out, size_t max)
{
    const unsigned char *data;
    size_t len;
    assert_int_equal(SSL_client_hello_get0_ext(ssl, type, &data, &len), 1);
    assert_true(len > 2u);
    return read_numbers(data + 2, len - 2u, out, max);
}

static int note_hello(SSL *ssl, int *alert, void *ctx)
{
    const unsigned char *data;
    size_t len = SSL_client_hello_get0_ciphers(ssl, &data);
    (void)alert;
    (void)ctx;
    ++offered.hellos;
    offered.suite_count = read_numbers(data, len, offered.suites, 64);
    offered.has_key_share = SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_key_share, &data, &len);
    offered.modes_len = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_psk_kex_modes, &data, &len) == 1) {
        assert_true(len <= sizeof offered.modes);
        memcpy(offered.modes, data, len);
        offered.modes_len = len;
    }
    offered.group_count = read_extension(ssl, TLSEXT_TYPE_supported_groups, offered.groups, 32);
    offered.signature_count = read_extension(ssl, TLSEXT_TYPE_signature_algorithms, offered.signatures, 64);
    return SSL_CLIENT_HELLO_SUCCESS;
}

static void serve(rig_kind_t kind, const identity_t *identity)
{
    memset(&offered, 0, sizeof offered);
    rig_serve(&rig, kind, identity, NULL);
    SSL_CTX_set_client_hello_cb(rig.ctx, note_hello, NULL);
}

static int has(const uint16_t *list, size_t count, uint16_t wanted)
{
    for (size_t i = 0; i < count; ++i) {
        if (list[i] == wanted) {
            return 1;
        }
    }
    return 0;
}

/* Each suite has forward secrecy and AEAD, with a full tag. OpenSSL translates the numbers. */
static void check_suite(SSL *ssl, uint16_t number)
{
    const unsigned char id[] = {(unsigned char)(number >> 8), (unsigned char)number};
    const SSL_CIPHER *suite = SSL_CIPHER_find(ssl, id);
    assert_non_null(suite);
    const int exchange = SSL_CIPHER_get_kx_nid(suite);
    const char *name = SSL_CIPHER_get_name(suite);
    if ((exchange != NID_kx_ecdhe && exchange != NID_kx_any) || !SSL_CIPHER_is_aead(suite) ||
        strstr(name, "CCM8") != NULL || strstr(name, "CCM_8") != NULL || strstr(name, "ARIA") != NULL) {
        fail_msg("%s is offered", name);
    }
}

static void test_offers(void **state)
{
    static const uint16_t groups[] = {0x1d, 0x17, 0x18, 0x19}; /* x25519, P-256, P-384, P-521 */
    static const uint16_t signatures[] = {0x0403, 0x0503, 0x0603, 0x0401, 0x0501,
                                          0x0601, 0x0804, 0x0805, 0x0806};
    (void)state;
    for (int kind = 0; kind < RIG_KINDS; ++kind) {
        if (!rig_can((rig_kind_t)kind)) {
            continue;
        }
        serve((rig_kind_t)kind, &rig_server);
        rig_connect(&rig);
        rig_ask_well(&rig);
        SSL *ssl = SSL_new(rig.ctx);
        for (size_t i = 0; i < offered.suite_count; ++i) {
            if (offered.suites[i] != SCSV) {
                check_suite(ssl, offered.suites[i]);
            }
        }
        SSL_free(ssl);
        assert_true(has(offered.suites, offered.suite_count, 0xc02b)); /* ECDHE_ECDSA, AES-128-GCM */
        assert_true(has(offered.groups, offered.group_count, 0x17));
        assert_true(has(offered.signatures, offered.signature_count, 0x0403));
        for (size_t i = 0; i < offered.group_count; ++i) {
            assert_true(has(groups, 4, offered.groups[i]));
        }
        for (size_t i = 0; i < offered.signature_count; ++i) {
            assert_true(has(signatures, 9, offered.signatures[i]));
        }
    }
}

/* The policy keeps every suite that it allows and that this build supports. */
static void test_offers_what_the_build_has(void **state)
{
    (void)state;
    serve(RIG_1_2_ID, &rig_server);
    rig_connect(&rig);
    rig_ask_well(&rig);
#if MBEDTLS_VERSION_NUMBER < 0x04000000
#if defined(MBEDTLS_CHACHAPOLY_C)
    /* ChaCha20 is the first suite, for a processor without AES hardware. If the build has TLS 1.3, that
     * includes its suites. */
    assert_int_equal(offered.suites[0], rig_can(RIG_1_3) ? 0x1303 : 0xcca9);
#endif
#if defined(MBEDTLS_CCM_C)
    assert_true(has(offered.suites, offered.suite_count, 0xc0ac));
    assert_true(has(offered.suites, offered.suite_count, 0xc0ad));
#endif
#if defined(MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED)
    assert_true(has(offered.suites, offered.suite_count, 0xc02f));
    assert_true(has(offered.suites, offered.suite_count, 0xc030));
    assert_true(has(offered.signatures, offered.signature_count, 0x0401));
#endif
#if defined(MBEDTLS_ECP_DP_CURVE25519_ENABLED)
    assert_true(has(offered.groups, offered.group_count, 0x1d));
#endif
#if defined(MBEDTLS_ECP_DP_SECP521R1_ENABLED)
    assert_true(has(offered.groups, offered.group_count, 0x19));
#endif
#endif
    assert_true(has(offered.suites, offered.suite_count, 0xc02c));
    assert_true(has(offered.groups, offered.group_count, 0x18));
    assert_true(has(offered.signatures, offered.signature_count, 0x0503));
}

/* A TLS 1.2 server that supports only this suite. */
static void check_refused(const identity_t *identity, const char *suites)
{
    serve(RIG_1_2_ID, identity);
    assert_int_equal(SSL_CTX_set_cipher_list(rig.ctx, suites), 1);
    rig_connect(&rig);
    rig_ask_refused(&rig, AMP_ERR_TLS);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, AMP_ERR_TLS);
    assert_int_equal(failure.alert, 40);
    assert_string_equal(failure.rule, "no cipher, group or signature in common");
}

static void test_weak_suites(void **state)
{
    static const char *const of_curves[] = {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA",
                                            "ECDHE-ECDSA-AES128-CCM8", "ECDHE-ECDSA-CAMELLIA128-SHA256"};
    (void)state;
    for (unsigned i = 0; i < sizeof of_curves / sizeof of_curves[0]; ++i) {
        check_refused(&rig_server, of_curves[i]);
    }
#if defined(MBEDTLS_RSA_C)
    static const char *const of_rsa[] = {"AES128-GCM-SHA256", "AES256-SHA256", "DHE-RSA-AES128-GCM-SHA256",
                                         "ECDHE-RSA-AES128-SHA"};
    identity_t rsa;
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    for (unsigned i = 0; i < sizeof of_rsa / sizeof of_rsa[0]; ++i) {
        check_refused(&rsa, of_rsa[i]);
    }
    identity_free(&rsa);
#endif
}

/* Mbed-TLS/mbedtls issue 10668: a TLS 1.2 server that follows its own preference signs with RSA-PSS, as
 * `openssl s_server -tls1_2 -serverpref` does. */
static void test_server_that_follows_its_own_order(void **state)
{
    (void)state;
#if defined(MBEDTLS_RSA_C)
    identity_t rsa;
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    serve(RIG_1_2_ID, &rsa);
    SSL_CTX_set_options(rig.ctx, SSL_OP_CIPHER_SERVER_PREFERENCE);
    rig_connect(&rig);
    for (unsigned i = 0; i < 3; ++i) {
        rig_ask_well(&rig);
        amp_tls_failure(&rig.tls, &failure);
        assert_int_equal(failure.status, AMP_OK);
        assert_string_equal(failure.rule, "");
        assert_string_equal(failure.subject, "rsa");
        amp_tls_import(&rig.tls, "", 0); /* no session, so another full handshake */
    }
    assert_int_equal(rig.reused, 0);
    assert_true(offered.hellos <= 6u); /* two for each request at most */
    /* The change of the offer lasts for that connection only. */
    if (rig_can(RIG_1_3)) {
        SSL_CTX_free(rig.ctx);
        rig.ctx = NULL;
        serve(RIG_1_3, &rsa);
        rig_ask_well(&rig);
        assert_int_equal(offered.hellos, 1);
        assert_true(has(offered.signatures, offered.signature_count, 0x0804));
    }
    identity_free(&rsa);
#else
    print_message("SKIPPED: this mbedTLS has no RSA\n");
    skip();
#endif
}

/* A server that signs only with RSA-PSS, over TLS 1.2. The affected versions refuse it, and must not retry
 * without end. */
static void test_server_without_older_signatures(void **state)
{
    (void)state;
#if defined(MBEDTLS_RSA_C)
    identity_t rsa;
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    serve(RIG_1_2_ID, &rsa);
    assert_int_equal(SSL_CTX_set1_sigalgs_list(rig.ctx, "RSA-PSS+SHA256"), 1);
    rig_connect(&rig);
    amp_status_t status = rig_ask(&rig);
    assert_true(status == AMP_END || status == AMP_ERR_TLS);
    assert_true(offered.hellos <= 2u);
    identity_free(&rsa);
#else
    print_message("SKIPPED: this mbedTLS has no RSA\n");
    skip();
#endif
}

/* The rig's server allows resumption without a key exchange, so only the client refuses it. */
static void test_resumption_has_a_key_exchange(void **state)
{
    (void)state;
#if defined(AMP_TLS_PSK_ONLY)
    print_message("SKIPPED: tested in test_tls_psk\n");
    skip();
#else
    static const uint8_t psk_dhe_ke[] = {1, 1}; /* one mode, of number 1 */
    if (!rig_can(RIG_1_3)) {
        skip();
    }
    serve(RIG_1_3, &rig_server);
    rig_connect(&rig);
    for (int resumed = 0; resumed < 2; ++resumed) {
        rig_ask_well(&rig);
        assert_int_equal(rig.was_reused, resumed);
        assert_int_equal(offered.has_key_share, 1);
        assert_int_equal(offered.modes_len, sizeof psk_dhe_ke);
        assert_memory_equal(offered.modes, psk_dhe_ke, sizeof psk_dhe_ke);
    }
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_resumption_has_a_key_exchange),     RIG_TEST(test_offers),
        RIG_TEST(test_offers_what_the_build_has),         RIG_TEST(test_weak_suites),
        RIG_TEST(test_server_that_follows_its_own_order), RIG_TEST(test_server_without_older_signatures),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

/* SPDX-License-Identifier: MIT */
/* Tests the policy compiled with AMP_TLS_CBC and AMP_TLS_PREFER_AES: suites with CBC and a newer hash, but no
 * weaker ones, and AES before ChaCha20. */
#include "rig_case.h"

static void serve(const char *suites)
{
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL);
    SSL_CTX_set_options(rig.ctx, SSL_OP_CIPHER_SERVER_PREFERENCE);
    assert_int_equal(SSL_CTX_set_cipher_list(rig.ctx, suites), 1);
    rig_connect(&rig);
}

static void test_cbc(void **state)
{
    (void)state;
#if defined(MBEDTLS_CIPHER_MODE_CBC) || MBEDTLS_VERSION_NUMBER >= 0x04000000
    serve("ECDHE-ECDSA-AES128-SHA256");
    rig_ask_well(&rig);
    serve("ECDHE-ECDSA-AES256-SHA384");
    rig_ask_well(&rig);
#else
    print_message("SKIPPED: this mbedTLS has no CBC\n");
    skip();
#endif
}

static void test_still_refused(void **state)
{
    (void)state;
    serve("ECDHE-ECDSA-AES128-SHA");
    rig_ask_refused(&rig, AMP_ERR_TLS);
    serve("ECDHE-ECDSA-AES128-CCM8");
    rig_ask_refused(&rig, AMP_ERR_TLS);
}

static void test_others_first(void **state)
{
    amp_tls_stats_t stats;
    (void)state;
    serve("ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256");
    SSL_CTX_clear_options(rig.ctx, SSL_OP_CIPHER_SERVER_PREFERENCE); /* the client's preference */
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_non_null(strstr(stats.suite, "GCM"));
}

/* For a server that follows the client's preference. */
static void test_aes_before_chacha20(void **state)
{
    amp_tls_stats_t stats;
    (void)state;
    serve("ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256");
    SSL_CTX_clear_options(rig.ctx, SSL_OP_CIPHER_SERVER_PREFERENCE);
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_non_null(strstr(stats.suite, "AES"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_cbc),
        RIG_TEST(test_still_refused),
        RIG_TEST(test_others_first),
        RIG_TEST(test_aes_before_chacha20),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

/* SPDX-License-Identifier: MIT */
/* Tests bundles of platforms. ESP-IDF 6.0 creates anchors with only a name and a key for cross-signed roots.
 * The bundle of Arduino's core 2.0.x is empty. */
#include "rig_case.h"

#include <mbedtls/platform.h>

#include "tls/trust.h"

/* 2027-01-15, within the validity of all certificates of the rig that have dates. */
#define NOW 1800000000

/* Makes a root like one of a bundle, with only a name and a key. */
static void make_bare(mbedtls_x509_crt *root)
{
    mbedtls_x509_crt_init(root);
    assert_int_equal(mbedtls_x509_crt_parse_der_nocopy(root, rig.anchor.data, rig.anchor.len), 0);
    memset(&root->raw, 0, sizeof root->raw);
    memset(&root->valid_from, 0, sizeof root->valid_from);
    memset(&root->valid_to, 0, sizeof root->valid_to);
}

static uint32_t flags_of(mbedtls_x509_crt *certificate, uint32_t flags, int64_t now)
{
    amp_trust_t trust;
    memset(&trust, 0, sizeof trust);
    amp__trust_expect(&trust, "server", now);
    assert_int_equal(amp__verify(&trust, certificate, 1, &flags), 0);
    return flags;
}

/* With MBEDTLS_HAVE_TIME_DATE, mbedTLS reports that the root ended in the year 0. The check with the
 * application's clock does the same. */
static void test_anchor_without_dates(void **state)
{
    mbedtls_x509_crt root;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    make_bare(&root);
    assert_int_equal(flags_of(&root, 0, NOW), 0);
    assert_int_equal(flags_of(&root, MBEDTLS_X509_BADCERT_EXPIRED, NOW), 0);
    assert_int_equal(flags_of(&root, MBEDTLS_X509_BADCERT_EXPIRED, 0), 0);
    /* No other fault is accepted. */
    assert_int_equal(flags_of(&root, MBEDTLS_X509_BADCERT_BAD_KEY, NOW), MBEDTLS_X509_BADCERT_BAD_KEY);
    /* The dates of a certificate from the server are always checked. */
    root.raw.p = (unsigned char *)rig.anchor.data;
    root.raw.len = rig.anchor.len;
    assert_int_equal(flags_of(&root, 0, NOW), MBEDTLS_X509_BADCERT_EXPIRED);
    assert_int_equal(flags_of(&root, MBEDTLS_X509_BADCERT_EXPIRED, 0), MBEDTLS_X509_BADCERT_EXPIRED);
    root.raw.p = NULL;
    mbedtls_x509_crt_free(&root);
}

static int attach_empty(void *conf)
{
    (void)conf;
    return 0;
}

static void test_empty_bundle(void **state)
{
    const amp_tls_config_t empty = {.bundle = attach_empty};
    amp_tls_config_t both;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &empty), AMP_ERR_TRUST);
    rig_ask_well(&rig); /* by the previous anchors */
    both = rig.config;
    both.bundle = attach_empty;
    assert_int_equal(amp_tls_set_trust(&rig.tls, &both), AMP_OK);
    rig_ask_well(&rig);
}

#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
static int find_root(void *ctx, const mbedtls_x509_crt *child, mbedtls_x509_crt **out_roots)
{
    mbedtls_x509_crt *root = mbedtls_calloc(1, sizeof *root);
    (void)ctx;
    (void)child;
    assert_non_null(root);
    make_bare(root);
    *out_roots = root;
    return 0;
}

static int accept_no_chain(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    (void)ctx;
    (void)certificate;
    (void)depth;
    (void)flags;
    return 0;
}

static int attach_callback(void *conf)
{
    mbedtls_ssl_conf_verify(conf, accept_no_chain, NULL);
    mbedtls_ssl_conf_ca_cb(conf, find_root, NULL);
    return 0;
}

static int attach_and_fail(void *conf)
{
    (void)attach_empty(conf);
    return -1;
}

static void test_bundle_of_a_callback(void **state)
{
    const amp_tls_config_t bundle = {.bundle = attach_callback};
    const amp_tls_config_t failing = {.bundle = attach_and_fail};
    identity_t stranger;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &bundle), AMP_OK);
    rig_ask_well(&rig);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &failing), AMP_ERR_TRUST);
    rig.is_ended = 0;
    rig_serve(&rig, RIG_1_2_ID, &rig_server, NULL); /* no session may resume */
    rig_ask_well(&rig);
    identity_make(&stranger, &(wanted_t){.name = "stranger"});
    rig_serve(&rig, RIG_1_2_TICKET, &stranger, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    identity_free(&stranger);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_anchor_without_dates),
        RIG_TEST(test_empty_bundle),
#if defined(MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK)
        RIG_TEST(test_bundle_of_a_callback),
#endif
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

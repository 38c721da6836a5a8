/* SPDX-License-Identifier: MIT */
/* Checks that no byte of a request reaches a server that failed verification, and that the failure names the
 * broken rule. */
#include "rig_case.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

static amp_tls_failure_t failure;

static void serve(const identity_t *server, const identity_t *middle)
{
    rig_serve(&rig, rig_can(RIG_1_3) ? RIG_1_3 : RIG_1_2_TICKET, server, middle);
    rig_connect(&rig);
}

/* A server with this certificate must be refused, for this reason. */
static void check_refused(const wanted_t *wanted, amp_status_t status, const char *rule)
{
    identity_t identity;
    identity_make(&identity, wanted);
    serve(&identity, NULL);
    rig_ask_refused(&rig, status);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, status);
    assert_string_equal(failure.rule, rule);
    rig_disconnect(&rig);
    identity_free(&identity);
}

static void check_trusted(const wanted_t *wanted)
{
    identity_t identity;
    identity_make(&identity, wanted);
    serve(&identity, NULL);
    rig_ask_well(&rig);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, AMP_OK);
    assert_string_equal(failure.rule, "");
    rig_disconnect(&rig);
    identity_free(&identity);
}

static void test_dates(void **state)
{
    (void)state;
    check_refused(&(wanted_t){.name = "old", .issuer = &rig_authority, .first = -400, .last = -30},
                  AMP_ERR_CERT_EXPIRED, "expired");
    assert_int_equal(failure.depth, 0);
    assert_string_equal(failure.subject, "old");
    assert_string_equal(failure.issuer, "Test authority");
    check_refused(&(wanted_t){.name = "new", .issuer = &rig_authority, .first = 30, .last = 400},
                  AMP_ERR_CERT_FUTURE, "not yet valid");
    const wanted_t exact = {.name = "exact", .issuer = &rig_authority, .first = -1, .last = 1};
    rig.now = CERTS_NOW + 86400;
    check_trusted(&exact);
    rig.now += 1;
    check_refused(&exact, AMP_ERR_CERT_EXPIRED, "expired");
    rig.now = CERTS_NOW - 86400;
    check_trusted(&exact);
    rig.now -= 1;
    check_refused(&exact, AMP_ERR_CERT_FUTURE, "not yet valid");
}

static void test_clock_that_is_not_set(void **state)
{
    static const int64_t times[] = {INT64_MIN, -1, 0, 1, AMP_BUILD_TIME - 1};
    (void)state;
    serve(&rig_server, NULL);
    for (unsigned i = 0; i < sizeof times / sizeof times[0]; ++i) {
        rig.now = times[i];
        rig_ask_refused(&rig, AMP_ERR_CLOCK);
        assert_int_equal(rig.connections, 0);
    }
    rig.now = AMP_BUILD_TIME;
    rig_ask_refused(&rig, AMP_ERR_CERT_FUTURE);
    rig.now = CERTS_NOW;
    rig_ask_well(&rig);
}

static void test_issuers(void **state)
{
    identity_t stranger;
    identity_t twin;
    (void)state;
    identity_make(&stranger, &(wanted_t){.name = "Stranger", .is_authority = 1});
    identity_make(&twin, &(wanted_t){.name = "Test authority", .is_authority = 1});
    check_refused(&(wanted_t){.name = "server", .issuer = &stranger}, AMP_ERR_CERT_UNTRUSTED,
                  "unknown issuer");
    assert_string_equal(failure.subject, "server");
    assert_string_equal(failure.issuer, "Stranger");
    check_refused(&(wanted_t){.name = "server", .issuer = &twin}, AMP_ERR_CERT_UNTRUSTED, "unknown issuer");
    check_refused(&(wanted_t){.name = "itself"}, AMP_ERR_CERT_UNTRUSTED, "unknown issuer");
    check_refused(&(wanted_t){.name = "client", .issuer = &rig_authority, .usage = "clientAuth"},
                  AMP_ERR_CERT, "usage");
    identity_free(&stranger);
    identity_free(&twin);
}

static void test_missing_intermediate(void **state)
{
    identity_t middle;
    identity_t server;
    identity_t old;
    (void)state;
    identity_make(&middle, &(wanted_t){.name = "Middle", .issuer = &rig_authority, .is_authority = 1});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &middle});
    serve(&server, &middle);
    rig_ask_well(&rig);
    serve(&server, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    amp_tls_failure(&rig.tls, &failure);
    assert_string_equal(failure.issuer, "Middle");
    identity_free(&server);
    identity_make(
        &old,
        &(wanted_t){
            .name = "Old middle", .issuer = &rig_authority, .is_authority = 1, .first = -400, .last = -30});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &old});
    serve(&server, &old);
    rig_ask_refused(&rig, AMP_ERR_CERT_EXPIRED);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.depth, 1);
    assert_string_equal(failure.subject, "Old middle");
    identity_free(&server);
    identity_free(&middle);
    identity_free(&old);
}

/* RFC 9525: a name must be one that the certificate lists. A wildcard is a whole first label, and matches
 * exactly one label. */
static void test_names(void **state)
{
    static const struct {
        const char *host;
        const char *names;
        int fits;
    } rows[] = {
        {"api.example.com", "DNS:api.example.com", 1},
        {"api.example.com", "DNS:API.Example.COM", 1},
        {"api.example.com", "DNS:other.example.com, DNS:api.example.com", 1},
        {"api.example.com", "DNS:*.example.com", 1},
        {"api.example.com", "DNS:*.EXAMPLE.com", 1},
        {"api.example.com", "", 0}, /* only in the common name */
        {"api.example.com", "DNS:example.com", 0},
        {"api.example.com", "DNS:api.example.com.invalid", 0},
        {"api.example.com", "DNS:xapi.example.com", 0},
        {"api.example.com", "DNS:pi.example.com", 0},
        {"api.example.com", "DNS:*.com", 0},
        {"api.example.com", "DNS:*", 0},
        {"api.example.com", "DNS:*.*.com", 0},
        {"api.example.com", "DNS:a*.example.com", 0},
        {"api.example.com", "DNS:*i.example.com", 0},
        {"api.example.com", "DNS:*pi.example.com", 0},
        {"api.example.com", "DNS:api.*.com", 0},
        {"api.example.com", "DNS:api.example.*", 0},
        {"api.example.com", "email:api.example.com, URI:https://api.example.com/", 0},
        {"api.eu.example.com", "DNS:*.example.com", 0},
        {"example.com", "DNS:*.example.com", 0},
        {"127.0.0.1", "IP:127.0.0.1", 1},
        {"127.0.0.1", "DNS:127.0.0.1", 0},
        {"127.0.0.1", "DNS:*.0.0.1", 0},
        {"127.0.0.1", "IP:127.0.0.2", 0},
        {"127.0.0.1", "IP:127.0.0.2, IP:127.0.0.1", 1},
        {"127.0.0.1", "IP:7f00:1::", 0},
        {"127.0.0.1", "", 0},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        const wanted_t wanted = {.name = rows[i].host, .names = rows[i].names, .issuer = &rig_authority};
        rig.host = rows[i].host;
        if (rows[i].fits) {
            check_trusted(&wanted);
        } else {
            check_refused(&wanted, AMP_ERR_CERT_NAME, "wrong name");
        }
    }
}

static void test_weak(void **state)
{
    (void)state;
    check_refused(&(wanted_t){.name = "sha1", .issuer = &rig_authority, .digest = EVP_sha1()},
                  AMP_ERR_CERT_WEAK, "weak or unknown hash");
#if defined(MBEDTLS_RSA_C)
    check_trusted(&(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    check_refused(&(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 1024}, AMP_ERR_CERT_WEAK,
                  "weak key");
#endif
}

#if defined(MBEDTLS_RSA_C)
/* Replaces the public key of the certificate by `key` with an even exponent, which is invalid, and signs
 * again. */
static void spoil_exponent(identity_t *identity, const EVP_PKEY *key)
{
    BIGNUM *modulus = NULL;
    BIGNUM *exponent = BN_new();
    EVP_PKEY *spoiled = NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus), 1);
    assert_int_equal(BN_set_word(exponent, 4), 1);
    assert_int_equal(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus), 1);
    assert_int_equal(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent), 1);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
    assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
    assert_int_equal(EVP_PKEY_fromdata(ctx, &spoiled, EVP_PKEY_PUBLIC_KEY, params), 1);
    assert_int_equal(X509_set_pubkey(identity->certificate, spoiled), 1);
    assert_true(X509_sign(identity->certificate, rig_authority.key, EVP_sha256()) > 0);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(spoiled);
    BN_free(modulus);
    BN_free(exponent);
}

/* mbedTLS has one error for an invalid RSA key and for a lack of memory. This is not a lack of memory. */
static void test_key_that_is_invalid(void **state)
{
    identity_t middle;
    (void)state;
    identity_make(
        &middle,
        &(wanted_t){.name = "middle", .issuer = &rig_authority, .is_authority = 1, .rsa_bits = 2048});
    spoil_exponent(&middle, middle.key);
    serve(&rig_server, &middle);
    rig_ask_refused(&rig, AMP_ERR_CERT);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, AMP_ERR_CERT);
    assert_int_equal(failure.depth, 1);
    assert_string_equal(failure.subject, "middle");
    rig_disconnect(&rig);
    identity_free(&middle);
}
#endif

/* A server with an RSA key: with a version that signs only with PSS, and with one that rarely does. */
static void test_rsa_of_every_version(void **state)
{
    (void)state;
#if defined(MBEDTLS_RSA_C)
    identity_t rsa;
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    for (int kind = 0; kind < RIG_KINDS; ++kind) {
        if (rig_can((rig_kind_t)kind)) {
            rig_serve(&rig, (rig_kind_t)kind, &rsa, NULL);
            rig_connect(&rig);
            rig_ask_well(&rig);
            rig_ask_well(&rig);
            assert_true(rig.was_reused);
        }
    }
    identity_free(&rsa);
#else
    print_message("SKIPPED: this mbedTLS has no RSA\n");
    skip();
#endif
}

static void test_pins(void **state)
{
    amp_pin_t pins[2];
    identity_t middle;
    identity_t server;
    const identity_t *chain[] = {&rig_authority, &middle, &server};
    (void)state;
    identity_make(&middle, &(wanted_t){.name = "Middle", .issuer = &rig_authority, .is_authority = 1});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &middle});
    memset(pins, 0, sizeof pins);
    rig.config.pins = pins;
    rig.config.pin_count = 2;
    for (unsigned i = 0; i < 3; ++i) {
        identity_pin(chain[i], pins[1].sha256);
        serve(&server, &middle);
        rig_ask_well(&rig);
        pins[1].sha256[31] ^= 1u;
        serve(&server, &middle);
        rig_ask_refused(&rig, AMP_ERR_CERT_PIN);
        amp_tls_failure(&rig.tls, &failure);
        assert_string_equal(failure.rule, "pin");
    }
    /* A pinned key that the server sends, but that is not part of the chain, does not count. */
    identity_pin(&middle, pins[1].sha256);
    serve(&rig_server, &middle);
    rig_ask_refused(&rig, AMP_ERR_CERT_PIN);
    identity_free(&middle);
    identity_free(&server);
}

/* The result of one connection does not change the next one. */
static void test_each_connection_is_judged_alone(void **state)
{
    amp_pin_t pin;
    identity_t other;
    (void)state;
    identity_make(&other, &(wanted_t){.name = "other", .issuer = &rig_authority});
    identity_pin(&rig_server, pin.sha256);
    rig.config.pins = &pin;
    rig.config.pin_count = 1;
    serve(&rig_server, NULL);
    for (unsigned i = 0; i < 2; ++i) {
        rig_ask_well(&rig);
        amp_tls_failure(&rig.tls, &failure);
        assert_int_equal(failure.status, AMP_OK);
        assert_string_equal(failure.rule, "");
        assert_string_equal(failure.subject, "server");
        rig_serve(&rig, RIG_1_2_TICKET, &other, NULL);
        rig_ask_refused(&rig, AMP_ERR_CERT_PIN);
        amp_tls_failure(&rig.tls, &failure);
        assert_string_equal(failure.rule, "pin");
        assert_string_equal(failure.subject, "other");
        rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
    }
    identity_free(&other);
}

static void test_trust_is_replaced(void **state)
{
    identity_t other;
    identity_t server;
    size_t len;
    amp_pin_t pin;
    (void)state;
    identity_make(&other, &(wanted_t){.name = "Other authority", .is_authority = 1});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &other});
    uint8_t *der = identity_der(&other, &len);
    const amp_anchor_t anchor = {AMP_ANCHOR_DER, der, len};
    const amp_anchor_t garbage = {AMP_ANCHOR_DER, "garbage", 7};
    amp_tls_config_t trust = {.anchors = &anchor, .anchor_count = 1};
    rig.closes = 0;
    serve(&rig_server, NULL);
    rig_ask_well(&rig);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_OK);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED); /* the open connection must not be used */
    rig_serve(&rig, RIG_1_2_TICKET, &server, NULL);
    rig_ask_well(&rig);
    unsigned connections = rig.connections;
    trust.anchors = &garbage;
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_ERR_TRUST);
    trust.anchor_count = 0;
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_ERR_TRUST);
    rig_ask_well(&rig);
    assert_int_equal(rig.connections, connections); /* unchanged */
    memset(&pin, 0, sizeof pin);
    trust = (amp_tls_config_t){.anchors = &anchor, .anchor_count = 1, .pins = &pin, .pin_count = 1};
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_OK);
    rig_ask_refused(&rig, AMP_ERR_CERT_PIN); /* an earlier session must not be used either */
    OPENSSL_free(der);
    identity_free(&other);
    identity_free(&server);
}

/* A platform's bundle: it sets mbedTLS's verify callback. In the callback it accepts chains for which mbedTLS
 * has no anchor. */
static int bundle_says;

static int verify_by_bundle(void *ctx, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    (void)depth;
    assert_ptr_equal(ctx, &bundle_says);
    if ((*flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0 && certificate->raw.len > 0) {
        *flags &= bundle_says ? ~(uint32_t)MBEDTLS_X509_BADCERT_NOT_TRUSTED : UINT32_MAX;
        return bundle_says ? 0 : MBEDTLS_ERR_X509_FATAL_ERROR;
    }
    return 0;
}

static int attach_bundle(void *conf)
{
    static mbedtls_x509_crt none;
    mbedtls_ssl_conf_ca_chain(conf, &none, NULL);
    mbedtls_ssl_conf_verify(conf, verify_by_bundle, &bundle_says);
    return 0;
}

static int attach_no_anchor(void *conf)
{
    (void)conf;
    return -1;
}

static void test_bundle(void **state)
{
    identity_t stranger;
    identity_t server;
    (void)state;
    identity_make(&stranger, &(wanted_t){.name = "Stranger", .is_authority = 1});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &stranger});
    rig.config.bundle = attach_bundle;
    serve(&server, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    bundle_says = 1;
    rig_ask_well(&rig);
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL); /* the anchor is checked, too */
    bundle_says = 0;
    rig_ask_well(&rig);
    bundle_says = 1;
    rig.config.anchor_count = 0;
    identity_free(&server);
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &stranger, .names = "DNS:other.invalid"});
    serve(&server, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_NAME); /* the bundle is not the only check */
    amp_tls_config_t trust = {.bundle = attach_no_anchor};
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_ERR_TRUST);
    rig_ask_refused(&rig, AMP_ERR_CERT_NAME);
    identity_free(&stranger);
    identity_free(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_dates),
        RIG_TEST(test_clock_that_is_not_set),
        RIG_TEST(test_issuers),
        RIG_TEST(test_missing_intermediate),
        RIG_TEST(test_names),
        RIG_TEST(test_weak),
#if defined(MBEDTLS_RSA_C)
        RIG_TEST(test_key_that_is_invalid),
#endif
        RIG_TEST(test_rsa_of_every_version),
        RIG_TEST(test_pins),
        RIG_TEST(test_each_connection_is_judged_alone),
        RIG_TEST(test_trust_is_replaced),
        RIG_TEST(test_bundle),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

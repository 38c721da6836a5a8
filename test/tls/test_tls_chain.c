/* SPDX-License-Identifier: MIT */
/* Tests the rules for a chain that this library checks and mbedTLS does not. Also tests the reports on
 * certificates that mbedTLS cannot parse. */
#include "rig_case.h"

#include "tls/cert_name.h"

static amp_tls_failure_t failure;
static identity_t middle;
static identity_t server;

static void serve(rig_kind_t kind, const wanted_t *of_middle, const wanted_t *of_server)
{
    wanted_t wanted = *of_middle;
    wanted.issuer = &rig_authority;
    identity_make(&middle, &wanted);
    wanted = *of_server;
    wanted.issuer = &middle;
    identity_make(&server, &wanted);
    rig_serve(&rig, kind, &server, &middle);
    rig_connect(&rig);
}

static void stop(void)
{
    rig_disconnect(&rig);
    identity_free(&middle);
    identity_free(&server);
}

/* Performs a request with each version that this build has. Returns 1 when the chain is accepted. */
static void check_chain(const wanted_t *of_middle, const wanted_t *of_server, amp_status_t status,
                        const char *rule, unsigned depth)
{
    for (int kind = RIG_1_2_ID; kind < RIG_KINDS; ++kind) {
        if (!rig_can((rig_kind_t)kind)) {
            continue;
        }
        serve((rig_kind_t)kind, of_middle, of_server);
        if (status == AMP_OK) {
            rig_ask_well(&rig);
        } else {
            rig_ask_refused(&rig, status);
        }
        amp_tls_failure(&rig.tls, &failure);
        assert_string_equal(failure.rule, rule);
        assert_int_equal(failure.status, status);
        assert_int_equal(failure.depth, depth);
        stop();
    }
}

#define AUTHORITY .name = "Middle", .is_authority = 1
#define SERVER .name = "server"

static void test_extended_key_usage_of_intermediates(void **state)
{
    const wanted_t leaf = {SERVER};
    (void)state;
    check_chain(&(wanted_t){AUTHORITY, .usage = "serverAuth,clientAuth"}, &leaf, AMP_OK, "", 0);
    check_chain(&(wanted_t){AUTHORITY, .usage = "anyExtendedKeyUsage"}, &leaf, AMP_OK, "", 0);
    check_chain(&(wanted_t){AUTHORITY, .usage = "emailProtection"}, &leaf, AMP_ERR_CERT, "usage", 1);
    assert_string_equal(failure.subject, "Middle");
    check_chain(&(wanted_t){AUTHORITY, .usage = "clientAuth,codeSigning"}, &leaf, AMP_ERR_CERT, "usage", 1);
}

static void test_authority_as_server(void **state)
{
    const wanted_t above = {AUTHORITY};
    (void)state;
    check_chain(&above, &(wanted_t){SERVER, .is_authority = 1, .names = "DNS:localhost"}, AMP_ERR_CERT,
                "authority's certificate", 0);
    check_chain(&above, &(wanted_t){SERVER, .key_usage = "digitalSignature,keyCertSign"}, AMP_ERR_CERT,
                "authority's certificate", 0);
    check_chain(&above, &(wanted_t){SERVER, .key_usage = "digitalSignature"}, AMP_OK, "", 0);
}

static void test_wildcards(void **state)
{
    const wanted_t above = {AUTHORITY};
    (void)state;
    rig.host = "example.com";
    check_chain(&above, &(wanted_t){SERVER, .names = "DNS:*.com"}, AMP_ERR_CERT_NAME, "wrong name", 0);
    check_chain(&above, &(wanted_t){SERVER, .names = "DNS:*.com, DNS:example.com"}, AMP_OK, "", 0);
    rig.host = "api.example.com";
    check_chain(&above, &(wanted_t){SERVER, .names = "DNS:*.example.com"}, AMP_OK, "", 0);
}

static void test_weak_curves(void **state)
{
    const wanted_t leaf = {SERVER};
    (void)state;
    check_chain(&(wanted_t){AUTHORITY, .curve = "P-384"}, &leaf, AMP_OK, "", 0);
#if defined(MBEDTLS_ECP_DP_SECP192R1_ENABLED)
    check_chain(&(wanted_t){AUTHORITY, .curve = "P-192"}, &leaf, AMP_ERR_CERT_WEAK, "weak key", 0);
#endif
#if defined(MBEDTLS_ECP_DP_SECP224R1_ENABLED)
    check_chain(&(wanted_t){AUTHORITY, .curve = "P-224"}, &leaf, AMP_ERR_CERT_WEAK, "weak key", 0);
#endif
#if defined(MBEDTLS_ECP_DP_SECP256K1_ENABLED)
    check_chain(&(wanted_t){AUTHORITY, .curve = "secp256k1"}, &leaf, AMP_ERR_CERT_WEAK, "weak key", 0);
#endif
}

static void test_name_constraints(void **state)
{
    const wanted_t leaf = {SERVER, .names = "DNS:api.example.com"};
    (void)state;
    rig.host = "api.example.com";
    check_chain(&(wanted_t){AUTHORITY, .constraints = "excluded;DNS:.mil"}, &leaf, AMP_OK, "", 0);
    check_chain(&(wanted_t){AUTHORITY, .constraints = "permitted;DNS:example.com"}, &leaf, AMP_OK, "", 0);
    check_chain(&(wanted_t){AUTHORITY, .constraints = "permitted;DNS:example.org"}, &leaf, AMP_ERR_CERT,
                "name constraint", 0);
    assert_string_equal(failure.subject, "server");
    assert_string_equal(failure.issuer, "Middle");
    /* Every name counts, not only the requested one. */
    check_chain(&(wanted_t){AUTHORITY, .constraints = "permitted;DNS:example.com"},
                &(wanted_t){SERVER, .names = "DNS:api.example.com, DNS:other.invalid"}, AMP_ERR_CERT,
                "name constraint", 0);
    rig.host = "127.0.0.1";
    check_chain(&(wanted_t){AUTHORITY, .constraints = "permitted;IP:127.0.0.0/255.0.0.0"},
                &(wanted_t){SERVER, .names = "IP:127.0.0.1"}, AMP_OK, "", 0);
    check_chain(&(wanted_t){AUTHORITY, .constraints = "excluded;IP:127.0.0.0/255.0.0.0"},
                &(wanted_t){SERVER, .names = "IP:127.0.0.1"}, AMP_ERR_CERT, "name constraint", 0);
}

/* A constraint applies to all certificates below it, at any depth. A constraint of the anchor applies to the
 * whole chain. */
static void test_constraints_from_above(void **state)
{
    identity_t root;
    size_t len;
    (void)state;
    identity_make(&root,
                  &(wanted_t){.name = "Root", .is_authority = 1, .constraints = "permitted;DNS:example.com"});
    uint8_t *der = identity_der(&root, &len);
    rig.anchor = (amp_anchor_t){AMP_ANCHOR_DER, der, len};
    identity_make(&middle, &(wanted_t){AUTHORITY, .issuer = &root});
    for (int is_inside = 0; is_inside < 2; ++is_inside) {
        rig.host = is_inside ? "api.example.com" : "api.example.org";
        identity_make(&server,
                      &(wanted_t){SERVER, .names = is_inside ? "DNS:api.example.com" : "DNS:api.example.org",
                                  .issuer = &middle});
        rig_serve(&rig, RIG_1_2_ID, &server, &middle);
        rig_connect(&rig);
        if (is_inside) {
            rig_ask_well(&rig);
        } else {
            rig_ask_refused(&rig, AMP_ERR_CERT);
            amp_tls_failure(&rig.tls, &failure);
            assert_string_equal(failure.rule, "name constraint");
        }
        rig_disconnect(&rig);
        identity_free(&server);
    }
    identity_free(&middle);
    identity_free(&root);
    OPENSSL_free(der);
}

/* A constraint also applies to the names of authorities, except self-issued ones, which renew a key (RFC
 * 5280, 6.1.3 b and c). It applies to a server's certificate even if subject and issuer are the same. */
static void test_constraints_on_authorities(void **state)
{
    static const struct {
        const char *authority;
        const char *names; /* names of the authority */
        const char *subject;
        const char *host;
        int refused_at; /* depth, or -1 */
    } rows[] = {
        {"Middle", "DNS:ca.example.com", "server", "DNS:api.example.com", -1},
        {"Middle", "DNS:ca.example.org", "server", "DNS:api.example.com", 1},
        {"Root", "DNS:ca.example.org", "server", "DNS:api.example.com", -1},
        {"Rood", "DNS:ca.example.org", "server", "DNS:api.example.com", 1},
        {"Middle", "", "Middle", "DNS:api.example.org", 0},
        {"Root", "", "Root", "DNS:api.example.org", 0},
    };
    identity_t root;
    size_t len;
    (void)state;
    identity_make(&root,
                  &(wanted_t){.name = "Root", .is_authority = 1, .constraints = "permitted;DNS:example.com"});
    uint8_t *der = identity_der(&root, &len);
    rig.anchor = (amp_anchor_t){AMP_ANCHOR_DER, der, len};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        identity_make(&middle, &(wanted_t){.name = rows[i].authority,
                                           .names = rows[i].names,
                                           .is_authority = 1,
                                           .issuer = &root});
        identity_make(&server,
                      &(wanted_t){.name = rows[i].subject, .names = rows[i].host, .issuer = &middle});
        rig.host = rows[i].host + 4;
        rig_serve(&rig, RIG_1_2_ID, &server, &middle);
        rig_connect(&rig);
        if (rows[i].refused_at < 0) {
            rig_ask_well(&rig);
        } else {
            rig_ask_refused(&rig, AMP_ERR_CERT);
            amp_tls_failure(&rig.tls, &failure);
            assert_string_equal(failure.rule, "name constraint");
            assert_int_equal(failure.depth, rows[i].refused_at);
        }
        rig_disconnect(&rig);
        identity_free(&server);
        identity_free(&middle);
    }
    identity_free(&root);
    OPENSSL_free(der);
}

/* mbedTLS compares names too, so a connection does not show the result of our own comparison. */
static void test_listed_names(void **state)
{
    static const struct {
        const char *listed;
        const char *host;
        int is_listed;
    } rows[] = {
        {"api.example.com", "api.example.com", 1},
        {"API.example.COM", "api.EXAMPLE.com", 1},
        {"api.example.com", "apj.example.com", 0},
        {"api.example.com", "api.example.co", 0},
        {"api.example.com", "xapi.example.com", 0},
        {"api.example.com", "example.com", 0},
        {"*.example.com", "api.example.com", 1},
        {"*.example.com", "a.api.example.com", 0},
        {"*.example.com", "api.example.net", 0},
        {"*.example.com", "example.com", 0},
        {"*.example.com", ".example.com", 0},
        {"*.com", "example.com", 0},
        {"*", "example", 0},
        {"x.example.com", "api.example.com", 0},
        {"*xexample.com", "api.example.com", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        mbedtls_x509_crt certificate;
        mbedtls_x509_crt_init(&certificate);
        certificate.subject_alt_names.buf.tag = AMP_NAME_DNS;
        certificate.subject_alt_names.buf.p = (unsigned char *)(uintptr_t)rows[i].listed;
        certificate.subject_alt_names.buf.len = strlen(rows[i].listed);
        if (amp__name_is_listed(&certificate, rows[i].host) != rows[i].is_listed) {
            fail_msg("%s for %s", rows[i].listed, rows[i].host);
        }
        certificate.subject_alt_names.buf.tag = AMP_NAME_IP;
        assert_int_equal(amp__name_is_listed(&certificate, rows[i].host), 0);
    }
}

static void test_unknown_critical_extension(void **state)
{
    static const char *const object[] = {"1.3.6.1.4.1.99999.7", "2.5.29.36"};
    (void)state;
    for (unsigned i = 0; i < 2; ++i) {
        check_chain(&(wanted_t){AUTHORITY, .extension = {object[i], "critical,DER:0500"}},
                    &(wanted_t){SERVER}, AMP_ERR_CERT, "unknown critical extension", 1);
        assert_string_equal(failure.detail, object[i]);
        assert_string_equal(failure.subject, "Middle");
        assert_string_equal(failure.issuer, "Test authority");
        check_chain(&(wanted_t){AUTHORITY},
                    &(wanted_t){SERVER, .extension = {object[i], "critical,DER:0500"}}, AMP_ERR_CERT,
                    "unknown critical extension", 0);
        assert_string_equal(failure.detail, object[i]);
        assert_string_equal(failure.subject, "server");
        assert_string_equal(failure.issuer, "Middle");
    }
    check_chain(&(wanted_t){AUTHORITY}, &(wanted_t){SERVER, .extension = {object[0], "DER:0500"}}, AMP_OK, "",
                0);
    /* mbedTLS cannot parse constraints, so it refuses critical ones. */
    check_chain(&(wanted_t){AUTHORITY, .constraints = "critical,permitted;DNS:localhost"},
                &(wanted_t){SERVER}, AMP_ERR_CERT, "unknown critical extension", 1);
    assert_string_equal(failure.detail, "2.5.29.30");
}

static void test_unknown_key(void **state)
{
    (void)state;
    identity_make(&server, &(wanted_t){SERVER, .issuer = &rig_authority});
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    assert_non_null(key);
    X509_set_pubkey(server.certificate, key);
    assert_true(X509_sign(server.certificate, rig_authority.key, EVP_sha256()) > 0);
    /* Sent as an intermediate certificate, because the key of a server's own certificate could not sign the
     * handshake. */
    rig_serve(&rig, RIG_1_2_ID, &rig_server, &server);
    rig_connect(&rig);
    rig_ask_refused(&rig, AMP_ERR_CERT);
    amp_tls_failure(&rig.tls, &failure);
    assert_int_equal(failure.status, AMP_ERR_CERT);
    assert_true(strcmp(failure.rule, "unknown kind of key") == 0 || MBEDTLS_VERSION_NUMBER >= 0x04000000);
    assert_int_equal(failure.depth, 1);
    assert_string_equal(failure.subject, "server");
    EVP_PKEY_free(key);
    rig_disconnect(&rig);
    identity_free(&server);
}

/* mbedTLS skips a certificate with an unknown signature algorithm if the chain does not need it. In TLS 1.3
 * it does not skip the last one of the list. */
static void test_unneeded_certificate(void **state)
{
    (void)state;
    identity_make(&server, &(wanted_t){.name = "unneeded", .issuer = &rig_authority});
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    assert_non_null(key);
    assert_true(X509_sign(server.certificate, key, NULL) > 0);
    for (int kind = RIG_1_2_ID; kind < RIG_KINDS; ++kind) {
        if (!rig_can((rig_kind_t)kind)) {
            continue;
        }
        rig_serve(&rig, (rig_kind_t)kind, &rig_server, &server);
        SSL_CTX_add1_chain_cert(rig.ctx, rig_authority.certificate);
        rig_connect(&rig);
        rig_ask_well(&rig);
        rig_serve(&rig, (rig_kind_t)kind, &rig_server, &server);
        rig_connect(&rig);
        if (kind == RIG_1_3) {
            rig_ask_refused(&rig, AMP_ERR_CERT_WEAK);
            amp_tls_failure(&rig.tls, &failure);
            assert_string_equal(failure.rule, "weak or unknown hash");
            assert_int_equal(failure.depth, 1);
            assert_string_equal(failure.subject, "unneeded");
        } else {
            rig_ask_well(&rig);
        }
    }
    EVP_PKEY_free(key);
    rig_disconnect(&rig);
    identity_free(&server);
}

static void test_invalid_date(void **state)
{
    (void)state;
    identity_make(&server, &(wanted_t){SERVER, .issuer = &rig_authority});
    ASN1_STRING *end = X509_getm_notAfter(server.certificate);
    assert_int_equal(ASN1_STRING_set(end, "271399000000Z", -1), 1); /* the 99th of month 13 */
    assert_true(X509_sign(server.certificate, rig_authority.key, EVP_sha256()) > 0);
    rig_serve(&rig, RIG_1_2_ID, &server, NULL);
    rig_connect(&rig);
    rig_ask_refused(&rig, AMP_ERR_CERT);
    amp_tls_failure(&rig.tls, &failure);
    assert_string_equal(failure.rule, "invalid date");
    assert_string_equal(failure.subject, "server");
    assert_string_equal(failure.issuer, "Test authority");
    assert_string_equal(failure.detail, "");
    rig_disconnect(&rig);
    identity_free(&server);
}

/* A chain of as many authorities as mbedTLS follows, and of one more. */
static void test_long_chain(void **state)
{
    enum { LONG = MBEDTLS_X509_MAX_INTERMEDIATE_CA + 1 };
    identity_t chain[LONG];
    (void)state;
    if (MBEDTLS_SSL_IN_CONTENT_LEN < 16384) {
        print_message("SKIPPED: the chain does not fit into this mbedTLS's buffer\n");
        skip();
    }
    for (size_t i = 0; i < LONG; ++i) {
        identity_make(&chain[i], &(wanted_t){.name = "One of many",
                                             .is_authority = 1,
                                             .issuer = i == 0 ? &rig_authority : &chain[i - 1u]});
    }
    for (size_t len = LONG - 1; len <= LONG; ++len) {
        identity_make(&server, &(wanted_t){SERVER, .issuer = &chain[len - 1u]});
        rig_serve(&rig, RIG_1_2_ID, &server, NULL);
        for (size_t i = len; i-- > 0;) {
            assert_int_equal(SSL_CTX_add1_chain_cert(rig.ctx, chain[i].certificate), 1);
        }
        rig_connect(&rig);
        if (len < LONG) {
            rig_ask_well(&rig);
        } else {
            rig_ask_refused(&rig, AMP_ERR_CERT);
            amp_tls_failure(&rig.tls, &failure);
            assert_int_equal(failure.status, AMP_ERR_CERT);
            assert_string_equal(failure.rule, "chain too long");
        }
        rig_disconnect(&rig);
        identity_free(&server);
    }
    for (size_t i = 0; i < LONG; ++i) {
        identity_free(&chain[i]);
    }
}

/* Server names (RFC 6066, 3) */

static char server_name[256];

static int note_server_name(SSL *ssl, int *alert, void *ctx)
{
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    (void)alert;
    (void)ctx;
    snprintf(server_name, sizeof server_name, "%s", name != NULL ? name : "none");
    return SSL_TLSEXT_ERR_OK;
}

static void check_server_name(const char *host, const char *names, const char *expected, amp_status_t status)
{
    for (int kind = 0; kind < RIG_KINDS; ++kind) {
        if (!rig_can((rig_kind_t)kind)) {
            continue;
        }
        rig.host = host;
        identity_make(&server, &(wanted_t){SERVER, .names = names, .issuer = &rig_authority});
        rig_serve(&rig, (rig_kind_t)kind, &server, NULL);
        SSL_CTX_set_tlsext_servername_callback(rig.ctx, note_server_name);
        rig_connect(&rig);
        if (status == AMP_OK) {
            char line[300];
            unsigned reused = rig.reused;
            rig_ask_well(&rig);
            snprintf(line, sizeof line, "Host: %s\r\n", host);
            assert_non_null(strstr(rig.received, line));
            rig_ask_well(&rig);
            assert_int_equal(rig.reused, reused + 1u); /* by the same name */
        } else {
            rig_ask_refused(&rig, status);
        }
        assert_string_equal(server_name, expected);
        rig_disconnect(&rig);
        identity_free(&server);
    }
}

static void test_dot_at_the_end(void **state)
{
    (void)state;
    check_server_name("api.example.com.", "DNS:api.example.com", "api.example.com", AMP_OK);
    check_server_name("api.example.com.", "DNS:*.example.com", "api.example.com", AMP_OK);
    check_server_name("api.example.com.", "DNS:example.com", "api.example.com", AMP_ERR_CERT_NAME);
    check_server_name("example.com.", "DNS:*.com", "example.com", AMP_ERR_CERT_NAME);
    check_server_name("h", "DNS:h", "h", AMP_OK);
    check_server_name("api.example.com", "DNS:api.example.com", "api.example.com", AMP_OK);
}

static void test_address_is_no_server_name(void **state)
{
    (void)state;
    check_server_name("127.0.0.1", "IP:127.0.0.1", "none", AMP_OK);
    check_server_name("127.0.0.1", "IP:127.0.0.2", "none", AMP_ERR_CERT_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_extended_key_usage_of_intermediates),
        RIG_TEST(test_authority_as_server),
        RIG_TEST(test_wildcards),
        RIG_TEST(test_weak_curves),
        RIG_TEST(test_name_constraints),
        RIG_TEST(test_constraints_from_above),
        RIG_TEST(test_constraints_on_authorities),
        cmocka_unit_test(test_listed_names),
        RIG_TEST(test_unknown_critical_extension),
        RIG_TEST(test_unknown_key),
        RIG_TEST(test_unneeded_certificate),
        RIG_TEST(test_invalid_date),
        RIG_TEST(test_long_chain),
        RIG_TEST(test_dot_at_the_end),
        RIG_TEST(test_address_is_no_server_name),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

/* SPDX-License-Identifier: MIT */
/* Invalid calls return an error or have no effect. They never do something that the caller did not
 * request. */
#include "rig_case.h"

#include <openssl/pem.h>

#include "tls/tls_private.h"

static uint8_t blob[AMP_TLS_SESSION_MAX];
static size_t blob_len;

static int setup(void **state)
{
    int result = rig_setup(state);
    rig_start(RIG_1_2_TICKET);
    return result;
}

static int is_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    size_t i = 0;
    while (i < size && bytes[i] == 0) {
        ++i;
    }
    return i == size;
}

static void ask(int resumed)
{
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, resumed);
}

/* Frees a port twice, and one that amp_tls_init has refused. */
static void test_free_of_nothing(void **state)
{
    const amp_anchor_t garbage = {AMP_ANCHOR_DER, "garbage", 7};
    amp_port_t port;
    (void)state;
    amp_tls_config_t config = rig.config;
    void *storage = malloc(amp_tls_storage_size());
    assert_non_null(storage);
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &config, &port), AMP_OK);
    amp_tls_free(&port);
    assert_true(is_zero(&port, sizeof port));
    amp_tls_free(&port);
    config.anchors = &garbage;
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &config, &port), AMP_ERR_TRUST);
    config.anchor_count = 0;
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &config, &port), AMP_ERR_TRUST);
    config.under = NULL;
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &config, &port), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), NULL, &port), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_init_abi(storage, amp_tls_storage_size(), &config, &port, AMP_TLS_ABI + 8u),
                     AMP_ERR_ABI);
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &config, NULL), AMP_ERR_ARGUMENT);
    assert_true(is_zero(&port, sizeof port)); /* an error leaves it as it was */
    amp_tls_free(&port);
    free(storage);
}

/* The linker redirects calls of these two to the functions below (CMakeLists.txt). */
static int random_result;

#if defined(AMP_MBED_HAS_RNG)
int __real_mbedtls_ctr_drbg_seed(mbedtls_ctr_drbg_context *ctx,
                                 int (*entropy)(void *, unsigned char *, size_t), void *entropy_ctx,
                                 const unsigned char *custom, size_t len);
int __wrap_mbedtls_ctr_drbg_seed(mbedtls_ctr_drbg_context *ctx,
                                 int (*entropy)(void *, unsigned char *, size_t), void *entropy_ctx,
                                 const unsigned char *custom, size_t len);

int __wrap_mbedtls_ctr_drbg_seed(mbedtls_ctr_drbg_context *ctx,
                                 int (*entropy)(void *, unsigned char *, size_t), void *entropy_ctx,
                                 const unsigned char *custom, size_t len)
{
    return random_result != 0 ? MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED
                              : __real_mbedtls_ctr_drbg_seed(ctx, entropy, entropy_ctx, custom, len);
}
#endif

#if defined(AMP_MBED_NEEDS_PSA)
psa_status_t __real_psa_crypto_init(void);
psa_status_t __wrap_psa_crypto_init(void);

psa_status_t __wrap_psa_crypto_init(void)
{
    return random_result != 0 ? random_result : __real_psa_crypto_init();
}
#endif

static void test_no_randomness(void **state)
{
    amp_port_t port;
    (void)state;
    void *storage = malloc(amp_tls_storage_size());
    assert_non_null(storage);
    memset(&port, 0, sizeof port);
    random_result = -148; /* PSA's number for it, too */
    amp_status_t status = amp_tls_init(storage, amp_tls_storage_size(), &rig.config, &port);
    random_result = 0;
    assert_string_equal(amp_status_name(status), "AMP_ERR_RANDOM");
    assert_true(is_zero(&port, sizeof port));
    assert_true(is_zero(storage, amp_tls_storage_size()));
    free(storage);
}

/* The certificate as NUL-terminated PEM. The length includes the NUL. */
static char *pem_of(const identity_t *identity, size_t *out_len)
{
    BIO *memory = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_X509(memory, identity->certificate), 1);
    *out_len = (size_t)BIO_pending(memory) + 1u;
    char *pem = calloc(1, *out_len);
    assert_non_null(pem);
    assert_int_equal(BIO_read(memory, pem, (int)*out_len), (int)*out_len - 1);
    BIO_free(memory);
    return pem;
}

static void trust_is(const amp_anchor_t *anchors, size_t count, amp_status_t status)
{
    const amp_tls_config_t trust = {.anchors = anchors, .anchor_count = count};
    assert_string_equal(amp_status_name(amp_tls_set_trust(&rig.tls, &trust)), amp_status_name(status));
    ask(0);
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL); /* which drops its sessions */
}

static void test_anchors_of_every_kind(void **state)
{
    size_t len;
    (void)state;
    char *pem = pem_of(&rig_authority, &len);
    const amp_anchor_t good = {AMP_ANCHOR_PEM, pem, len};
    const amp_anchor_t bad[] = {
        {AMP_ANCHOR_PEM, pem, len - 1u}, /* without its NUL */
        {AMP_ANCHOR_PEM, pem, 0},
        {AMP_ANCHOR_PEM, "", 1},
        {AMP_ANCHOR_PEM, "-----BEGIN CERTIFICATE-----\n", 29},
        {AMP_ANCHOR_PEM, NULL, 5},
        {AMP_ANCHOR_DER, NULL, 5},
        {AMP_ANCHOR_DER, rig.anchor.data, 0},
        {AMP_ANCHOR_DER, rig.anchor.data, rig.anchor.len - 1u},
        {AMP_ANCHOR_DER, pem, len},
        {AMP_ANCHOR_FILE, "/nowhere/anchors.pem", 0},
        {AMP_ANCHOR_FILE, "/dev/null", 0},
        {AMP_ANCHOR_FILE, NULL, 0},
        {(amp_anchor_kind_t)3, pem, len},
    };
    trust_is(&good, 1, AMP_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
        const amp_anchor_t both[] = {good, bad[i]};
        trust_is(&bad[i], 1, AMP_ERR_TRUST);
        trust_is(both, 2, AMP_ERR_TRUST); /* no anchor is skipped */
    }
    trust_is(NULL, 1, AMP_ERR_TRUST);
    trust_is(&good, 0, AMP_ERR_TRUST);
    const amp_tls_config_t no_pins = {.anchors = &good, .anchor_count = 1, .pin_count = 1};
    /* A missing list must not count as "no pins", which would accept any server. */
    assert_int_equal(amp_tls_set_trust(&rig.tls, &no_pins), AMP_ERR_TRUST);
    free(pem);
}

/* mbedTLS skips a damaged certificate, and with it the next one; the library refuses the text. */
static void test_damaged_pem(void **state)
{
    static const char unknown[] = "-----BEGIN CERTIFICATE-----\nMIGAAA==\n-----END CERTIFICATE-----\n";
    amp_pem_fault_t fault;
    char text[8192];
    size_t len;
    (void)state;
    char *pem = pem_of(&rig_authority, &len);
    char *end = strstr(pem, "-----END");
    assert_non_null(end);
    const amp_anchor_t anchor = {AMP_ANCHOR_PEM, text, 0};
    amp_anchor_t whole = anchor;
    whole.len = (size_t)snprintf(text, sizeof text, "%s%s%s", pem, unknown, pem) + 1u;
    trust_is(&whole, 1, AMP_OK); /* one that cannot be parsed is skipped */
    amp_anchor_t cut = anchor;
    cut.len = (size_t)snprintf(text, sizeof text, "%s%.*s%s%s", pem, (int)(end - pem), pem, pem, pem) + 1u;
    trust_is(&cut, 1, AMP_ERR_TRUST);
    assert_int_equal(amp_pem_check(text, cut.len, &fault), AMP_ERR_TRUST);
    assert_int_equal(fault.block, 2);
    assert_string_equal(fault.rule, "no END line");
    cut.len = (size_t)snprintf(text, sizeof text, "%s%.*s", pem, (int)(end - pem), pem) + 1u;
    trust_is(&cut, 1, AMP_ERR_TRUST);
    free(pem);
}

static void test_another_bundle_resumes_nothing(void **state)
{
    (void)state;
    ask(0);
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    for (unsigned version = 0; version < 2; ++version) {
        rig.config.bundle_version = version;
        rig_connect(&rig);
        amp_tls_import(&rig.tls, blob, blob_len);
        ask(version == 0);
    }
}

/* Texts of a certificate must reach a log only as one line of ASCII. */
static void test_bad_names(void **state)
{
    static const char *const names[] = {"two\nlines\x1b[2J", "caf\xc3\xa9",
                                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"};
    static const char *const told[] = {"two?lines?[2J", "caf????",
                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    amp_tls_failure_t failure;
    identity_t odd;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
        identity_make(&odd, &(wanted_t){.name = names[i]});
        rig_serve(&rig, RIG_1_2_TICKET, &odd, NULL);
        rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
        amp_tls_failure(&rig.tls, &failure);
        assert_string_equal(failure.subject, told[i]);
        assert_string_equal(failure.issuer, told[i]);
        identity_free(&odd);
    }
}

static void test_export_into_too_little(void **state)
{
    static const size_t sizes[] = {0, 1, 24, 56};
    size_t need = 1;
    (void)state;
    assert_int_equal(amp_tls_export(&rig.tls, NULL, 0, &need), AMP_OK);
    assert_int_equal(need, 0);
    ask(0);
    memset(blob, 0xa5, sizeof blob);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
        assert_int_equal(amp_tls_export(&rig.tls, i == 0 ? NULL : blob, sizes[i], &need), AMP_ERR_MEMORY);
        assert_in_range(need, 57, sizeof blob);
    }
    assert_int_equal(blob[0], 0xa5);
    assert_int_equal(amp_tls_export(&rig.tls, blob, need, &blob_len), AMP_OK);
    assert_int_equal(blob_len, need);
    assert_int_equal(blob[need], 0xa5);
}

/* Setting the same trust also drops the session, because the caller wants the certificates to be checked
 * again. */
static void test_new_trust_resumes_nothing(void **state)
{
    (void)state;
    ask(0);
    ask(1);
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &rig.config), AMP_OK);
    size_t len = 1;
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &len), AMP_OK);
    assert_int_equal(len, 0);
    ask(0);
    amp_tls_import(&rig.tls, blob, blob_len);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &rig.config), AMP_OK);
    ask(0);
    ask(1);
}

/* A bundle that replaces the anchors with its own, and then fails. */
static int attach_and_fail(void *conf)
{
    static mbedtls_x509_crt none;
    mbedtls_ssl_conf_ca_chain(conf, &none, NULL);
    mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
    mbedtls_ssl_conf_verify(conf, NULL, NULL);
    return -1;
}

static void test_trust_outlives_a_bundle_that_fails(void **state)
{
    identity_t stranger;
    const amp_tls_config_t trust = {.bundle = attach_and_fail};
    (void)state;
    identity_make(&stranger, &(wanted_t){.name = "stranger"});
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_ERR_TRUST);
    ask(0);
    assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_ERR_TRUST);
    ask(1);
    rig_serve(&rig, RIG_1_2_TICKET, &stranger, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    identity_free(&stranger);
}

/* A bundle with anchors and without its own check may be set any number of times. */
static mbedtls_x509_crt brought;

static int attach_anchors(void *conf)
{
    mbedtls_ssl_conf_ca_chain(conf, &brought, NULL);
    return 0;
}

static void test_bundle_of_anchors_alone(void **state)
{
    const amp_tls_config_t trust = {.bundle = attach_anchors};
    identity_t stranger;
    (void)state;
    mbedtls_x509_crt_init(&brought);
    assert_int_equal(mbedtls_x509_crt_parse_der(&brought, rig.anchor.data, rig.anchor.len), 0);
    for (unsigned i = 0; i < 3; ++i) {
        assert_int_equal(amp_tls_set_trust(&rig.tls, &trust), AMP_OK);
        ask(0);
    }
    identity_make(&stranger, &(wanted_t){.name = "stranger"});
    rig_serve(&rig, RIG_1_2_TICKET, &stranger, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    identity_free(&stranger);
    rig_disconnect(&rig);
    mbedtls_x509_crt_free(&brought);
}

/* The session was exported without a clock, so its age is unknown. Now the clock is set. */
static void test_session_of_unknown_age(void **state)
{
    amp_tls_t *tls = rig.tls.ctx;
    (void)state;
    ask(0);
    tls->checked_at = 0;
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    ask(0);
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, blob_len);
    ask(0);
    ask(1);
}

static void test_absurd_clocks(void **state)
{
    static const int64_t times[] = {INT64_MAX, INT64_MAX / 1000, CERTS_NOW - 1, AMP_BUILD_TIME};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; ++i) {
        rig.now = CERTS_NOW;
        rig_connect(&rig);
        ask(0);
        assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
        rig_connect(&rig);
        amp_tls_import(&rig.tls, blob, blob_len);
        rig.now = times[i];
        (void)rig_ask(&rig);
        assert_false(rig.was_reused);
    }
}

static int recv_too_much(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    memset(data, 0x16, len);
    return (int)len + 1000;
}

static int send_too_much(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    return (int)len + 1000;
}

static void test_port_that_moves_too_much(void **state)
{
    amp_tls_stats_t stats;
    int (*const recv)(void *, uint8_t *, size_t) = rig.tcp.recv;
    (void)state;
    rig.tcp.recv = recv_too_much;
    assert_int_equal(rig_ask(&rig), AMP_ERR_NETWORK);
    rig.tcp.recv = recv;
    rig.tcp.send = send_too_much;
    assert_int_equal(rig_ask(&rig), AMP_ERR_NETWORK);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(stats.bytes_received, 0);
}

static int (*true_send)(void *, const uint8_t *, size_t);

static int send_and_report_too_much(void *ctx, const uint8_t *data, size_t len)
{
    const int sent = true_send(ctx, data, len);
    return sent > 0 ? (int)len + 1000 : sent;
}

/* The record was sent, although the port reported an impossible length. A kept connection is replaced only if
 * nothing was sent. */
static void test_change_over_a_port_that_reports_too_much(void **state)
{
    const amp_delete_connection_t args = {AMP_STR("c-1")};
    (void)state;
    rig.closes = 0;
    assert_int_equal(rig_ask(&rig), AMP_END);
    true_send = rig.tcp.send;
    rig.tcp.send = send_and_report_too_much;
    assert_int_equal(amp_delete_connection(&rig.client, &args, NULL), AMP_ERR_UNKNOWN_OUTCOME);
    assert_int_equal(rig.connections, 1);
    rig.tcp.send = true_send;
    assert_int_equal(rig_ask(&rig), AMP_END);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_free_of_nothing),
        TEST(test_no_randomness),
        TEST(test_anchors_of_every_kind),
        TEST(test_damaged_pem),
        TEST(test_another_bundle_resumes_nothing),
        TEST(test_bad_names),
        TEST(test_export_into_too_little),
        TEST(test_new_trust_resumes_nothing),
        TEST(test_trust_outlives_a_bundle_that_fails),
        TEST(test_bundle_of_anchors_alone),
        TEST(test_session_of_unknown_age),
        TEST(test_absurd_clocks),
        TEST(test_port_that_moves_too_much),
        TEST(test_change_over_a_port_that_reports_too_much),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

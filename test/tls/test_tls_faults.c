/* SPDX-License-Identifier: MIT */
/* Makes single functions of mbedTLS fail, or return results that a correct mbedTLS never returns. The library
 * must then refuse: it must not accept a session, a connection or a certificate by mistake. The linker
 * redirects the functions (CMakeLists.txt). */
#include "rig_case.h"
#include "tls/out_of_memory.h"
#include "tls/tls_private.h"

#define NO_MEMORY MBEDTLS_ERR_MD_ALLOC_FAILED
#define BROKEN MBEDTLS_ERR_MD_BAD_INPUT_DATA

typedef enum {
    NOTHING,
    MD_SETUP,
    MD_STARTS,
    MD_UPDATE,
    MD_FINISH,
    MD_WHOLE,
    ENTROPY,
    DEFAULTS,
    ALPN,
    HANDSHAKE,
    READ,
    WRITE,
    SAVE,
    GET_SESSION,
    PSA_INIT,
    PSA_RANDOM
} fault_t;

/* The function that fails, the number of successful calls before it fails, and its result. It fails once, or
 * from then on. */
static struct {
    fault_t what;
    unsigned after;
    int result;
    int is_lasting;
    unsigned count; /* calls that failed */
    int returned;   /* the result of the last one */
    fault_t next;   /* the function that fails after that one, or NOTHING */
    int next_result;
} fault;

static void make_fail(fault_t what, unsigned after, int result)
{
    fault.what = what;
    fault.after = after;
    fault.result = result;
    fault.is_lasting = 0;
    fault.count = 0;
    fault.next = NOTHING;
}

static int fails(fault_t what)
{
    if (fault.what != what) {
        return 0;
    }
    if (fault.after > 0) {
        --fault.after;
        return 0;
    }
    ++fault.count;
    fault.returned = fault.result;
    if (!fault.is_lasting) {
        fault.what = fault.next;
        fault.result = fault.next_result;
        fault.next = NOTHING;
    }
    return 1;
}

#define WRAP(what, name, parameters, arguments)                                                              \
    int __real_##name parameters;                                                                            \
    int __wrap_##name parameters;                                                                            \
    int __wrap_##name parameters                                                                             \
    {                                                                                                        \
        return fails(what) ? fault.returned : __real_##name arguments;                                       \
    }

WRAP(MD_SETUP, mbedtls_md_setup, (mbedtls_md_context_t * a, const mbedtls_md_info_t *b, int c), (a, b, c))
WRAP(MD_STARTS, mbedtls_md_starts, (mbedtls_md_context_t * a), (a))
WRAP(MD_UPDATE, mbedtls_md_update, (mbedtls_md_context_t * a, const unsigned char *b, size_t c), (a, b, c))
WRAP(MD_FINISH, mbedtls_md_finish, (mbedtls_md_context_t * a, unsigned char *b), (a, b))
WRAP(MD_WHOLE, mbedtls_md, (const mbedtls_md_info_t *a, const unsigned char *b, size_t c, unsigned char *d),
     (a, b, c, d))
WRAP(ENTROPY, mbedtls_entropy_func, (void *a, unsigned char *b, size_t c), (a, b, c))
WRAP(DEFAULTS, mbedtls_ssl_config_defaults, (mbedtls_ssl_config * a, int b, int c, int d), (a, b, c, d))
WRAP(ALPN, mbedtls_ssl_conf_alpn_protocols, (mbedtls_ssl_config * a, const char **b), (a, b))
WRAP(READ, mbedtls_ssl_read, (mbedtls_ssl_context * a, unsigned char *b, size_t c), (a, b, c))
WRAP(WRITE, mbedtls_ssl_write, (mbedtls_ssl_context * a, const unsigned char *b, size_t c), (a, b, c))
WRAP(GET_SESSION, mbedtls_ssl_get_session, (const mbedtls_ssl_context *a, mbedtls_ssl_session *b), (a, b))
#if defined(AMP_MBED_NEEDS_PSA)
WRAP(PSA_INIT, psa_crypto_init, (void), ())
WRAP(PSA_RANDOM, psa_generate_random, (uint8_t * a, size_t b), (a, b))
#endif

static size_t saved_len; /* the length that a failing save reports */

int __real_mbedtls_ssl_session_save(const mbedtls_ssl_session *a, unsigned char *b, size_t c, size_t *d);
int __wrap_mbedtls_ssl_session_save(const mbedtls_ssl_session *a, unsigned char *b, size_t c, size_t *d);

int __wrap_mbedtls_ssl_session_save(const mbedtls_ssl_session *a, unsigned char *b, size_t c, size_t *d)
{
    if (fails(SAVE)) {
        *d = saved_len;
        return fault.returned;
    }
    return __real_mbedtls_ssl_session_save(a, b, c, d);
}

/* Fails in the state of the handshake in `shake_state`. The result 0 ends the handshake. */
static int shake_state;

int __real_mbedtls_ssl_handshake_step(mbedtls_ssl_context *a);
int __wrap_mbedtls_ssl_handshake_step(mbedtls_ssl_context *a);

int __wrap_mbedtls_ssl_handshake_step(mbedtls_ssl_context *a)
{
    if (a->MBEDTLS_PRIVATE(state) != shake_state || !fails(HANDSHAKE)) {
        return __real_mbedtls_ssl_handshake_step(a);
    }
    if (fault.returned == 0) {
        a->MBEDTLS_PRIVATE(state) = MBEDTLS_SSL_HANDSHAKE_OVER;
    }
    return fault.returned;
}

static int setup(void **state)
{
    int result = rig_setup(state);
    make_fail(NOTHING, 0, 0);
    shake_state = MBEDTLS_SSL_HELLO_REQUEST;
    return result;
}

static amp_status_t init(void)
{
    amp_port_t port;
    void *storage = calloc(1, amp_tls_storage_size());
    assert_non_null(storage);
    amp_status_t status = amp_tls_init(storage, amp_tls_storage_size(), &rig.config, &port);
    if (status == AMP_OK) {
        amp_tls_free(&port);
    }
    free(storage);
    return status;
}

static void test_set_up(void **state)
{
    static const struct {
        fault_t what;
        int result;
        amp_status_t status;
    } rows[] = {
        {DEFAULTS, MBEDTLS_ERR_MPI_ALLOC_FAILED, AMP_ERR_MEMORY},
        {ALPN, MBEDTLS_ERR_SSL_BAD_INPUT_DATA, AMP_ERR_MEMORY},
        {ENTROPY, MBEDTLS_ERR_ENTROPY_SOURCE_FAILED, AMP_ERR_RANDOM},
        {ENTROPY, NO_MEMORY, AMP_ERR_MEMORY},
        {MD_STARTS, BROKEN, AMP_ERR_MEMORY}, /* the digest of the trust configuration */
        {MD_UPDATE, BROKEN, AMP_ERR_MEMORY},
        {MD_FINISH, BROKEN, AMP_ERR_MEMORY},
#if defined(AMP_MBED_NEEDS_PSA)
        {PSA_INIT, PSA_ERROR_INSUFFICIENT_MEMORY, AMP_ERR_MEMORY},
        {PSA_INIT, PSA_ERROR_INSUFFICIENT_ENTROPY, AMP_ERR_RANDOM},
        {PSA_RANDOM, PSA_ERROR_INSUFFICIENT_ENTROPY, AMP_ERR_RANDOM},
#endif
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        for (unsigned after = 0; after < 100u; ++after) { /* mbedTLS itself also calls some of them */
            make_fail(rows[i].what, after, rows[i].result);
            amp_status_t status = init();
            if (status == rows[i].status) {
                break;
            }
            assert_true(after < 99u &&
                        (status == AMP_OK || status == AMP_ERR_RANDOM || status == AMP_ERR_TRUST));
        }
        assert_int_equal(fault.count, 1);
    }
    make_fail(NOTHING, 0, 0);
    assert_int_equal(init(), AMP_OK);
}

#if defined(AMP_MBED_NEEDS_PSA)
/* PSA reports a lack of memory as another error. */
static void test_psa_without_memory(void **state)
{
    (void)state;
    for (unsigned has_memory = 0; has_memory < 2; ++has_memory) {
        make_fail(PSA_INIT, 0, PSA_ERROR_INSUFFICIENT_ENTROPY);
        fault.next = has_memory ? NOTHING : MD_SETUP;
        fault.next_result = NO_MEMORY;
        assert_int_equal(init(), has_memory ? AMP_ERR_RANDOM : AMP_ERR_MEMORY);
        assert_int_equal(fault.count, has_memory ? 1 : 2);
    }
    assert_int_equal(init(), AMP_OK);
}
#endif

/* Invalid bytes as an anchor, while memory is exhausted: the anchor could be valid. */
static void test_anchor_without_memory(void **state)
{
    const amp_anchor_t garbage = {AMP_ANCHOR_DER, "garbage", 7};
    (void)state;
    rig.config.anchors = &garbage;
    assert_int_equal(init(), AMP_ERR_TRUST);
    for (unsigned after = 0; after < 100u; ++after) {
        make_fail(MD_SETUP, after, NO_MEMORY);
        if (init() == AMP_ERR_MEMORY) {
            break;
        }
    }
    assert_int_equal(fault.count, 1);
    rig.config.anchors = NULL;
    assert_int_equal(init(), AMP_ERR_TRUST);
}

/* A handshake that completes without a certificate and without a session. */
static void test_no_certificate(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    make_fail(HANDSHAKE, 0, 0);
    rig_ask_refused(&rig, AMP_ERR_TLS);
    rig_ask_well(&rig);
}

/* mbedTLS reports a lack of memory as a generic error of its random generator. */
static void test_generic_error(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
#if defined(AMP_MBED_NEEDS_PSA)
    static const struct {
        int random;
        amp_status_t status;
    } rows[] = {{PSA_SUCCESS, AMP_ERR_MEMORY},
                {PSA_ERROR_INSUFFICIENT_MEMORY, AMP_ERR_MEMORY},
                {PSA_ERROR_INSUFFICIENT_ENTROPY, AMP_ERR_TLS}};
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_tls_t *tls = rig.tls.ctx;
        tls->state = AMP_TLS_SHAKING;
        make_fail(PSA_RANDOM, 0, rows[i].random);
        assert_int_equal(amp__out_of_memory(&tls->ssl, &tls->trust.anchors, MBEDTLS_ERR_ERROR_GENERIC_ERROR),
                         rows[i].status == AMP_ERR_MEMORY);
        tls->state = AMP_TLS_CLOSED;
    }
#endif
    make_fail(HANDSHAKE, 0, MBEDTLS_ERR_SSL_INTERNAL_ERROR);
    rig_ask_refused(&rig, AMP_ERR_TLS);
    make_fail(HANDSHAKE, 0, NO_MEMORY);
    rig_ask_refused(&rig, AMP_ERR_MEMORY);
    rig_ask_well(&rig);
}

#if defined(AMP_MBED_HAS_RNG)
/* The random generator needs new entropy during a handshake, and there is no memory for it. */
static void test_entropy_without_memory(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    mbedtls_ctr_drbg_set_reseed_interval(&((amp_tls_t *)rig.tls.ctx)->rng, 0);
    make_fail(ENTROPY, 0, NO_MEMORY);
    rig_ask_refused(&rig, AMP_ERR_MEMORY);
    assert_int_equal(fault.count, 1);
    rig_ask_well(&rig);
}
#endif

/* Records without data must not keep a step busy. */
static void test_empty_records(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    make_fail(READ, 0, 0);
    rig_ask_well(&rig); /* one is valid */
    make_fail(READ, 0, 0);
    fault.is_lasting = 1;
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_TLS");
    assert_in_range(fault.count, 2, 1000);
}

static void test_write_that_fails(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    make_fail(WRITE, 0, MBEDTLS_ERR_SSL_INTERNAL_ERROR);
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_TLS");
    assert_int_equal(rig.received_len, 0);
    rig_ask_well(&rig);
    amp_close(&rig.client);
    assert_int_equal(rig.tls.send(rig.tls.ctx, (const uint8_t *)"x", 1), AMP_ERR_ABORTED);
    assert_int_equal(rig.tls.recv(rig.tls.ctx, rig.work, 1), AMP_ERR_ABORTED);
}

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
static void test_ticket_while_writing(void **state)
{
    (void)state;
    rig_start(RIG_1_3);
    make_fail(WRITE, 0, MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET);
    rig_ask_well(&rig);
    assert_int_equal(fault.count, 1);
}
#endif

static int (*send_below)(void *ctx, const uint8_t *data, size_t len);

static int send_nothing(void *ctx, const uint8_t *data, size_t len)
{
    const rig_t *of = ctx;
    return of->shaken > 0 ? AMP_ERR_NETWORK : send_below(ctx, data, len);
}

/* The error is the port's, even when mbedTLS returns a different one. */
static void test_port_that_fails(void **state)
{
    (void)state;
    send_below = rig.tcp.send;
    rig.tcp.send = send_nothing;
    rig_start(RIG_1_2_TICKET);
    assert_string_equal(amp_status_name(rig_ask(&rig)), "AMP_ERR_NETWORK");
    assert_int_equal(rig.received_len, 0);
    rig.tcp.send = send_below;
    rig_ask_well(&rig);
}

/* The port cannot send the alert about a refused certificate. The certificate is the cause, not the port. */
static int send_hello(void *ctx, const uint8_t *data, size_t len)
{
    const rig_t *of = ctx;
    return of->raw_out > 0 ? AMP_ERR_NETWORK : send_below(ctx, data, len);
}

static void test_alert_that_cannot_be_sent(void **state)
{
    identity_t stranger;
    (void)state;
    identity_make(&stranger, &(wanted_t){.name = "stranger"});
    send_below = rig.tcp.send;
    rig.tcp.send = send_hello;
    rig_start(RIG_1_2_TICKET);
    rig_serve(&rig, RIG_1_2_TICKET, &stranger, NULL);
    rig_ask_refused(&rig, AMP_ERR_CERT_UNTRUSTED);
    assert_int_equal(amp_client_info(&rig.client)->origin, AMP_ORIGIN_MBEDTLS);
    rig.tcp.send = send_below;
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
    rig_ask_well(&rig);
    identity_free(&stranger);
}

static void export_is(size_t len)
{
    uint8_t blob[AMP_TLS_SESSION_MAX];
    size_t blob_len;
    memset(blob, 0xa5, sizeof blob);
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &blob_len), AMP_OK);
    assert_true(len == SIZE_MAX ? blob_len > 0 : blob_len == len);
    for (size_t i = 0; len == 0 && i < sizeof blob; ++i) {
        assert_true(blob[i] == 0xa5 || blob[i] == 0); /* no part of an incomplete session */
    }
}

/* A session that cannot be saved or sealed is not exported. */
static void test_export(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig_ask_well(&rig);
    export_is(SIZE_MAX);
    make_fail(SAVE, 0, MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE);
    saved_len = 0;
    export_is(0);
    make_fail(SAVE, 0, MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL);
    saved_len = AMP_TLS_SESSION_MAX;
    export_is(0);
    make_fail(SAVE, 1, MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL);
    saved_len = 8;
    export_is(0);
    make_fail(MD_FINISH, 0, BROKEN);
    export_is(0);
    export_is(SIZE_MAX);
}

/* A session whose digest cannot be computed, or that is too long, is not resumed. */
static void test_import(void **state)
{
    static uint8_t blob[AMP_TLS_SESSION_MAX + 1u];
    size_t len;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig_ask_well(&rig);
    assert_int_equal(amp_tls_export(&rig.tls, blob, sizeof blob, &len), AMP_OK);
    /* The digest of host and port fails, that of the session fails, or none fails. */
    for (unsigned after = 0; after < 3u; ++after) {
        rig_connect(&rig);
        amp_tls_import(&rig.tls, blob, len);
        make_fail(MD_FINISH, after, BROKEN);
        fault.what = after < 2u ? MD_FINISH : NOTHING;
        rig_ask_well(&rig);
        assert_int_equal(rig.was_reused, after == 2u);
    }
    rig_connect(&rig);
    amp_tls_import(&rig.tls, blob, sizeof blob);
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, 0);
}

/* The next connection makes a full handshake. */
static void test_session_that_cannot_be_copied(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig_ask_well(&rig);
    make_fail(GET_SESSION, 0, MBEDTLS_ERR_SSL_ALLOC_FAILED); /* when that connection is closed */
    rig_ask_well(&rig);
    assert_int_equal(fault.count, 1);
    assert_int_equal(rig.was_reused, 0);
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, 1);
}

/* The parser fails although each certificate of the message can be parsed, so there is no name to report. */
static void test_error_of_no_certificate(void **state)
{
    amp_tls_failure_t failure;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    shake_state = MBEDTLS_SSL_SERVER_CERTIFICATE;
    make_fail(HANDSHAKE, 0, MBEDTLS_ERR_X509_INVALID_DATE);
    rig_ask_refused(&rig, AMP_ERR_CERT);
    amp_tls_failure(&rig.tls, &failure);
    assert_string_equal(failure.rule, "invalid date");
    assert_string_equal(failure.subject, "");
    rig_ask_well(&rig);
}

static void parse(mbedtls_x509_crt *chain, const identity_t *identity)
{
    size_t len;
    uint8_t *der = identity_der(identity, &len);
    assert_int_equal(mbedtls_x509_crt_parse_der(chain, der, len), 0);
    OPENSSL_free(der);
}

/* mbedTLS reports an unknown issuer when it lacks the memory to check a signature. */
static void test_issuer_without_memory(void **state)
{
    static amp_trust_t trust;
    mbedtls_x509_crt chain;
    uint32_t flags = MBEDTLS_X509_BADCERT_NOT_TRUSTED;
    (void)state;
    mbedtls_x509_crt_init(&chain);
    parse(&chain, &rig_server);
    parse(&chain, &rig_authority);
    make_fail(MD_WHOLE, 0, NO_MEMORY);
    assert_int_equal(amp__verify(&trust, &chain, 0, &flags), MBEDTLS_ERR_X509_ALLOC_FAILED);
    assert_int_equal(fault.count, 1);
    make_fail(MD_WHOLE, 0, BROKEN);
    assert_int_equal(amp__verify(&trust, &chain, 0, &flags), 0);
    assert_int_equal(trust.failure.status, AMP_ERR_CERT_UNTRUSTED);
    mbedtls_x509_crt_free(&chain);
}

/* Faults that never reach amp__verify in practice, because mbedTLS's own limits and order of checks refuse
 * them first. */
static void test_verdicts_by_themselves(void **state)
{
    static amp_trust_t trust;
    const uint8_t most = sizeof trust.above / sizeof trust.above[0];
    mbedtls_x509_crt certificate;
    identity_t other;
    uint32_t flags = 0;
    (void)state;
    mbedtls_x509_crt_init(&certificate);
    identity_make(&other, &(wanted_t){.name = "test authority", .is_authority = 1, .issuer = &rig_authority});
    parse(&certificate, &other); /* its name is as long as its issuer's */
    memset(&trust, 0, sizeof trust);
    trust.above_count = most;
    for (uint8_t i = 0; i < most; ++i) {
        trust.above[i] = &certificate;
    }
    assert_int_equal(amp__verify(&trust, &certificate, 1, &flags), 0); /* one authority too many */
    assert_int_not_equal(flags, 0);
    assert_string_equal(trust.failure.rule, "name constraint");
    memset(&trust, 0, sizeof trust);
    flags = MBEDTLS_X509_BADCERT_EXPIRED;
    assert_int_equal(amp__verify(&trust, &certificate, 1, &flags), 0);
    assert_string_equal(trust.failure.rule, "expired");
    flags = MBEDTLS_X509_BADCERT_BAD_MD; /* further down, and more severe */
    assert_int_equal(amp__verify(&trust, &certificate, 0, &flags), 0);
    assert_string_equal(trust.failure.rule, "weak or unknown hash");
    assert_int_not_equal(flags & MBEDTLS_X509_BADCERT_CN_MISMATCH, 0); /* there is no name to compare */
    mbedtls_x509_crt_free(&certificate);
    identity_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_set_up, setup, rig_teardown),
#if defined(AMP_MBED_NEEDS_PSA)
        cmocka_unit_test_setup_teardown(test_psa_without_memory, setup, rig_teardown),
#endif
        cmocka_unit_test_setup_teardown(test_anchor_without_memory, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_no_certificate, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_generic_error, setup, rig_teardown),
#if defined(AMP_MBED_HAS_RNG)
        cmocka_unit_test_setup_teardown(test_entropy_without_memory, setup, rig_teardown),
#endif
        cmocka_unit_test_setup_teardown(test_empty_records, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_write_that_fails, setup, rig_teardown),
#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
        cmocka_unit_test_setup_teardown(test_ticket_while_writing, setup, rig_teardown),
#endif
        cmocka_unit_test_setup_teardown(test_port_that_fails, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_alert_that_cannot_be_sent, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_export, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_import, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_session_that_cannot_be_copied, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_error_of_no_certificate, setup, rig_teardown),
        cmocka_unit_test(test_issuer_without_memory),
        cmocka_unit_test(test_verdicts_by_themselves),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

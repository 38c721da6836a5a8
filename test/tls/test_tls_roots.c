/* SPDX-License-Identifier: MIT */
/* Checks that this build of mbedTLS can parse each root of the Arduino sketch, and that no two roots are of
 * the same authority. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../examples/platformio/src/arduino/roots.h"
#include "tls/mbedtls_compat.h"

#define ROOTS (sizeof roots / sizeof roots[0])

static void test_roots_are_authorities(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROOTS; ++i) {
        mbedtls_x509_crt root;
        mbedtls_x509_crt_init(&root);
        assert_int_equal(mbedtls_x509_crt_parse_der_nocopy(&root, roots[i].data, roots[i].len), 0);
        assert_int_equal(root.raw.len, roots[i].len);
        assert_int_equal(root.MBEDTLS_PRIVATE(ca_istrue), 1);
        assert_int_equal(root.subject_raw.len, root.issuer_raw.len);
        assert_memory_equal(root.subject_raw.p, root.issuer_raw.p, root.subject_raw.len);
        assert_true(root.valid_to.year >= 2035);
        mbedtls_x509_crt_free(&root);
    }
}

/* More than one, so that the service can change its authority. */
static void test_roots_are_of_two_authorities(void **state)
{
    size_t others = 0;
    mbedtls_x509_crt first;
    (void)state;
    mbedtls_x509_crt_init(&first);
    assert_int_equal(mbedtls_x509_crt_parse_der_nocopy(&first, roots[0].data, roots[0].len), 0);
    for (size_t i = 1; i < ROOTS; ++i) {
        mbedtls_x509_crt root;
        const mbedtls_x509_name *a = first.subject.next;
        mbedtls_x509_crt_init(&root);
        assert_int_equal(mbedtls_x509_crt_parse_der_nocopy(&root, roots[i].data, roots[i].len), 0);
        const mbedtls_x509_name *b = root.subject.next; /* after the country, the organisation */
        assert_non_null(a);
        assert_non_null(b);
        others += a->val.len != b->val.len || memcmp(a->val.p, b->val.p, a->val.len) != 0;
        mbedtls_x509_crt_free(&root);
    }
    mbedtls_x509_crt_free(&first);
    assert_true(others > 0);
}

static int port_open(void *ctx, const char *host, uint16_t number)
{
    (void)ctx;
    (void)host;
    (void)number;
    return AMP_ERR_NETWORK;
}

static void port_close(void *ctx)
{
    (void)ctx;
}

static void test_roots_are_trusted_as_the_sketch_does(void **state)
{
    amp_port_t under;
    amp_port_t tls;
    amp_tls_config_t trust;
    void *storage = malloc(amp_tls_storage_size());
    (void)state;
    memset(&under, 0, sizeof under);
    memset(&trust, 0, sizeof trust);
    under.open = port_open;
    under.close = port_close;
    trust.under = &under;
    trust.anchors = roots;
    trust.anchor_count = ROOTS;
    assert_non_null(storage);
    assert_int_equal(amp_tls_init(storage, amp_tls_storage_size(), &trust, &tls), AMP_OK);
    amp_tls_free(&tls);
    free(storage);
}

/* mbedTLS 4 parses no key before this call. amp_tls_init makes it for applications. */
static int start_psa(void **state)
{
    (void)state;
#ifdef AMP_MBED_NEEDS_PSA
    return psa_crypto_init() != PSA_SUCCESS;
#else
    return 0;
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roots_are_authorities),
        cmocka_unit_test(test_roots_are_of_two_authorities),
        cmocka_unit_test(test_roots_are_trusted_as_the_sketch_does),
    };
    return cmocka_run_group_tests(tests, start_psa, NULL);
}

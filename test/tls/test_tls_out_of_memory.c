/* SPDX-License-Identifier: MIT */
/* Tests lack of memory. This program's own calloc replaces the system's, from which mbedTLS allocates all of
 * its memory. A failed allocation must be reported as lack of memory. The next request of the same client
 * must work. test_tls_memory.c tests an exhausted arena. */
#include "rig_case.h"

#include "tls/out_of_memory.h"
#include "tls/sha256.h"

#define EACH_MAX 32u /* this many of the first allocations fail one by one, */
#define PLACES 30u   /* and about this many of the rest */

static size_t left = SIZE_MAX; /* number of allocations that still succeed */
static int is_once;            /* only the first allocation after that fails */
static size_t asked;

/* A pointer, because compilers would replace malloc and memset by a call of this calloc. */
static void *(*volatile get)(size_t) = malloc;

void *calloc(size_t count, size_t size)
{
    ++asked;
    if (left == 0) {
        left = is_once ? SIZE_MAX : 0;
        return NULL;
    }
    left -= left != SIZE_MAX;
    void *memory = size == 0 || count <= SIZE_MAX / size ? get(count * size) : NULL;
    return memory != NULL ? memset(memory, 0, count * size) : NULL;
}

static amp_pin_t pin;

static int setup(void **state)
{
    int result = rig_setup(state);
    identity_pin(&rig_authority, pin.sha256);
    rig.config.pins = &pin;
    rig.config.pin_count = 1;
    return result;
}

static int teardown(void **state)
{
    left = SIZE_MAX;
    return rig_teardown(state);
}

static void fail_allocations(size_t after, int once)
{
    left = after;
    is_once = once;
    asked = 0;
}

static void feed(void)
{
    left = SIZE_MAX;
}

/* A session is available for resumption, or there is none. */
static void prepare(int resumed)
{
    if (resumed) {
        rig_ask_well(&rig);
    } else {
        rig_connect(&rig);
    }
}

/* Counts the allocations of a request that succeeds. */
static size_t count(int resumed)
{
    prepare(resumed);
    fail_allocations(SIZE_MAX, 0);
    rig_ask_well(&rig);
    assert_int_equal(rig.was_reused, resumed);
    return asked;
}

static size_t next(size_t place, size_t all)
{
    return place < EACH_MAX ? place + 1u : place + 1u + all / PLACES;
}

/* Performs a request with memory for that many allocations, and then one with enough memory. */
static amp_status_t ask_without_memory(size_t place, int resumed, int once)
{
    amp_tls_failure_t failure;
    prepare(resumed);
    uint32_t requests = amp_client_info(&rig.client)->requests;
    rig.answered = 0;
    fail_allocations(place, once);
    amp_status_t status = rig_ask(&rig);
    feed();
    amp_tls_failure(&rig.tls, &failure);
    if (status == AMP_ERR_MEMORY) {
        /* A ticket and the close_notify follow the handshake; 4.x allocates for every record. */
        int is_late = amp_client_info(&rig.client)->stage > AMP_STAGE_TLS;
        assert_true(is_late || amp_client_info(&rig.client)->stage == AMP_STAGE_TLS);
        assert_true(is_late || (amp_client_info(&rig.client)->requests == requests && rig.answered == 0));
        assert_int_equal(failure.status, AMP_OK); /* no certificate was refused */
    } else if (status == AMP_END) {
        assert_string_equal(rig.record.id, "connection-123");
    }
    memset(&rig.record, 0, sizeof rig.record);
    rig_ask_well(&rig);
    return status;
}

/* A handshake of about `all` allocations, with memory for fewer. */
static void check_handshake(size_t place, size_t all, int resumed)
{
    amp_status_t status = ask_without_memory(place, resumed, 0);
    /* A number can be shorter by chance, and then one allocation fewer is enough. */
    if (status != AMP_END || place < all - all / 50u) {
        assert_string_equal(amp_status_name(status), "AMP_ERR_MEMORY");
    }
}

static void walk_handshake(int resumed)
{
    size_t all = count(resumed);
    for (size_t place = 0; place < all; place = next(place, all)) {
        check_handshake(place, all, resumed);
    }
}

static void test_handshake(void **state)
{
    rig_start(rig_kind_of(state));
    walk_handshake(0);
}

/* A pin is checked before the issuer, and needs memory too. Without a pin, the first check that fails is that
 * of an issuer's signature. */
static void test_handshake_without_pins(void **state)
{
    (void)state;
    rig.config.pin_count = 0;
    rig_start(RIG_1_2_TICKET);
    walk_handshake(0);
}

static void test_handshake_with_rsa(void **state)
{
#if defined(MBEDTLS_RSA_C)
    identity_t rsa;
    rig_start(rig_kind_of(state));
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    rig_serve(&rig, rig_kind_of(state), &rsa, NULL);
    walk_handshake(0);
    /* With TLS 1.3 the check of the server's RSA signature makes about 150 of the last 400 allocations. */
    size_t all = count(0);
    for (size_t place = all - all / 20u; place < all; place += 50u) {
        check_handshake(place, all, 0);
    }
    identity_free(&rsa);
#else
    (void)state;
    print_message("SKIPPED: this mbedTLS has no RSA\n");
    skip();
#endif
}

static void test_resumed_handshake(void **state)
{
    rig_start(rig_kind_of(state));
    rig_ask_well(&rig);
    walk_handshake(1);
}

/* One allocation fails and the rest succeed. mbedTLS may report any error, but must not report success. */
static void test_one_that_fails(void **state)
{
    rig_start(rig_kind_of(state));
    for (int resumed = 0; resumed < 2; ++resumed) {
        rig_ask_well(&rig);
        size_t all = count(resumed);
        for (size_t place = 0; place < all; place = next(place, all)) {
            amp_status_t status = ask_without_memory(place, resumed, 1);
            assert_true(status == AMP_END || status < 0);
        }
    }
}

/* mbedTLS before 4.0 reports a lack of memory for an RSA key as an invalid key. The certificate parser does
 * so, which is the same for all versions of TLS. TLS 1.2 has the fewest allocations before it. */
static void test_key_that_lacks_memory_once(void **state)
{
#if defined(MBEDTLS_RSA_C) && MBEDTLS_VERSION_NUMBER < 0x04000000
    identity_t rsa;
    unsigned reported = 0;
    (void)state;
    rig_start(RIG_1_2_TICKET);
    identity_make(&rsa, &(wanted_t){.name = "rsa", .issuer = &rig_authority, .rsa_bits = 2048});
    rig_serve(&rig, RIG_1_2_TICKET, &rsa, NULL);
    size_t all = count(0);
    for (size_t place = 0; place < all && reported == 0; ++place) {
        prepare(0);
        fail_allocations(place, 1);
        amp_status_t status = rig_ask(&rig);
        feed();
        if (amp_client_info(&rig.client)->code == MBEDTLS_ERR_PK_INVALID_PUBKEY) {
            ++reported;
            assert_string_equal(amp_status_name(status), "AMP_ERR_MEMORY");
        }
    }
    assert_int_equal(reported, 1);
    rig_ask_well(&rig);
    identity_free(&rsa);
#else
    (void)state;
    print_message("SKIPPED: this mbedTLS has no RSA, or reports the lack of memory\n");
    skip();
#endif
}

/* mbedTLS 4 may compute a digest without an allocation. */
static void skip_without_md(void)
{
    if (MBEDTLS_VERSION_NUMBER >= 0x04000000) {
        print_message("SKIPPED: this mbedTLS may need no memory for a digest\n");
        skip();
    }
}

/* A Finished message needs every context that this check allocates. Each failing allocation must be
 * detected. */
static void test_digest(void **state)
{
    (void)state;
    skip_without_md();
    fail_allocations(SIZE_MAX, 0);
    assert_int_equal(amp__out_of_memory_for_digest(), 0);
    size_t all = asked;
    assert_true(all >= 2u);
    for (size_t place = 0; place < all; ++place) {
        fail_allocations(place, 1);
        assert_int_equal(amp__out_of_memory_for_digest(), 1);
        feed();
    }
}

/* The struct is on the caller's stack and may have any content. Without memory there is no digest. */
static void test_sha256(void **state)
{
    static const uint8_t of_abc[] = {0xba, 0x78, 0x16, 0xbf};
    amp_sha256_t digest;
    uint8_t out[AMP_SHA256_SIZE];
    (void)state;
    skip_without_md();
    for (size_t place = 0; place < 2u; ++place) {
        memset(&digest, 0xa5, sizeof digest);
        fail_allocations(place == 0 ? 0 : SIZE_MAX, 0);
        amp__sha256_start(&digest);
        amp__sha256_add(&digest, "abc", 3);
        assert_int_equal(amp__sha256_end(&digest, out), place == 0 ? -1 : 0);
        feed();
    }
    assert_memory_equal(out, of_abc, sizeof of_abc);
}

static void test_init(void **state)
{
    amp_port_t port;
    size_t size = amp_tls_storage_size();
    void *storage = malloc(size);
    (void)state;
    assert_non_null(storage);
    amp_status_t status = AMP_ERR_MEMORY;
    size_t place = 0;
    for (; status != AMP_OK; ++place) {
        fail_allocations(place, 0);
        status = amp_tls_init(storage, size, &rig.config, &port);
        feed();
        assert_true(status == AMP_OK || status == AMP_ERR_MEMORY);
    }
    assert_true(place > 10u);
    amp_tls_free(&port);
    free(storage);
}

static void test_trust_that_does_not_fit(void **state)
{
    (void)state;
    rig_start(RIG_1_2_TICKET);
    rig_ask_well(&rig);
    amp_status_t status = AMP_ERR_MEMORY;
    size_t place = 0;
    for (; status != AMP_OK; ++place) {
        fail_allocations(place, 0);
        status = amp_tls_set_trust(&rig.tls, &rig.config);
        feed();
        assert_true(status == AMP_OK || status == AMP_ERR_MEMORY);
        rig_ask_well(&rig); /* unchanged, or without anything from before */
        assert_int_equal(rig.was_reused, status != AMP_OK);
    }
    assert_true(place > 5u);
}

#define KINDS(name) RIG_KINDS_BETWEEN(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KINDS(test_handshake),
        cmocka_unit_test_setup_teardown(test_handshake_without_pins, setup, teardown),
        KINDS(test_handshake_with_rsa),
        cmocka_unit_test_setup_teardown(test_key_that_lacks_memory_once, setup, teardown),
        KINDS(test_resumed_handshake),
        KINDS(test_one_that_fails),
        cmocka_unit_test_setup_teardown(test_digest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sha256, setup, teardown),
        cmocka_unit_test_setup_teardown(test_init, setup, teardown),
        cmocka_unit_test_setup_teardown(test_trust_that_does_not_fit, setup, teardown),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

/* SPDX-License-Identifier: MIT */
/* Tests the arena: its use, that its use does not grow, and the error if mbedTLS does not support an
 * arena. */
#include "rig.h"

#if !defined(AMP_TEST_REQUESTS)
#define AMP_TEST_REQUESTS 2000u
#endif

static uint64_t arena[16384];
static rig_t rig;

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)

#define FAULTS 6u
#define WALK_STEP 24u
#define ENOUGH 20u /* if so many consecutive sizes are sufficient, larger ones are not tested */

/* A DER signature varies in length by several bytes, so the blocks after it may use other gaps. The worst
 * order of blocks may therefore first occur after several hundred requests. In more than 25 runs of each
 * configuration the largest growth was 484 B with config-standard.h and 3.6, 128 B with config-small.h and
 * 2.28, and 4 B with 3.6. A quarter is added for a worse run. A leak of one byte per request would grow to
 * three times as much. */
#define GAPS 608u

/* Faults of different kinds. The next request must work after each of them. */
static void ask_with_fault(unsigned fault, uint32_t random)
{
    static const char garbage[] =
        "\x16\x03\x03\x00\x40garbage garbage garbage garbage garbage garbage garbage ";
    switch (fault) {
    case 0: /* the server has lost its sessions */
        rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
        rig_ask_well(&rig);
        return;
    case 1: /* cut at any byte, in the handshake or in the answer */
        rig.cut_after = random % 1800u;
        break;
    case 2:
        rig.instead = garbage;
        rig.instead_len = sizeof garbage - 1u;
        break;
    case 3:
        rig.now += 301 * 86400; /* expired */
        break;
    case 4:
        rig.answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{]}";
        break;
    default:
        rig.cut_after = 0;
        break;
    }
    (void)rig_ask(&rig);
    rig.cut_after = SIZE_MAX;
    rig.instead = NULL;
    rig.now = CERTS_NOW;
    rig.answer = NULL;
}

/* The state that mbedTLS keeps between connections is in the arena, too. It must not be used after the arena
 * ends. */
static void take_arena(size_t size)
{
#ifdef AMP_MBED_NEEDS_PSA
    mbedtls_psa_crypto_free();
#endif
    assert_int_equal(amp_tls_arena_init(arena, size), AMP_OK);
}

/* Half of the requests have a fault. The peak of memory use must be reached in the first few requests. */
static void test_many_requests(void **state)
{
    size_t high = 0;
    size_t last = 0;
    uint32_t random = 1;
    (void)state;
    take_arena(sizeof arena);
    rig_init(&rig);
    rig.config.arena = arena;
    rig.config.arena_size = sizeof arena;
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
    rig_connect(&rig);
    for (unsigned i = 0; i < AMP_TEST_REQUESTS; ++i) {
        amp_tls_stats_t stats;
        random = random * 1664525u + 1013904223u;
        if (i % 2u == 1u) {
            ask_with_fault(i / 2u % FAULTS, random >> 8);
        } else {
            rig_ask_well(&rig);
        }
        amp_tls_stats(&rig.tls, &stats);
        if (i < 10u) {
            high = stats.arena_peak;
        }
        last = stats.arena_peak;
    }
    print_message("%u requests, %u of %u handshakes resumed, %zu bytes of arena, %zu after 10 requests\n",
                  AMP_TEST_REQUESTS, rig.reused, rig.shaken, last, high);
    assert_true(last - high <= GAPS);
    assert_true(high > AMP_TLS_ARENA_MIN && high < sizeof arena);
    assert_true(rig.reused > 0);
    rig_free(&rig);
}

static void test_bad_arenas(void **state)
{
    (void)state;
    assert_int_equal(amp_tls_arena_init(arena, AMP_TLS_ARENA_MIN - 1u), AMP_ERR_MEMORY);
    assert_int_equal(amp_tls_arena_init((uint8_t *)arena + 1, sizeof arena - 1u), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_arena_init(NULL, sizeof arena), AMP_ERR_ARGUMENT);
}

/* The configuration of a device whose arena has each size in turn. */
typedef struct {
    const char *name;
    unsigned rsa_bits; /* key size of the server's chain, 0: P-256 */
    unsigned slice;
    int resumed; /* with a session that it had kept */
} walk_t;

static identity_t authority;
static identity_t middle;
static identity_t server;
static uint8_t session[AMP_TLS_SESSION_MAX];
static size_t session_len;

static void make_chain(unsigned rsa_bits)
{
    identity_make(&authority,
                  &(wanted_t){.name = "Root", .is_authority = 1, .rsa_bits = rsa_bits, .last = 3650});
    identity_make(
        &middle,
        &(wanted_t){.name = "Middle", .issuer = &authority, .is_authority = 1, .rsa_bits = rsa_bits});
    identity_make(&server, &(wanted_t){.name = "server", .issuer = &middle, .rsa_bits = rsa_bits});
}

static void slice(unsigned steps)
{
    amp_status_t status = amp_tls_set_max_ops(steps);
    assert_true(status == AMP_OK || (status == AMP_ERR_CONFIG && steps == 0));
}

/* Starts a device: TLS and one request. Returns AMP_END, or the first error. */
static amp_status_t ask_with_arena(size_t size, const walk_t *walk)
{
    amp_port_t port;
    take_arena(size);
    rig.storage = malloc(amp_tls_storage_size());
    assert_non_null(rig.storage);
    amp_status_t status = amp_tls_init(rig.storage, amp_tls_storage_size(), &rig.config, &port);
    if (status == AMP_OK) {
        amp_tls_free(&port);
    }
    free(rig.storage);
    rig.storage = NULL;
    if (status != AMP_OK) {
        return status;
    }
    rig_connect(&rig);
    if (walk->resumed) {
        amp_tls_import(&rig.tls, session, session_len);
    }
    slice(walk->slice);
    status = rig_ask(&rig);
    slice(0);
    return status;
}

static void check_short_of_memory(size_t size, const walk_t *walk, amp_status_t status)
{
    amp_tls_failure_t failure = {.status = AMP_OK};
    if (rig.storage != NULL) {
        amp_tls_failure(&rig.tls, &failure);
        assert_int_equal(amp_client_info(&rig.client)->stage, AMP_STAGE_TLS);
        assert_int_equal(amp_client_info(&rig.client)->requests, 0);
    }
    if (status != AMP_ERR_MEMORY || failure.status != AMP_OK) {
        fail_msg("%s, %zu bytes of arena: %s %s, code %d", walk->name, size, amp_status_name(status),
                 failure.rule, rig.storage != NULL ? (int)amp_client_info(&rig.client)->code : 0);
    }
    assert_int_equal(rig.answered, 0);
}

/* With each size of the arena, the request succeeds or fails for lack of memory. It must not report another
 * fault, such as one of the server or its certificate. The next start with enough memory works. */
static void walk_sizes(const walk_t *walk)
{
    size_t failed = 0;
    size_t enough = 0;
    for (size_t size = AMP_TLS_ARENA_MIN; size < sizeof arena && enough < ENOUGH; size += WALK_STEP) {
        amp_status_t status = ask_with_arena(size, walk);
        enough = status == AMP_END ? enough + 1u : 0;
        if (status != AMP_END) {
            ++failed;
            check_short_of_memory(size, walk, status);
        }
        rig_disconnect(&rig);
        rig.answered = 0;
        if (failed % 64u == 1u) {
            assert_int_equal(ask_with_arena(sizeof arena, walk), AMP_END);
            rig_disconnect(&rig);
            rig.answered = 0;
        }
    }
    print_message("%s: %zu sizes of arena are too small\n", walk->name, failed);
    assert_true(failed > 50u);
    assert_int_equal(enough, ENOUGH);
}

static void test_every_size(void **state)
{
    const walk_t *walk = *state;
    size_t len;
#if !defined(MBEDTLS_RSA_C)
    if (walk->rsa_bits != 0) {
        print_message("SKIPPED: this mbedTLS has no RSA\n");
        skip();
    }
#endif
#if !defined(AMP_MBED_HAS_MAX_OPS)
    if (walk->slice != 0) {
        print_message("SKIPPED: this mbedTLS cannot be interrupted\n");
        skip();
    }
#endif
    rig_init(&rig);
    make_chain(walk->rsa_bits);
    uint8_t *der = identity_der(&authority, &len);
    rig.anchor = (amp_anchor_t){AMP_ANCHOR_DER, der, len};
    rig_serve(&rig, rig_can(RIG_1_3) ? RIG_1_3 : RIG_1_2_TICKET, &server, &middle);
    assert_int_equal(ask_with_arena(sizeof arena, &(walk_t){.name = "first"}), AMP_END);
    assert_int_equal(amp_tls_export(&rig.tls, session, sizeof session, &session_len), AMP_OK);
    assert_true(session_len > 0);
    rig_disconnect(&rig);
    rig.answered = 0;
    walk_sizes(walk);
    rig_free(&rig);
    OPENSSL_free(der);
    identity_free(&authority);
    identity_free(&middle);
    identity_free(&server);
    take_arena(sizeof arena);
}

#else

static void test_no_arena(void **state)
{
    amp_tls_stats_t stats;
    (void)state;
    assert_int_equal(amp_tls_arena_init(arena, sizeof arena), AMP_ERR_CONFIG);
    for (int is_given = 0; is_given < 2; ++is_given) {
        rig_init(&rig);
        rig.config.arena = is_given ? arena : NULL;
        rig.config.arena_size = sizeof arena;
        rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
        rig_connect(&rig);
        rig_ask_well(&rig);
        amp_tls_stats(&rig.tls, &stats);
        assert_true(stats.bytes_sent > stats.handshakes * 100u && stats.bytes_received > stats.bytes_sent);
        assert_int_equal(stats.arena_peak, is_given ? sizeof arena : 0); /* no byte has the paint value */
        rig_free(&rig);
    }
}

#endif

/* The peak is the last byte without the paint value, to the byte. The test finds the paint value by trying
 * each value. */
static void test_peak(void **state)
{
    uint8_t bytes[16];
    unsigned paint = 0;
    (void)state;
    do {
        memset(bytes, (int)++paint, sizeof bytes);
    } while (paint < UINT8_MAX && amp_tls_arena_peak(bytes, sizeof bytes) != 0);
    assert_int_equal(amp_tls_arena_peak(bytes, sizeof bytes), 0);
    for (size_t at = 0; at < sizeof bytes; ++at) {
        bytes[at] = 0;
        assert_int_equal(amp_tls_arena_peak(bytes, sizeof bytes), at + 1u);
    }
}

static void test_storage(void **state)
{
    amp_port_t port;
    (void)state;
    rig_init(&rig);
    size_t size = amp_tls_storage_size();
    uint8_t *storage = malloc(size + 8u);
    assert_non_null(storage);
    assert_int_equal(amp_tls_init(storage, size - 1u, &rig.config, &port), AMP_ERR_MEMORY);
    assert_int_equal(amp_tls_init(storage + 1, size, &rig.config, &port), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_init(NULL, size, &rig.config, &port), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_init(storage, size, &rig.config, &port), AMP_OK);
    amp_tls_free(&port);
    for (size_t i = 0; i < size; ++i) {
        assert_int_equal(storage[i], 0); /* wiped */
    }
    free(storage);
    rig_free(&rig);
}

/* Memory that was never used has no peak. */
static void test_peak_of_unused_memory(void **state)
{
    uint8_t bytes[64] = {0};
    size_t used = 0;
    (void)state;
    assert_int_equal(amp_tls_arena_peak(bytes, 0), 0);
    for (unsigned paint = 0; paint < 256u; ++paint) {
        memset(bytes, (int)paint, sizeof bytes);
        size_t peak = amp_tls_arena_peak(bytes, sizeof bytes);
        assert_true(peak == 0 || peak == sizeof bytes);
        used += peak == sizeof bytes;
    }
    assert_int_equal(used, 255);
}

int main(void)
{
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
    static walk_t walks[] = {{.name = "P-256"},
                             {.name = "P-256 in slices", .slice = 200},
                             {.name = "P-256, resumed", .resumed = 1},
                             {.name = "RSA-2048", .rsa_bits = 2048}};
#endif
    const struct CMUnitTest tests[] = {
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
        cmocka_unit_test(test_bad_arenas),
        cmocka_unit_test_prestate(test_every_size, &walks[0]),
        cmocka_unit_test_prestate(test_every_size, &walks[1]),
        cmocka_unit_test_prestate(test_every_size, &walks[2]),
        cmocka_unit_test_prestate(test_every_size, &walks[3]),
        cmocka_unit_test(test_many_requests),
#else
        cmocka_unit_test(test_no_arena),
#endif
        cmocka_unit_test(test_peak),
        cmocka_unit_test(test_storage),
        cmocka_unit_test(test_peak_of_unused_memory),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

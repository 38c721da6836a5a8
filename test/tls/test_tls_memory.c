/* SPDX-License-Identifier: MIT */
/* The arena: how much of it is used, and that it stays so. Where mbedTLS can have none, that it says so. */
#include "rig.h"

#if !defined(AMP_TEST_REQUESTS)
#define AMP_TEST_REQUESTS 10000u
#endif

static uint64_t arena[16384];
static rig_t rig;

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)

#define FAULTS 6u

/* A signature in DER is some bytes longer or shorter by chance, and the blocks behind it find other
 * gaps. A single byte that each request left behind would come to ten times as much. */
#define GAPS 1024u

/* Each goes wrong in its own way, and all leave the next request to find its way. */
static void ask_with_fault(unsigned fault, uint32_t random)
{
    static const char garbage[] =
        "\x16\x03\x03\x00\x40garbage garbage garbage garbage garbage garbage garbage ";
    switch (fault) {
    case 0: /* the server forgot */
        rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
        rig_ask_well(&rig);
        return;
    case 1: /* cut somewhere, in the handshake or in the answer */
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

/* Half of them with a fault; the most memory that was ever in use is that of the first few. */
static void test_many_requests(void **state)
{
    size_t high = 0;
    size_t last = 0;
    uint32_t random = 1;
    (void)state;
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
            high = stats.arena_high;
        }
        last = stats.arena_high;
    }
    print_message("%u requests, %u of %u handshakes resumed, %zu bytes of arena, %zu after 10 requests\n",
                  AMP_TEST_REQUESTS, rig.reused, rig.shaken, last, high);
    assert_true(last - high <= GAPS);
    assert_true(high > AMP_TLS_ARENA_MIN && high < sizeof arena);
    assert_true(rig.reused > 0);
    rig_free(&rig);
}

/* What mbedTLS keeps between connections lies in the arena, too, and must not outlive it. */
static void take_arena(size_t size)
{
#ifdef AMP_MBED_NEEDS_PSA
    mbedtls_psa_crypto_free();
#endif
    assert_int_equal(amp_tls_arena_init(arena, size), AMP_OK);
}

/* Less than it takes is an error, and not a crash. */
static void test_too_small(void **state)
{
    (void)state;
    assert_int_equal(amp_tls_arena_init(arena, AMP_TLS_ARENA_MIN - 1u), AMP_ERR_MEMORY);
    assert_int_equal(amp_tls_arena_init((uint8_t *)arena + 1, sizeof arena - 1u), AMP_ERR_ARGUMENT);
    assert_int_equal(amp_tls_arena_init(NULL, sizeof arena), AMP_ERR_ARGUMENT);
    unsigned failed = 0;
    for (size_t size = AMP_TLS_ARENA_MIN; size < sizeof arena; size += 1536u) {
        take_arena(size);
        rig_init(&rig);
        rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
        rig.storage = malloc(amp_tls_storage_size());
        assert_non_null(rig.storage);
        amp_status_t status = amp_tls_init(rig.storage, amp_tls_storage_size(), &rig.config, &rig.tls);
        if (status == AMP_OK) {
            amp_tls_free(&rig.tls);
        }
        free(rig.storage);
        rig.storage = NULL;
        if (status == AMP_OK) {
            rig_connect(&rig);
            status = rig_ask(&rig);
        }
        failed += status != AMP_END;
        if (status != AMP_END) {
            print_message("%zu: %s\n", size, amp_status_name(status));
            assert_true(status == AMP_ERR_MEMORY || status == AMP_ERR_CERT_UNTRUSTED);
            assert_int_equal(rig.answered, 0);
        }
        rig_free(&rig);
    }
    assert_true(failed > 0);
    take_arena(sizeof arena);
}

#else

static void test_no_arena(void **state)
{
    amp_tls_stats_t stats;
    (void)state;
    assert_int_equal(amp_tls_arena_init(arena, sizeof arena), AMP_ERR_CONFIG);
    rig_init(&rig);
    rig_serve(&rig, RIG_1_2_TICKET, &rig_server, NULL);
    rig_connect(&rig);
    rig_ask_well(&rig);
    amp_tls_stats(&rig.tls, &stats);
    assert_int_equal(stats.arena_high, 0);
    rig_free(&rig);
}

#endif

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

int main(void)
{
    const struct CMUnitTest tests[] = {
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
        cmocka_unit_test(test_too_small),
        cmocka_unit_test(test_many_requests),
#else
        cmocka_unit_test(test_no_arena),
#endif
        cmocka_unit_test(test_storage),
    };
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}

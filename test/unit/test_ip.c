/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#if defined(_WIN32)
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

#include "base/ip.h"

static void check(const char *text, const char *expected, size_t len)
{
    uint8_t address[16];
    memset(address, 0xee, sizeof address);
    size_t got = amp__ip_parse(text, address);
    if (got != len || (len > 0 && memcmp(address, expected, len) != 0)) {
        fail_msg("%s returns %lu", text, (unsigned long)got);
    }
}

static void good_addresses_are_read(void **unused)
{
    static const struct {
        const char *text;
        const char *bytes;
        size_t len;
    } rows[] = {
        {"0.0.0.0", "\0\0\0\0", 4},
        {"127.0.0.1", "\x7f\0\0\1", 4},
        {"255.255.255.255", "\xff\xff\xff\xff", 4},
        {"1.20.9.200", "\1\x14\x09\xc8", 4},
        {"::", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16},
        {"::1", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16},
        {"1::", "\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16},
        {"1:2:3:4:5:6:7:8", "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\10", 16},
        {"1:2:3:4:5:6:7::", "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\0", 16},
        {"::2:3:4:5:6:7:8", "\0\0\0\2\0\3\0\4\0\5\0\6\0\7\0\10", 16},
        {"1:2::7:8", "\0\1\0\2\0\0\0\0\0\0\0\0\0\7\0\10", 16},
        {"fe80::ABCD:ef01", "\xfe\x80\0\0\0\0\0\0\0\0\0\0\xab\xcd\xef\x01", 16},
        {"0001:00a0::", "\0\1\0\xa0\0\0\0\0\0\0\0\0\0\0\0\0", 16},
        {"::ffff:1.2.3.4", "\0\0\0\0\0\0\0\0\0\0\xff\xff\1\2\3\4", 16},
        {"::1.2.3.4", "\0\0\0\0\0\0\0\0\0\0\0\0\1\2\3\4", 16},
        {"1:2:3:4:5:6:7.8.9.10", "\0\1\0\2\0\3\0\4\0\5\0\6\7\10\11\12", 16},
        {"64:ff9b::255.0.0.255", "\0\x64\xff\x9b\0\0\0\0\0\0\0\0\xff\0\0\xff", 16},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        check(rows[i].text, rows[i].bytes, rows[i].len);
    }
}

static void other_texts_are_refused(void **unused)
{
    static const char *const rows[] = {
        "",
        "localhost",
        "a.b.c.d",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        "1.2.3.4.5",
        ".1.2.3",
        "1..2.3",
        "256.1.1.1",
        "1.2.3.256",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.00",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4x",
        "+1.2.3.4",
        "-1.2.3.4",
        "0x1.2.3.4",
        "1.2.3.99999999999",
        ":",
        ":1",
        "1:",
        ":::",
        ":::1",
        "1:::2",
        "1::2::3",
        "::1::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8:",
        ":1:2:3:4:5:6:7:8",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "::12345",
        "::g",
        "::1%eth0",
        "[::1]",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.256",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1 ",
        "1:2:3:4:5:6:7:8:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "::-1",
        "1.2.3.4:80",
        "::ffff:01.2.3.4",
        "::1/64",
        "1:2",
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        check(rows[i], NULL, 0);
    }
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Compares with inet_pton. Texts are drawn from the characters of addresses. */
static void agrees_with_inet_pton(void **unused)
{
    static const char letters[] = "0125::::...fAe";
    uint32_t random = 1;
    (void)unused;
    for (unsigned i = 0; i < 400000u; ++i) {
        char text[24];
        uint8_t expected[16] = {0};
        size_t len = next_random(&random) % (sizeof text - 1u);
        for (size_t k = 0; k < len; ++k) {
            text[k] = letters[next_random(&random) % (sizeof letters - 1u)];
        }
        text[len] = '\0';
        int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;
        size_t size = inet_pton(family, text, expected) == 1 ? (family == AF_INET6 ? 16u : 4u) : 0u;
        check(text, (const char *)expected, size);
    }
}

static void random_addresses_survive_the_way_through_text(void **unused)
{
    uint32_t random = 7;
    (void)unused;
    for (unsigned i = 0; i < 20000u; ++i) {
        uint8_t bytes[16];
        char text[INET6_ADDRSTRLEN];
        for (unsigned k = 0; k < 16u; ++k) {
            bytes[k] = next_random(&random) % 3u == 0 ? (uint8_t)next_random(&random) : 0;
        }
        assert_non_null(inet_ntop(AF_INET6, bytes, text, sizeof text));
        check(text, (const char *)bytes, 16);
        assert_non_null(inet_ntop(AF_INET, bytes, text, sizeof text));
        check(text, (const char *)bytes, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_addresses_are_read),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(agrees_with_inet_pton),
        cmocka_unit_test(random_addresses_survive_the_way_through_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

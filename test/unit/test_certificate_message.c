/* SPDX-License-Identifier: MIT */
/* Certificate messages of TLS 1.2 and 1.3: tests the certificates found in complete, truncated and
 * contradictory messages. */
#include "tls/certificate_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two certificates, "ab" and "xyz". */
static const uint8_t message_1_2[] = {11, 0, 0, 14, 0, 0, 11, 0, 0, 2, 'a', 'b', 0, 0, 3, 'x', 'y', 'z'};
/* The first one has an extension of three bytes, the second one has none. */
static const uint8_t message_1_3[] = {11, 0, 0, 22, 0, 0, 0, 18, 0,   0,   2,   'a', 'b',
                                      0,  3, 9, 9,  9, 0, 0, 3,  'x', 'y', 'z', 0,   0};

/* Returns the certificates of the first `len` bytes, each followed by a comma. */
static const char *certificates(const uint8_t *message, size_t len, int is_1_3)
{
    static char text[64];
    size_t text_len = 0;
    amp_certificate_message_t walk;
    amp_der_t certificate;
    /* Makes a copy that ends at the end of its memory, so that a sanitizer reports a read of one byte too
     * many. */
    uint8_t *copy = malloc(len != 0 ? len : 1u);
    assert_non_null(copy);
    memcpy(copy, message, len);
    amp__certificate_message_init(&walk, copy, len, is_1_3);
    while (amp__certificate_message_next(&walk, &certificate)) {
        assert_true(certificate.at >= copy && certificate.at + certificate.len <= copy + len);
        assert_true(text_len + certificate.len + 2u <= sizeof text);
        memcpy(text + text_len, certificate.at, certificate.len);
        text_len += certificate.len;
        text[text_len++] = ',';
    }
    assert_false(amp__certificate_message_next(&walk, &certificate));
    text[text_len] = '\0';
    free(copy);
    return text;
}

static void whole_messages(void **unused)
{
    (void)unused;
    assert_string_equal(certificates(message_1_2, sizeof message_1_2, 0), "ab,xyz,");
    assert_string_equal(certificates(message_1_3, sizeof message_1_3, 1), "ab,xyz,");
}

/* Only complete certificates are found. A certificate counts even if its extensions are truncated. */
static void shortened_messages(void **unused)
{
    (void)unused;
    for (size_t len = 0; len < sizeof message_1_2; ++len) {
        assert_string_equal(certificates(message_1_2, len, 0), len < 12 ? "" : "ab,");
    }
    for (size_t len = 0; len < sizeof message_1_3; ++len) {
        assert_string_equal(certificates(message_1_3, len, 1), len < 13 ? "" : len < 24 ? "ab," : "ab,xyz,");
    }
}

static void lengths_beyond_the_end(void **unused)
{
    uint8_t message[sizeof message_1_3];
    (void)unused;
    memcpy(message, message_1_2, sizeof message_1_2);
    for (size_t at = 12; at < 15; ++at) {
        message[at] = 0xff; /* in the length of the second certificate */
        assert_string_equal(certificates(message, sizeof message_1_2, 0), "ab,");
    }
    memcpy(message, message_1_3, sizeof message);
    message[13] = 0xff; /* in the length of the extensions */
    assert_string_equal(certificates(message, sizeof message, 1), "ab,");
}

static void other_messages(void **unused)
{
    uint8_t message[sizeof message_1_2];
    (void)unused;
    memcpy(message, message_1_2, sizeof message);
    message[0] = 12; /* ServerKeyExchange */
    assert_string_equal(certificates(message, sizeof message, 0), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_messages),
        cmocka_unit_test(shortened_messages),
        cmocka_unit_test(lengths_beyond_the_end),
        cmocka_unit_test(other_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

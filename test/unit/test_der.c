/* SPDX-License-Identifier: MIT */
/* The reader of DER with every shorter length, and the text of object identifiers. */
#include "tls/der.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Makes a copy that ends at the end of its memory, so that a sanitizer reports a read of one byte too
 * many. */
static uint8_t *copy_of(const void *data, size_t len)
{
    uint8_t *copy = malloc(len != 0 ? len : 1u);
    assert_non_null(copy);
    memcpy(copy, data, len);
    return copy;
}

static int next(const void *data, size_t len, unsigned *tag, size_t *value_len)
{
    uint8_t *copy = copy_of(data, len);
    amp_der_t in = {copy, len};
    amp_der_t value = {NULL, 0};
    int result = amp__der_next(&in, tag, &value);
    if (result == 0) {
        assert_true(value.at > copy && value.at + value.len == in.at);
        assert_true(in.at + in.len == copy + len);
    }
    *value_len = value.len;
    free(copy);
    return result;
}

static void test_lengths(void **state)
{
    static const struct {
        const char *head;
        size_t head_len;
        size_t value_len; /* SIZE_MAX: it is refused */
    } rows[] = {
        {"\x04\x00", 2, 0},
        {"\x04\x01", 2, 1},
        {"\x04\x7f", 2, 127},
        {"\x04\x81\x80", 3, 128},
        {"\x04\x81\xff", 3, 255},
        {"\x04\x82\x01\x00", 4, 256},
        {"\x04\x83\x01\x00\x00", 5, 65536},
        {"\x04\x80", 2, SIZE_MAX},                 /* indefinite */
        {"\x04\x81\x7f", 3, SIZE_MAX},             /* not minimal */
        {"\x04\x81\x00", 3, SIZE_MAX},             /* … */
        {"\x04\x82\x00\x80", 4, SIZE_MAX},         /* … */
        {"\x04\x84\x00\x00\x01\x00", 6, SIZE_MAX}, /* too long for a message */
        {"\x04\xff", 2, SIZE_MAX},                 /* reserved */
        {"\x1f\x01\x00", 3, SIZE_MAX},             /* a tag of several bytes */
        {"\xbf\x01\x00", 3, SIZE_MAX},
        {"", 0, SIZE_MAX},
        {"\x04", 1, SIZE_MAX},
    };
    static uint8_t data[70000];
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        unsigned tag = 0;
        size_t found = 0;
        memset(data, 0x55, sizeof data);
        memcpy(data, rows[i].head, rows[i].head_len);
        if (rows[i].value_len == SIZE_MAX) {
            assert_int_equal(next(data, rows[i].head_len, &tag, &found), -1);
            assert_int_equal(next(data, rows[i].head_len > 1u ? sizeof data : 1u, &tag, &found), -1);
            continue;
        }
        const size_t whole = rows[i].head_len + rows[i].value_len;
        assert_int_equal(next(data, whole, &tag, &found), 0);
        assert_int_equal(tag, 4);
        assert_int_equal(found, rows[i].value_len);
        assert_int_equal(next(data, whole + 1u, &tag, &found), 0);
        for (size_t len = whole; len-- > (whole > 600u ? whole - 600u : 0u);) {
            assert_int_equal(next(data, len, &tag, &found), -1);
        }
    }
}

static void test_tag_is_required(void **state)
{
    static const uint8_t data[] = {AMP_DER_SEQUENCE, 2, AMP_DER_OCTETS, 0};
    amp_der_t in = {data, sizeof data};
    amp_der_t value;
    (void)state;
    assert_int_equal(amp__der_take(&in, AMP_DER_SEQUENCE, &value), 0);
    assert_int_equal(in.len, 0);
    in = value;
    assert_int_equal(amp__der_take(&in, AMP_DER_OID, &value), -1);
}

static void test_extensions(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        int result;
        int is_critical;
    } rows[] = {
        {"\x30\x09\x06\x03\x55\x1d\x1e\x04\x02\x30\x00", 11, 0, 0},
        {"\x30\x0c\x06\x03\x55\x1d\x1e\x01\x01\xff\x04\x02\x30\x00", 14, 0, 1},
        {"\x30\x0c\x06\x03\x55\x1d\x1e\x01\x01\x01\x04\x02\x30\x00", 14, 0, 1}, /* as mbedTLS reads it */
        {"\x30\x0c\x06\x03\x55\x1d\x1e\x01\x01\x00\x04\x02\x30\x00", 14, 0, 0},
        {"\x30\x0b\x06\x03\x55\x1d\x1e\x04\x02\x30\x00\x05\x00", 13, -1, 0}, /* more after the value */
        {"\x30\x05\x06\x03\x55\x1d\x1e", 7, -1, 0},
        {"\x30\x08\x06\x03\x55\x1d\x1e\x01\x01\xff", 10, -1, 0},
        {"\x30\x04\x04\x02\x30\x00", 6, -1, 0},
        {"\x31\x09\x06\x03\x55\x1d\x1e\x04\x02\x30\x00", 11, -1, 0},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        amp_der_extension_t extension;
        for (size_t len = 0; len <= rows[i].len; ++len) {
            uint8_t *copy = copy_of(rows[i].bytes, len);
            amp_der_t in = {copy, len};
            assert_int_equal(amp__der_extension(&in, &extension), len == rows[i].len ? rows[i].result : -1);
            if (len == rows[i].len && rows[i].result == 0) {
                assert_int_equal(extension.is_critical, rows[i].is_critical);
                assert_int_equal(extension.value.len, 2);
                assert_int_equal(in.len, 0);
                assert_true(amp__der_is_id_ce(&extension.oid, 30));
                assert_false(amp__der_is_id_ce(&extension.oid, 31));
            }
            free(copy);
        }
    }
}

/* A certificate with empty parts is read up to its subject, with and without a version. It is refused when an
 * earlier part is missing. */
static void test_certificates(void **state)
{
    static const uint8_t parts[] = {0xa0, 0, 0x02, 0, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0, 0xa3, 0};
    (void)state;
    for (unsigned from = 0; from <= 2; from += 2) {
        for (uint8_t len = 0; len <= sizeof parts - from; len = (uint8_t)(len + 2)) {
            uint8_t der[4 + sizeof parts] = {0x30, (uint8_t)(len + 2), 0x30, len};
            amp_der_certificate_t certificate;
            memcpy(der + 4, parts + from, len);
            uint8_t *copy = copy_of(der, 4u + len);
            int is_whole = len >= 12u - from;
            assert_int_equal(amp__der_certificate((amp_der_t){copy, 4u + len}, &certificate),
                             is_whole ? 0 : -1);
            assert_int_equal(certificate.extensions.at != NULL, len == sizeof parts - from);
            free(copy);
        }
    }
}

static void check_oid(const char *bytes, size_t len, size_t size, const char *text)
{
    char *out = malloc(size);
    uint8_t *copy = copy_of(bytes, len);
    const amp_der_t oid = {copy, len};
    assert_non_null(out);
    amp__der_oid_text(oid, out, size);
    assert_string_equal(out, text);
    free(out);
    free(copy);
}

static void test_object_identifiers(void **state)
{
    (void)state;
    check_oid("\x55\x1d\x1e", 3, 40, "2.5.29.30");
    check_oid("\x00", 1, 40, "0.0");
    check_oid("\x27", 1, 40, "0.39");
    check_oid("\x28", 1, 40, "1.0");
    check_oid("\x4f", 1, 40, "1.39");
    check_oid("\x50", 1, 40, "2.0");
    check_oid("\x88\x37\x03", 3, 40, "2.999.3"); /* the example of X.690, 8.19 */
    check_oid("\x2b\x06\x01\x05\x05\x07\x01\x18", 8, 40, "1.3.6.1.5.5.7.1.24");
    check_oid("\x60\x86\x48\x01\x86\xf8\x42\x01\x01", 9, 40, "2.16.840.1.113730.1.1");
    check_oid("\x55\x8f\xff\xff\xff\x7f", 6, 40, "2.5.4294967295");
    check_oid("\x55\x90\x80\x80\x80\x00", 6, 40, "2.5?"); /* 2^32 */
    check_oid("", 0, 40, "");
    check_oid("\x55\x81", 2, 40, "2.5"); /* truncated within a number */
    for (size_t size = 2; size <= 40; ++size) {
        static const char whole[] = "2.5.29.30";
        char text[40];
        size_t fits = size >= sizeof whole + 1u ? sizeof whole - 1u : size - 2u;
        snprintf(text, sizeof text, "%.*s%s", (int)fits, whole, fits == sizeof whole - 1u ? "" : "?");
        check_oid("\x55\x1d\x1e", 3, size, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_tag_is_required),
        cmocka_unit_test(test_extensions),
        cmocka_unit_test(test_certificates),
        cmocka_unit_test(test_object_identifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

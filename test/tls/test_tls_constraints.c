/* SPDX-License-Identifier: MIT */
/* Tests name constraints (RFC 5280, 4.2.1.10) on names and addresses, and constraints that cannot be
 * parsed. */
#include "rig_case.h"
#include "tls/cert_name.h"
#include "tls/name_constraints.h"

static int allows(const void *extensions, size_t len, const char *name, size_t name_len, unsigned form)
{
    uint8_t *copy = malloc(len != 0 ? len : 1u);
    mbedtls_x509_crt authority;
    mbedtls_x509_crt certificate;
    memset(&authority, 0, sizeof authority);
    memset(&certificate, 0, sizeof certificate);
    assert_non_null(copy);
    memcpy(copy, extensions, len);
    authority.v3_ext.p = copy;
    authority.v3_ext.len = len;
    certificate.subject_alt_names.buf.tag = (int)form;
    certificate.subject_alt_names.buf.len = name_len;
    certificate.subject_alt_names.buf.p = (unsigned char *)(uintptr_t)name;
    int result = amp__constraints_allow(&authority, &certificate);
    free(copy);
    return result;
}

/* Writes the extensions of an authority with these constraints, in DER. */
static uint8_t *extensions_of(const char *constraints, size_t *out_len)
{
    identity_t identity;
    uint8_t *der = NULL;
    identity_make(&identity, &(wanted_t){.name = "A", .is_authority = 1, .constraints = constraints});
    int len =
        i2d_X509_EXTENSIONS((X509_EXTENSIONS *)(uintptr_t)X509_get0_extensions(identity.certificate), &der);
    assert_true(len > 0);
    *out_len = (size_t)len;
    identity_free(&identity);
    return der;
}

static void test_names(void **state)
{
    static const struct {
        const char *constraints;
        const char *name;
        int is_allowed;
    } rows[] = {
        {"permitted;DNS:example.com", "example.com", 1},
        {"permitted;DNS:example.com", "EXAMPLE.com", 1},
        {"permitted;DNS:example.com", "a.example.com", 1},
        {"permitted;DNS:example.com", "a.b.example.com", 1},
        {"permitted;DNS:example.com", "*.example.com", 1},
        {"permitted;DNS:example.com", "aexample.com", 0},
        {"permitted;DNS:example.com", "example.com.invalid", 0},
        {"permitted;DNS:example.com", "com", 0},
        {"permitted;DNS:example.com", "", 0},
        {"permitted;DNS:example.com", "*.com", 0},
        {"permitted;DNS:a.example.com", "*.example.com", 0}, /* matches b.example.com, too */
        {"permitted;DNS:example.com", ".example.com", 0},    /* no name */
        {"excluded;DNS:example.org", ".example.com", 0},
        {"permitted;IP:10.0.0.0/255.0.0.0", ".example.com", 1},
        {"permitted;DNS:*.example.com", "a.example.com", 0}, /* no base */
        {"excluded;DNS:*.example.org", "a.example.com", 0},
        {"permitted;DNS:.example.com", "a.example.com", 1},
        {"permitted;DNS:.example.com", "example.com", 0},
        {"permitted;DNS:a.com,permitted;DNS:b.com", "a.com", 1},
        {"permitted;DNS:a.com,permitted;DNS:b.com", "b.com", 1},
        {"permitted;DNS:a.com,permitted;DNS:b.com", "c.com", 0},
        {"permitted;IP:10.0.0.0/255.0.0.0", "example.com", 1}, /* does not constrain names */
        {"permitted;email:example.com", "other.invalid", 1},   /* of a form that is ignored */
        {"excluded;DNS:.mil", "example.com", 1},
        {"excluded;DNS:.mil", "navy.mil", 0},
        {"excluded;DNS:.mil", "a.navy.MIL", 0},
        {"excluded;DNS:.mil", "*.mil", 0},
        {"excluded;DNS:mil", "mil", 0},
        {"excluded;DNS:mil", "smil", 1},
        {"excluded;DNS:example.com", "example.com", 0},
        {"excluded;DNS:example.com", "example.org", 1},
        {"excluded;DNS:a.example.com", "*.example.com", 0}, /* matches a.example.com, too */
        {"excluded;DNS:a.example.com", "*.EXAMPLE.com", 0},
        {"excluded;DNS:a.b.example.com", "*.example.com", 1},
        {"excluded;DNS:a.example.com", "b.example.com", 1},
        {"excluded;DNS:a.example.com", "*.example.org", 1},
        {"excluded;DNS:a.com", "*x.com", 1}, /* no wildcard of a label */
        {"excluded;DNS:a.b", "*", 1},
        {"excluded;DNS:localhost", "*.example.com", 1},
        {"permitted;DNS:example.com,excluded;DNS:a.example.com", "b.example.com", 1},
        {"permitted;DNS:example.com,excluded;DNS:a.example.com", "x.a.example.com", 0},
        {"excluded;DNS:a.com,excluded;DNS:b.com", "b.com", 0},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        size_t len;
        uint8_t *extensions = extensions_of(rows[i].constraints, &len);
        if (allows(extensions, len, rows[i].name, strlen(rows[i].name), 0x82) != rows[i].is_allowed) {
            fail_msg("%s: %s", rows[i].constraints, rows[i].name);
        }
        OPENSSL_free(extensions);
    }
}

static void test_addresses(void **state)
{
    static const struct {
        const char *constraints;
        const char *address;
        size_t len;
        int is_allowed;
    } rows[] = {
        {"permitted;IP:10.0.0.0/255.0.0.0", "\x0a\xff\xff\xff", 4, 1},
        {"permitted;IP:10.0.0.0/255.0.0.0", "\x0b\x00\x00\x00", 4, 0},
        {"permitted;IP:10.1.2.3/255.255.255.255", "\x0a\x01\x02\x03", 4, 1},
        {"permitted;IP:10.1.2.3/255.255.255.255", "\x0a\x01\x02\x02", 4, 0},
        {"permitted;IP:0.0.0.0/0.0.0.0", "\x0a\x01\x02\x02", 4, 1},
        {"permitted;IP:10.1.2.3/255.255.255.254", "\x0a\x01\x02\x02", 4, 1},
        {"permitted;IP:10.0.0.0/255.0.0.0", "\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 0},
        {"permitted;DNS:example.com", "\x0a\x01\x02\x02", 4, 1},
        {"permitted;IP:10.0.0.0/255.0.0.0", "\x0a\x00\x00\x00\xff\x00\x00\x00", 8, 0}, /* no address */
        {"excluded;IP:11.0.0.0/255.0.0.0", "\x0a\x00\x00\x00\xff\x00\x00\x00", 8, 0},
        {"excluded;IP:11.0.0.0/255.0.0.0", "", 0, 0},
        {"excluded;IP:10.0.0.0/255.0.0.0", "\x0a\xff\xff\xff", 4, 0},
        {"excluded;IP:10.0.0.0/255.0.0.0", "\x0b\xff\xff\xff", 4, 1},
        {"excluded;IP:2001:db8::/ffff:ffff::", "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16, 0},
        {"excluded;IP:2001:db8::/ffff:ffff::", "\x20\x01\x0d\xb9\0\0\0\0\0\0\0\0\0\0\0\1", 16, 1},
        {"excluded;IP:10.0.0.0/255.0.255.0", "\x0b\xff\xff\xff", 4,
         0}, /* not a mask, so every address is refused */
        {"permitted;IP:10.0.0.0/0.255.0.0", "\x0a\x00\x00\x00", 4, 0},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        size_t len;
        uint8_t *extensions = extensions_of(rows[i].constraints, &len);
        if (allows(extensions, len, rows[i].address, rows[i].len, 0x87) != rows[i].is_allowed) {
            fail_msg("%s: row %u", rows[i].constraints, i);
        }
        OPENSSL_free(extensions);
    }
}

/* An extension that cannot be parsed allows no name: truncated at any byte, with a minimum, or of another
 * type. */
static void test_unreadable(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        int is_allowed;
    } rows[] = {
#define EXTENSION "\x06\x03\x55\x1d\x1e\x04"
        /* excluded, "mil" */
        {"\x30\x14\x30\x12" EXTENSION "\x0b\x30\x09\xa1\x07\x30\x05\x82\x03mil", 22, 1},
        /* the same with a minimum of 0 */
        {"\x30\x17\x30\x15" EXTENSION "\x0e\x30\x0c\xa1\x0a\x30\x08\x82\x03mil\x80\x01\x00", 25, 0},
        /* [2], which the syntax does not have */
        {"\x30\x14\x30\x12" EXTENSION "\x0b\x30\x09\xa2\x07\x30\x05\x82\x03mil", 22, 0},
        /* no sequence */
        {"\x30\x14\x30\x12" EXTENSION "\x0b\x31\x09\xa1\x07\x30\x05\x82\x03mil", 22, 0},
        /* more after the sequence */
        {"\x30\x14\x30\x12" EXTENSION "\x0b\x30\x07\xa1\x05\x30\x03\x82\x01m\x05\x00", 22, 0},
        /* a name longer than its tree */
        {"\x30\x14\x30\x12" EXTENSION "\x0b\x30\x09\xa1\x07\x30\x05\x82\x04mil", 22, 0},
        /* two of the extension: the second excludes all */
        {"\x30\x22\x30\x12" EXTENSION "\x0b\x30\x09\xa1\x07\x30\x05\x82\x03mil"
         "\x30\x0c\x06\x03\x55\x1d\x1e\x04\x08\x30\x06\xa1\x04\x30\x02\x82\x00",
         36, 0},
        /* an extension of another kind */
        {"\x30\x0b\x30\x09\x06\x03\x55\x1d\x1f\x04\x02\x30\x00", 13, 1},
        {"\x30\x00", 2, 1},
        /* permitted: every name */
        {"\x30\x11\x30\x0f" EXTENSION "\x08\x30\x06\xa0\x04\x30\x02\x82\x00", 19, 1},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        if (allows(rows[i].bytes, rows[i].len, "example.com", 11, 0x82) != rows[i].is_allowed) {
            fail_msg("row %u", i);
        }
        for (size_t len = 1; len < rows[i].len; ++len) {
            assert_false(allows(rows[i].bytes, len, "example.com", 11, 0x82));
        }
        assert_true(allows(rows[i].bytes, 0, "example.com", 11, 0x82)); /* there are no extensions */
    }
}

/* Only names and addresses are constrained, and an address by a base of twice its length. */
static void test_forms(void **state)
{
    /* permitted, an address of IPv4 without a mask */
    static const char no_mask[] = "\x30\x15\x30\x13" EXTENSION "\x0c\x30\x0a\xa0\x08\x30\x06\x87\x04\x0a\0\0";
    const mbedtls_x509_crt none = {0};
    size_t len;
    uint8_t *extensions = extensions_of("permitted;DNS:example.com,permitted;email:example.com", &len);
    (void)state;
    assert_true(allows(extensions, len, "me@other.invalid", 16, 0x81));
    assert_false(allows(extensions, len, "other.invalid", 13, 0x82));
    assert_false(allows(no_mask, sizeof no_mask, "\x0a\x00\x00\x00", 4, 0x87));
    assert_true(amp__constraints_allow(&none, &none));
    OPENSSL_free(extensions);
}

/* If any byte is changed to any value, no byte beyond the end is read. Then either the excluded names are
 * still excluded, or all names are refused. */
static void test_any_byte(void **state)
{
    size_t len;
    uint8_t *extensions = extensions_of("permitted;DNS:example.com,excluded;IP:10.0.0.0/255.0.0.0", &len);
    (void)state;
    for (size_t i = 0; i < len; ++i) {
        const uint8_t before = extensions[i];
        for (unsigned value = 0; value < 256u; ++value) {
            extensions[i] = (uint8_t)value;
            int result = allows(extensions, len, "example.com", 11, 0x82);
            assert_true(result == 0 || result == 1);
        }
        extensions[i] = before;
    }
    assert_true(allows(extensions, len, "example.com", 11, 0x82));
    OPENSSL_free(extensions);
}

static void test_listed_names(void **state)
{
    static const struct {
        const char *listed;
        const char *host;
        int is_listed;
    } rows[] = {
        {"*.example.com", "a.example.com", 1},   {"*.example.com", "a.example.org", 0},
        {"*.example.com", ".example.com", 0},    {"*.example.com", "aa.example.com", 1},
        {"*.example.com", "b.a.example.com", 0}, {"*.example.com", "com", 0},
    };
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        mbedtls_x509_crt certificate;
        memset(&certificate, 0, sizeof certificate);
        certificate.subject_alt_names.buf.tag = 0x82;
        certificate.subject_alt_names.buf.len = strlen(rows[i].listed);
        certificate.subject_alt_names.buf.p = (unsigned char *)(uintptr_t)rows[i].listed;
        assert_int_equal(amp__name_is_listed(&certificate, rows[i].host), rows[i].is_listed);
    }
}

/* The common name after an attribute with a longer identifier. */
static void test_name_with_other_attributes(void **state)
{
    static const uint8_t name[] = {0x31, 9,    0x30, 7,    0x06, 2,    0x29, 0x01, 0x0c, 1, 'x', 0x31,
                                   10,   0x30, 8,    0x06, 3,    0x55, 0x04, 0x03, 0x0c, 1, 'y'};
    char text[AMP_TLS_NAME_SIZE];
    (void)state;
    amp__name_copy((amp_der_t){name, sizeof name}, text);
    assert_string_equal(text, "y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_any_byte),
        cmocka_unit_test(test_listed_names),
        cmocka_unit_test(test_name_with_other_attributes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

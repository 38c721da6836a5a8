/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "ampersand/tls.h"

#define BEGIN "-----BEGIN CERTIFICATE-----\n"
#define END "-----END CERTIFICATE-----\n"
#define KEY "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"

/* 30 82 01 00 and 256 zero bytes: 348 characters, of which the last is padding. */
#define A16 "AAAAAAAAAAAAAAAA"
#define A64 A16 A16 A16 A16
#define FIRST_LINE "MIIBAAAAAAAAAAAA" A16 A16 A16 "\n"
#define LAST_LINES A64 "\n" A64 "\n" A64 "\n" A64 "\nAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define BODY FIRST_LINE LAST_LINES
#define GOOD BEGIN BODY END
#define GOOD_LINES 8u

static void check(const char *text, size_t len, const char *rule, size_t block, size_t line)
{
    amp_pem_fault_t fault;
    memset(&fault, 0xee, sizeof fault);
    amp_status_t status = amp_pem_check(text, len, &fault);
    if (strcmp(fault.rule, rule) != 0 || fault.block != block || fault.line != line ||
        status != (*rule == '\0' ? AMP_OK : AMP_ERR_TRUST)) {
        fail_msg("%.400s\n%s: block %lu, line %lu", text, fault.rule, (unsigned long)fault.block,
                 (unsigned long)fault.line);
    }
}

/* The text is in separate memory, so that a sanitizer reports a read beyond it. */
static void check_text(const char *text, const char *rule, size_t block, size_t line)
{
    size_t size = strlen(text) + 1u;
    char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, text, size);
    check(copy, size, rule, block, line);
    free(copy);
}

static void undamaged_texts(void **unused)
{
    static const struct {
        const char *text;
        size_t block;
        size_t line;
    } rows[] = {
        {"", 0, 1},
        {"no certificate in it\n", 0, 1},
        {GOOD, 1, 1},
        {GOOD GOOD GOOD, 3, 1u + 2u * GOOD_LINES},
        {"\xef\xbb\xbf" GOOD, 1, 1},
        {"\n# a comment -- with dashes ------\n" GOOD "\nCN=x\n" GOOD "-- \n", 2, 3u + GOOD_LINES + 2u},
        {KEY GOOD, 1, 4},
        {GOOD "-----BEGIN PRIVATE KEY-----\nMIIB\n" GOOD, 2, 3u + GOOD_LINES},
        {"-----BEGIN TRUSTED CERTIFICATE-----\nMIIB\n-----END TRUSTED CERTIFICATE-----\n" GOOD, 1, 4},
        {"-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n", 0, 1},
        {BEGIN BODY "-----END CERTIFICATE-----", 1, 1},
        {BEGIN BODY "-----END CERTIFICATE-----" GOOD, 2, GOOD_LINES},
        {"-" GOOD, 1, 1},
        {"-----BEGIN CERTIFICATE-----  \r\n" FIRST_LINE "\r\n" LAST_LINES " \r\n" END "\r\n", 1, 1},
        {BEGIN "MIGA\nAA==\n" END, 1, 1}, /* 30 81 80 00: the length is encoded differently */
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        check_text(rows[i].text, "", rows[i].block, rows[i].line);
    }
}

static void damaged_blocks_are_named(void **unused)
{
    static const struct {
        const char *damaged;
        const char *rule;
    } rows[] = {
        {BEGIN BODY, "no END line"},
        {BEGIN FIRST_LINE, "no END line"},
        {BEGIN "MII", "no END line"},
        {BEGIN, "no END line"},
        {BEGIN BODY "-----END CERTIFICATE----\n", "no END line"},
        {BEGIN BODY "-----END CERT\n", "no END line"},
        {BEGIN BODY "-----END PRIVATE KEY-----\n", "no END line"},
        {BEGIN BODY "-----END TRUSTED CERTIFICATE-----\n", "no END line"},
        {BEGIN BODY "--", "no END line"},
        {BODY END, "no BEGIN line"},
        {"----BEGIN CERTIFICATE-----\n" BODY END, "no BEGIN line"},
        {"-----BEGIN CERTIFICATE----\n" BODY END, "no BEGIN line"},
        {"-----BEGIN CERTIFICATE----x\n" BODY END, "no BEGIN line"},
        {"-----BEGIN CERTIFICATE-----" BODY END, "damaged BEGIN line"},
        {"-----BEGIN CERTIFICATE-----\t\n" BODY END, "damaged BEGIN line"},
        {"-----BEGIN CERTIFICATE-----\r\r\n" BODY END, "damaged BEGIN line"},
        {"-----BEGIN CERTIFICATE----- and more\n" BODY END, "damaged BEGIN line"},
        {BEGIN "\xef\xbb\xbf" BODY END, "not base64"},
        {BEGIN FIRST_LINE "<html>\n" LAST_LINES END, "not base64"},
        {BEGIN FIRST_LINE "\t" LAST_LINES END, "not base64"},
        {BEGIN "Proc-Type: 4,ENCRYPTED\n" BODY END, "no END line"}, /* the header line contains a dash */
        {BEGIN LAST_LINES END, "wrong length"},
        {BEGIN FIRST_LINE A64 "\n" END, "wrong length"},
        {BEGIN FIRST_LINE A64 "\n" LAST_LINES END, "wrong length"},
        {BEGIN FIRST_LINE "A" LAST_LINES END, "wrong length"},
        {BEGIN FIRST_LINE "AAAA" LAST_LINES END, "wrong length"},
        {BEGIN FIRST_LINE A64 "\n" FIRST_LINE LAST_LINES END, "wrong length"},
        {BEGIN END, "wrong length"},
        {BEGIN "MAA=\n" END, "wrong length"},
        {BEGIN "====\n" END, "wrong length"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
        char text[4096];
        size_t extra = 0; /* lines before an END without a BEGIN */
        if (strcmp(rows[i].rule, "no BEGIN line") == 0) {
            for (const char *p = rows[i].damaged; strncmp(p, END, 9) != 0; ++p) {
                extra += *p == '\n';
            }
        }
        check_text(rows[i].damaged, rows[i].rule, 1, 1u + extra);
        (void)snprintf(text, sizeof text, "%s%s%s", GOOD GOOD, rows[i].damaged, GOOD);
        check_text(text, rows[i].rule, 3, 1u + 2u * GOOD_LINES + extra);
        (void)snprintf(text, sizeof text, "%s%s", GOOD, rows[i].damaged);
        check_text(text, rows[i].rule, 2, 1u + GOOD_LINES + extra);
    }
}

/* A text that is truncated anywhere has fewer blocks, or is damaged. It never has the full number of
 * blocks. */
static void cut_anywhere(void **unused)
{
    static const char text[] = GOOD GOOD;
    char cut[sizeof text];
    (void)unused;
    for (size_t len = 0; len < sizeof text - 2u; ++len) { /* the last line end may be missing */
        amp_pem_fault_t fault;
        memcpy(cut, text, len);
        cut[len] = '\0';
        amp_status_t status = amp_pem_check(cut, len + 1u, &fault);
        assert_true(status == AMP_OK ? fault.block < 2u : fault.block > 0u && *fault.rule != '\0');
    }
}

static void a_line_that_is_lost(void **unused)
{
    static const char text[] = GOOD GOOD GOOD;
    (void)unused;
    for (size_t line = 0; line < 3u * GOOD_LINES; ++line) {
        char left[sizeof text];
        const char *p = text;
        amp_pem_fault_t fault;
        for (size_t i = 0; i < line; ++i) {
            p = strchr(p, '\n') + 1;
        }
        (void)snprintf(left, sizeof left, "%.*s%s", (int)(p - text), text, strchr(p, '\n') + 1);
        assert_int_equal(amp_pem_check(left, strlen(left) + 1u, &fault), AMP_ERR_TRUST);
        assert_int_equal(fault.block, line / GOOD_LINES + 1u);
    }
}

static void the_nul_is_at_the_end(void **unused)
{
    static const char good[] = GOOD GOOD;
    char text[sizeof good];
    const char *rule = "NUL missing or misplaced";
    (void)unused;
    check(good, sizeof good, "", 2, 1u + GOOD_LINES);
    check(good, sizeof good - 1u, rule, 0, 1);
    check(good, 0, rule, 0, 1);
    memcpy(text, good, sizeof text);
    text[sizeof GOOD - 1u] = '\0';
    check(text, sizeof text, rule, 0, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undamaged_texts),       cmocka_unit_test(damaged_blocks_are_named),
        cmocka_unit_test(cut_anywhere),          cmocka_unit_test(a_line_that_is_lost),
        cmocka_unit_test(the_nul_is_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

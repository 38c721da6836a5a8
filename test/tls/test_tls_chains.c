/* SPDX-License-Identifier: MIT */
/* Runs random certificate chains through a real handshake. For each chain the oracle (chains_oracle.c)
 * predicts the decisions of the RFCs, OpenSSL and this library. The latter two are compared with the actual
 * decisions.
 *
 * AMPERSAND_CHAINS: the number of chains. AMPERSAND_SEED: their seed. AMPERSAND_FIRST: the number of the
 * first one. A chain depends only on its number and the seed. */
#include "chains.h"
#include "rig_case.h"

#define CHAINS_USUAL 150u
#define SEED_USUAL 5280u

/* A build without one of these cannot parse some of the certificates. docs/trust.md does not describe such
 * builds. */
#if defined(MBEDTLS_ECP_DP_SECP192R1_ENABLED) && defined(MBEDTLS_ECP_DP_SECP224R1_ENABLED) &&                \
    defined(MBEDTLS_ECP_DP_SECP384R1_ENABLED) && defined(MBEDTLS_ECP_DP_SECP521R1_ENABLED) &&                \
    defined(MBEDTLS_ECP_DP_SECP256K1_ENABLED) && defined(MBEDTLS_RSA_C) && defined(MBEDTLS_SHA1_C) &&        \
    defined(MBEDTLS_SHA512_C) && defined(MBEDTLS_MD5_C) && defined(MBEDTLS_X509_RSASSA_PSS_SUPPORT)
#define HAS_ALL 1
#else
#define HAS_ALL 0
#endif

static void skip_unless_all(void)
{
    if (!HAS_ALL) {
        print_message("SKIPPED: this mbedTLS does not support all algorithms of the certificates\n");
        skip();
    }
}

static uint64_t number_of(const char *variable, uint64_t usual)
{
    const char *text = getenv(variable);
    return text != NULL && text[0] != '\0' ? strtoull(text, NULL, 10) : usual;
}

static const char *word_of(chain_verdict_t verdict)
{
    static const char *const words[] = {"accepts", "refuses", "either"};
    return words[verdict];
}

static void describe(const chain_t *chain, const chain_result_t *result, unsigned index)
{
    print_error("chain %u, host %s, %u authorities:%s\n  expected: RFC %s, OpenSSL %s, ours %s\n", index,
                chain->host, chain->anchor - 1u, chain->text, word_of(result->rfc), word_of(result->openssl),
                word_of(result->ours));
    for (unsigned i = 0; i < KINDS; ++i) {
        if ((result->kinds & KIND_BIT(i)) != 0) {
            print_error("  %s\n", chain_rows[i].fact);
        }
    }
}

/* Returns 1 when the reported rule belongs to one of the kinds. Other rules apply to a certificate that this
 * build of mbedTLS cannot parse. */
static int is_reason(chain_kinds_t kinds, const amp_tls_failure_t *failure)
{
    const chain_kinds_t build =
        KIND_BIT(KIND_CURVE_P192) | KIND_BIT(KIND_CURVE_OTHER) | KIND_BIT(KIND_ED25519) | KIND_BIT(KIND_HASH);
    for (unsigned i = 0; i < KINDS; ++i) {
        if ((kinds & KIND_BIT(i)) != 0 && chain_rows[i].status == failure->status &&
            strcmp(chain_rows[i].rule, failure->rule) == 0) {
            return 1;
        }
    }
    return (kinds & build) != 0 && amp_class_of(failure->status) == amp_class_of(AMP_ERR_CERT);
}

static void serve(const chain_t *chain, const chain_made_t *made, unsigned index)
{
    const identity_t server = {made->certificates[0], chain_key((chain_key_t)chain->links[0].key)};
    rig_serve(&rig, rig_can(RIG_1_3) && index % 2u != 0 ? RIG_1_3 : RIG_1_2_ID, &server, NULL);
    SSL_CTX_set_mode(rig.ctx, SSL_MODE_NO_AUTO_CHAIN);
    for (unsigned i = 0; i < chain->sent_count; ++i) {
        assert_int_equal(SSL_CTX_add1_chain_cert(rig.ctx, made->certificates[chain->sent[i]]), 1);
    }
}

/* Returns 1 when this build's buffer is large enough for the Certificate message. In TLS 1.3, each
 * certificate needs two bytes for its extensions. */
static int has_room(const chain_t *chain, const chain_made_t *made)
{
    size_t len = 64u + (size_t)i2d_X509(made->certificates[0], NULL);
    for (unsigned i = 0; i < chain->sent_count; ++i) {
        len += 5u + (size_t)i2d_X509(made->certificates[chain->sent[i]], NULL);
    }
    return len < MBEDTLS_SSL_IN_CONTENT_LEN && len < 16000u;
}

static int check_ours(const chain_t *chain, const chain_made_t *made, const chain_result_t *result,
                      unsigned index)
{
    amp_tls_failure_t failure;
    uint8_t *anchor = NULL;
    int anchor_len = i2d_X509(made->certificates[chain->anchor], &anchor);
    assert_true(anchor_len > 0);
    rig.host = chain->host;
    rig.now = chain->now;
    rig.anchor = (amp_anchor_t){AMP_ANCHOR_DER, anchor, (size_t)anchor_len};
    serve(chain, made, index);
    rig_connect(&rig);
    rig.answered = 0;
    amp_status_t status = rig_ask(&rig);
    amp_tls_failure(&rig.tls, &failure);
    int is_right = status == AMP_END ? result->ours == ACCEPTS && rig.answered == 1
                                     : result->ours == REFUSES && rig.answered == 0 &&
                                           failure.status == status && is_reason(result->kinds, &failure);
    if (!is_right) {
        describe(chain, result, index);
        print_error("  ours: %s, \"%s\" at %u (%s)\n", amp_status_name(status), failure.rule, failure.depth,
                    failure.detail);
    }
    rig_disconnect(&rig);
    OPENSSL_free(anchor);
    return is_right;
}

static int check_openssl(const chain_t *chain, const chain_made_t *made, const chain_result_t *result,
                         unsigned index)
{
    int error;
    int accepts = chain_openssl_accepts(chain, made, &error);
    if (result->openssl != EITHER && accepts != (result->openssl == ACCEPTS)) {
        describe(chain, result, index);
        print_error("  OpenSSL: %s\n", X509_verify_cert_error_string(error));
        return 0;
    }
    return 1;
}

/* Bits of the facts that occurred so far. */
static chain_kinds_t seen;
static unsigned counts[2][2][2]; /* by the verdicts of the RFCs, OpenSSL and ours */

static unsigned check(uint64_t seed, unsigned index)
{
    chain_t chain;
    chain_made_t made;
    chain_result_t result;
    chain_draw(&chain, seed, index);
    if (index < chain_single_count() && chain.text[0] == '\0') {
        return 0; /* the chain has no such place for the feature */
    }
    chain_judge(&chain, &result);
    chain_make(&chain, &made);
    unsigned faults = 0;
    if (has_room(&chain, &made)) {
        seen |= result.kinds;
        faults = check_openssl(&chain, &made, &result, index) ? 0u : 1u;
        faults += check_ours(&chain, &made, &result, index) ? 0u : 1u;
        ++counts[result.rfc != ACCEPTS][result.openssl != ACCEPTS][result.ours != ACCEPTS];
    }
    chain_made_free(&made);
    return faults;
}

static void print_counts(void)
{
    for (unsigned i = 0; i < 8; ++i) {
        const unsigned count = counts[i >> 2][i >> 1 & 1u][i & 1u];
        if (count != 0) {
            print_message("RFCs %s, OpenSSL %s, this library %s: %u\n", word_of(i >> 2), word_of(i >> 1 & 1u),
                          word_of(i & 1u), count);
        }
    }
}

static void test_drawn(void **state)
{
    const uint64_t seed = number_of("AMPERSAND_SEED", SEED_USUAL);
    const unsigned first = (unsigned)number_of("AMPERSAND_FIRST", chain_single_count());
    const unsigned count = (unsigned)number_of("AMPERSAND_CHAINS", CHAINS_USUAL);
    unsigned faults = 0;
    (void)state;
    skip_unless_all();
    for (unsigned index = first; index - first < count && faults < 20; ++index) {
        faults += check(seed, index);
    }
    print_counts();
    assert_int_equal(faults, 0);
}

/* Tests each feature by itself, at each of its places. */
static void test_single(void **state)
{
    unsigned faults = 0;
    (void)state;
    skip_unless_all();
    for (unsigned index = 0; index < chain_single_count(); ++index) {
        faults += check(SEED_USUAL, index);
    }
    assert_int_equal(faults, 0);
}

/* Each kind must have occurred. Otherwise a row of the table would be untested. */
static void test_all_kinds(void **state)
{
    unsigned missing = 0;
    (void)state;
    skip_unless_all();
    for (unsigned i = 0; i < KINDS; ++i) {
        if ((seen & KIND_BIT(i)) == 0) {
            print_error("no chain has %s\n", chain_rows[i].fact);
            ++missing;
        }
    }
    assert_int_equal(missing, 0);
}

static int differs(const chain_row_t *row)
{
    return row->rfc != row->openssl || row->rfc != row->ours;
}

/* docs/trust.md must have exactly the rows of the differences. */
static void test_page(void **state)
{
    static char page[65536];
    char line[800];
    unsigned rows = 0;
    unsigned missing = 0;
    FILE *file = fopen(AMP_TEST_PAGE, "r");
    (void)state;
    assert_non_null(file);
    page[fread(page, 1, sizeof page - 1u, file)] = '\0';
    fclose(file);
    for (unsigned i = 0; i < KINDS; ++i) {
        const chain_row_t *row = &chain_rows[i];
        assert_true(differs(row) == (row->reason != NULL));
        if (differs(row)) {
            snprintf(line, sizeof line, "| %s | %s | %s | %s | %s |\n", row->fact, word_of(row->rfc),
                     word_of(row->openssl), word_of(row->ours), row->reason);
            ++rows;
            if (strstr(page, line) == NULL) {
                print_error("%s", line);
                ++missing;
            }
        }
    }
    assert_int_equal(missing, 0);
    for (const char *at = strstr(page, "<!-- chains:begin -->");
         at != NULL && strncmp(at, "<!-- chains:end", 15) != 0;
         at = strchr(at, '\n') != NULL ? strchr(at, '\n') + 1 : NULL) {
        rows -= at[0] == '|' && strncmp(at, "| --", 4) != 0 && strncmp(at, "| chain with", 12) != 0;
    }
    assert_int_equal(rows, 0);
}

static int make_keys(void **state)
{
    (void)state;
    chain_keys_make();
    return rig_make_identities(state);
}

static int free_keys(void **state)
{
    chain_keys_free();
    return rig_free_identities(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(test_single),
        RIG_TEST(test_drawn),
        cmocka_unit_test(test_all_kinds),
        cmocka_unit_test(test_page),
    };
    return cmocka_run_group_tests(tests, make_keys, free_keys);
}

/* SPDX-License-Identifier: MIT */
/* Makes the certificates of a chain with OpenSSL, and queries OpenSSL's verdict. Each key is made only
 * once. */
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "chains.h"

static EVP_PKEY *pool[KEYS];

void chain_keys_make(void)
{
    static const char *const curves[KEYS] = {
        [KEY_P256_A] = "P-256", [KEY_P256_B] = "P-256", [KEY_P384] = "P-384",         [KEY_P521] = "P-521",
        [KEY_P192] = "P-192",   [KEY_P224] = "P-224",   [KEY_SECP256K1] = "secp256k1"};
    static const uint16_t bits[KEYS] = {[KEY_RSA_A] = 2048,
                                        [KEY_RSA_B] = 2048,
                                        [KEY_RSA_C] = 2048,
                                        [KEY_RSA_3072] = 3072,
                                        [KEY_RSA_1024] = 1024};
    for (int i = 0; i < KEYS; ++i) {
        pool[i] = curves[i] != NULL ? EVP_EC_gen(curves[i])
                  : bits[i] != 0    ? EVP_RSA_gen(bits[i])
                                    : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
        assert_non_null(pool[i]);
    }
}

void chain_keys_free(void)
{
    for (int i = 0; i < KEYS; ++i) {
        EVP_PKEY_free(pool[i]);
        pool[i] = NULL;
    }
}

EVP_PKEY *chain_key(chain_key_t key)
{
    return pool[key];
}

static void add_extension(X509 *certificate, const char *name, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, NULL, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_nconf(NULL, &context, name, value);
    if (extension == NULL) {
        fail_msg("%s: %s", name, value);
    }
    assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

/* Adds the words of the set bits, separated by commas. */
static void add_words(X509 *certificate, const char *name, unsigned bits, const char *const *words)
{
    char value[160] = "critical";
    for (unsigned i = 0; words[i] != NULL; ++i) {
        if ((bits & 1u << i) != 0) {
            strcat(value, ",");
            strcat(value, words[i]);
        }
    }
    add_extension(certificate, name, strcmp(name, "keyUsage") == 0 ? value : strchr(value, ',') + 1);
}

static void add_names(X509 *certificate, const chain_link_t *link)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    for (unsigned i = 0; i < link->name_count; ++i) {
        GENERAL_NAME *name = GENERAL_NAME_new();
        const chain_name_t *from = &link->names[i];
        ASN1_STRING *text =
            ASN1_STRING_type_new(from->tag == NAME_IP ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
        assert_int_equal(ASN1_STRING_set(text, from->text, from->len), 1);
        GENERAL_NAME_set0_value(name, from->tag & 0x1f, text);
        sk_GENERAL_NAME_push(names, name);
    }
    assert_int_equal(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, link->has_empty_subject == 1,
                                       X509V3_ADD_APPEND),
                     1);
    GENERAL_NAMES_free(names);
}

static void add_constraints(X509 *certificate, const chain_link_t *link)
{
    char value[240];
    size_t at = (size_t)snprintf(value, sizeof value, "%s", link->constraints_critical ? "critical" : "");
    for (unsigned i = 0; i < link->tree_count; ++i) {
        const chain_tree_t *tree = &link->trees[i];
        at += (size_t)snprintf(value + at, sizeof value - at, "%s%s;%s:%s", at > 0 ? "," : "",
                               tree->is_excluded ? "excluded" : "permitted",
                               tree->tag == NAME_IP    ? "IP"
                               : tree->tag == NAME_DNS ? "DNS"
                                                       : "email",
                               tree->text);
    }
    add_extension(certificate, "nameConstraints", value);
}

/* DER of a list with the policy 1.3.6.1.4.1.99999.8 */
#define POLICY "300d300b06092b06010401868d1f08"

static void add_one_more(X509 *certificate, const chain_link_t *link)
{
    static const char *const values[][2] = {
        [EXTENSION_UNKNOWN] = {"1.3.6.1.4.1.99999.7", "DER:0500"},
        [EXTENSION_UNKNOWN_CRITICAL] = {"1.3.6.1.4.1.99999.7", "critical,DER:0500"},
        [EXTENSION_POLICY] = {"certificatePolicies", "DER:" POLICY},
        [EXTENSION_POLICY_CRITICAL] = {"certificatePolicies", "critical,DER:" POLICY},
        [EXTENSION_EXPLICIT_POLICY] = {"policyConstraints", "DER:3003800100"},
        [EXTENSION_EXPLICIT_POLICY_CRITICAL] = {"policyConstraints", "critical,DER:3003800100"},
        [EXTENSION_INHIBIT_ANY_CRITICAL] = {"inhibitAnyPolicy", "critical,DER:020100"},
    };
    if (link->extension == EXTENSION_TWO_NAME_LISTS) {
        add_extension(certificate, "subjectAltName", "DNS:second.invalid");
    } else if (link->extension != EXTENSION_NONE) {
        add_extension(certificate, values[link->extension][0], values[link->extension][1]);
    }
}

static void add_basic(X509 *certificate, const chain_link_t *link)
{
    char value[60];
    if (link->basic == BASIC_ALONE) {
        add_extension(certificate, "basicConstraints", "critical,DER:3003020101");
    } else if (link->basic != BASIC_ABSENT) {
        snprintf(value, sizeof value, "%sCA:%s", link->basic_not_critical ? "" : "critical,",
                 link->basic == BASIC_TRUE ? "TRUE" : "FALSE");
        if (link->path_len >= 0) {
            size_t len = strlen(value);
            snprintf(value + len, sizeof value - len, ",pathlen:%d", link->path_len);
        }
        add_extension(certificate, "basicConstraints", value);
    }
}

/* Key identifiers are made from the number of the key. */
static void add_ids(X509 *certificate, const chain_link_t *link)
{
    char value[60];
    if (link->ids != IDS_ABSENT) {
        snprintf(value, sizeof value, "DER:04024b%02x", link->key);
        add_extension(certificate, "subjectKeyIdentifier", value);
        snprintf(value, sizeof value, "DER:300480024b%02x", link->ids == IDS_WRONG ? 0xff : link->signer);
        add_extension(certificate, "authorityKeyIdentifier", value);
    }
}

static void add_extensions(X509 *certificate, const chain_link_t *link)
{
    static const char *const usages[] = {"digitalSignature", "keyEncipherment", "nonRepudiation",
                                         "keyCertSign",      "cRLSign",         NULL};
    static const char *const purposes[] = {"serverAuth", "clientAuth", "emailProtection",
                                           "anyExtendedKeyUsage", NULL};
    add_basic(certificate, link);
    add_ids(certificate, link);
    if (link->usage != 0) {
        add_words(certificate, "keyUsage", link->usage, usages);
    }
    if (link->purposes != 0) {
        add_words(certificate, "extendedKeyUsage", link->purposes, purposes);
    }
    if (link->name_count != 0) {
        add_names(certificate, link);
    }
    if (link->tree_count != 0) {
        add_constraints(certificate, link);
    }
    add_one_more(certificate, link);
}

/* Two spaces and the case of letters do not change a name (RFC 5280, 7.1). Neither does the type of its
 * string. */
static void set_name(X509_NAME *name, unsigned number, chain_issuer_t style, const char *text)
{
    static const char *const formats[] = {"Authority %u", "AUTHORITY %u", "Authority  %u", "Authority %u"};
    char made[CHAIN_TEXT];
    if (text[0] == '\0') {
        snprintf(made, sizeof made, formats[style], number);
        text = made;
    }
    X509_NAME_add_entry_by_txt(name, "CN",
                               style == ISSUER_OTHER_TYPE ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING,
                               (const unsigned char *)text, -1, -1, 0);
}

static void set_date(ASN1_TIME *out, int64_t seconds, int lacks_z)
{
    assert_non_null(ASN1_TIME_set(out, (time_t)seconds));
    if (lacks_z) {
        assert_int_equal(ASN1_STRING_set(out, ASN1_STRING_get0_data(out), ASN1_STRING_length(out) - 1), 1);
    }
}

static void sign(X509 *certificate, const chain_link_t *link)
{
    EVP_PKEY *key = pool[link->signer];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = NULL;
    const EVP_MD *const hashes[] = {EVP_sha256(), EVP_sha384(), EVP_sha512(), EVP_sha256(),
                                    EVP_sha224(), EVP_sha1(),   EVP_md5()};
    const EVP_MD *hash = hashes[link->hash];
    if (link->hash == HASH_MD5 && !EVP_PKEY_is_a(key, "RSA")) { /* ECDSA does not exist with MD5 */
        hash = EVP_sha1();
    }
    if (link->signer == KEY_ED25519) { /* which has its own digest */
        hash = NULL;
    }
    assert_int_equal(EVP_DigestSignInit(context, &parameters, hash, NULL, key), 1);
    if (link->hash == HASH_PSS && EVP_PKEY_is_a(key, "RSA")) {
        assert_true(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) > 0);
        assert_true(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) > 0);
    }
    assert_true(X509_sign_ctx(certificate, context) > 0);
    EVP_MD_CTX_free(context);
}

/* The object is parsed again from its encoding, so that OpenSSL processes the extensions as a receiver
 * does. */
static X509 *reread(X509 *certificate, int is_damaged)
{
    uint8_t *der = NULL;
    int len = i2d_X509(certificate, &der);
    assert_true(len > 0);
    if (is_damaged) { /* the last byte of the signature */
        der[len - 1] ^= 1u;
    }
    const uint8_t *at = der;
    X509 *again = d2i_X509(NULL, &at, len);
    assert_non_null(again);
    OPENSSL_free(der);
    X509_free(certificate);
    return again;
}

static X509 *make_one(const chain_link_t *link, unsigned number)
{
    X509 *certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 100 + (long)number);
    assert_int_equal(X509_set_version(certificate, link->is_v1 ? 0 : 2), 1);
    if (!link->has_empty_subject) {
        set_name(X509_get_subject_name(certificate), link->subject, ISSUER_SAME, link->common_name);
    }
    set_name(X509_get_issuer_name(certificate), link->issuer, link->issuer_style, "");
    set_date(X509_getm_notBefore(certificate), link->first, 0);
    set_date(X509_getm_notAfter(certificate), link->last, link->dates_lack_z);
    assert_int_equal(X509_set_pubkey(certificate, pool[link->key]), 1);
    if (!link->is_v1) {
        add_extensions(certificate, link);
    }
    sign(certificate, link);
    return reread(certificate, link->is_damaged);
}

void chain_make(const chain_t *chain, chain_made_t *out)
{
    out->count = chain->count;
    for (unsigned i = 0; i < chain->count; ++i) {
        out->certificates[i] = make_one(&chain->links[i], i);
    }
}

void chain_made_free(chain_made_t *made)
{
    for (unsigned i = 0; i < made->count; ++i) {
        X509_free(made->certificates[i]);
    }
}

/* Level 2 is Debian's default: 112 bits. The anchor need not be self-signed, as for mbedTLS. */
int chain_openssl_accepts(const chain_t *chain, const chain_made_t *made, int *out_error)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    char host[CHAIN_TEXT];
    snprintf(host, sizeof host, "%s", chain->host);
    if (host[strlen(host) - 1u] == '.') {
        host[strlen(host) - 1u] = '\0'; /* as every TLS client does (RFC 6066, 3) */
    }
    X509_STORE_add_cert(store, made->certificates[chain->anchor]);
    for (unsigned i = 0; i < chain->sent_count; ++i) {
        sk_X509_push(others, made->certificates[chain->sent[i]]);
    }
    assert_int_equal(X509_STORE_CTX_init(context, store, made->certificates[0], others), 1);
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT | X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(rules, (time_t)chain->now);
    X509_VERIFY_PARAM_set_auth_level(rules, 2);
    assert_int_equal(X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER), 1);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host) != 1) {
        assert_int_equal(X509_VERIFY_PARAM_set1_host(rules, host, 0), 1);
    }
    int result = X509_verify_cert(context);
    *out_error = X509_STORE_CTX_get_error(context);
    ERR_clear_error();
    sk_X509_free(others);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return result == 1;
}

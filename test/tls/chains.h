/* SPDX-License-Identifier: MIT */
/* Random certificate chains from a seed, and their required verdicts (RFC 5280, RFC 9525, docs/trust.md). A
 * chain is a description. chains_make.c makes its certificates. chains_oracle.c decides by the description
 * only: it reads no certificate, and shares no code with the library. */
#ifndef AMP_TEST_CHAINS_H
#define AMP_TEST_CHAINS_H

#include <openssl/ssl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ampersand/ampersand.h"

enum { CHAIN_LINKS = 14, CHAIN_NAMES = 3, CHAIN_TREES = 2, CHAIN_TEXT = 64 };

/* The available keys. The first ones are usual; the others are weak, or unknown to mbedTLS. */
typedef enum {
    KEY_RSA_A,
    KEY_RSA_B,
    KEY_RSA_C,
    KEY_P256_A,
    KEY_P256_B,
    KEY_P384,
    KEY_P521,
    KEY_RSA_3072,
    KEY_USUAL, /* the number of usual keys */
    KEY_RSA_1024 = KEY_USUAL,
    KEY_P192,
    KEY_P224,
    KEY_SECP256K1,
    KEY_ED25519,
    KEYS
} chain_key_t;

typedef enum {
    HASH_SHA256,
    HASH_SHA384,
    HASH_SHA512,
    HASH_PSS,
    HASH_SHA224,
    HASH_SHA1,
    HASH_MD5
} chain_hash_t;

/* basicConstraints: absent, or the value of cA. ALONE: a path length without cA, which means FALSE. */
typedef enum { BASIC_ABSENT, BASIC_TRUE, BASIC_FALSE, BASIC_ALONE } chain_basic_t;

/* Bits of key usage and of extended key usage; 0: the extension is absent. */
enum { USE_SIGN = 1, USE_ENCIPHER = 2, USE_REPUDIATE = 4, USE_CERTS = 8, USE_CRLS = 16 };
enum { FOR_SERVERS = 1, FOR_CLIENTS = 2, FOR_MAIL = 4, FOR_ANY = 8 };

/* The issuer's name as the child writes it. */
typedef enum { ISSUER_SAME, ISSUER_UPPER_CASE, ISSUER_TWO_SPACES, ISSUER_OTHER_TYPE } chain_issuer_t;

/* Key identifiers. */
typedef enum { IDS_BOTH, IDS_ABSENT, IDS_WRONG } chain_ids_t;

typedef enum {
    EXTENSION_NONE,
    EXTENSION_UNKNOWN,
    EXTENSION_UNKNOWN_CRITICAL,
    EXTENSION_POLICY,
    EXTENSION_POLICY_CRITICAL,
    EXTENSION_EXPLICIT_POLICY,
    EXTENSION_EXPLICIT_POLICY_CRITICAL,
    EXTENSION_INHIBIT_ANY_CRITICAL,
    EXTENSION_TWO_NAME_LISTS
} chain_extension_t;

/* A name of subjectAltName. */
enum { NAME_MAIL = 0x81, NAME_DNS = 0x82, NAME_URI = 0x86, NAME_IP = 0x87 };
typedef struct {
    uint8_t tag;
    uint8_t len;
    char text[CHAIN_TEXT];
} chain_name_t;

/* A subtree of name constraints; for NAME_IP the text is "10.0.0.0/255.0.0.0". */
typedef struct {
    uint8_t tag;
    uint8_t is_excluded;
    char text[CHAIN_TEXT];
} chain_tree_t;

/* A certificate. */
typedef struct {
    uint8_t subject; /* number of its name; two links can have the same name */
    uint8_t issuer;
    uint8_t key;
    uint8_t signer; /* key that signed it */
    chain_issuer_t issuer_style;
    uint8_t is_damaged; /* the signature */
    uint8_t is_v1;      /* without extensions */
    chain_basic_t basic;
    uint8_t basic_not_critical;
    int8_t path_len; /* -1: none */
    uint8_t usage;
    uint8_t purposes;
    uint8_t has_empty_subject;
    uint8_t dates_lack_z;
    int64_t first; /* seconds since 1970 */
    int64_t last;
    chain_hash_t hash;
    chain_ids_t ids;
    chain_extension_t extension;
    uint8_t name_count;
    uint8_t tree_count;
    uint8_t constraints_critical;
    char common_name[CHAIN_TEXT]; /* empty: made from `subject` */
    chain_name_t names[CHAIN_NAMES];
    chain_tree_t trees[CHAIN_TREES];
} chain_link_t;

/* Link 0 is the server's, links 1 to `anchor` lead up to the anchor, the others are extra. */
typedef struct {
    chain_link_t links[CHAIN_LINKS];
    uint8_t count;
    uint8_t anchor;
    uint8_t sent[2 * CHAIN_LINKS]; /* links that follow the server's certificate in the message */
    uint8_t sent_count;
    const char *host;
    int64_t now;
    char text[160]; /* the features, for messages */
} chain_t;

/* The kinds of facts that a verdict depends on. chains_kinds.c has the verdicts for each. */
typedef enum {
    KIND_EXPIRED,
    KIND_FUTURE,
    KIND_ANCHOR_EXPIRED,
    KIND_ANCHOR_FUTURE,
    KIND_LAST_SECOND,
    KIND_NO_Z,
    KIND_NO_ISSUER,
    KIND_NO_AUTHORITY,
    KIND_PATH_LENGTH_ALONE,
    KIND_ANCHOR_NO_AUTHORITY,
    KIND_ANCHOR_V1,
    KIND_PATH_LENGTH,
    KIND_ANCHOR_PATH_LENGTH,
    KIND_CERT_SIGN,
    KIND_ANCHOR_CERT_SIGN,
    KIND_PURPOSE,
    KIND_PURPOSE_ANY,
    KIND_AUTHORITY_PURPOSE,
    KIND_AUTHORITY_PURPOSE_ANY,
    KIND_USAGE,
    KIND_USAGE_ENCIPHER,
    KIND_SERVER_IS_AUTHORITY,
    KIND_SERVER_SIGNS_CERTS,
    KIND_NAME,
    KIND_COMMON_NAME,
    KIND_PARTIAL_WILDCARD,
    KIND_WIDE_WILDCARD,
    KIND_CONSTRAINT,
    KIND_ANCHOR_CONSTRAINT,
    KIND_WILDCARD_EXCLUDED,
    KIND_CONSTRAINT_UNREADABLE,
    KIND_MAIL_CONSTRAINT,
    KIND_CONSTRAINT_CRITICAL,
    KIND_UNKNOWN_CRITICAL,
    KIND_POLICY_CRITICAL,
    KIND_EXPLICIT_POLICY,
    KIND_EXPLICIT_POLICY_CRITICAL,
    KIND_INHIBIT_ANY_CRITICAL,
    KIND_TWO_NAME_LISTS,
    KIND_UNNEEDED_UNREADABLE,
    KIND_HASH,
    KIND_HASH_SHA224,
    KIND_SMALL_KEY,
    KIND_CURVE_P192,
    KIND_CURVE_OTHER,
    KIND_ED25519,
    KIND_ORDER,
    KIND_TWIN,
    KIND_TWIN_LATER,
    KIND_SELF_ISSUED,
    KIND_TOO_LONG,
    KIND_ISSUER_SPACES,
    KIND_KEY_ID,
    KIND_FORM,
    KINDS
} chain_kind_t;

typedef uint64_t chain_kinds_t;
#define KIND_BIT(kind) (UINT64_C(1) << (kind))

/* The verdicts of one kind. A difference between them is a row of the table in docs/trust.md. */
typedef enum { ACCEPTS, REFUSES, EITHER } chain_verdict_t;
typedef struct {
    const char *fact; /* description of such a chain */
    chain_verdict_t rfc;
    chain_verdict_t openssl;
    chain_verdict_t ours;
    amp_status_t status; /* error of this library, with the rule that amp_tls_failure reports */
    const char *rule;
    const char *reason; /* reason for a difference */
} chain_row_t;
extern const chain_row_t chain_rows[KINDS];

/* The oracle's result: each verdict, and the kinds that it depends on. */
typedef struct {
    chain_verdict_t rfc;
    chain_verdict_t openssl;
    chain_verdict_t ours;
    chain_kinds_t kinds; /* of the best path, and of the path that mbedTLS chooses */
} chain_result_t;

/* Draws chain number `index` of the seed. The first chains have one feature each, the others up to three. */
void chain_draw(chain_t *out, uint64_t seed, unsigned index);
unsigned chain_single_count(void);

void chain_judge(const chain_t *chain, chain_result_t *out);
chain_kinds_t chain_name_kinds(const chain_link_t *server, const char *host);
chain_kinds_t chain_constraint_kinds(const chain_link_t *above, const chain_link_t *below, int is_server,
                                     int is_anchor);

/* Makes the certificates of the chain. */
typedef struct {
    X509 *certificates[CHAIN_LINKS];
    unsigned count;
} chain_made_t;

void chain_keys_make(void);
void chain_keys_free(void);
EVP_PKEY *chain_key(chain_key_t key);
void chain_make(const chain_t *chain, chain_made_t *out);
void chain_made_free(chain_made_t *made);

/* Returns 1 when OpenSSL accepts the chain for the host. Otherwise *out_error is its reason. */
int chain_openssl_accepts(const chain_t *chain, const chain_made_t *made, int *out_error);

#endif

/* SPDX-License-Identifier: MIT */
/* The verdicts on each kind of fact: by RFC 5280, 9525 and 9325, by OpenSSL 3.0 (strict, purpose of a server,
 * security level 2), and by this library. docs/trust.md has the rows whose verdicts differ; test_tls_chains
 * compares them. */
#include "chains.h"

#define ALL_REFUSE REFUSES, REFUSES, REFUSES
#define ALL_ACCEPT ACCEPTS, ACCEPTS, ACCEPTS
#define NO_STATUS AMP_OK, ""
#define ISSUER AMP_ERR_CERT_UNTRUSTED, "unknown issuer"
#define CRITICAL AMP_ERR_CERT, "unknown critical extension"
#define USAGE AMP_ERR_CERT, "usage"
#define WEAK_KEY AMP_ERR_CERT_WEAK, "weak key"
#define WEAK_HASH AMP_ERR_CERT_WEAK, "weak or unknown hash"

static const char as_any[] =
    "RFC 5280 takes only name and key from an anchor; it is safer to check the rest, too";
static const char not_parsed[] = "mbedTLS does not parse such a certificate";

const chain_row_t chain_rows[KINDS] = {
    [KIND_EXPIRED] = {"an expired certificate", ALL_REFUSE, AMP_ERR_CERT_EXPIRED, "expired", NULL},
    [KIND_FUTURE] = {"a certificate that is not yet valid", ALL_REFUSE, AMP_ERR_CERT_FUTURE, "not yet valid",
                     NULL},
    [KIND_ANCHOR_EXPIRED] = {"an expired anchor", ACCEPTS, REFUSES, REFUSES, AMP_ERR_CERT_EXPIRED, "expired",
                             as_any},
    [KIND_ANCHOR_FUTURE] = {"an anchor that is not yet valid", ACCEPTS, REFUSES, REFUSES, AMP_ERR_CERT_FUTURE,
                            "not yet valid", as_any},
    [KIND_LAST_SECOND] = {"a certificate in the last second of its validity", ACCEPTS, REFUSES, ACCEPTS,
                          NO_STATUS, "RFC 5280, 4.1.2.5 includes that second"},
    [KIND_NO_Z] = {"a date without its Z", REFUSES, REFUSES, ACCEPTS, NO_STATUS,
                   "mbedTLS reads the date as UTC, as with the Z"},
    [KIND_NO_ISSUER] = {"no path to an anchor", ALL_REFUSE, ISSUER, NULL},
    [KIND_NO_AUTHORITY] = {"an issuer that is no authority", ALL_REFUSE, ISSUER, NULL},
    [KIND_PATH_LENGTH_ALONE] = {"an issuer with a path length, but without CA:TRUE", ALL_REFUSE, USAGE, NULL},
    [KIND_ANCHOR_NO_AUTHORITY] = {"an anchor without CA:TRUE that issued another certificate", ACCEPTS,
                                  REFUSES, REFUSES, ISSUER, as_any},
    [KIND_ANCHOR_V1] = {"an anchor of X.509 version 1", ACCEPTS, REFUSES, ACCEPTS, NO_STATUS,
                        "version 1 has no extensions; OpenSSL accepts such an anchor unless it is strict"},
    [KIND_PATH_LENGTH] = {"more authorities than a path length allows", ALL_REFUSE, ISSUER, NULL},
    [KIND_ANCHOR_PATH_LENGTH] = {"more authorities than the path length of the anchor allows", ACCEPTS,
                                 REFUSES, REFUSES, ISSUER, as_any},
    [KIND_CERT_SIGN] = {"an issuer without keyCertSign", ALL_REFUSE, ISSUER, NULL},
    [KIND_ANCHOR_CERT_SIGN] = {"an anchor with a key usage without keyCertSign", ACCEPTS, REFUSES, REFUSES,
                               ISSUER, as_any},
    [KIND_PURPOSE] = {"a server's certificate with an extended key usage for other purposes", ALL_REFUSE,
                      USAGE, NULL},
    [KIND_PURPOSE_ANY] = {"a server's certificate for anyExtendedKeyUsage, not serverAuth", ACCEPTS, REFUSES,
                          ACCEPTS, NO_STATUS, "RFC 5280, 4.2.1.12 allows both"},
    [KIND_AUTHORITY_PURPOSE] = {"an authority or anchor with an extended key usage for other purposes",
                                ACCEPTS, REFUSES, REFUSES, USAGE,
                                "such an authority must not issue certificates for servers"},
    [KIND_AUTHORITY_PURPOSE_ANY] = {"an authority or anchor for anyExtendedKeyUsage, not serverAuth", ACCEPTS,
                                    REFUSES, ACCEPTS, NO_STATUS, "\"any\" includes servers"},
    [KIND_USAGE] = {"a server's certificate with a key usage of neither signatures nor key exchange",
                    ALL_REFUSE, USAGE, NULL},
    [KIND_USAGE_ENCIPHER] = {"a server's certificate with keyEncipherment, but not digitalSignature", REFUSES,
                             ACCEPTS, REFUSES, USAGE,
                             "the server signs the handshake (RFC 5246, 7.4.2; RFC 8446, 4.4.2.2)"},
    [KIND_SERVER_IS_AUTHORITY] = {"a server's certificate that is an authority's", ACCEPTS, ACCEPTS, REFUSES,
                                  AMP_ERR_CERT, "authority's certificate",
                                  "the key of an authority must not be on a server"},
    [KIND_SERVER_SIGNS_CERTS] = {"a server's certificate with keyCertSign, without CA:TRUE", ACCEPTS, REFUSES,
                                 REFUSES, AMP_ERR_CERT, "authority's certificate",
                                 "RFC 5280, 4.2.1.9 forbids it; validation does not check that"},
    [KIND_NAME] = {"a server's certificate without the name", ALL_REFUSE, AMP_ERR_CERT_NAME, "wrong name",
                   NULL},
    [KIND_COMMON_NAME] = {"the name only as common name", REFUSES, ACCEPTS, REFUSES, AMP_ERR_CERT_NAME,
                          "wrong name", "OpenSSL reads the common name where no DNS name is listed"},
    [KIND_PARTIAL_WILDCARD] = {"a wildcard that is not a whole label (`a*.example.com`)", REFUSES, ACCEPTS,
                               REFUSES, AMP_ERR_CERT_NAME, "wrong name", "RFC 9525, 6.3"},
    [KIND_WIDE_WILDCARD] = {"a wildcard for all names below one label (`*.com`)", ACCEPTS, REFUSES, REFUSES,
                            AMP_ERR_CERT_NAME, "wrong name", "it stands for servers of many owners"},
    [KIND_CONSTRAINT] = {"a name that a constraint forbids", ALL_REFUSE, AMP_ERR_CERT, "name constraint",
                         NULL},
    [KIND_ANCHOR_CONSTRAINT] = {"a name that a constraint of the anchor forbids", ACCEPTS, REFUSES, REFUSES,
                                AMP_ERR_CERT, "name constraint", as_any},
    [KIND_WILDCARD_EXCLUDED] = {"a wildcard that stands for an excluded name", ACCEPTS, ACCEPTS, REFUSES,
                                AMP_ERR_CERT, "name constraint",
                                "RFC 5280 compares only the text of the wildcard"},
    [KIND_MAIL_CONSTRAINT] =
        {"a mail address that a constraint forbids", REFUSES, REFUSES, ACCEPTS, NO_STATUS,
         "only DNS names and addresses are compared, because a device asks for no others"},
    [KIND_CONSTRAINT_CRITICAL] = {"name constraints that are critical", ACCEPTS, ACCEPTS, REFUSES, CRITICAL,
                                  not_parsed},
    [KIND_UNKNOWN_CRITICAL] = {"an unknown critical extension", ALL_REFUSE, CRITICAL, NULL},
    [KIND_POLICY_CRITICAL] = {"critical policies other than anyPolicy", ACCEPTS, ACCEPTS, REFUSES, CRITICAL,
                              not_parsed},
    [KIND_EXPLICIT_POLICY] = {"policy constraints that are not critical, and not satisfied", REFUSES, ACCEPTS,
                              ACCEPTS, NO_STATUS,
                              "policies are not evaluated; an authority must make them critical"},
    [KIND_EXPLICIT_POLICY_CRITICAL] = {"critical policy constraints that are not satisfied", REFUSES, ACCEPTS,
                                       REFUSES, CRITICAL,
                                       "OpenSSL does not evaluate policies unless it is told to"},
    [KIND_INHIBIT_ANY_CRITICAL] = {"a critical inhibitAnyPolicy", ACCEPTS, ACCEPTS, REFUSES, CRITICAL,
                                   not_parsed},
    [KIND_TWO_NAME_LISTS] = {"an extension twice", ALL_REFUSE, AMP_ERR_CERT, "invalid extension", NULL},
    [KIND_UNNEEDED_UNREADABLE] =
        {"one of these certificates in the message, though the path does not need it", ACCEPTS, ACCEPTS,
         REFUSES, CRITICAL, "mbedTLS parses the whole message"},
    [KIND_HASH] = {"a signature with SHA-1 or MD5", ALL_REFUSE, WEAK_HASH, NULL},
    [KIND_HASH_SHA224] = {"a signature with SHA-224", ACCEPTS, ACCEPTS, REFUSES, WEAK_HASH,
                          "the policy starts at SHA-256"},
    [KIND_SMALL_KEY] = {"an RSA key of less than 2048 bits", ALL_REFUSE, WEAK_KEY, NULL},
    [KIND_CURVE_P192] = {"a key on P-192", ALL_REFUSE, WEAK_KEY, NULL},
    [KIND_CURVE_OTHER] = {"a key on P-224 or secp256k1", ACCEPTS, ACCEPTS, REFUSES, WEAK_KEY,
                          "the policy has P-256, P-384 and P-521"},
    [KIND_ED25519] = {"an Ed25519 key", ACCEPTS, ACCEPTS, REFUSES, AMP_ERR_CERT, "unknown kind of key",
                      "mbedTLS has no Ed25519"},
    [KIND_ORDER] = {"an issuer before the certificate that it issued", ACCEPTS, ACCEPTS, REFUSES, ISSUER,
                    "mbedTLS searches only later certificates; TLS 1.2 requires the order (RFC 5246, 7.4.2), "
                    "TLS 1.3 does not"},
    [KIND_TWIN] = {"two certificates with the issuer's name, of which the first is the wrong one", ACCEPTS,
                   EITHER, REFUSES, ISSUER, "mbedTLS follows one path only"},
    [KIND_SELF_ISSUED] =
        {"a path length that holds only if a self-issued authority directly below is not counted", ACCEPTS,
         ACCEPTS, REFUSES, ISSUER, "mbedTLS counts that authority (RFC 5280, 6.1.4 l)"},
    [KIND_TOO_LONG] = {"more than 8 authorities between server and anchor", ACCEPTS, ACCEPTS, REFUSES,
                       AMP_ERR_CERT, "chain too long",
                       "the limit of mbedTLS, `MBEDTLS_X509_MAX_INTERMEDIATE_CA`"},
    [KIND_ISSUER_SPACES] = {"an issuer's name with other spaces than the issuer's own", ACCEPTS, ACCEPTS,
                            REFUSES, ISSUER,
                            "mbedTLS ignores only the case of letters in a comparison (RFC 5280, 7.1)"},
    [KIND_KEY_ID] = {"an authority key identifier of another key", ACCEPTS, REFUSES, ACCEPTS, NO_STATUS,
                     "the signature decides; the identifier only helps to find a path"},
    [KIND_FORM] = {"a fault of form: no key identifiers, basicConstraints not critical, no key usage, "
                   "a path length without CA:TRUE, an empty subject with a name list that is not critical",
                   ACCEPTS, REFUSES, ACCEPTS, NO_STATUS,
                   "rules for those who issue certificates; validation (RFC 5280, 6.1) does not use them"},
};

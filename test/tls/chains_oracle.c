/* SPDX-License-Identifier: MIT */
/* Decides on a chain by its description only. The RFCs need one valid path from the server's certificate to
 * the anchor, through any of the sent certificates. mbedTLS follows only one path. For each certificate it
 * takes the first suitable issuer, which is an anchor or comes later in the message. */
#include "chains.h"

#include <mbedtls/version.h> /* MBEDTLS_HAVE_TIME_DATE */
#include <time.h>

typedef struct {
    uint8_t links[CHAIN_LINKS];
    unsigned len;
    int is_whole; /* the path ends at the anchor */
} path_t;

/* Returns 1 when the child's issuer field is the name of `issuer`. Only the RFCs ignore repeated spaces. */
static int is_named(const chain_link_t *child, const chain_link_t *issuer, int ignores_spaces)
{
    return child->issuer == issuer->subject && issuer->common_name[0] == '\0' && !issuer->has_empty_subject &&
           (ignores_spaces || child->issuer_style != ISSUER_TWO_SPACES);
}

static int is_signed(const chain_link_t *child, const chain_link_t *issuer)
{
    return !child->is_damaged && child->signer == issuer->key;
}

static int is_self_issued(const chain_link_t *link)
{
    return link->issuer == link->subject;
}

/* Returns the number of authorities that the path length of link `at` limits: those below it that are not
 * self-issued. */
static unsigned count_below(const chain_t *chain, const path_t *path, unsigned at)
{
    unsigned count = 0;
    for (unsigned i = 1; i < at; ++i) {
        count += !is_self_issued(&chain->links[path->links[i]]);
    }
    return count;
}

static int exceeds_path_len(const chain_t *chain, const path_t *path, unsigned at)
{
    const chain_link_t *link = &chain->links[path->links[at]];
    return !link->is_v1 && link->path_len >= 0 && count_below(chain, path, at) > (unsigned)link->path_len;
}

/* Facts of one certificate */

static chain_kinds_t date_kinds(const chain_link_t *link, int64_t now, int is_anchor)
{
    chain_kinds_t kinds = link->dates_lack_z && !is_anchor ? KIND_BIT(KIND_NO_Z) : 0;
    if (now > link->last) {
        kinds |= KIND_BIT(is_anchor ? KIND_ANCHOR_EXPIRED : KIND_EXPIRED);
    }
    if (now < link->first) {
        kinds |= KIND_BIT(is_anchor ? KIND_ANCHOR_FUTURE : KIND_FUTURE);
    }
    return kinds | (now == link->last ? KIND_BIT(KIND_LAST_SECOND) : 0);
}

static chain_kinds_t key_kinds(const chain_link_t *link)
{
    switch (link->key) {
    case KEY_RSA_1024:
        return KIND_BIT(KIND_SMALL_KEY);
    case KEY_P192:
        return KIND_BIT(KIND_CURVE_P192);
    case KEY_P224:
    case KEY_SECP256K1:
        return KIND_BIT(KIND_CURVE_OTHER);
    case KEY_ED25519:
        return KIND_BIT(KIND_ED25519);
    default:
        return 0;
    }
}

/* The signature of an anchor is not checked. */
static chain_kinds_t hash_kinds(const chain_link_t *link)
{
    if (link->signer == KEY_ED25519 || link->hash < HASH_SHA224) {
        return 0;
    }
    return KIND_BIT(link->hash == HASH_SHA224 ? KIND_HASH_SHA224 : KIND_HASH);
}

/* Extensions that make mbedTLS refuse to parse the certificate, or that no policy check reads. */
static chain_kinds_t extension_kinds(const chain_link_t *link)
{
    static const uint8_t kinds[] = {[EXTENSION_UNKNOWN_CRITICAL] = KIND_UNKNOWN_CRITICAL,
                                    [EXTENSION_POLICY_CRITICAL] = KIND_POLICY_CRITICAL,
                                    [EXTENSION_EXPLICIT_POLICY] = KIND_EXPLICIT_POLICY,
                                    [EXTENSION_EXPLICIT_POLICY_CRITICAL] = KIND_EXPLICIT_POLICY_CRITICAL,
                                    [EXTENSION_INHIBIT_ANY_CRITICAL] = KIND_INHIBIT_ANY_CRITICAL,
                                    [EXTENSION_TWO_NAME_LISTS] = KIND_TWO_NAME_LISTS};
    chain_kinds_t found = 0;
    if (link->is_v1) {
        return 0;
    }
    if (link->tree_count != 0 && link->constraints_critical) {
        found |= KIND_BIT(KIND_CONSTRAINT_CRITICAL);
    }
    return found | (link->extension >= EXTENSION_UNKNOWN_CRITICAL && link->extension != EXTENSION_POLICY
                        ? KIND_BIT(kinds[link->extension])
                        : 0);
}

static int is_unreadable(const chain_link_t *link)
{
    return link->key == KEY_ED25519 || (extension_kinds(link) & ~KIND_BIT(KIND_EXPLICIT_POLICY)) != 0;
}

/* Rules for certificate issuers, which only OpenSSL's strict mode enforces. */
static int breaks_form(const chain_link_t *link, int is_anchor)
{
    const int is_authority = link->basic == BASIC_TRUE;
    if (link->is_v1) {
        return 0;
    }
    return link->ids == IDS_ABSENT || (is_authority && (link->basic_not_critical || link->usage == 0)) ||
           (!is_authority && link->path_len >= 0 && link->basic != BASIC_ABSENT) ||
           (link->has_empty_subject == 2 && !is_anchor);
}

static chain_kinds_t server_kinds(const chain_link_t *link)
{
    chain_kinds_t kinds = 0;
    if (link->usage != 0 && (link->usage & USE_SIGN) == 0) {
        kinds |= KIND_BIT((link->usage & USE_ENCIPHER) != 0 ? KIND_USAGE_ENCIPHER : KIND_USAGE);
    }
    if (link->purposes != 0 && (link->purposes & FOR_SERVERS) == 0) {
        kinds |= KIND_BIT((link->purposes & FOR_ANY) != 0 ? KIND_PURPOSE_ANY : KIND_PURPOSE);
    }
    if (link->basic == BASIC_TRUE) {
        kinds |= KIND_BIT(KIND_SERVER_IS_AUTHORITY);
    } else if ((link->usage & USE_CERTS) != 0) {
        kinds |= KIND_BIT(KIND_SERVER_SIGNS_CERTS);
    }
    return kinds;
}

static chain_kinds_t authority_kinds(const chain_link_t *link, int is_anchor)
{
    chain_kinds_t kinds = 0;
    if (link->is_v1) {
        return KIND_BIT(is_anchor ? KIND_ANCHOR_V1 : KIND_NO_AUTHORITY);
    }
    if (link->basic == BASIC_ALONE && !is_anchor) {
        kinds |= KIND_BIT(KIND_PATH_LENGTH_ALONE);
    } else if (link->basic != BASIC_TRUE) {
        kinds |= KIND_BIT(is_anchor ? KIND_ANCHOR_NO_AUTHORITY : KIND_NO_AUTHORITY);
    }
    if (link->usage != 0 && (link->usage & USE_CERTS) == 0) {
        kinds |= KIND_BIT(is_anchor ? KIND_ANCHOR_CERT_SIGN : KIND_CERT_SIGN);
    }
    if (link->purposes != 0 && (link->purposes & FOR_SERVERS) == 0) {
        kinds |=
            KIND_BIT((link->purposes & FOR_ANY) != 0 ? KIND_AUTHORITY_PURPOSE_ANY : KIND_AUTHORITY_PURPOSE);
    }
    return kinds;
}

static chain_kinds_t link_kinds(const chain_t *chain, const path_t *path, unsigned at)
{
    const chain_link_t *link = &chain->links[path->links[at]];
    const int is_anchor = path->links[at] == chain->anchor;
    chain_kinds_t kinds = date_kinds(link, chain->now, is_anchor) | key_kinds(link);
    kinds |= is_anchor ? 0 : hash_kinds(link) | extension_kinds(link);
    kinds |= breaks_form(link, is_anchor) ? KIND_BIT(KIND_FORM) : 0;
    kinds |=
        at == 0 ? server_kinds(link) | chain_name_kinds(link, chain->host) : authority_kinds(link, is_anchor);
    if (link->issuer_style == ISSUER_TWO_SPACES && !is_anchor) {
        kinds |= KIND_BIT(KIND_ISSUER_SPACES);
    }
    if (link->ids == IDS_WRONG && !is_anchor) {
        kinds |= KIND_BIT(KIND_KEY_ID);
    }
    if (exceeds_path_len(chain, path, at)) {
        kinds |= KIND_BIT(is_anchor ? KIND_ANCHOR_PATH_LENGTH : KIND_PATH_LENGTH);
    }
    for (unsigned i = at + 1u; i < path->len && (at == 0 || !is_self_issued(link)); ++i) {
        const chain_link_t *above = &chain->links[path->links[i]];
        kinds |=
            above->is_v1 ? 0 : chain_constraint_kinds(above, link, at == 0, path->links[i] == chain->anchor);
    }
    return kinds;
}

static chain_kinds_t path_kinds(const chain_t *chain, const path_t *path)
{
    chain_kinds_t kinds = path->is_whole ? 0 : KIND_BIT(KIND_NO_ISSUER);
    for (unsigned i = 0; i < path->len; ++i) {
        kinds |= link_kinds(chain, path, i);
    }
    return kinds;
}

/* Verdicts */

static chain_verdict_t worst(chain_kinds_t kinds, int which)
{
    chain_verdict_t verdict = ACCEPTS;
    for (unsigned i = 0; i < KINDS; ++i) {
        const chain_row_t *row = &chain_rows[i];
        const chain_verdict_t all[] = {row->rfc, row->openssl, row->ours};
        if ((kinds & KIND_BIT(i)) != 0 && all[which] != ACCEPTS && verdict != REFUSES) {
            verdict = all[which];
        }
    }
    return verdict;
}

static unsigned count_kinds(chain_kinds_t kinds)
{
    unsigned count = 0;
    for (; kinds != 0; kinds &= kinds - 1u) {
        ++count;
    }
    return count;
}

/* Extends a path by every possible issuer, depth first, and keeps the best one. A path that is valid by the
 * RFCs is best, then the one with the fewest kinds. */
static void search(const chain_t *chain, path_t *path, chain_kinds_t *best, int *has_best)
{
    const unsigned at = path->links[path->len - 1u];
    if (at == chain->anchor) {
        path->is_whole = 1;
        chain_kinds_t kinds = path_kinds(chain, path);
        int better = worst(kinds, 0) != worst(*best, 0) ? worst(kinds, 0) == ACCEPTS
                                                        : count_kinds(kinds) < count_kinds(*best);
        if (!*has_best || better) {
            *best = kinds;
            *has_best = 1;
        }
        path->is_whole = 0;
        return;
    }
    for (unsigned i = 0; i < chain->count && path->len < CHAIN_LINKS; ++i) {
        int is_known = i == chain->anchor;
        int is_used = 0;
        for (unsigned k = 0; k < chain->sent_count; ++k) {
            is_known |= chain->sent[k] == i;
        }
        for (unsigned k = 0; k < path->len; ++k) {
            is_used |= path->links[k] == i;
        }
        if (is_known && !is_used && is_named(&chain->links[at], &chain->links[i], 1) &&
            is_signed(&chain->links[at], &chain->links[i])) {
            path->links[path->len++] = (uint8_t)i;
            search(chain, path, best, has_best);
            --path->len;
        }
    }
}

/* How a path is searched: as mbedTLS does, or with one of its two limits removed. */
typedef enum { LIKE_MBEDTLS, IN_ANY_ORDER, WITH_SELF_ISSUED } search_t;

/* Returns 1 when the certificate that is next in the path allows fewer authorities below. mbedTLS reads a
 * path length without cA as cA. mbedTLS (2.28 to 3.6.6) also counts the one directly below it when that is
 * self-issued. */
static int exceeds_for_mbedtls(const chain_t *chain, const path_t *path, search_t how)
{
    const chain_link_t *link = &chain->links[path->links[path->len]];
    unsigned count = count_below(chain, path, path->len);
    if (how != WITH_SELF_ISSUED && path->len > 1 &&
        is_self_issued(&chain->links[path->links[path->len - 1u]])) {
        ++count;
    }
    return !link->is_v1 && link->basic != BASIC_ALONE && link->path_len >= 0 &&
           count > (unsigned)link->path_len;
}

/* Returns 1 when mbedTLS chooses this issuer, as an anchor or from the message. At this point it only checks
 * the signature of an anchor. It checks the signature of another candidate later. */
static int is_candidate(const chain_t *chain, path_t *path, unsigned i, int is_anchor, search_t how)
{
    const chain_link_t *child = &chain->links[path->links[path->len - 1u]];
    const chain_link_t *issuer = &chain->links[i];
    const int is_old = is_anchor && issuer->is_v1;
    if (!is_named(child, issuer, 0) ||
        (!is_old && (issuer->is_v1 || issuer->basic == BASIC_ABSENT || issuer->basic == BASIC_FALSE)) ||
        (!is_old && issuer->usage != 0 && (issuer->usage & USE_CERTS) == 0) ||
        (is_anchor && !is_signed(child, issuer))) {
        return 0;
    }
    path->links[path->len] = (uint8_t)i;
    return !exceeds_for_mbedtls(chain, path, how);
}

/* Returns 1 when the certificate is valid by mbedTLS's own clock, which may differ from the application's. */
static int is_current(const chain_link_t *link)
{
#if defined(MBEDTLS_HAVE_TIME_DATE)
    time_t now = time(NULL);
    return now >= link->first && now <= link->last;
#else
    (void)link;
    return 1;
#endif
}

/* Finds the path that mbedTLS follows: only through certificates that come later in the message. Returns 0
 * when a signature of the path is wrong. */
static int follow(const chain_t *chain, path_t *path, search_t how)
{
    const int in_order = how != IN_ANY_ORDER;
    unsigned after = 0; /* position in the message from which issuers are searched */
    int is_good = 1;
    memset(path, 0, sizeof *path);
    path->len = 1;
    while (path->links[path->len - 1u] != chain->anchor && path->len < CHAIN_LINKS) {
        int found = is_candidate(chain, path, chain->anchor, 1, how) ? (int)chain->sent_count : -1;
        for (unsigned k = in_order ? after : 0; found < 0 && k < chain->sent_count; ++k) {
            found =
                is_candidate(chain, path, chain->sent[k], 0, how) && is_current(&chain->links[chain->sent[k]])
                    ? (int)k
                    : -1;
        }
        for (unsigned k = in_order ? after : 0; found < 0 && k < chain->sent_count; ++k) {
            found = is_candidate(chain, path, chain->sent[k], 0, how) ? (int)k : -1;
        }
        if (found < 0) {
            return is_good;
        }
        unsigned next = found == chain->sent_count ? chain->anchor : chain->sent[found];
        is_good &= is_signed(&chain->links[path->links[path->len - 1u]], &chain->links[next]);
        path->links[path->len++] = (uint8_t)next;
        after = (unsigned)found + 1u;
    }
    path->is_whole = path->links[path->len - 1u] == chain->anchor;
    return is_good;
}

/* Returns the number of authorities between the server and the anchor that mbedTLS follows. */
enum { AUTHORITIES_MAX = 8 };

/* Kinds that mbedTLS reports as an unknown issuer. */
static const chain_kinds_t no_issuer = KIND_BIT(KIND_NO_ISSUER) | KIND_BIT(KIND_NO_AUTHORITY) |
                                       KIND_BIT(KIND_ANCHOR_NO_AUTHORITY) | KIND_BIT(KIND_PATH_LENGTH) |
                                       KIND_BIT(KIND_ANCHOR_PATH_LENGTH) | KIND_BIT(KIND_CERT_SIGN) |
                                       KIND_BIT(KIND_ANCHOR_CERT_SIGN) | KIND_BIT(KIND_ISSUER_SPACES);

/* Returns the limit of mbedTLS because of which it does not find the path. */
static chain_kind_t limit_of(const chain_t *chain)
{
    path_t path;
    if (follow(chain, &path, WITH_SELF_ISSUED) && path.is_whole) {
        return KIND_SELF_ISSUED;
    }
    return follow(chain, &path, IN_ANY_ORDER) && path.is_whole ? KIND_ORDER : KIND_TWIN;
}

static chain_kinds_t follow_kinds(const chain_t *chain, chain_kinds_t best)
{
    path_t path;
    const int is_good = follow(chain, &path, LIKE_MBEDTLS);
    const unsigned authorities = path.len - 1u - (path.is_whole ? 1u : 0u);
    chain_kinds_t kinds = path_kinds(chain, &path) & ~KIND_BIT(KIND_NO_ISSUER);
    if (authorities > AUTHORITIES_MAX) {
        return KIND_BIT(KIND_TOO_LONG);
    }
    if (path.is_whole && is_good) {
        return kinds;
    }
    return kinds | ((best & no_issuer) != 0 ? best & no_issuer : KIND_BIT(limit_of(chain)));
}

/* Returns 1 when an extra certificate of the message has the name of an authority of the path. OpenSSL may or
 * may not find the path then, depending on its version. */
static int shares_name(const chain_t *chain)
{
    for (unsigned i = chain->anchor + 1u; i < chain->count; ++i) {
        for (unsigned k = 1; k <= chain->anchor; ++k) {
            if (chain->links[i].subject == chain->links[k].subject) {
                return 1;
            }
        }
    }
    return 0;
}

void chain_judge(const chain_t *chain, chain_result_t *out)
{
    path_t path = {{0}, 1, 0};
    int has_best = 0;
    chain_kinds_t best = KIND_BIT(KIND_NO_ISSUER);
    search(chain, &path, &best, &has_best);
    if (!has_best) {
        best = path_kinds(chain, &path);
    }
    chain_kinds_t followed = follow_kinds(chain, best);
    for (unsigned k = 0; k < chain->sent_count; ++k) {
        const chain_link_t *link = &chain->links[chain->sent[k]];
        if (is_unreadable(link)) {
            followed |= extension_kinds(link) | key_kinds(link) | KIND_BIT(KIND_UNNEEDED_UNREADABLE);
        }
    }
    if (is_unreadable(&chain->links[0])) {
        followed |= extension_kinds(&chain->links[0]) | key_kinds(&chain->links[0]);
    }
    if (shares_name(chain)) {
        best |= KIND_BIT(followed & KIND_BIT(KIND_TWIN) ? KIND_TWIN : KIND_TWIN_LATER);
    }
    out->rfc = worst(best, 0);
    out->openssl = worst(best, 1);
    out->ours = worst(followed, 2);
    out->kinds = best | followed;
}

/* SPDX-License-Identifier: MIT */
/* See chains_draw.h. A feature only changes the description. The oracle determines the effect. */
#include "chains_draw.h"

#define DAY INT64_C(86400)

/* Names */

void chain_name_set(chain_name_t *out, uint8_t tag, const char *text)
{
    out->tag = tag;
    out->len = (uint8_t)strlen(text);
    memcpy(out->text, text, out->len);
}

/* Replaces the names of the server's certificate by one. `format` has the host, or its part after the first
 * dot. */
static void rename_server(draw_t *draw, uint8_t tag, const char *format, int is_parent)
{
    chain_link_t *server = &draw->chain->links[0];
    char text[2 * CHAIN_TEXT];
    const char *host = draw->chain->host;
    if (is_parent) {
        const char *dot = strchr(host, '.');
        host = dot != NULL ? dot + 1 : host;
    }
    snprintf(text, sizeof text, format, host);
    text[CHAIN_TEXT - 1] = '\0';
    server->name_count = 1;
    chain_name_set(&server->names[0], tag, text);
}

static void upper_case_name(draw_t *draw, chain_link_t *link)
{
    rename_server(draw, NAME_DNS, "%s", 0);
    for (unsigned i = 0; i < link->names[0].len; ++i) {
        char c = link->names[0].text[i];
        link->names[0].text[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
}

#define NAMED(name, tag, format, is_parent)                                                                  \
    static void name(draw_t *draw, chain_link_t *link)                                                       \
    {                                                                                                        \
        (void)link;                                                                                          \
        rename_server(draw, tag, format, is_parent);                                                         \
    }
NAMED(wildcard, NAME_DNS, "*.%s", 1)
NAMED(wildcard_of_host, NAME_DNS, "*.%s", 0)
NAMED(two_wildcards, NAME_DNS, "*.*.%s", 1)
NAMED(partial_wildcard, NAME_DNS, "a*.%s", 1)
NAMED(partial_other, NAME_DNS, "b*.%s", 1)
NAMED(name_of_parent, NAME_DNS, "%s", 1)
NAMED(name_with_dot, NAME_DNS, "%s.", 0)
NAMED(name_after_dot, NAME_DNS, ".%s", 0)
NAMED(longer_name, NAME_DNS, "x%s", 0)
NAMED(name_as_mail, NAME_MAIL, "%s", 0)
NAMED(name_as_uri, NAME_URI, "https://%s/", 0)
NAMED(name_as_dns, NAME_DNS, "%s", 0)
NAMED(name_in_utf8, NAME_DNS,
      "b\xc3\xbc"
      "cher.%s",
      1)
NAMED(other_name, NAME_DNS, "other.invalid", 0)

static void only_star(draw_t *draw, chain_link_t *link)
{
    (void)draw;
    link->name_count = 1;
    chain_name_set(&link->names[0], NAME_DNS, "*");
}

/* "host NUL .evil.example": a C string ends at the host. */
static void embedded_nul(draw_t *draw, chain_link_t *link)
{
    static const char more[] = "\0.evil.example";
    rename_server(draw, NAME_DNS, "%.40s", 0);
    memcpy(link->names[0].text + link->names[0].len, more, sizeof more - 1u);
    link->names[0].len = (uint8_t)(link->names[0].len + sizeof more - 1u);
}

static void more_names(draw_t *draw, chain_link_t *link)
{
    (void)draw;
    chain_name_set(&link->names[1], NAME_DNS, "more.example.net");
    chain_name_set(&link->names[2], NAME_URI, "https://more.example.net/");
    link->name_count = 3;
}

static void common_name(draw_t *draw, chain_link_t *link)
{
    link->name_count = 0;
    snprintf(link->common_name, sizeof link->common_name, "%s", draw->chain->host);
}

static void common_name_and_other(draw_t *draw, chain_link_t *link)
{
    common_name(draw, link);
    rename_server(draw, NAME_DNS, "other.invalid", 0);
}

static void empty_subject(draw_t *draw, chain_link_t *link)
{
    (void)draw;
    link->has_empty_subject = 1;
}

static void empty_subject_uncritical(draw_t *draw, chain_link_t *link)
{
    (void)draw;
    link->has_empty_subject = 2;
}

/* Fields. Each feature sets one or two of them. */
#define FEATURE(name, ...)                                                                                   \
    static void name(draw_t *draw, chain_link_t *link)                                                       \
    {                                                                                                        \
        (void)draw, (void)link;                                                                              \
        __VA_ARGS__;                                                                                         \
    }
FEATURE(expire, link->last = draw->chain->now - 1 - draw_below(draw, 1000000))
FEATURE(start_later, link->first = draw->chain->now + 1 + draw_below(draw, 1000000))
FEATURE(last_second, link->last = draw->chain->now)
FEATURE(first_second, link->first = draw->chain->now)
FEATURE(dates_reversed, link->first = draw->chain->now + DAY; link->last = draw->chain->now - DAY)
FEATURE(year_2060, link->last = INT64_C(2850000000))
FEATURE(year_9999, link->last = INT64_C(253402300799))
FEATURE(no_z, link->dates_lack_z = 1)
FEATURE(damage, link->is_damaged = 1)
FEATURE(other_signer, link->signer = link->signer == KEY_RSA_A ? KEY_RSA_B : KEY_RSA_A)
FEATURE(version_1, link->is_v1 = 1)
FEATURE(basic_absent, link->basic = BASIC_ABSENT; link->path_len = -1)
FEATURE(basic_false, link->basic = BASIC_FALSE; link->path_len = -1)
FEATURE(basic_alone, link->basic = BASIC_ALONE; link->path_len = 1)
FEATURE(basic_not_critical, link->basic_not_critical = 1)
FEATURE(path_len_0, link->path_len = 0)
FEATURE(path_len_1, link->path_len = 1)
FEATURE(path_len_7, link->path_len = 7)
FEATURE(path_len_no_ca, link->basic = BASIC_FALSE; link->path_len = 0)
FEATURE(become_authority, link->basic = BASIC_TRUE; link->usage = USE_SIGN | USE_CERTS)
FEATURE(use_absent, link->usage = 0)
FEATURE(use_crls, link->usage = USE_CRLS | USE_SIGN)
FEATURE(use_sign, link->usage = USE_SIGN)
FEATURE(use_certs_too, link->usage = USE_SIGN | USE_CERTS)
FEATURE(use_encipher, link->usage = USE_ENCIPHER)
FEATURE(use_repudiate, link->usage = USE_REPUDIATE)
FEATURE(for_none, link->purposes = 0)
FEATURE(for_servers, link->purposes = FOR_SERVERS | FOR_CLIENTS)
FEATURE(for_clients, link->purposes = FOR_CLIENTS)
FEATURE(for_mail, link->purposes = FOR_MAIL | FOR_CLIENTS)
FEATURE(for_any, link->purposes = FOR_ANY)
FEATURE(hash_384, link->hash = HASH_SHA384)
FEATURE(hash_512, link->hash = HASH_SHA512)
FEATURE(hash_224, link->hash = HASH_SHA224)
FEATURE(hash_sha1, link->hash = HASH_SHA1)
FEATURE(hash_md5, link->hash = HASH_MD5)
FEATURE(hash_pss, link->hash = HASH_PSS)
FEATURE(no_ids, link->ids = IDS_ABSENT)
FEATURE(wrong_ids, link->ids = IDS_WRONG)
FEATURE(issuer_upper, link->issuer_style = ISSUER_UPPER_CASE)
FEATURE(issuer_spaces, link->issuer_style = ISSUER_TWO_SPACES)
FEATURE(issuer_type, link->issuer_style = ISSUER_OTHER_TYPE)
FEATURE(extension_unknown, link->extension = EXTENSION_UNKNOWN)
FEATURE(extension_critical, link->extension = EXTENSION_UNKNOWN_CRITICAL)
FEATURE(policy, link->extension = EXTENSION_POLICY)
FEATURE(policy_critical, link->extension = EXTENSION_POLICY_CRITICAL)
FEATURE(explicit_policy, link->extension = EXTENSION_EXPLICIT_POLICY)
FEATURE(explicit_policy_critical, link->extension = EXTENSION_EXPLICIT_POLICY_CRITICAL)
FEATURE(inhibit_any, link->extension = EXTENSION_INHIBIT_ANY_CRITICAL)
FEATURE(two_lists, link->extension = link->name_count != 0 ? EXTENSION_TWO_NAME_LISTS : EXTENSION_UNKNOWN)

void chain_key_set(chain_t *chain, chain_link_t *link, chain_key_t key)
{
    for (unsigned i = 0; i < chain->count; ++i) {
        if (chain->links[i].signer == link->key && chain->links[i].issuer == link->subject) {
            chain->links[i].signer = (uint8_t)key;
        }
    }
    link->key = (uint8_t)key;
}
FEATURE(key_1024, chain_key_set(draw->chain, link, KEY_RSA_1024))
FEATURE(key_3072, chain_key_set(draw->chain, link, KEY_RSA_3072))
FEATURE(key_p192, chain_key_set(draw->chain, link, KEY_P192))
FEATURE(key_p224, chain_key_set(draw->chain, link, KEY_P224))
FEATURE(key_k1, chain_key_set(draw->chain, link, KEY_SECP256K1))
FEATURE(key_ed25519, chain_key_set(draw->chain, link, KEY_ED25519))
FEATURE(key_p384, chain_key_set(draw->chain, link, KEY_P384))
FEATURE(key_p521, chain_key_set(draw->chain, link, KEY_P521))

/* Constraints */

static void add_tree(chain_link_t *link, uint8_t tag, int is_excluded, const char *text)
{
    if (link->tree_count < CHAIN_TREES) {
        chain_tree_t *tree = &link->trees[link->tree_count++];
        tree->tag = tag;
        tree->is_excluded = (uint8_t)is_excluded;
        snprintf(tree->text, sizeof tree->text, "%s", text);
    }
}
FEATURE(permit_com, add_tree(link, NAME_DNS, 0, "example.com"))
FEATURE(permit_dot_com, add_tree(link, NAME_DNS, 0, ".example.com"))
FEATURE(permit_org, add_tree(link, NAME_DNS, 0, "example.org"))
FEATURE(permit_two, add_tree(link, NAME_DNS, 0, "example.org"); add_tree(link, NAME_DNS, 0, "EXAMPLE.com"))
FEATURE(permit_net, add_tree(link, NAME_IP, 0, "127.0.0.0/255.0.0.0"))
FEATURE(permit_other_net, add_tree(link, NAME_IP, 0, "10.0.0.0/255.0.0.0"))
FEATURE(exclude_com, add_tree(link, NAME_DNS, 1, "example.com"))
FEATURE(exclude_api, add_tree(link, NAME_DNS, 1, "api.example.com"))
FEATURE(exclude_mil, add_tree(link, NAME_DNS, 1, "mil"))
FEATURE(exclude_net, add_tree(link, NAME_IP, 1, "127.0.0.0/255.255.255.0"))
FEATURE(constrain_critically, add_tree(link, NAME_DNS, 1, "mil"); link->constraints_critical = 1)
FEATURE(constrain_mail, add_tree(link, NAME_MAIL, 0, "example.com");
        chain_name_set(&draw->chain->links[0].names[draw->chain->links[0].name_count == 2], NAME_DNS,
                       "mail.example.com");
        chain_name_set(&draw->chain->links[0].names[1], NAME_MAIL, "user@example.net");
        draw->chain->links[0].name_count = 2)

/* Features that need one host */
FEATURE(exclude_below_wildcard, draw->chain->host = "api.example.com"; wildcard(draw, link);
        add_tree(link, NAME_DNS, 1, "mail.example.com"))
FEATURE(wide_wildcard, draw->chain->host = "example.com"; rename_server(draw, NAME_DNS, "*.com", 1))

FEATURE(constrain_invalid_name, draw->chain->host = "api.example.com"; name_as_dns(draw, link);
        chain_name_set(&draw->chain->links[0].names[1], NAME_DNS, ".example.net");
        draw->chain->links[0].name_count = 2; add_tree(link, NAME_DNS, 1, "mil"))

/* The message */

static void shuffle(draw_t *draw, chain_link_t *link)
{
    chain_t *chain = draw->chain;
    (void)link;
    for (unsigned i = chain->sent_count; i > 1; --i) {
        unsigned other = draw_below(draw, i);
        uint8_t kept = chain->sent[i - 1u];
        chain->sent[i - 1u] = chain->sent[other];
        chain->sent[other] = kept;
    }
}

static void leave_out(draw_t *draw, chain_link_t *link)
{
    chain_t *chain = draw->chain;
    (void)link;
    if (chain->sent_count > 0) {
        unsigned at = draw_below(draw, chain->sent_count);
        memmove(chain->sent + at, chain->sent + at + 1, chain->sent_count - at - 1u);
        --chain->sent_count;
    }
}

static void insert_sent(chain_t *chain, unsigned at, unsigned what)
{
    if (chain->sent_count < sizeof chain->sent) {
        memmove(chain->sent + at + 1, chain->sent + at, chain->sent_count - at);
        chain->sent[at] = (uint8_t)what;
        ++chain->sent_count;
    }
}

static void send_twice(draw_t *draw, chain_link_t *link)
{
    chain_t *chain = draw->chain;
    (void)link;
    if (chain->sent_count > 0) {
        insert_sent(chain, draw_below(draw, chain->sent_count + 1u),
                    chain->sent[draw_below(draw, chain->sent_count)]);
    }
}
FEATURE(send_anchor, insert_sent(draw->chain, draw->chain->sent_count, draw->chain->anchor))
FEATURE(send_server_again, insert_sent(draw->chain, draw_below(draw, draw->chain->sent_count + 1u), 0))

/* Adds a copy of `from` to the message. Returns its number, or 0. */
static unsigned add_link(chain_t *chain, const chain_link_t *from)
{
    if (chain->count == CHAIN_LINKS) {
        return 0;
    }
    chain->links[chain->count] = *from;
    return chain->count++;
}

static void add_unrelated(draw_t *draw, chain_link_t *link)
{
    chain_t *chain = draw->chain;
    unsigned more = add_link(chain, &chain->links[chain->anchor]);
    (void)link;
    if (more != 0) {
        chain->links[more].subject = chain->links[more].issuer = 200;
        insert_sent(chain, draw_below(draw, chain->sent_count + 1u), more);
    }
}

static void add_unreadable(draw_t *draw, chain_link_t *link)
{
    add_unrelated(draw, link);
    draw->chain->links[draw->chain->count - 1u].extension = EXTENSION_UNKNOWN_CRITICAL;
}

/* Adds a second certificate of an authority, before or after the first one in the message. It is by an
 * unknown issuer, has another key, or expired long ago. */
static void add_twin(draw_t *draw, chain_link_t *link, unsigned kind, int is_first)
{
    chain_t *chain = draw->chain;
    unsigned more = add_link(chain, link);
    unsigned at = 0;
    if (more == 0) {
        return;
    }
    chain_link_t *twin = &chain->links[more];
    if (kind == 0) {
        twin->issuer = 201;
    } else if (kind == 1) {
        twin->key = twin->key == KEY_RSA_C ? KEY_RSA_B : KEY_RSA_C;
    } else {
        twin->first = INT64_C(1000000000);
        twin->last = INT64_C(1100000000);
    }
    while (at < chain->sent_count && chain->sent[at] != (unsigned)(link - chain->links)) {
        ++at;
    }
    insert_sent(chain, is_first || at == chain->sent_count ? at : at + 1u, more);
}
FEATURE(twin_unknown_first, add_twin(draw, link, 0, 1))
FEATURE(twin_unknown_later, add_twin(draw, link, 0, 0))
FEATURE(twin_key_first, add_twin(draw, link, 1, 1))
FEATURE(twin_key_later, add_twin(draw, link, 1, 0))
FEATURE(twin_old_first, add_twin(draw, link, 2, 1))
FEATURE(twin_old_later, add_twin(draw, link, 2, 0))

void chain_make_self_issued(chain_t *chain, unsigned at)
{
    chain->links[at].subject = chain->links[at + 1u].subject;
    chain->links[at].issuer = chain->links[at].subject;
    chain->links[at - 1u].issuer = chain->links[at].subject;
    if (chain->links[at].key == chain->links[at + 1u].key) {
        chain->links[at].key = chain->links[at].key == KEY_RSA_A ? KEY_RSA_B : KEY_RSA_A;
    }
}

/* Adds a self-issued authority below the anchor, whose path length only just allows the others. */
static void self_issued_below(draw_t *draw, chain_link_t *link)
{
    chain_t *chain = draw->chain;
    const unsigned at = chain->anchor - 1u;
    if (at >= 2) {
        chain_make_self_issued(chain, at);
        chain->links[at - 1u].signer = chain->links[at].key;
        link->path_len = (int8_t)(at - 1u);
    }
}

const chain_feature_t chain_features[] = {
#define ROW(name, places)                                                                                    \
    {                                                                                                        \
#name, name, places                                                                                  \
    }
    ROW(wildcard, SERVER),
    ROW(wildcard_of_host, SERVER),
    ROW(two_wildcards, SERVER),
    ROW(partial_wildcard, SERVER),
    ROW(partial_other, SERVER),
    ROW(name_of_parent, SERVER),
    ROW(name_with_dot, SERVER),
    ROW(name_after_dot, SERVER),
    ROW(longer_name, SERVER),
    ROW(name_as_mail, SERVER),
    ROW(name_as_uri, SERVER),
    ROW(name_as_dns, SERVER),
    ROW(name_in_utf8, SERVER),
    ROW(other_name, SERVER),
    ROW(only_star, SERVER),
    ROW(embedded_nul, SERVER),
    ROW(more_names, SERVER),
    ROW(common_name, SERVER),
    ROW(common_name_and_other, SERVER),
    ROW(upper_case_name, SERVER),
    ROW(empty_subject, SERVER),
    ROW(empty_subject_uncritical, SERVER),
    ROW(expire, SERVER | MIDDLE | ANCHOR),
    ROW(start_later, SERVER | MIDDLE | ANCHOR),
    ROW(last_second, SERVER | MIDDLE | ANCHOR),
    ROW(first_second, SERVER | MIDDLE | ANCHOR),
    ROW(dates_reversed, SERVER | MIDDLE),
    ROW(year_2060, SERVER | MIDDLE | ANCHOR),
    ROW(year_9999, SERVER | MIDDLE | ANCHOR),
    ROW(no_z, SERVER | MIDDLE),
    ROW(damage, SERVER | MIDDLE | ANCHOR),
    ROW(other_signer, SERVER | MIDDLE),
    ROW(version_1, SERVER | MIDDLE | ANCHOR),
    ROW(basic_absent, SERVER | MIDDLE | ANCHOR),
    ROW(basic_false, MIDDLE | ANCHOR),
    ROW(basic_alone, MIDDLE),
    ROW(basic_not_critical, MIDDLE | ANCHOR),
    ROW(path_len_0, MIDDLE | ANCHOR),
    ROW(path_len_1, MIDDLE | ANCHOR),
    ROW(path_len_7, MIDDLE | ANCHOR),
    ROW(self_issued_below, ANCHOR),
    ROW(path_len_no_ca, SERVER | MIDDLE),
    ROW(become_authority, SERVER),
    ROW(use_absent, SERVER | MIDDLE | ANCHOR),
    ROW(use_crls, MIDDLE | ANCHOR),
    ROW(use_sign, SERVER),
    ROW(use_certs_too, SERVER),
    ROW(use_encipher, SERVER),
    ROW(use_repudiate, SERVER),
    ROW(for_none, SERVER | MIDDLE),
    ROW(for_servers, SERVER | MIDDLE | ANCHOR),
    ROW(for_clients, SERVER | MIDDLE | ANCHOR),
    ROW(for_mail, SERVER | MIDDLE | ANCHOR),
    ROW(for_any, SERVER | MIDDLE | ANCHOR),
    ROW(hash_384, SERVER | MIDDLE | ANCHOR),
    ROW(hash_512, SERVER | MIDDLE),
    ROW(hash_224, SERVER | MIDDLE),
    ROW(hash_sha1, SERVER | MIDDLE | ANCHOR),
    ROW(hash_md5, SERVER | MIDDLE | ANCHOR),
    ROW(hash_pss, SERVER | MIDDLE),
    ROW(no_ids, SERVER | MIDDLE | ANCHOR),
    ROW(wrong_ids, SERVER | MIDDLE),
    ROW(issuer_upper, SERVER | MIDDLE),
    ROW(issuer_spaces, SERVER | MIDDLE),
    ROW(issuer_type, SERVER | MIDDLE),
    ROW(extension_unknown, SERVER | MIDDLE | ANCHOR),
    ROW(extension_critical, SERVER | MIDDLE),
    ROW(policy, SERVER | MIDDLE),
    ROW(policy_critical, SERVER | MIDDLE),
    ROW(explicit_policy, MIDDLE),
    ROW(explicit_policy_critical, MIDDLE),
    ROW(inhibit_any, MIDDLE),
    ROW(two_lists, SERVER),
    ROW(key_1024, SERVER | MIDDLE | ANCHOR),
    ROW(key_3072, SERVER | MIDDLE | ANCHOR),
    ROW(key_p192, MIDDLE | ANCHOR),
    ROW(key_p224, MIDDLE | ANCHOR),
    ROW(key_k1, MIDDLE | ANCHOR),
    ROW(key_ed25519, MIDDLE),
    ROW(key_p384, SERVER | MIDDLE | ANCHOR),
    ROW(key_p521, SERVER | MIDDLE | ANCHOR),
    ROW(permit_com, MIDDLE | ANCHOR),
    ROW(permit_dot_com, MIDDLE | ANCHOR),
    ROW(permit_org, MIDDLE | ANCHOR),
    ROW(permit_two, MIDDLE | ANCHOR),
    ROW(permit_net, MIDDLE | ANCHOR),
    ROW(permit_other_net, MIDDLE | ANCHOR),
    ROW(exclude_com, MIDDLE | ANCHOR),
    ROW(exclude_api, MIDDLE | ANCHOR),
    ROW(exclude_mil, MIDDLE | ANCHOR),
    ROW(exclude_net, MIDDLE | ANCHOR),
    ROW(constrain_critically, MIDDLE),
    ROW(constrain_mail, MIDDLE),
    ROW(exclude_below_wildcard, MIDDLE | ANCHOR),
    ROW(wide_wildcard, SERVER),
    ROW(constrain_invalid_name, MIDDLE | ANCHOR),
    ROW(shuffle, SERVER),
    ROW(leave_out, SERVER),
    ROW(send_twice, SERVER),
    ROW(send_anchor, SERVER),
    ROW(send_server_again, SERVER),
    ROW(add_unrelated, SERVER),
    ROW(add_unreadable, SERVER),
    ROW(twin_unknown_first, MIDDLE),
    ROW(twin_unknown_later, MIDDLE),
    ROW(twin_key_first, MIDDLE),
    ROW(twin_key_later, MIDDLE),
    ROW(twin_old_first, MIDDLE),
    ROW(twin_old_later, MIDDLE),
#undef ROW
};
const unsigned chain_feature_count = (unsigned)(sizeof chain_features / sizeof chain_features[0]);

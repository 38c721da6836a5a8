/* SPDX-License-Identifier: MIT */
/* Decides names (RFC 9525, 6) and name constraints (RFC 5280, 4.2.1.10) by the description of a
 * certificate. */
#include "chains.h"

/* How a name matches the host. A wildcard is wide when only one label follows it ("*.com"), and partial when
 * it is not a whole label ("a*.example.com"). */
typedef enum { FITS_NOT, FITS, FITS_WIDE, FITS_PARTIAL } fit_t;

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static int same(const char *a, const char *b, size_t len)
{
    size_t i = 0;
    while (i < len && lower(a[i]) == lower(b[i])) {
        ++i;
    }
    return i == len;
}

static fit_t fits(const chain_name_t *name, const char *host, size_t host_len)
{
    const char *dot = memchr(host, '.', host_len);
    const char *star = memchr(name->text, '*', name->len);
    const char *name_dot = memchr(name->text, '.', name->len);
    if (star == NULL) {
        return name->len == host_len && same(name->text, host, host_len) ? FITS : FITS_NOT;
    }
    if (dot == NULL || name_dot == NULL || star > name_dot ||
        memchr(star + 1, '*', (size_t)(name->text + name->len - star) - 1u) != NULL) {
        return FITS_NOT;
    }
    size_t rest = host_len - (size_t)(dot - host);
    if (rest != (size_t)(name->text + name->len - name_dot) || !same(name_dot, dot, rest)) {
        return FITS_NOT;
    }
    if (star == name->text && name_dot == star + 1) {
        return memchr(name_dot + 1, '.', rest - 1u) != NULL ? FITS : FITS_WIDE;
    }
    size_t before = (size_t)(star - name->text);
    size_t after = (size_t)(name_dot - star) - 1u;
    return before + after <= (size_t)(dot - host) && same(name->text, host, before) &&
                   same(star + 1, dot - after, after)
               ? FITS_PARTIAL
               : FITS_NOT;
}

static int is_address(const char *host, uint8_t out[4])
{
    unsigned a[4];
    if (sscanf(host, "%u.%u.%u.%u", &a[0], &a[1], &a[2], &a[3]) != 4) {
        return 0;
    }
    for (unsigned i = 0; i < 4; ++i) {
        out[i] = (uint8_t)a[i];
    }
    return 1;
}

static int lists_address(const chain_link_t *server, const uint8_t address[4])
{
    for (unsigned i = 0; i < server->name_count; ++i) {
        const chain_name_t *name = &server->names[i];
        if (name->tag == NAME_IP && name->len == 4 && memcmp(name->text, address, 4) == 0) {
            return 1;
        }
    }
    return 0;
}

/* OpenSSL uses the common name when the certificate lists no DNS name. */
static int has_dns_name(const chain_link_t *link)
{
    for (unsigned i = 0; i < link->name_count; ++i) {
        if (link->names[i].tag == NAME_DNS) {
            return 1;
        }
    }
    return 0;
}

static int is_common_name(const chain_link_t *link)
{
    return !has_dns_name(link) && !link->has_empty_subject && link->common_name[0] != '\0';
}

static chain_name_t common_name(const chain_link_t *link)
{
    chain_name_t name = {NAME_DNS, (uint8_t)strlen(link->common_name), ""};
    memcpy(name.text, link->common_name, name.len);
    return name;
}

chain_kinds_t chain_name_kinds(const chain_link_t *server, const char *host)
{
    uint8_t address[4];
    size_t len = strlen(host);
    int found[4] = {0, 0, 0, 0};
    len -= len > 0 && host[len - 1u] == '.';
    if (is_address(host, address)) {
        return lists_address(server, address) ? 0 : KIND_BIT(KIND_NAME);
    }
    for (unsigned i = 0; i < server->name_count; ++i) {
        if (server->names[i].tag == NAME_DNS) {
            found[fits(&server->names[i], host, len)] = 1;
        }
    }
    if (found[FITS]) {
        return 0;
    }
    if (found[FITS_PARTIAL]) {
        return KIND_BIT(KIND_PARTIAL_WILDCARD);
    }
    if (found[FITS_WIDE]) {
        return KIND_BIT(KIND_WIDE_WILDCARD);
    }
    const chain_name_t common = common_name(server);
    return KIND_BIT(is_common_name(server) && fits(&common, host, len) == FITS ? KIND_COMMON_NAME
                                                                               : KIND_NAME);
}

/* Constraints */

static int is_below(const char *base, const char *name, size_t len)
{
    size_t base_len = strlen(base);
    if (len < base_len || !same(name + len - base_len, base, base_len)) {
        return 0;
    }
    return base[0] == '.' ? len > base_len : len == base_len || name[len - base_len - 1u] == '.';
}

static int is_within(const chain_tree_t *tree, const chain_name_t *name)
{
    uint8_t base[4];
    uint8_t mask[4];
    switch (tree->tag) {
    case NAME_IP:
        if (!is_address(tree->text, base) || !is_address(strchr(tree->text, '/') + 1, mask) ||
            name->len != 4) {
            return 0;
        }
        for (unsigned i = 0; i < 4; ++i) {
            if ((((uint8_t)name->text[i] ^ base[i]) & mask[i]) != 0) {
                return 0;
            }
        }
        return 1;
    case NAME_DNS:
        return is_below(tree->text, name->text, name->len);
    default: { /* a mailbox of the host */
        const char *at = memchr(name->text, '@', name->len);
        return at != NULL && strlen(tree->text) == (size_t)(name->text + name->len - at - 1) &&
               same(at + 1, tree->text, strlen(tree->text));
    }
    }
}

/* "*.example.com" also stands for the excluded name "a.example.com". */
static int wildcard_covers(const chain_tree_t *tree, const chain_name_t *name)
{
    const char *dot = strchr(tree->text, '.');
    return tree->tag == NAME_DNS && name->len > 2 && name->text[0] == '*' && dot != NULL &&
           dot != tree->text && strlen(dot) == name->len - 1u && same(dot, name->text + 1, name->len - 1u);
}

static chain_kinds_t name_in_trees(const chain_link_t *above, const chain_name_t *name, int is_anchor)
{
    int has_permitted = 0;
    int is_permitted = 0;
    int is_excluded = 0;
    chain_kinds_t kinds = 0;
    for (unsigned i = 0; i < above->tree_count; ++i) {
        const chain_tree_t *tree = &above->trees[i];
        if (tree->tag != name->tag) {
            continue;
        }
        if (tree->tag == NAME_DNS && name->len > 0 && name->text[0] == '.') {
            kinds |= KIND_BIT(KIND_CONSTRAINT_UNREADABLE);
        }
        int within = is_within(tree, name);
        if (tree->is_excluded) {
            is_excluded |= within;
            kinds |= !within && wildcard_covers(tree, name) ? KIND_BIT(KIND_WILDCARD_EXCLUDED) : 0;
        } else {
            has_permitted = 1;
            is_permitted |= within;
        }
    }
    if (is_excluded || (has_permitted && !is_permitted)) {
        kinds |= KIND_BIT(name->tag == NAME_MAIL ? KIND_MAIL_CONSTRAINT
                          : is_anchor            ? KIND_ANCHOR_CONSTRAINT
                                                 : KIND_CONSTRAINT);
    }
    return kinds;
}

chain_kinds_t chain_constraint_kinds(const chain_link_t *above, const chain_link_t *below, int is_server,
                                     int is_anchor)
{
    chain_kinds_t kinds = 0;
    for (unsigned i = 0; i < below->name_count; ++i) {
        kinds |= name_in_trees(above, &below->names[i], is_anchor);
    }
    /* OpenSSL also constrains a common name that it would accept. Such a chain is refused because of its
     * name, too. */
    if (is_server && is_common_name(below) && strchr(below->common_name, '.') != NULL) {
        const chain_name_t name = common_name(below);
        if (name_in_trees(above, &name, 0) & KIND_BIT(KIND_CONSTRAINT)) {
            kinds |= KIND_BIT(KIND_NAME);
        }
    }
    return kinds;
}

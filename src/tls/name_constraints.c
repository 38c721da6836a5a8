/* SPDX-License-Identifier: MIT */
/* Name constraints (RFC 5280, 4.2.1.10). A constraint or a name that cannot be read is refused.
 *
 * NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL,
 *                                excludedSubtrees [1] GeneralSubtrees OPTIONAL }
 * GeneralSubtrees is a sequence of GeneralSubtree ::= SEQUENCE { base GeneralName }. The syntax also has a
 * minimum and a maximum, which are not allowed in certificates.
 *
 * The base "example.com" holds itself and all names that end with ".example.com". The base ".example.com" is
 * not a valid name, but authorities use it; it holds only the names that end with it. The empty base holds
 * all names. The base of an address is the address followed by a mask. */
#include "name_constraints.h"

#include <string.h>

#include "cert_name.h"
#include "der.h"

enum { PERMITTED = 0xa0, EXCLUDED = 0xa1, ID_CE_NAME_CONSTRAINTS = 30, WILDCARD = 2 /* bytes of "*." */ };

/* The relation of a list of subtrees to a name. NO_SUCH_FORM: no subtree has the form of the name. BROKEN: a
 * subtree or the name cannot be read. */
typedef enum { NO_SUCH_FORM, OUTSIDE, INSIDE, BROKEN } relation_t;

/* Returns 1 when the mask consists of ones followed by zeros. */
static int is_mask(const uint8_t *mask, size_t len)
{
    int was_zero = 0;
    for (size_t i = 0; i < len * 8u; ++i) {
        int is_zero = (mask[i / 8u] & 0x80u >> i % 8u) == 0;
        if (was_zero && !is_zero) {
            return 0;
        }
        was_zero = is_zero;
    }
    return 1;
}

/* Returns 1 for a valid base. A base with a wildcard has no defined meaning. */
static int is_base(unsigned form, amp_der_t base)
{
    if (form == AMP_NAME_DNS) {
        return base.len == 0 || memchr(base.at, '*', base.len) == NULL;
    }
    return (base.len == 8u || base.len == 32u) && is_mask(base.at + base.len / 2u, base.len / 2u);
}

/* Returns 1 for a valid name. ".example.com" is not one, though it ends like the names below "example.com".
 */
static int is_name(unsigned form, amp_der_t name)
{
    return form == AMP_NAME_DNS ? name.len > 0 && name.at[0] != '.' : name.len == 4u || name.len == 16u;
}

static int holds_address(amp_der_t base, amp_der_t address)
{
    if (base.len != 2u * address.len) {
        return 0;
    }
    for (size_t i = 0; i < address.len; ++i) {
        if (((base.at[i] ^ address.at[i]) & base.at[address.len + i]) != 0) {
            return 0;
        }
    }
    return 1;
}

static int holds_name(amp_der_t base, amp_der_t name)
{
    if (base.len == 0) {
        return 1;
    }
    if (name.len < base.len) {
        return 0;
    }
    const uint8_t *tail = name.at + (name.len - base.len);
    if (!amp__name_equals(tail, base.at, base.len)) {
        return 0;
    }
    return base.at[0] == '.' ? name.len > base.len : name.len == base.len || tail[-1] == '.';
}

/* Returns 1 when the name is a wildcard that matches the base, which is not empty. "*.example.com" matches
 * "mail.example.com". So the excluded base "mail.example.com" excludes the wildcard, although the texts
 * differ. */
static int wildcard_meets(amp_der_t base, amp_der_t name)
{
    const uint8_t *dot = memchr(base.at, '.', base.len);
    if (dot == NULL || name.len <= WILDCARD || name.at[0] != '*' || name.at[1] != '.') {
        return 0;
    }
    size_t rest = base.len - (size_t)(dot - base.at);
    return rest == name.len - 1u && amp__name_equals(dot, name.at + 1, rest);
}

static int holds(unsigned form, amp_der_t base, amp_der_t name, unsigned kind)
{
    if (form == AMP_NAME_IP) {
        return holds_address(base, name);
    }
    return holds_name(base, name) || (kind == EXCLUDED && wildcard_meets(base, name));
}

/* Returns the relation of a list of subtrees to an entry of subjectAltName, `form` and `name`. `kind` is
 * PERMITTED or EXCLUDED. */
static relation_t relate(amp_der_t trees, unsigned kind, unsigned form, amp_der_t name)
{
    relation_t relation = NO_SUCH_FORM;
    while (trees.len > 0) {
        amp_der_t tree;
        amp_der_t base;
        unsigned base_form;
        if (amp__der_take(&trees, AMP_DER_SEQUENCE, &tree) != 0 ||
            amp__der_next(&tree, &base_form, &base) != 0) {
            return BROKEN;
        }
        if (base_form == form) {
            if (tree.len != 0 || !is_base(form, base) || !is_name(form, name)) {
                return BROKEN;
            }
            relation = relation == INSIDE || holds(form, base, name, kind) ? INSIDE : OUTSIDE;
        }
    }
    return relation;
}

/* Returns 1 when the constraints, the value of the extension, allow the name. */
static int allows(amp_der_t constraints, unsigned form, amp_der_t name)
{
    amp_der_t in;
    if (amp__der_take(&constraints, AMP_DER_SEQUENCE, &in) != 0 || constraints.len != 0) {
        return 0;
    }
    while (in.len > 0) {
        amp_der_t trees;
        unsigned kind;
        if (amp__der_next(&in, &kind, &trees) != 0 || (kind != PERMITTED && kind != EXCLUDED)) {
            return 0;
        }
        relation_t relation = relate(trees, kind, form, name);
        if (relation == BROKEN || relation == (kind == PERMITTED ? OUTSIDE : INSIDE)) {
            return 0;
        }
    }
    return 1;
}

static int allows_all(amp_der_t constraints, const mbedtls_x509_crt *certificate)
{
    const mbedtls_x509_sequence *entry = &certificate->subject_alt_names;
    for (; entry != NULL; entry = entry->next) {
        const amp_der_t name = {entry->buf.p, entry->buf.len};
        const unsigned form = (unsigned)entry->buf.tag;
        if (name.at != NULL && (form == AMP_NAME_DNS || form == AMP_NAME_IP) &&
            !allows(constraints, form, name)) {
            return 0;
        }
    }
    return 1;
}

int amp__constraints_allow(const mbedtls_x509_crt *authority, const mbedtls_x509_crt *certificate)
{
    amp_der_t whole = {authority->v3_ext.p, authority->v3_ext.len};
    amp_der_t in;
    if (whole.at == NULL || whole.len == 0) {
        return 1;
    }
    if (amp__der_take(&whole, AMP_DER_SEQUENCE, &in) != 0) {
        return 0;
    }
    while (in.len > 0) {
        amp_der_extension_t extension;
        if (amp__der_extension(&in, &extension) != 0) {
            return 0;
        }
        if (amp__der_is_id_ce(&extension.oid, ID_CE_NAME_CONSTRAINTS) &&
            !allows_all(extension.value, certificate)) {
            return 0;
        }
    }
    return 1;
}

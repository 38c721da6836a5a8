/* SPDX-License-Identifier: MIT */
/* Draws chains: a valid chain of any shape, and features that change one certificate or the message. A
 * feature only changes the description. The oracle determines the effect. */
#include "chains_draw.h"
#include "certs.h"

#define DAY INT64_C(86400)

/* splitmix64 */
unsigned draw_below(draw_t *draw, unsigned limit)
{
    uint64_t z = draw->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (unsigned)((z ^ z >> 31) % limit);
}

static void set_address(chain_name_t *out, const char *host)
{
    unsigned a[4] = {0, 0, 0, 0};
    (void)sscanf(host, "%u.%u.%u.%u", &a[0], &a[1], &a[2], &a[3]);
    out->tag = NAME_IP;
    out->len = 4;
    for (unsigned i = 0; i < 4; ++i) {
        out->text[i] = (char)a[i];
    }
}

static int is_address(const char *host)
{
    return host[0] >= '0' && host[0] <= '9';
}

/* Applies a feature to a certificate at one of its places, if the chain has one. */
static void apply(draw_t *draw, unsigned feature, unsigned places)
{
    chain_t *chain = draw->chain;
    unsigned at = 0;
    if ((places & MIDDLE) != 0 && chain->anchor > 1) {
        at = 1u + draw_below(draw, chain->anchor - 1u);
    } else if ((places & ANCHOR) != 0) {
        at = chain->anchor;
    } else if ((places & SERVER) == 0) {
        return;
    }
    chain_features[feature].apply(draw, &chain->links[at]);
    size_t len = strlen(chain->text);
    snprintf(chain->text + len, sizeof chain->text - len, " %s@%u", chain_features[feature].name, at);
}

static void draw_link(draw_t *draw, unsigned at)
{
    chain_link_t *link = &draw->chain->links[at];
    link->subject = (uint8_t)at;
    link->issuer = (uint8_t)(at + 1u);
    /* RSA signatures are verified quickly, so RSA is more frequent. */
    link->key =
        (uint8_t)(draw_below(draw, 4) != 0 ? draw_below(draw, KEY_P256_A) : draw_below(draw, KEY_P384));
    link->first = draw->chain->now - DAY * (1 + draw_below(draw, 900));
    link->last = draw->chain->now + DAY * (1 + draw_below(draw, 3000));
    link->path_len = -1;
    link->basic = at == 0 ? BASIC_FALSE : BASIC_TRUE;
    link->usage = at == 0 ? USE_SIGN | USE_ENCIPHER : USE_CERTS | USE_CRLS;
    link->purposes = at == 0 ? FOR_SERVERS : 0;
    link->issuer_style = ISSUER_SAME;
    link->hash = HASH_SHA256;
    link->ids = IDS_BOTH;
}

/* A valid chain with `middles` authorities between server and anchor. */
static void draw_valid(draw_t *draw, unsigned middles)
{
    static const char *const hosts[] = {"api.example.com", "api.example.com.", "example.com",
                                        "localhost",       "127.0.0.1",        "xn--bcher-kva.example.com",
                                        "a.b.example.com"};
    chain_t *chain = draw->chain;
    chain->now = CERTS_NOW;
    chain->host = hosts[draw_below(draw, 3) != 0 ? 0 : draw_below(draw, sizeof hosts / sizeof hosts[0])];
    chain->anchor = (uint8_t)(middles + 1u);
    chain->count = (uint8_t)(middles + 2u);
    for (unsigned i = 0; i < chain->count; ++i) {
        draw_link(draw, i);
    }
    snprintf(chain->links[0].common_name, sizeof chain->links[0].common_name, "server");
    chain->links[0].name_count = 1;
    if (is_address(chain->host)) {
        set_address(&chain->links[0].names[0], chain->host);
    } else {
        chain_name_set(&chain->links[0].names[0], NAME_DNS, chain->host);
        chain->links[0].names[0].len =
            (uint8_t)(chain->links[0].names[0].len - (chain->host[strlen(chain->host) - 1u] == '.'));
    }
    if (draw_below(draw, 3) != 0) { /* otherwise the anchor is not self-signed */
        chain->links[chain->anchor].issuer = chain->links[chain->anchor].subject;
    }
    if (middles >= 2 && draw_below(draw, 6) == 0) {
        chain_make_self_issued(chain, 2u + draw_below(draw, middles - 1u));
    }
    for (unsigned i = 0; i < chain->count; ++i) {
        chain->links[i].signer = chain->links[i < chain->anchor ? i + 1u : i].key;
    }
    for (unsigned i = 1; i < chain->anchor; ++i) {
        chain->sent[chain->sent_count++] = (uint8_t)i;
    }
}

unsigned chain_single_count(void)
{
    return chain_feature_count * PLACES;
}

/* Version 1 has no extensions. */
static void remove_extensions(chain_link_t *link)
{
    link->basic = BASIC_ABSENT;
    link->path_len = -1;
    link->usage = 0;
    link->purposes = 0;
    link->extension = EXTENSION_NONE;
    link->name_count = 0;
    link->tree_count = 0;
}

static void draw_all(draw_t *draw, unsigned index)
{
    if (index < chain_single_count()) {
        unsigned place = 1u << index % PLACES;
        draw_valid(draw, 2u + draw_below(draw, 2));
        if ((chain_features[index / PLACES].places & place) != 0) {
            apply(draw, index / PLACES, place);
        }
        return;
    }
    draw_valid(draw, draw_below(draw, 40) == 0 ? 8u + draw_below(draw, 3) : draw_below(draw, 5));
    for (unsigned left = draw_below(draw, 4); left > 0; --left) {
        unsigned feature = draw_below(draw, chain_feature_count);
        apply(draw, feature, chain_features[feature].places & (1u << draw_below(draw, PLACES)));
    }
}

/* OpenSSL's server does not serve these certificates with an ECDSA key. */
static void make_servable(draw_t *draw, chain_link_t *server)
{
    const int may_sign = server->usage == 0 || (server->usage & USE_SIGN) != 0;
    if ((!may_sign || server->extension == EXTENSION_TWO_NAME_LISTS) && server->key >= KEY_P256_A &&
        server->key != KEY_RSA_3072 && server->key != KEY_RSA_1024) {
        chain_key_set(draw->chain, server, KEY_RSA_A);
    }
}

void chain_draw(chain_t *out, uint64_t seed, unsigned index)
{
    draw_t draw = {seed * UINT64_C(0x100000001b3) + index, out};
    memset(out, 0, sizeof *out);
    draw_all(&draw, index);
    make_servable(&draw, &out->links[0]);
    for (unsigned i = 0; i < out->count; ++i) {
        if (out->links[i].is_v1) {
            remove_extensions(&out->links[i]);
        }
    }
}

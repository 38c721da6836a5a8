/* SPDX-License-Identifier: MIT */
/* Features of random chains: each changes the description of one certificate, or the message. */
#ifndef AMP_TEST_CHAINS_DRAW_H
#define AMP_TEST_CHAINS_DRAW_H

#include "chains.h"

typedef struct {
    uint64_t state;
    chain_t *chain;
} draw_t;

/* Returns a random number less than `limit`. */
unsigned draw_below(draw_t *draw, unsigned limit);

/* Places of a feature. */
enum { SERVER = 1, MIDDLE = 2, ANCHOR = 4, PLACES = 3 /* the number of places */ };

typedef struct {
    const char *name;
    void (*apply)(draw_t *draw, chain_link_t *link);
    unsigned places;
} chain_feature_t;
extern const chain_feature_t chain_features[];
extern const unsigned chain_feature_count;

void chain_name_set(chain_name_t *out, uint8_t tag, const char *text);

/* Changes the key of a certificate, and the signatures of the certificates that it issued. */
void chain_key_set(chain_t *chain, chain_link_t *link, chain_key_t key);

/* Makes an authority self-issued, like one that renewed its key. Its certificate is signed by the old key,
 * which is that of the next authority. Subject and issuer are the same. */
void chain_make_self_issued(chain_t *chain, unsigned at);

#endif

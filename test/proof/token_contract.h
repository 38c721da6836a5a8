/* SPDX-License-Identifier: MIT */
/* The contract between jsmn and jsmn_value.c. proof_token.c shows that jsmn keeps it, and proof_value.c uses
 * it in place of jsmn. */
#ifndef AMP_TEST_TOKEN_CONTRACT_H
#define AMP_TEST_TOKEN_CONTRACT_H

#include <stddef.h>
#include <stdint.h>

/* The first byte of a scalar. */
static inline int token_may_begin(uint8_t c)
{
    return c == '"' || c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
}

/* Returns 1 if the bytes `start` to `end` - 1 may be the token of the scalar: a text without its quotes, or a
 * number or literal, which is not empty. */
static inline int token_is_in(const uint8_t *text, size_t len, int start, int end)
{
    const int is_text = text[0] == '"';
    return start == is_text && end >= start + !is_text && (size_t)end + (size_t)is_text <= len;
}

#endif

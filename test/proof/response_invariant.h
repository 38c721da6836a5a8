/* SPDX-License-Identifier: MIT */
/* The contract between response.c with response_framing.c (lines, chunks) and response_header.c (meaning of a
 * line). proof_response.c replaces the functions of response_header.c by their contracts. proof_header.c
 * shows that the functions keep them. */
#ifndef AMP_TEST_RESPONSE_INVARIANT_H
#define AMP_TEST_RESPONSE_INVARIANT_H

#include "proof.h"

#include "http/response.h"
#include "http/response_header.h"

/* The state of a parser, also after an invalid byte. */
static inline int is_place(const amp_response_t *response)
{
    return response->state < AMP_STATES && response->line_len <= AMP_NOTE_SIZE &&
           response->header <= AMP_HEADER_OTHER;
}

/* The state of a parser between two bytes. A chunk size has up to 64 digits, or a space was read after it. */
static inline int is_parser(const amp_response_t *response)
{
    return is_place(response) && (response->digits <= 64u || response->digits == 0xf0u);
}

/* The line or value that a function of response_header.c interprets. A complete one is NUL-terminated. */
static inline int is_line(const amp_response_t *response)
{
    return is_parser(response) && response->line[response->line_len] == '\0';
}

/* State that interpreting a status line or a value does not change. */
static inline int is_same_place(const amp_response_t *after, const amp_response_t *before)
{
    return after->info == before->info && after->head_bytes == before->head_bytes &&
           after->state == before->state && after->header == before->header &&
           after->trailer == before->trailer && after->digits == before->digits && after->cr == before->cr &&
           after->line_len == before->line_len;
}

#endif

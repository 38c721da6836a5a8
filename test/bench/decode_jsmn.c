/* SPDX-License-Identifier: MIT */
/* jsmn by itself in its fastest configuration: parent links make it linear. It only finds tokens. Checking
 * and storing their values would cost extra. */
#include "decode.h"

#include <stdlib.h>

#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>

static jsmntok_t *tokens;
static unsigned token_count;

static int count_tokens(const bench_text_t *text)
{
    jsmn_parser parser;
    jsmn_init(&parser);
    return jsmn_parse(&parser, text->data, text->len, NULL, 0);
}

/* A program does not know the number of tokens in advance. The cost of counting them and of allocating memory
 * is not measured. */
int bench_jsmn_prepare(const bench_text_t *text)
{
    int count = count_tokens(text);
    token_count = count > 0 ? (unsigned)count : 0;
    tokens = count > 0 ? malloc(token_count * sizeof *tokens) : NULL;
    return tokens == NULL;
}

BENCH_COUNTED int bench_jsmn(const bench_text_t *text)
{
    jsmn_parser parser;
    jsmn_init(&parser);
    return jsmn_parse(&parser, text->data, text->len, tokens, token_count) != (int)token_count;
}

/* SPDX-License-Identifier: MIT */
/* jsmn alone, as fast as it gets: parent links make it linear. It finds tokens; checking what
 * they hold and putting it somewhere would come on top. */
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

/* No program is told how many tokens there will be: to count them and to find memory for them is left out
 * of what is counted. */
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

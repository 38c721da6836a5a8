/* SPDX-License-Identifier: MIT */
/* jsmn alone, as fast as it gets: parent links make it linear. It finds tokens; checking what
 * they hold and putting it somewhere would come on top. */
#include "decode.h"

#include <stdlib.h>

#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>

int bench_jsmn(const bench_text_t *text, jsmntok_t *tokens, unsigned count);

static int count_tokens(const bench_text_t *text)
{
    jsmn_parser parser;
    jsmn_init(&parser);
    return jsmn_parse(&parser, text->data, text->len, NULL, 0);
}

BENCH_COUNTED int bench_jsmn(const bench_text_t *text, jsmntok_t *tokens, unsigned count)
{
    jsmn_parser parser;
    jsmn_init(&parser);
    return jsmn_parse(&parser, text->data, text->len, tokens, count) != (int)count;
}

int bench_jsmn_run(const bench_text_t *text)
{
    int count = count_tokens(text);
    jsmntok_t *tokens = count > 0 ? malloc((size_t)count * sizeof *tokens) : NULL;
    int failed = tokens == NULL || bench_jsmn(text, tokens, (unsigned)count) != 0;
    free(tokens);
    return failed;
}

unsigned long bench_jsmn_memory(const bench_text_t *text)
{
    return (unsigned long)count_tokens(text) * sizeof(jsmntok_t);
}

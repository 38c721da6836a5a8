/* SPDX-License-Identifier: MIT */
/* cJSON from the system's library, or compiled from its source on a Cortex-M3. */
#include "decode.h"

#include <stdlib.h>

#include <cjson/cJSON.h>

static unsigned long heap_blocks;

static void *counting_malloc(size_t size)
{
    ++heap_blocks;
    return malloc(size);
}

static cJSON *tree;

/* Keeps the tree, because freeing it is not part of decoding. */
BENCH_COUNTED int bench_cjson(const bench_text_t *text)
{
    tree = cJSON_Parse(text->data);
    return tree == NULL;
}

/* Not part of the measured run, because the hooks cost instructions. */
unsigned long bench_cjson_mallocs(const bench_text_t *text)
{
    cJSON_Hooks hooks = {counting_malloc, free};
    cJSON_InitHooks(&hooks);
    int failed = bench_cjson(text);
    cJSON_Delete(tree);
    return failed ? 0 : heap_blocks;
}

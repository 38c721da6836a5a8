/* SPDX-License-Identifier: MIT */
/* cJSON, as the system's library has it. The heap is counted in a run of its own, because the
 * hooks cost instructions. */
#include "decode.h"

#include <stdlib.h>

#include <cjson/cJSON.h>

static unsigned long heap_bytes;
static unsigned long heap_blocks;

static void *counting_malloc(size_t size)
{
    heap_bytes += size;
    ++heap_blocks;
    return malloc(size);
}

static cJSON *tree;

/* The tree is not given back here: to free it is not to decode it. */
BENCH_COUNTED int bench_cjson(const bench_text_t *text)
{
    tree = cJSON_Parse(text->data);
    return tree == NULL;
}

unsigned long bench_cjson_heap(const bench_text_t *text, unsigned long *out_blocks)
{
    cJSON_Hooks hooks = {counting_malloc, free};
    cJSON_InitHooks(&hooks);
    int failed = bench_cjson(text);
    cJSON_Delete(tree);
    *out_blocks = heap_blocks;
    return failed ? 0 : heap_bytes;
}

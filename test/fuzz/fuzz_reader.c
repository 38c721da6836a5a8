/* SPDX-License-Identifier: MIT */
/* Reads JSON with the library's own schemas, or as plain JSON, split at positions that the fuzzer chooses. */
#include "reading.h"
#include "tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input_t input = {data, size};
    reading_t what;
    what.schema = tables[take(&input) % TABLE_COUNT];
    what.window = 64u + take_two(&input) % 1024u;
    cuts_t cuts = take_cuts(&input);
    what.text = input.at;
    what.len = input.left < FUZZ_TEXT_MAX ? input.left : FUZZ_TEXT_MAX;
    read_result_t result = read_all_ways(&what, &cuts);
    need_must_be_true(&what, &result);
    return 0;
}

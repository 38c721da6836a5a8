/* SPDX-License-Identifier: MIT */
/* JSON with the library's own schemas, or as plain JSON: split where the fuzzer chooses. */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const amp_schema_t *const schemas[] = {
        NULL,
        &amp_connection_schema,
        &amp_connections_schema,
        &amp_installation_schema,
        &amp_installations_schema,
        &amp_problem_schema,
        &amp_backfill_progress_schema,
        &amp_operation_schema,
        &amp_operations_schema,
        &amp_provider_schema,
        &amp_custom_auth_schema,
    };
    input_t input = {data, size};
    reading_t what;
    what.schema = schemas[take(&input) % (sizeof schemas / sizeof schemas[0])];
    what.window = 64u + take_two(&input) % 1024u;
    cuts_t cuts = take_cuts(&input);
    what.text = input.at;
    what.len = input.left < FUZZ_TEXT_MAX ? input.left : FUZZ_TEXT_MAX;
    read_result_t result = read_all_ways(&what, &cuts);
    need_must_be_true(&what, &result);
    return 0;
}

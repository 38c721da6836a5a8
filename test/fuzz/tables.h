/* SPDX-License-Identifier: MIT */
/* The library's tables by number. 0 means no table: the text is only checked. Append new tables at the end,
 * because kept inputs contain these numbers. */
#ifndef AMP_FUZZ_TABLES_H
#define AMP_FUZZ_TABLES_H

#include "fuzz.h"

static const amp_schema_t *const tables[] = {
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
#define TABLE_COUNT (sizeof tables / sizeof tables[0])

#endif

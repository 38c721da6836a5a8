/* SPDX-License-Identifier: MIT */
/* Prints any record by its schema table. The tables that read the service's responses also describe how to
 * print them, so a new record needs no code here. */
#ifndef CLI_RECORD_OUT_H
#define CLI_RECORD_OUT_H

#include <stdio.h>

#include "ampersand/schema.h"
#include "ampersand/text.h"

#define RECORD_PATH_SIZE 72
#define RECORD_SCALAR_SIZE 32

/* A member of a record: its row in the table, and its value. `field` is NULL when the member is absent. */
typedef struct {
    const amp_field_t *field;
    const void *value;
    int was_truncated;
} member_t;

/* Returns the member at a path such as "group.groupRef", also in a nested record. */
member_t record_find(const amp_schema_t *schema, const void *record, const char *path);

/* Returns the value as text, which is in `scratch` unless the value is a string. Times have seconds. */
const char *record_text(const member_t *member, char scratch[RECORD_SCALAR_SIZE]);

/* Calls `each` with the path and value of every member that is present, except objects and arrays. */
typedef void (*record_visit_t)(void *ctx, const char *path, const member_t *member);
void record_visit(const amp_schema_t *schema, const void *record, record_visit_t each, void *ctx);

/* Prints the record as a JSON object on one line, without a newline. */
void record_print_json(FILE *out, const amp_schema_t *schema, const void *record);

#endif

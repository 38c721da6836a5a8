/* SPDX-License-Identifier: MIT */
/* Any record by its schema table: the tables that read the service's answers also say how to
 * print them, so a new record needs no printer of its own. */
#ifndef CLI_RECORD_OUT_H
#define CLI_RECORD_OUT_H

#include <stdio.h>

#include "ampersand/schema.h"
#include "ampersand/text.h"

#define RECORD_PATH_SIZE 72
#define RECORD_SCALAR_SIZE 32

/* A value of a record: what the table says of it, and where it is; `field` is NULL if absent. */
typedef struct {
    const amp_field_t *field;
    const void *value;
    int was_cut;
} member_t;

/* The member at a path, through nested records. */
member_t record_find(const amp_schema_t *schema, const void *record, const char *path);

/* Its text, in `scratch` unless it is one; times to the second. */
const char *record_text(const member_t *member, char scratch[RECORD_SCALAR_SIZE]);

/* Calls `each` with the path and value of every member that is there and holds no others. */
typedef void (*record_visit_t)(void *ctx, const char *path, const member_t *member);
void record_visit(const amp_schema_t *schema, const void *record, record_visit_t each, void *ctx);

/* Prints it as a JSON object on one line, without a line ending. */
void record_print_json(FILE *out, const amp_schema_t *schema, const void *record);

#endif

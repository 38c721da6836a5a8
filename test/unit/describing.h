/* SPDX-License-Identifier: MIT */
/* Writes the JSON that a schema table describes, complete or with one member changed. Every row of every
 * table can therefore be tested without handwritten JSON. */
#ifndef AMP_TEST_DESCRIBING_H
#define AMP_TEST_DESCRIBING_H

#include "pieces.h"

#include "ampersand/records.h"
#include "ampersand/schema.h"

#define DESCRIBING_SIZE 16384u

typedef enum {
    CHANGE_NOTHING,
    CHANGE_LEAVE_OUT,
    CHANGE_WRITE_TWICE,
    CHANGE_VALUE /* changed to `value` */
} change_t;

typedef struct {
    const amp_schema_t *schema; /* the table with the row that is changed */
    unsigned row;
    change_t change;
    const char *value;
    int adds_unknown; /* members that no table knows, in every object */
    char text[DESCRIBING_SIZE];
    size_t len;
} describing_t;

static inline void describe_text(describing_t *d, const char *text)
{
    size_t len = strlen(text);
    assert_true(d->len + len < sizeof d->text);
    memcpy(d->text + d->len, text, len + 1u);
    d->len += len;
}

/* Returns the row after the last row that `row` contains. */
static inline unsigned describe_end(const amp_schema_t *schema, unsigned row)
{
    const char *path = schema->fields[row].path;
    size_t len = strlen(path);
    unsigned end = row + 1u;
    while (end < schema->count && strncmp(schema->fields[end].path, path, len) == 0 &&
           (schema->fields[end].path[len] == '.' || schema->fields[end].path[len] == '[')) {
        ++end;
    }
    return end;
}

static inline void describe_group(describing_t *d, const amp_schema_t *schema, unsigned low, unsigned high,
                                  size_t prefix, int is_array);

static inline void describe_record(describing_t *d, const amp_schema_t *schema)
{
    describe_text(d, "{");
    describe_group(d, schema, 0, schema->count, 0, 0);
    describe_text(d, "}");
}

static inline void describe_value(describing_t *d, const amp_schema_t *schema, unsigned row)
{
    const amp_field_t *field = &schema->fields[row];
    char scalar[16];
    switch (field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        (void)snprintf(scalar, sizeof scalar, "\"s%u\"", row);
        describe_text(d, scalar);
        break;
    case AMP_INT:
        describe_text(d, "7");
        break;
    case AMP_BOOL:
        describe_text(d, "true");
        break;
    case AMP_TIME:
        describe_text(d, "\"2023-07-13T21:34:44Z\"");
        break;
    case AMP_RECORD:
        describe_record(d, field->of);
        break;
    case AMP_RECORDS:
        describe_text(d, "[");
        describe_record(d, field->of);
        describe_text(d, "]");
        break;
    default:
        describe_text(d, field->type == AMP_ARRAY ? "[" : "{");
        describe_group(d, schema, row + 1u, describe_end(schema, row), strlen(field->path),
                       field->type == AMP_ARRAY);
        describe_text(d, field->type == AMP_ARRAY ? "]" : "}");
        break;
    }
}

static inline void describe_member(describing_t *d, const amp_schema_t *schema, unsigned row, size_t prefix,
                                   int is_array)
{
    const char *name = schema->fields[row].path + prefix;
    if (d->text[d->len - 1u] != '{' && d->text[d->len - 1u] != '[') {
        describe_text(d, ",");
    }
    if (!is_array) {
        describe_text(d, "\"");
        describe_text(d, name + (*name == '.'));
        describe_text(d, "\":");
    }
    if (d->schema == schema && d->row == row && d->change == CHANGE_VALUE) {
        describe_text(d, d->value);
    } else {
        describe_value(d, schema, row);
    }
}

static inline void describe_group(describing_t *d, const amp_schema_t *schema, unsigned low, unsigned high,
                                  size_t prefix, int is_array)
{
    if (d->adds_unknown && !is_array) {
        describe_text(d, "\"no such\":{\"id\":[1,{\"id\":null}]},\"\":\"\"");
    }
    for (unsigned row = low; row < high; row = describe_end(schema, row)) {
        change_t change = d->schema == schema && d->row == row ? d->change : CHANGE_NOTHING;
        if (change != CHANGE_LEAVE_OUT) {
            describe_member(d, schema, row, prefix, is_array);
        }
        if (change == CHANGE_WRITE_TWICE) {
            describe_member(d, schema, row, prefix, is_array);
        }
    }
    if (d->adds_unknown && !is_array) {
        describe_text(d, ",\"ids\":[],\"i\":1.5e9,\"unknown\":\"\\u0000\"");
    }
}

/* Writes the text of a record of `schema`, as *d says. The record of a list is in an array. */
static inline const char *describe(describing_t *d, const amp_schema_t *schema)
{
    d->len = 0;
    describe_text(d, (schema->flags & AMP_LIST) != 0 ? "[" : "");
    describe_record(d, schema);
    describe_text(d, (schema->flags & AMP_LIST) != 0 ? "]" : "");
    return d->text;
}

/* Every table by which an answer or an error is read. */
static const amp_schema_t *const described[] = {
    &amp_connection_schema,    &amp_connections_schema, &amp_installation_schema,
    &amp_installations_schema, &amp_problem_schema,     &amp_backfill_progress_schema,
    &amp_operation_schema,     &amp_operations_schema,  &amp_provider_schema,
    &amp_custom_auth_schema,
};
#define DESCRIBED_COUNT (sizeof described / sizeof described[0])

/* A row, and the schema that contains it: the one that is read, or one nested in it. */
typedef struct {
    const amp_schema_t *read;
    const amp_schema_t *of;
    unsigned row;
    const amp_field_t *field;
    char path[128]; /* the path in the error */
} place_t;

static inline void describe_each_row_of(const amp_schema_t *read, const amp_schema_t *of,
                                        void (*check)(const place_t *place))
{
    for (unsigned row = 0; row < of->count; ++row) {
        place_t place = {read, of, row, &of->fields[row], ""};
        (void)snprintf(place.path, sizeof place.path, "%s", of->fields[row].path);
        check(&place);
        if (of->fields[row].of != NULL) {
            describe_each_row_of(read, of->fields[row].of, check);
        }
    }
}

static inline void describe_each_row(void (*check)(const place_t *place))
{
    for (size_t i = 0; i < DESCRIBED_COUNT; ++i) {
        describe_each_row_of(described[i], described[i], check);
    }
}

#endif

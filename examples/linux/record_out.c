/* SPDX-License-Identifier: MIT */
/* The rows of a schema are in the order of their paths: the members of an object or array follow its row. So
 * a group of rows [low, high) is one object or array of the JSON text. */
#include "record_out.h"

#include <inttypes.h>
#include <string.h>

#include "text_out.h"

/* Rows [low, high) of a table: the members of one object or array. */
typedef struct {
    const amp_schema_t *schema;
    const uint8_t *record;
    unsigned low;
    unsigned high;
    size_t prefix; /* length of the path of the object or array */
    int is_array;
} group_t;

static group_t whole(const amp_schema_t *schema, const void *record)
{
    group_t group = {schema, record, 0, schema->count, 0, 0};
    return group;
}

/* Returns the row after the members of `row`. */
static unsigned end_of(const group_t *group, unsigned row)
{
    const amp_field_t *fields = group->schema->fields;
    size_t len = strlen(fields[row].path);
    unsigned end = row + 1u;
    while (end < group->high && strncmp(fields[end].path, fields[row].path, len) == 0 &&
           (fields[end].path[len] == '.' || fields[end].path[len] == '[')) {
        ++end;
    }
    return end;
}

/* Returns the members of `row`, which is an object, an array or a nested record. */
static group_t inside(const group_t *group, unsigned row)
{
    const amp_field_t *field = &group->schema->fields[row];
    if (field->type == AMP_RECORD) {
        return whole(field->of, group->record + field->offset);
    }
    group_t inner = *group;
    inner.low = row + 1u;
    inner.high = end_of(group, row);
    inner.prefix = strlen(field->path);
    inner.is_array = field->type == AMP_ARRAY;
    return inner;
}

static amp_mask_t mask_of(const group_t *group)
{
    amp_mask_t mask;
    memcpy(&mask, group->record, sizeof mask);
    return mask;
}

static int has(const group_t *group, unsigned row)
{
    return (int)(mask_of(group).present >> row & 1u);
}

static member_t member_of(const group_t *group, unsigned row)
{
    const amp_field_t *field = &group->schema->fields[row];
    member_t member = {field, group->record + field->offset, (int)(mask_of(group).truncated >> row & 1u)};
    return member;
}

static int64_t integer(const member_t *member)
{
    int64_t value = 0;
    int32_t narrow = 0;
    if (member->field->size == sizeof narrow) {
        memcpy(&narrow, member->value, sizeof narrow);
        return narrow;
    }
    memcpy(&value, member->value, sizeof value);
    return value;
}

const char *record_text(const member_t *member, char scratch[RECORD_SCALAR_SIZE])
{
    amp_time_t time;
    switch (member->field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        return member->value;
    case AMP_INT:
        snprintf(scratch, RECORD_SCALAR_SIZE, "%" PRId64, integer(member));
        return scratch;
    case AMP_BOOL:
        return *(const uint8_t *)member->value ? "true" : "false";
    case AMP_TIME:
        memcpy(&time, member->value, sizeof time);
        amp_time_text(time, scratch);
        if (scratch[0] != '\0') {
            scratch[10] = ' ';
            memcpy(scratch + 19, "Z", 2); /* replaces the decimals */
        }
        return scratch;
    default:
        return "";
    }
}

member_t record_find(const amp_schema_t *schema, const void *record, const char *path)
{
    member_t none = {NULL, NULL, 0};
    for (unsigned row = 0; row < schema->count; ++row) {
        const amp_field_t *field = &schema->fields[row];
        group_t group = whole(schema, record);
        size_t len = strlen(field->path);
        if (strncmp(field->path, path, len) == 0 && has(&group, row)) {
            if (path[len] == '\0') {
                return member_of(&group, row);
            }
            if (field->type == AMP_RECORD && path[len] == '.') {
                return record_find(field->of, group.record + field->offset, path + len + 1);
            }
        }
    }
    return none;
}

static void visit(const amp_schema_t *schema, const void *record, const char *before, record_visit_t each,
                  void *ctx)
{
    group_t group = whole(schema, record);
    for (unsigned row = 0; row < schema->count; ++row) {
        const amp_field_t *field = &schema->fields[row];
        char path[RECORD_PATH_SIZE];
        snprintf(path, sizeof path, "%s%s%s", before, *before != '\0' ? "." : "", field->path);
        if (!has(&group, row)) {
            continue;
        }
        if (field->type == AMP_RECORD) {
            visit(field->of, group.record + field->offset, path, each, ctx);
        } else if (field->type < AMP_OBJECT) {
            member_t member = member_of(&group, row);
            each(ctx, path, &member);
        }
    }
}

void record_visit(const amp_schema_t *schema, const void *record, record_visit_t each, void *ctx)
{
    visit(schema, record, "", each, ctx);
}

static void print_scalar(FILE *out, const member_t *member)
{
    char scratch[RECORD_SCALAR_SIZE];
    amp_time_t time;
    switch (member->field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        text_print_json(out, member->value);
        break;
    case AMP_TIME:
        memcpy(&time, member->value, sizeof time);
        amp_time_text(time, scratch);
        text_print_json(out, scratch);
        break;
    default:
        fputs(record_text(member, scratch), out);
        break;
    }
}

/* The recursion is as deep as the tables are nested, a few levels, and does not depend on the response. */
static void print_group(FILE *out, const group_t *group)
{
    const char *before = "";
    putc(group->is_array ? '[' : '{', out);
    for (unsigned row = group->low; row < group->high; row = end_of(group, row)) {
        const char *name = group->schema->fields[row].path + group->prefix;
        member_t member = member_of(group, row);
        if (!has(group, row)) {
            continue;
        }
        fputs(before, out);
        before = ",";
        if (!group->is_array) {
            text_print_json(out, name + (*name == '.'));
            putc(':', out);
        }
        if (member.field->type < AMP_OBJECT) {
            print_scalar(out, &member);
        } else {
            group_t inner = inside(group, row);
            print_group(out, &inner);
        }
    }
    putc(group->is_array ? ']' : '}', out);
}

void record_print_json(FILE *out, const amp_schema_t *schema, const void *record)
{
    group_t group = whole(schema, record);
    print_group(out, &group);
}

/* SPDX-License-Identifier: MIT */
/* Checks the rules of a schema table (schema.h). The table is code, so the checks run in a unit test, not in
 * a program.
 *
 * Invariant: there is no recursion. An explicit stack holds the tables whose nested table is being checked.
 */
#include "ampersand/schema.h"

#include <string.h>

#include "ampersand/reader_state.h"

#define MAX_ROWS 32u /* bits of a mask */
#define NO_ROW SIZE_MAX

/* The position of the last part of a path. */
typedef struct {
    size_t parent_len; /* length of the path without that part; 0: a member of the root */
    unsigned depth;    /* parts of the path, 1 for a member of the root */
    int is_element;    /* 1: the part is `[n]`, not a name */
} place_t;

/* An entry of the stack: a table that is being checked. */
typedef struct {
    const amp_schema_t *schema;
    unsigned row;   /* the row that is checked next */
    unsigned depth; /* containers from the root of the outermost record to this table */
} frame_t;

/* Returns 1 for a character that a name in a table may have: printable ASCII. A quote, a backslash and a
 * slash are excluded, because JSON can escape them. Dots and brackets separate the parts of a path. */
static int is_name_character(char c)
{
    return c >= ' ' && c <= '~' && strchr("\"\\/.[", c) == NULL;
}

/* Returns the length of the name at the start of `text`, or 0 if there is no valid name. */
static size_t name_length(const char *text)
{
    size_t len = 0;
    while (len < AMP_KEY_SIZE && is_name_character(text[len])) {
        ++len;
    }
    return len < AMP_KEY_SIZE ? len : 0;
}

/* Returns the length of the part at the start of `text`, which is ".name" or "[n]"; 0 if it is invalid. */
static size_t part_length(const char *text)
{
    size_t name;
    if (text[0] == '[') {
        return text[1] >= '0' && text[1] <= '9' && text[2] == ']' ? 3u : 0;
    }
    name = text[0] == '.' ? name_length(text + 1) : 0;
    return name > 0 ? name + 1u : 0;
}

/* Finds the position of the last part of a path. Returns 0, or -1 if the path is invalid. */
static int find_place(const char *path, place_t *out_place)
{
    size_t at = name_length(path);
    out_place->parent_len = 0;
    out_place->depth = 1;
    out_place->is_element = 0;
    while (at > 0 && path[at] != '\0') {
        size_t part = part_length(path + at);
        if (part == 0) {
            return -1;
        }
        out_place->parent_len = at;
        out_place->is_element = path[at] == '[';
        ++out_place->depth;
        at += part;
    }
    return at > 0 ? 0 : -1;
}

/* Returns 1 if the row of the object or array that contains this row comes before it, and all rows between
 * the two are in the same container. */
static int is_grouped(const amp_schema_t *schema, unsigned row, const place_t *place)
{
    const char *path = schema->fields[row].path;
    size_t len = place->parent_len;
    if (len == 0) {
        return 1;
    }
    while (row > 0) {
        --row;
        const amp_field_t *before = &schema->fields[row];
        if (strncmp(before->path, path, len) != 0) {
            return 0;
        }
        if (before->path[len] == '\0') {
            return before->type == (place->is_element ? AMP_ARRAY : AMP_OBJECT);
        }
        if (before->path[len] != '.' && before->path[len] != '[') {
            return 0;
        }
    }
    return 0;
}

/* Returns 1 if an earlier row has the same path. */
static int is_repeated(const amp_schema_t *schema, unsigned row)
{
    for (unsigned before = 0; before < row; ++before) {
        if (strcmp(schema->fields[before].path, schema->fields[row].path) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Returns 1 if the row's member has the size of its type, and is in the struct after the mask. */
static int is_stored_well(const amp_schema_t *schema, const amp_field_t *field)
{
    size_t size = field->size;
    int fits = field->offset >= sizeof(amp_mask_t) && field->offset + size <= schema->size;
    switch (field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        return fits && size > 0;
    case AMP_INT:
        return fits && (size == sizeof(int32_t) || size == sizeof(int64_t));
    case AMP_BOOL:
        return fits && size == sizeof(uint8_t);
    case AMP_TIME:
        return fits && size == sizeof(int64_t);
    case AMP_OBJECT:
    case AMP_ARRAY:
        return 1;
    case AMP_RECORD:
    case AMP_RECORDS:
        return fits && field->of != NULL && size == field->of->size && field->offset % sizeof(uint32_t) == 0;
    default:
        return 0;
    }
}

/* Returns 1 if the row follows the rules. *out_depth receives the depth of its container or record. The rows
 * of a nested table are checked separately. */
static int is_good_row(const frame_t *frame, unsigned *out_depth)
{
    const amp_field_t *field = &frame->schema->fields[frame->row];
    place_t place;
    if (frame->row >= MAX_ROWS || field->path == NULL || strlen(field->path) != field->length ||
        find_place(field->path, &place) != 0 || !is_grouped(frame->schema, frame->row, &place) ||
        is_repeated(frame->schema, frame->row)) {
        return 0;
    }
    *out_depth = frame->depth + place.depth;
    if (field->type == AMP_RECORDS) {
        *out_depth += 1u;       /* the array, and the record in it */
        if (place.depth > 1u) { /* is_good_table allows such a row in an outermost envelope only */
            return 0;
        }
    }
    return (field->flags & ~AMP_REQUIRED) == 0 && (field->type >= AMP_RECORD || field->of == NULL) &&
           *out_depth - (field->type < AMP_OBJECT) < AMP_LEVELS && is_stored_well(frame->schema, field);
}

/* Returns the number of rows of type AMP_RECORDS. The table has rows. */
static unsigned count_each(const amp_schema_t *schema)
{
    unsigned count = 0;
    for (unsigned row = 0; row < schema->count && row < MAX_ROWS; ++row) {
        count += schema->fields[row].type == AMP_RECORDS;
    }
    return count;
}

static int is_good_table(const amp_schema_t *schema, int is_nested)
{
    unsigned known = is_nested ? AMP_NO_UNKNOWN : AMP_LIST | AMP_ENVELOPE | AMP_NO_UNKNOWN | AMP_LENIENT;
    if (schema == NULL || (schema->flags & (AMP_LIST | AMP_ENVELOPE)) == (AMP_LIST | AMP_ENVELOPE)) {
        return 0;
    }
    return (schema->fields != NULL || schema->count == 0) && schema->size >= sizeof(amp_mask_t) &&
           (schema->flags & ~known) == 0 && count_each(schema) == ((schema->flags & AMP_ENVELOPE) != 0);
}

/* Returns the row of the outermost table that breaks a rule, or NO_ROW. */
static size_t bad_row(const amp_schema_t *schema)
{
    frame_t stack[AMP_LEVELS];
    unsigned open = 1;
    if (!is_good_table(schema, 0)) {
        return 0;
    }
    stack[0].schema = schema;
    stack[0].row = 0;
    stack[0].depth = 0;
    for (;;) {
        frame_t *frame = &stack[open - 1u];
        unsigned depth;
        if (frame->row == frame->schema->count) {
            if (--open == 0) {
                return NO_ROW;
            }
            ++stack[open - 1u].row;
            continue;
        }
        if (!is_good_row(frame, &depth)) {
            return stack[0].row;
        }
        const amp_field_t *field = &frame->schema->fields[frame->row];
        if (field->type < AMP_RECORD) {
            ++frame->row;
            continue;
        }
        if (!is_good_table(field->of, 1)) {
            return stack[0].row;
        }
        stack[open].schema = field->of;
        stack[open].row = 0;
        stack[open].depth = depth;
        ++open;
    }
}

amp_status_t amp_schema_check(const amp_schema_t *schema, size_t *out_row)
{
    size_t row = bad_row(schema);
    if (row != NO_ROW && out_row != NULL) {
        *out_row = row;
    }
    return row == NO_ROW ? AMP_OK : AMP_ERR_ARGUMENT;
}

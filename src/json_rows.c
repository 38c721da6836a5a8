/* SPDX-License-Identifier: MIT */
#include "json_rows.h"

#include <string.h>

#include "scan.h"

#define MAX_ROWS 32u /* bits of a mask */

int amp_rows_fit(const amp_schema_t *schema)
{
    return schema->count <= MAX_ROWS && schema->size >= sizeof(amp_mask_t);
}

/* Returns the one of the rows [field, end) that has this name after the level's path, or NULL. */
static const amp_field_t *match(const amp_field_t *field, const amp_field_t *end, size_t prefix,
                                const uint8_t *name, size_t len)
{
    for (; field < end; ++field) {
        if (field->length == prefix + len && amp_scan_same(field->path + prefix, name, len)) {
            return field;
        }
    }
    return NULL;
}

/* 1 when the row is directly in a container whose rows have a common path of `prefix` bytes. */
static int is_direct(const amp_field_t *field, size_t prefix)
{
    const char *after = field->path + prefix + 1;
    size_t len = field->length - prefix - 1u;
    return memchr(after, '.', len) == NULL && memchr(after, '[', len) == NULL;
}

const amp_field_t *amp_row_find(amp_level_t *level, const uint8_t *name, size_t len)
{
    const amp_field_t *rows = level->schema->fields;
    if (len >= AMP_KEY_SIZE) {
        return NULL; /* too long to be wanted, or not ASCII */
    }
    const amp_field_t *field = match(rows + level->next, rows + level->high, level->prefix, name, len);
    if (field == NULL) {
        field = match(rows + level->low, rows + level->next, level->prefix, name, len);
    }
    /* A member may be called what a row further in is, "b.c" in the object of "a.b.c". Such a row follows one that
     * begins as it does, which spares the others a look. */
    int alike = field != NULL && field > rows + level->low && field[-1].path[level->prefix] == (char)*name;
    if (field == NULL || (alike && !is_direct(field, level->prefix))) {
        return NULL;
    }
    level->next = (uint8_t)(field - rows + 1);
    return field;
}

/* In a table that keeps the rules, the rows in a container follow its own and are the next ones with a longer
 * path and the mark at its end: "a.b" follows "a", and whatever comes between them and "c.d" has "c" first. */
uint8_t amp_row_end(const amp_schema_t *schema, unsigned row)
{
    const amp_field_t *field = &schema->fields[row];
    size_t len = field->length;
    char mark = field->type == AMP_OBJECT ? '.' : '[';
    do {
        ++row;
        ++field;
    } while (row < schema->count && row < MAX_ROWS && field->length > len && field->path[len] == mark);
    return (uint8_t)row;
}

void amp_row_enter(amp_level_t *level, unsigned row, int is_element)
{
    const amp_field_t *field = &level->schema->fields[row];
    if (field->type == AMP_RECORD || is_element) {
        level->schema = field->of;
        level->base = (uint16_t)(level->base + field->offset);
        level->prefix = 0;
        level->low = 0;
        level->high = (uint8_t)(level->schema->count < MAX_ROWS ? level->schema->count : MAX_ROWS);
    } else if (field->type == AMP_EACH) {
        level->is_array = AMP_EACH;
        level->low = (uint8_t)(row + 1u);
        level->high = level->low;
    } else {
        level->prefix = (uint8_t)(field->length + !level->is_array);
        level->low = (uint8_t)(row + 1u);
        level->high = amp_row_end(level->schema, row);
    }
    level->next = level->low;
    level->index = 0;
}

const amp_field_t *amp_row_missing(const amp_level_t *level, uint32_t present)
{
    const amp_field_t *field = level->schema->fields + level->low;
    for (unsigned row = level->low; row < level->high; ++row, ++field) {
        if ((field->flags & AMP_REQUIRED) != 0 && (present >> row & 1u) == 0 &&
            is_direct(field, level->prefix)) {
            return field;
        }
    }
    return NULL;
}

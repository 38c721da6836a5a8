/* SPDX-License-Identifier: MIT */
/* Finds the rows of a schema table by member name. The rows of a container follow its own row and begin with
 * its path, so each container is a range of rows [low, high). */
#include "schema_find.h"

#include <string.h>

/* Returns the row of [field, end) that has this name after the level's path, or NULL. */
static const amp_field_t *match(const amp_field_t *field, const amp_field_t *end, size_t prefix,
                                const char *name, size_t len)
{
    for (; field < end; ++field) {
        if (field->length == prefix + len && memcmp(field->path + prefix, name, len) == 0) {
            return field;
        }
    }
    return NULL;
}

int amp__schema_is_usable(const amp_schema_t *schema)
{
    return schema->count <= 32u && schema->size >= sizeof(amp_mask_t);
}

/* Returns 1 if the row is directly in a container whose rows have a common path of `prefix` bytes. */
static int is_direct(const amp_field_t *field, size_t prefix)
{
    const char *behind = field->path + prefix + 1;
    size_t len = field->length - prefix - 1u;
    return memchr(behind, '.', len) == NULL && memchr(behind, '[', len) == NULL;
}

const amp_field_t *amp__schema_find(amp_level_t *level, const char *name, size_t len)
{
    const amp_field_t *rows = level->schema->fields;
    const amp_field_t *field = match(rows + level->next, rows + level->high, level->prefix, name, len);
    if (field == NULL) {
        field = match(rows + level->low, rows + level->next, level->prefix, name, len);
    }
    if (field == NULL) {
        return NULL;
    }
    level->next = (uint8_t)(field - rows + 1);
    /* A member may be called what a row further in is, or be the beginning of a longer name that is
     * called so. Such a row follows one that begins as it does, which spares the others a look. */
    int alike = field > rows + level->low && field[-1].path[level->prefix] == *name;
    return alike && !is_direct(field, level->prefix) ? NULL : field;
}

/* The end of the rows that follow `row` and are in its container: they begin with its path and `mark`. */
static uint8_t group_end(const amp_schema_t *schema, unsigned row, char mark)
{
    const amp_field_t *group = &schema->fields[row];
    const amp_field_t *field = group;
    do {
        ++row;
        ++field;
    } while (row < schema->count && row < 32u && field->length > group->length &&
             field->path[group->length] == mark && memcmp(field->path, group->path, group->length) == 0);
    return (uint8_t)row;
}

void amp__row_enter(amp_level_t *level, unsigned row, int is_element)
{
    const amp_field_t *field = &level->schema->fields[row];
    if (field->type == AMP_RECORD || is_element) {
        level->schema = field->of;
        level->base = (uint16_t)(level->base + field->offset);
        level->prefix = 0;
        level->low = 0;
        level->high = (uint8_t)(level->schema->count < 32u ? level->schema->count : 32u);
    } else if (field->type == AMP_RECORDS) {
        level->is_array = AMP_RECORDS;
        level->low = (uint8_t)(row + 1u);
        level->high = level->low;
    } else {
        level->prefix = (uint8_t)(field->length + !level->is_array);
        level->low = (uint8_t)(row + 1u);
        level->high = group_end(level->schema, row, level->is_array ? '[' : '.');
    }
    level->next = level->low;
    level->index = 0;
}

const amp_field_t *amp__row_missing(const amp_level_t *level, uint32_t present)
{
    for (unsigned row = level->low; row < level->high; ++row) {
        const amp_field_t *field = &level->schema->fields[row];
        if ((field->flags & AMP_REQUIRED) != 0 && (present >> row & 1u) == 0 &&
            is_direct(field, level->prefix)) {
            return field;
        }
    }
    return NULL;
}

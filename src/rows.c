/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <string.h>

/* The one of the rows [field, end) that has this name behind the level's path, or NULL. */
static const amp_field_t *match(const amp_field_t *field, const amp_field_t *end, size_t prefix,
                                const char *name, size_t len)
{
    for (; field < end; ++field) {
        const char *path = field->path + prefix;
        if (*path == *name && strncmp(path, name, len) == 0 && path[len] == '\0') {
            return field;
        }
    }
    return NULL;
}

int amp_row_is_one(const char *path)
{
    while (*path != '\0') {
        ++path;
        if (*path == '.' || *path == '[') {
            return 0;
        }
    }
    return 1;
}

const amp_field_t *amp_row_find(amp_level_t *level, const char *name, size_t len)
{
    const amp_field_t *rows = level->schema->fields;
    const amp_field_t *field = NULL;
    if (len - 1u < AMP_KEY_SIZE - 1u) {
        field = match(rows + level->next, rows + level->high, level->prefix, name, len);
        if (field == NULL) {
            field = match(rows + level->low, rows + level->next, level->prefix, name, len);
        }
    }
    if (field == NULL) {
        return NULL;
    }
    level->next = (uint8_t)(field - rows + 1);
    /* A member may be called what a row further in is. Such a row follows one that begins as it
     * does, which spares the others a look. */
    int alike = field > rows + level->low && field[-1].path[level->prefix] == *name;
    return alike && !amp_row_is_one(field->path + level->prefix) ? NULL : field;
}

uint8_t amp_row_group_end(const amp_schema_t *schema, unsigned row, size_t len, char mark)
{
    const char *path = schema->fields[row].path;
    do {
        ++row;
    } while (row < schema->count && row < 32u && strncmp(schema->fields[row].path, path, len) == 0 &&
             schema->fields[row].path[len] == mark);
    return (uint8_t)row;
}

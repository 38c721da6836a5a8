/* SPDX-License-Identifier: MIT */
/* Looks up the names of JSON members in a schema table.
 *
 * - The rows of a container follow its own row and begin with its path, so each container is a range of rows
 *   [low, high). `prefix` is the length of the common path.
 * - Members mostly come in the order of the rows. The search therefore starts after the row that was found
 *   last (`next`), and usually ends at the first row. */
#include "name_lookup.h"

#include <string.h>

#include "../base/scan.h"
#include "containers.h"
#include "jsmn_value.h"

#define MAX_ROWS 32u /* bits of a mask */

int amp__schema_is_usable(const amp_schema_t *schema)
{
    return schema->count <= MAX_ROWS && schema->size >= sizeof(amp_mask_t);
}

/* Returns 1 if the row is directly in a container whose rows have a common path of `prefix` bytes. */
static int is_direct(const amp_field_t *field, size_t prefix)
{
    const char *after = field->path + prefix + 1;
    size_t len = field->length - prefix - 1u;
    return memchr(after, '.', len) == NULL && memchr(after, '[', len) == NULL;
}

/* Returns the row after the last one in the container of `row`. In a valid table, the rows in a container
 * follow its own row and have a longer path with `mark` after the container's path. A row between "a.b" and
 * "c.d" has the row "c" first, so the path itself needs no comparison. */
static uint8_t end_of(const amp_schema_t *schema, unsigned row)
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

static int is_named(const amp_field_t *field, size_t prefix, const uint8_t *name, size_t len)
{
    return field->length == prefix + len && amp__scan_same(field->path + prefix, name, len);
}

/* Searches all rows of the level. A member may have the name of a row that is deeper in the table: "b.c" in
 * the object of the row "a.b.c". Such a row follows one that begins with the same character, so only those
 * are tested with is_direct(). */
static const amp_field_t *search(const amp_level_t *level, const uint8_t *name, size_t len)
{
    const amp_field_t *low = level->schema->fields + level->low;
    const amp_field_t *high = level->schema->fields + level->high;
    for (const amp_field_t *field = low; field < high; ++field) {
        if (is_named(field, level->prefix, name, len)) {
            int alike = field > low && field[-1].path[level->prefix] == (char)*name;
            return alike && !is_direct(field, level->prefix) ? NULL : field;
        }
    }
    return NULL;
}

/* Returns the row of a name in the level's container, or NULL. Usually it is the next row. */
static inline const amp_field_t *find(const amp_level_t *level, const uint8_t *name, size_t len)
{
    const amp_field_t *next = &level->schema->fields[level->next];
    if (len >= AMP_KEY_SIZE) {
        return NULL; /* too long for a row, or not ASCII */
    }
    return level->next < level->high && is_named(next, level->prefix, name, len) ? next
                                                                                 : search(level, name, len);
}

amp_status_t amp__name_pick(amp_reader_t *reader, const uint8_t *name, size_t len)
{
    amp_level_t *level = amp__level_top(reader);
    if (reader->kept > 0) {
        amp__value_keep(reader, name, len);
        name = reader->window;
        len = reader->kept;
        reader->kept = 0;
    }
    const amp_field_t *field = find(level, name, len);
    reader->pick.field = field;
    if (field == NULL) {
        int is_closed = (level->schema->flags & AMP_NO_UNKNOWN) != 0 && !level->is_array;
        return is_closed ? AMP_ERR_UNEXPECTED : AMP_PENDING;
    }
    unsigned row = (unsigned)(field - level->schema->fields);
    const amp_mask_t *mask = amp__level_mask(reader, level->base);
    int is_container = field->type == AMP_OBJECT || field->type == AMP_ARRAY;
    level->next = is_container ? end_of(level->schema, row) : (uint8_t)(row + 1u);
    reader->pick.base = level->base;
    reader->pick.row = (uint8_t)row;
    int is_second = ((mask->present | mask->truncated) >> row & 1u) != 0;
    return is_second ? amp__level_refuse(reader, AMP_ERR_DUPLICATE) : AMP_PENDING;
}

void amp__row_enter(amp_level_t *level, unsigned row, int is_element)
{
    const amp_field_t *field = &level->schema->fields[row];
    level->low = (uint8_t)(row + 1u);
    if (field->type == AMP_RECORD || is_element) {
        level->schema = field->of;
        level->base = (uint16_t)(level->base + field->offset);
        level->prefix = 0;
        level->low = 0;
        level->high = (uint8_t)(level->schema->count < MAX_ROWS ? level->schema->count : MAX_ROWS);
    } else if (field->type == AMP_RECORDS) {
        level->is_array = AMP_RECORDS;
        level->high = level->low;
    } else {
        level->prefix = (uint8_t)(field->length + !level->is_array);
        level->high = level[-1].next;
    }
    level->next = level->low;
    level->index = 0;
}

const amp_field_t *amp__row_missing(const amp_level_t *level, uint32_t present)
{
    const amp_field_t *field = level->schema->fields + level->low;
    if (level->low >= level->high) {
        return NULL;
    }
    /* Bit 0 is for row `low`. There is no bit for `high`. */
    uint32_t absent = ~present << (MAX_ROWS - level->high) >> (MAX_ROWS - level->high + level->low);
    for (; absent != 0; absent >>= 1, ++field) {
        if ((absent & 1u) != 0 && (field->flags & AMP_REQUIRED) != 0 && is_direct(field, level->prefix)) {
            return field;
        }
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
#include "json_levels.h"

#include <string.h>

#include "json_rows.h"
#include "json_values.h"
#include "scan.h"

/* How the members of the reader move together:
 * - level[0 .. levels-1] are the open containers that the table knows, outermost first. They are the ones that
 *   the automaton watches: watch == levels + 1, and one more in a list.
 * - `pick` names a row from the name that selects it (or from the turn of an array's element) to the end
 *   of its value or the opening of its container.
 * - `kept` and `saved` are of the scalar in progress: 0 between scalars, and for a value that is not wanted.
 * - A bit of mask.present is set when the value was accepted, mask.cut alone when it was null or
 *   dropped. Either says that the member was there, which is how a second one is noticed. */

static amp_status_t fail(amp_reader_t *reader, amp_status_t status, const amp_field_t *field)
{
    reader->field = field->path;
    return status;
}

static amp_level_t *top(amp_reader_t *reader)
{
    return &reader->level[reader->levels - 1u];
}

void amp_level_clear(const amp_reader_t *reader)
{
    if (reader->schema != NULL) {
        memset(reader->out, 0, reader->schema->size);
    }
}

void amp_level_keep(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    if (reader->kept < reader->room) {
        size_t room = reader->room - reader->kept;
        memcpy(reader->window + reader->kept, text, len < room ? len : room);
    }
    /* A text may be longer than memory, and is still too long then. */
    if (reader->kept <= SIZE_MAX / 2u) {
        reader->kept += len;
    }
}

/* Drops the value of the picked member, which counts as absent unless it was there before. */
static void drop(amp_reader_t *reader)
{
    amp_mask_t *mask = amp_value_mask(reader, reader->pick.base);
    mask->cut |= (uint32_t)1 << reader->pick.row & ~mask->present;
    reader->pick.field = NULL;
}

/* The picked member has a value that cannot be stored. An element of a list is not a member. */
static amp_status_t refuse(amp_reader_t *reader, amp_status_t status)
{
    const amp_field_t *field = reader->pick.field;
    if (!amp_row_is_lenient(reader, field) || top(reader)->is_array == AMP_EACH) {
        return fail(reader, status, field);
    }
    reader->need = 0;
    drop(reader);
    return AMP_PENDING;
}

/* Picks the row before level->next. */
static amp_status_t pick(amp_reader_t *reader, amp_level_t *level)
{
    const amp_mask_t *mask = amp_value_mask(reader, level->base);
    unsigned row = level->next - 1u;
    const amp_field_t *field = &level->schema->fields[row];
    reader->pick.field = field;
    reader->pick.base = level->base;
    reader->pick.row = (uint8_t)row;
    if (field->type == AMP_OBJECT || field->type == AMP_ARRAY) {
        level->next = amp_row_end(level->schema, row); /* its own rows are not expected out here */
    }
    return ((mask->present | mask->cut) >> row & 1u) != 0 ? refuse(reader, AMP_ERR_DUPLICATE) : AMP_PENDING;
}

size_t amp_level_expected(amp_reader_t *reader, const uint8_t *p, const uint8_t *end)
{
    if (reader->levels == 0) {
        return 0;
    }
    amp_level_t *level = top(reader);
    if (level->next == level->high) {
        return 0;
    }
    const amp_field_t *field = &level->schema->fields[level->next];
    size_t len = (size_t)field->length - level->prefix;
    if (len >= (size_t)(end - p) || p[len] != '"' || !amp_scan_same(field->path + level->prefix, p, len)) {
        return 0;
    }
    ++level->next;
    reader->status = (int16_t)pick(reader, level);
    return len + 1u;
}

static amp_status_t find(amp_reader_t *reader, const uint8_t *name, size_t len)
{
    amp_level_t *level = top(reader);
    if (amp_row_find(level, name, len) == NULL) {
        reader->pick.field = NULL;
        int is_closed = (level->schema->flags & AMP_CLOSED) != 0 && !level->is_array;
        return is_closed ? AMP_ERR_UNEXPECTED : AMP_PENDING;
    }
    return pick(reader, level);
}

amp_status_t amp_level_name(amp_reader_t *reader, const uint8_t *name, size_t len)
{
    if (reader->kept > 0) {
        amp_level_keep(reader, name, len);
        name = reader->window;
        len = reader->kept;
        reader->kept = 0;
    }
    return reader->levels > 0 ? find(reader, name, len) : AMP_PENDING;
}

/* The turn of an array's next element, which is picked by a name like any other. */
static amp_status_t next_element(amp_reader_t *reader)
{
    if (reader->levels == 0 || !top(reader)->is_array) {
        return AMP_PENDING;
    }
    amp_level_t *level = top(reader);
    if (level->is_array == AMP_EACH) {
        reader->pick.row = (uint8_t)(level->low - 1u);
        reader->pick.field = &level->schema->fields[reader->pick.row];
        reader->pick.base = level->base;
        return AMP_PENDING;
    }
    const uint8_t name[3] = {'[', (uint8_t)('0' + level->index), ']'};
    level->index = (uint8_t)(level->index + (level->index < 10u));
    return find(reader, name, sizeof name);
}

static int is_list(const amp_field_t *field)
{
    return field->type == AMP_ARRAY || field->type == AMP_EACH;
}

/* Goes into the container of the picked row, which has just opened. */
static amp_status_t enter_row(amp_reader_t *reader, int is_array)
{
    amp_level_t *level = &reader->level[reader->levels];
    const amp_field_t *field = reader->pick.field;
    unsigned row = reader->pick.row;
    int is_element = level[-1].is_array == AMP_EACH;
    if (field->type < AMP_OBJECT || (is_list(field) && !is_element) != is_array) {
        return refuse(reader, AMP_ERR_TYPE);
    }
    if (reader->levels == AMP_LEVELS) {
        return AMP_ERR_DEPTH;
    }
    *level = level[-1];
    amp_value_mask(reader, level->base)->present |= (uint32_t)1 << row;
    level->is_array = (uint8_t)is_array;
    if (field->type == AMP_EACH && is_element) {
        memset(amp_value_mask(reader, (uint16_t)(level->base + field->offset)), 0, field->size);
    }
    amp_row_enter(level, row, is_element);
    ++reader->levels;
    reader->json.watch = (uint8_t)(reader->json.depth + 1u);
    reader->pick.field = NULL;
    return next_element(reader);
}

/* A record begins: the outermost object, or one of a list. */
static void begin_record(amp_reader_t *reader)
{
    if (reader->dirty) {
        amp_level_clear(reader);
    }
    reader->dirty = 1;
    reader->levels = 1;
    memset(&reader->level[0], 0, sizeof reader->level[0]);
    reader->level[0].schema = reader->schema;
    reader->level[0].high = (uint8_t)reader->schema->count;
}

amp_status_t amp_level_open(amp_reader_t *reader, int is_array)
{
    if (reader->levels > 0) {
        return reader->pick.field != NULL ? enter_row(reader, is_array) : AMP_PENDING;
    }
    int is_outer = (reader->schema->flags & AMP_LIST) != 0 && reader->json.depth == 1u;
    reader->json.watch = (uint8_t)(reader->json.depth + 1u);
    if (is_array != is_outer) {
        return AMP_ERR_TYPE;
    }
    if (!is_outer) {
        begin_record(reader);
    }
    return AMP_PENDING;
}

/* A container that the table knows has closed. Returns AMP_ITEM when it was a whole record. */
static amp_status_t leave(amp_reader_t *reader)
{
    const amp_level_t *level = top(reader);
    const amp_field_t *missing = amp_row_missing(level, amp_value_mask(reader, level->base)->present);
    if (missing != NULL) {
        return fail(reader, AMP_ERR_MISSING, missing);
    }
    reader->json.watch = (uint8_t)(reader->json.depth + 1u);
    --reader->levels;
    int is_wrapped = (reader->schema->flags & AMP_WRAPPED) != 0;
    int is_record =
        is_wrapped ? reader->levels > 0 && top(reader)->is_array == AMP_EACH : reader->levels == 0;
    return is_record ? AMP_ITEM : AMP_PENDING;
}

amp_status_t amp_level_close(amp_reader_t *reader)
{
    amp_status_t status = AMP_PENDING;
    reader->complete = reader->json.depth == 0;
    if (reader->levels > 0 && reader->json.depth + 1u < reader->json.watch) {
        status = leave(reader);
        if (status < 0) {
            return status;
        }
    }
    amp_status_t next = next_element(reader);
    return next < 0 ? next : status;
}

/* null is an empty list where the table wants a list: programs in Go write one that was never made so. */
static amp_status_t null(amp_reader_t *reader)
{
    if (!is_list(reader->pick.field)) {
        drop(reader);
        return AMP_PENDING;
    }
    amp_status_t status = enter_row(reader, 1);
    return status == AMP_PENDING ? leave(reader) : status;
}

static int kind_fits(uint8_t type, uint8_t first)
{
    switch (type) {
    case AMP_INT:
        return first == '-' || first - (unsigned)'0' <= 9u;
    case AMP_BOOL:
        return first == 't' || first == 'f';
    default:
        return type < AMP_OBJECT && first == '"';
    }
}

/* The end of the picked row's value. */
static amp_status_t value(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    amp_status_t status = AMP_ERR_TYPE;
    if (*text == 'n' && top(reader)->is_array != AMP_EACH) {
        return null(reader);
    }
    if (kind_fits(reader->pick.field->type, *text)) {
        status = amp_value_store(reader, text, len);
    }
    return status < 0 ? refuse(reader, status) : status;
}

/* The end of the value that is the whole text, or an element of a list that should be an object. A whole null
 * stands for an empty list. Literals alone are kept here: a part of a text ends in a quote, one of a number
 * in a digit. */
static amp_status_t outer_scalar(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    reader->complete =
        reader->json.depth == 0 && len == 4u && text[3] == 'l' && (reader->schema->flags & AMP_LIST) != 0;
    return reader->complete ? AMP_PENDING : AMP_ERR_TYPE;
}

amp_status_t amp_level_scalar(amp_reader_t *reader, const uint8_t *text, size_t len)
{
    amp_status_t status = AMP_PENDING;
    if (reader->pick.field != NULL || reader->levels == 0) {
        /* A value that the window has no room for goes there even when it came in one piece: so it is cut at
         * the same byte in any pieces. */
        if (reader->kept > 0 || len > reader->room) {
            amp_level_keep(reader, text, len);
            text = reader->window;
            len = reader->kept;
        }
        status = reader->levels == 0 ? outer_scalar(reader, text, len) : value(reader, text, len);
        reader->pick.field = NULL;
    }
    reader->kept = 0;
    reader->saved = 0;
    return status == AMP_PENDING && reader->levels > 0 && top(reader)->is_array ? next_element(reader) : status;
}

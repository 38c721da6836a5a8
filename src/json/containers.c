/* SPDX-License-Identifier: MIT */
/* Decides which values of a JSON text are stored: follows the open containers through the schema table.
 *
 * Invariants
 * - level[0 .. levels-1] are the open containers that the table knows, outermost first. The automaton watches
 *   exactly these: json.watch == levels + 1, plus 1 in a list.
 * - `pick` is the row of the next value. A member's name or the next element of an array sets it. The end of
 *   the value, or the opening of its container, clears it.
 * - `kept` and `saved` belong to the current scalar. They are 0 between scalars and for a value that is not
 *   picked.
 * - A bit of mask.present is set when a value was accepted. A bit that is set only in mask.truncated means
 *   null, or a value that was dropped. Both say that the member was there, so a second one is noticed. */
#include "containers.h"

#include <string.h>

#include "name_lookup.h"

static amp_status_t fail(amp_reader_t *reader, amp_status_t status, const amp_field_t *field)
{
    reader->pick.field = field;
    return status;
}

void amp__level_clear(const amp_reader_t *reader)
{
    if (reader->schema != NULL) {
        memset(reader->out, 0, reader->schema->size);
    }
}

/* Drops the value of the picked member, which counts as absent unless it was there before. */
static amp_status_t drop(amp_reader_t *reader)
{
    amp_mask_t *mask = amp__level_mask(reader, reader->pick.base);
    mask->truncated |= (uint32_t)1 << reader->pick.row & ~mask->present;
    reader->pick.field = NULL;
    return AMP_PENDING;
}

amp_status_t amp__level_refuse(amp_reader_t *reader, amp_status_t status)
{
    const amp_field_t *field = reader->pick.field;
    if (!amp__row_is_lenient(reader, field) || amp__level_top(reader)->is_array == AMP_RECORDS) {
        return fail(reader, status, field);
    }
    return drop(reader);
}

amp_status_t amp__level_next_element(amp_reader_t *reader)
{
    if (reader->levels == 0 || !amp__level_top(reader)->is_array) {
        return AMP_PENDING;
    }
    amp_level_t *level = amp__level_top(reader);
    if (level->is_array == AMP_RECORDS) {
        reader->pick.row = (uint8_t)(level->low - 1u);
        reader->pick.field = &level->schema->fields[reader->pick.row];
        reader->pick.base = level->base;
        return AMP_PENDING;
    }
    const uint8_t name[3] = {'[', (uint8_t)('0' + level->index), ']'};
    level->index = (uint8_t)(level->index + (level->index < 10u));
    return amp__name_pick(reader, name, sizeof name);
}

static int is_list(const amp_field_t *field)
{
    return field->type == AMP_ARRAY || field->type == AMP_RECORDS;
}

/* Enters the container of the picked row, which has just opened. */
static amp_status_t enter_row(amp_reader_t *reader, int is_array)
{
    amp_level_t *level = &reader->level[reader->levels];
    const amp_field_t *field = reader->pick.field;
    unsigned row = reader->pick.row;
    int is_element = level[-1].is_array == AMP_RECORDS;
    if (field->type < AMP_OBJECT || (is_list(field) && !is_element) != is_array) {
        return amp__level_refuse(reader, AMP_ERR_TYPE);
    }
    if (reader->levels == AMP_LEVELS) {
        return AMP_ERR_DEPTH;
    }
    *level = level[-1];
    amp__level_mask(reader, level->base)->present |= (uint32_t)1 << row;
    level->is_array = (uint8_t)is_array;
    if (field->type == AMP_RECORDS && is_element) {
        memset(amp__level_mask(reader, (uint16_t)(level->base + field->offset)), 0, field->size);
    }
    amp__row_enter(level, row, is_element);
    ++reader->levels;
    reader->json.watch = (uint8_t)(reader->json.depth + 1u);
    reader->pick.field = NULL;
    return AMP_PENDING;
}

/* Begins a record: the outermost object, or one of a list. */
static void begin_record(amp_reader_t *reader)
{
    if (reader->dirty) {
        amp__level_clear(reader);
    }
    reader->dirty = 1;
    reader->levels = 1;
    memset(&reader->level[0], 0, sizeof reader->level[0]);
    reader->level[0].schema = reader->schema;
    reader->level[0].high = (uint8_t)reader->schema->count;
}

amp_status_t amp__level_open(amp_reader_t *reader, int is_array)
{
    if (reader->levels > 0) {
        unsigned levels = reader->levels;
        amp_status_t status = reader->pick.field != NULL ? enter_row(reader, is_array) : AMP_PENDING;
        int is_entered = status == AMP_PENDING && reader->levels > levels;
        return is_entered ? amp__level_next_element(reader) : status;
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

/* Leaves a container of the table. Returns AMP_ITEM if it was a whole record. */
static amp_status_t leave(amp_reader_t *reader)
{
    const amp_level_t *level = amp__level_top(reader);
    const amp_field_t *missing = amp__row_missing(level, amp__level_mask(reader, level->base)->present);
    if (missing != NULL) {
        return fail(reader, AMP_ERR_MISSING, missing);
    }
    reader->pick.field = NULL; /* of an array: the next element, which does not exist */
    reader->json.watch = (uint8_t)(reader->json.depth + 1u);
    --reader->levels;
    int is_wrapped = (reader->schema->flags & AMP_ENVELOPE) != 0;
    int is_record = is_wrapped ? reader->levels > 0 && amp__level_top(reader)->is_array == AMP_RECORDS
                               : reader->levels == 0;
    return is_record ? AMP_ITEM : AMP_PENDING;
}

amp_status_t amp__level_close(amp_reader_t *reader)
{
    amp_status_t status = AMP_PENDING;
    reader->complete = reader->json.depth == 0;
    if (reader->levels > 0 && reader->json.depth + 1u < reader->json.watch) {
        status = leave(reader);
        if (status < 0) {
            return status;
        }
    }
    amp_status_t next = amp__level_next_element(reader);
    return next < 0 ? next : status;
}

/* null in place of a list is an empty list: Go encodes a nil slice as null. */
amp_status_t amp__level_null(amp_reader_t *reader)
{
    if (!is_list(reader->pick.field)) {
        return drop(reader);
    }
    amp_status_t status = enter_row(reader, 1);
    return status == AMP_PENDING ? leave(reader) : status;
}

/* SPDX-License-Identifier: MIT */
#include "projection.h"

#include <string.h>

#include "record.h"
#include "rows.h"

/* How the parts move together:
 * - level[0 .. levels-1] are the open containers that the table knows, outermost first; the
 *   lexer watches exactly these: json.watch == levels, plus 1 inside a list.
 * - `pick` names a row between a name (or the turn of an array's element) that has one, and the
 *   end of its value or the opening of its container.
 * - The window holds `v,v,v,` with one v for each batch[0 .. batched-1], sink.start bytes, and
 *   behind it what has come of the value under way. It is stored and emptied when either is
 *   full, so a record may be much larger than its window; a single value may not.
 * - A bit of mask.present is set when the value was accepted, mask.cut alone when it was null:
 *   either says that the member was there, which is how a second one is noticed. */

/* A number in no more digits than this; also more than a time can be. */
#define AMP_SCALAR_LIMIT 40u

static amp_status_t fail(amp_reader_t *reader, amp_status_t status, const amp_field_t *field)
{
    reader->field = field->path;
    return status;
}

static amp_level_t *top(amp_reader_t *reader)
{
    return &reader->level[reader->levels - 1u];
}

void amp_projection_init(amp_reader_t *reader, void *window, size_t window_size)
{
    amp_json_init(&reader->json);
    reader->json.sink.ptr = window;
    /* Places in it are kept in 16 bits. */
    reader->json.sink.cap = (window_size < UINT16_MAX ? window_size : UINT16_MAX) - 3u;
}

amp_status_t amp_projection_store(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    size_t done = sink->start;
    amp_status_t status = amp_record_tokenize(reader);
    if (status == AMP_PENDING) {
        status = amp_record_store(reader);
    }
    reader->batched = 0;
    reader->passed = 0;
    sink->cap += reader->spared;
    reader->spared = 0;
    reader->json.escape_at -= done;
    sink->start = 0;
    sink->len -= done;
    memmove(sink->ptr, sink->ptr + done, sink->len);
    return status;
}

/* The window is full in mid-value: empties it of the values before; when there are none, a text
 * that describes is cut here, and for any other it is found out how much would have been needed. */
static amp_status_t make_room(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    if (reader->batched + reader->passed > 0) {
        return amp_projection_store(reader);
    }
    if (reader->pick.field->type == AMP_NAME && sink->decoded > 0) {
        amp_json_cut(&reader->json);
    } else {
        sink->counting = 1;
    }
    return AMP_PENDING;
}

amp_status_t amp_projection_select(amp_reader_t *reader, const char *name, size_t len)
{
    amp_level_t *level = top(reader);
    amp_json_t *json = &reader->json;
    const amp_field_t *field = amp_row_find(level, name, len);
    reader->pick.field = field;
    json->keep_next = AMP_KEEP_NOTHING;
    if (field == NULL) {
        int closed = (level->schema->flags & AMP_CLOSED) != 0 && !level->is_array;
        return closed ? AMP_ERR_UNEXPECTED : AMP_PENDING;
    }
    const amp_mask_t *mask = amp_projection_mask(reader, level->base);
    unsigned row = level->next - 1u;
    if (((mask->present | mask->cut) >> row & 1u) != 0) {
        return fail(reader, AMP_ERR_DUPLICATE, field);
    }
    reader->pick.base = level->base;
    reader->pick.row = (uint8_t)row;
    reader->pick.cut = 0;
    if (field->type < AMP_OBJECT) {
        json->keep_next = AMP_KEEP_VALUE;
        json->sink.decoded = 0;
        json->sink.limit = field->type > AMP_NAME ? AMP_SCALAR_LIMIT : field->size - 1u;
    }
    return AMP_PENDING;
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
    char name[3] = {'[', (char)('0' + level->index), ']'};
    level->index = (uint8_t)(level->index + (level->index < 10u));
    return amp_projection_select(reader, name, sizeof name);
}

static int kind_fits(uint8_t type, uint8_t kind)
{
    switch (type) {
    case AMP_INT:
        return kind == 0;
    case AMP_BOOL:
        return kind == 't' || kind == 'f';
    default:
        return type < AMP_OBJECT && kind == '"';
    }
}

static amp_status_t scalar(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    amp_pick_t *pick = &reader->pick;
    const amp_field_t *field = pick->field;
    amp_mask_t *mask = amp_projection_mask(reader, pick->base);
    uint32_t bit = (uint32_t)1 << pick->row;
    reader->json.keep_next = AMP_KEEP_NOTHING;
    if (reader->json.kind == 'n' && top(reader)->is_array != AMP_EACH) {
        pick->field = NULL;
        mask->cut |= bit;
        sink->len = sink->start;
        return AMP_PENDING;
    }
    if (!kind_fits(field->type, reader->json.kind)) {
        return fail(reader, AMP_ERR_TYPE, field);
    }
    if (sink->decoded > sink->limit) {
        if (field->type == AMP_ID) {
            reader->need = sink->decoded + 1u;
            return fail(reader, AMP_ERR_TOO_LONG, field);
        }
        if (field->type != AMP_NAME) {
            return fail(reader, AMP_ERR_VALUE, field);
        }
        mask->cut |= bit;
        pick->cut = 1;
    }
    if (sink->counting) {
        reader->need = sink->len + 2u;
        return fail(reader, AMP_ERR_WINDOW, field);
    }
    mask->present |= bit;
    reader->batch[reader->batched++] = *pick;
    pick->field = NULL;
    amp_sink_close(sink, ',');
    sink->start = sink->len;
    return reader->batched + reader->passed == AMP_BATCH || sink->len > sink->cap
               ? amp_projection_store(reader)
               : AMP_PENDING;
}

/* Goes into the record of a row, which has a table of its own. */
static void enter_record(amp_reader_t *reader, amp_level_t *level, const amp_field_t *field)
{
    level->schema = field->of;
    level->base = (uint16_t)(level->base + field->offset);
    level->prefix = 0;
    level->low = 0;
    level->high = (uint8_t)(level->schema->count < 32u ? level->schema->count : 32u);
    if (field->type == AMP_EACH) {
        memset(amp_projection_mask(reader, level->base), 0, field->size);
    }
}

static void enter_group(amp_level_t *level, const amp_field_t *field, unsigned row)
{
    level->prefix = (uint8_t)(field->length + !level->is_array);
    level->low = (uint8_t)(row + 1u);
    level->high = amp_row_group_end(level->schema, row, level->is_array ? '[' : '.');
}

/* Goes into the container of the picked row, which has just opened. */
static amp_status_t enter_row(amp_reader_t *reader, int is_array)
{
    amp_level_t *level = &reader->level[reader->levels];
    const amp_field_t *field = reader->pick.field;
    unsigned row = reader->pick.row;
    int is_element = level[-1].is_array == AMP_EACH;
    int wants_array = field->type == AMP_ARRAY || (field->type == AMP_EACH && !is_element);
    if (field->type < AMP_OBJECT || wants_array != is_array) {
        return fail(reader, AMP_ERR_TYPE, field);
    }
    if (reader->levels == AMP_LEVELS) {
        return AMP_ERR_DEPTH;
    }
    *level = level[-1];
    amp_projection_mask(reader, level->base)->present |= (uint32_t)1 << row;
    level->index = 0;
    level->is_array = (uint8_t)is_array;
    if (field->type == AMP_RECORD || is_element) {
        enter_record(reader, level, field);
    } else if (field->type == AMP_EACH) {
        level->is_array = AMP_EACH;
        level->low = (uint8_t)(row + 1u);
        level->high = level->low;
    } else {
        enter_group(level, field, row);
    }
    level->next = level->low;
    ++reader->levels;
    reader->json.watch = reader->json.depth;
    reader->pick.field = NULL;
    return next_element(reader);
}

static amp_status_t opened(amp_reader_t *reader, int is_array)
{
    const amp_schema_t *schema = reader->schema;
    amp_json_t *json = &reader->json;
    if (schema == NULL) {
        return AMP_PENDING;
    }
    if (reader->levels > 0) {
        return reader->pick.field != NULL ? enter_row(reader, is_array) : AMP_PENDING;
    }
    json->watch = json->depth;
    if ((schema->flags & AMP_LIST) != 0 && json->depth == 1u) {
        return is_array ? AMP_PENDING : AMP_ERR_TYPE;
    }
    if (is_array) {
        return AMP_ERR_TYPE;
    }
    amp_record_clear(reader);
    reader->levels = 1;
    reader->level[0].schema = schema;
    reader->level[0].high = (uint8_t)schema->count;
    return AMP_PENDING;
}

/* AMP_ERR_MISSING when a required row directly in this container was not there. */
static amp_status_t check_required(amp_reader_t *reader, const amp_level_t *level)
{
    uint32_t present = amp_projection_mask(reader, level->base)->present;
    for (unsigned row = level->low; row < level->high; ++row) {
        const amp_field_t *field = &level->schema->fields[row];
        if ((field->flags & AMP_REQUIRED) != 0 && (present >> row & 1u) == 0 &&
            amp_row_is_direct(field, level->prefix)) {
            return fail(reader, AMP_ERR_MISSING, field);
        }
    }
    return AMP_PENDING;
}

/* A container that the table knows has closed. AMP_ITEM when it was a whole record. */
static amp_status_t leave(amp_reader_t *reader)
{
    amp_status_t status = check_required(reader, top(reader));
    reader->json.watch = reader->json.depth;
    if (status != AMP_PENDING) {
        return status;
    }
    --reader->levels;
    int is_wrapped = (reader->schema->flags & AMP_WRAPPED) != 0;
    int is_record =
        is_wrapped ? reader->levels > 0 && top(reader)->is_array == AMP_EACH : reader->levels == 0;
    if (is_record || reader->levels == 0) {
        status = amp_projection_store(reader);
    }
    return status == AMP_PENDING && is_record ? AMP_ITEM : status;
}

static amp_status_t closed(amp_reader_t *reader)
{
    amp_status_t status = AMP_PENDING;
    reader->complete = reader->json.depth == 0;
    if (reader->levels > 0 && reader->json.depth < reader->json.watch) {
        status = leave(reader);
    }
    if (status >= 0) {
        amp_status_t next = next_element(reader);
        status = next < 0 ? next : status;
    }
    return status;
}

amp_status_t amp_projection_event(amp_reader_t *reader, amp_json_event_t event)
{
    amp_status_t status = AMP_PENDING;
    switch (event) {
    case AMP_JSON_KEY:
        return amp_projection_select(reader, reader->json.key, reader->json.key_len);
    case AMP_JSON_OBJECT:
    case AMP_JSON_ARRAY:
        return opened(reader, event == AMP_JSON_ARRAY);
    case AMP_JSON_CLOSE:
        return closed(reader);
    case AMP_JSON_VALUE:
        if (reader->levels == 0) {
            return reader->schema == NULL ? AMP_PENDING : AMP_ERR_TYPE;
        }
        if (reader->pick.field != NULL) {
            status = scalar(reader);
        }
        return status == AMP_PENDING ? next_element(reader) : status;
    case AMP_JSON_FULL:
        return make_room(reader);
    case AMP_JSON_TOO_DEEP:
        return AMP_ERR_DEPTH;
    case AMP_JSON_BAD:
        return AMP_ERR_JSON;
    default:
        return AMP_PENDING;
    }
}

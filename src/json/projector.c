/* SPDX-License-Identifier: MIT */
/* Selects the values that a schema table lists from the lexer's events, and reports whole records. */
#include "projector.h"

#include <string.h>

#include "schema_find.h"
#include "store.h"

/* Invariants:
 * - level[0 .. levels-1] are the open containers that the table knows, outermost first; the
 *   lexer watches exactly these: json.watch == levels, plus 1 inside a list.
 * - `pick` names a row between a name (or the turn of an array's element) that has one, and the
 *   end of its value or the opening of its container.
 * - The window holds `v,v,v,` with one v for each batch[0 .. batched-1], sink.start bytes, and
 *   after them the bytes of the current value so far. It is stored and emptied when either is
 *   full, so a record may be much larger than its window; a single value may not.
 * - A bit of mask.present is set when the value was accepted, mask.truncated alone when it was null or
 *   dropped: either says that the member was there, which is how a second one is noticed. */

/* Longest number or time, in bytes. */
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

/* Drops the value of the picked member. The member counts as absent unless it was there before. */
static void drop(amp_reader_t *reader)
{
    amp_json_t *json = &reader->json;
    amp_mask_t *mask = amp__projector_mask(reader, reader->pick.base);
    mask->truncated |= (uint32_t)1 << reader->pick.row & ~mask->present;
    json->keep_next = AMP_KEEP_NOTHING;
    json->sink.len = json->sink.start;
    json->sink.counting = 0;
    reader->pick.field = NULL;
}

/* The picked member has a value that cannot be stored. An element of a list is no member. */
static amp_status_t refuse(amp_reader_t *reader, amp_status_t status)
{
    const amp_field_t *field = reader->pick.field;
    if (!amp__row_is_lenient(reader, field) || top(reader)->is_array == AMP_RECORDS) {
        return fail(reader, status, field);
    }
    reader->need = 0;
    drop(reader);
    return AMP_PENDING;
}

void amp__projector_init(amp_reader_t *reader, void *window, size_t window_size)
{
    amp__lexer_init(&reader->json);
    reader->json.sink.ptr = window;
    /* Offsets into the window have 16 bits. */
    reader->json.sink.cap = (window_size < UINT16_MAX ? window_size : UINT16_MAX) - 3u;
}

amp_status_t amp__projector_store(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    size_t done = sink->start;
    amp_status_t status = amp__store_tokenize(reader);
    if (status == AMP_PENDING) {
        status = amp__store_store(reader);
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

/* The window is full within a value. Stores the earlier values. If there are none, truncates an
 * AMP_STRING_TRUNC; for any other value, only counts the bytes that the window would need. */
static amp_status_t make_room(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    if (reader->batched + reader->passed > 0) {
        return amp__projector_store(reader);
    }
    if (reader->pick.field->type == AMP_STRING_TRUNC && sink->decoded > 0) {
        amp__lexer_cut(&reader->json);
    } else {
        sink->counting = 1;
    }
    return AMP_PENDING;
}

amp_status_t amp__projector_select(amp_reader_t *reader, const char *name, size_t len)
{
    amp_level_t *level = top(reader);
    amp_json_t *json = &reader->json;
    const amp_field_t *field = amp__schema_find(level, name, len);
    reader->pick.field = field;
    json->keep_next = AMP_KEEP_NOTHING;
    if (field == NULL) {
        int closed = (level->schema->flags & AMP_NO_UNKNOWN) != 0 && !level->is_array;
        return closed ? AMP_ERR_UNEXPECTED : AMP_PENDING;
    }
    const amp_mask_t *mask = amp__projector_mask(reader, level->base);
    unsigned row = level->next - 1u;
    reader->pick.base = level->base;
    reader->pick.row = (uint8_t)row;
    reader->pick.cut = 0;
    if (((mask->present | mask->truncated) >> row & 1u) != 0) {
        return refuse(reader, AMP_ERR_DUPLICATE);
    }
    if (field->type < AMP_OBJECT) {
        json->keep_next = AMP_KEEP_VALUE;
        json->sink.decoded = 0;
        json->sink.limit = field->type > AMP_STRING_TRUNC ? AMP_SCALAR_LIMIT : field->size - 1u;
    }
    return AMP_PENDING;
}

/* Selects the row of an array's next element by its name, for example `[0]`. */
static amp_status_t next_element(amp_reader_t *reader)
{
    if (reader->levels == 0 || !top(reader)->is_array) {
        return AMP_PENDING;
    }
    amp_level_t *level = top(reader);
    if (level->is_array == AMP_RECORDS) {
        reader->pick.row = (uint8_t)(level->low - 1u);
        reader->pick.field = &level->schema->fields[reader->pick.row];
        reader->pick.base = level->base;
        return AMP_PENDING;
    }
    char name[3] = {'[', (char)('0' + level->index), ']'};
    level->index = (uint8_t)(level->index + (level->index < 10u));
    return amp__projector_select(reader, name, sizeof name);
}

static int is_list(const amp_field_t *field)
{
    return field->type == AMP_ARRAY || field->type == AMP_RECORDS;
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

/* Enters the container of the picked row, which has just opened. */
static amp_status_t enter_row(amp_reader_t *reader, int is_array)
{
    amp_level_t *level = &reader->level[reader->levels];
    const amp_field_t *field = reader->pick.field;
    unsigned row = reader->pick.row;
    int is_element = level[-1].is_array == AMP_RECORDS;
    if (field->type < AMP_OBJECT || (is_list(field) && !is_element) != is_array) {
        return refuse(reader, AMP_ERR_TYPE);
    }
    if (reader->levels == AMP_LEVELS) {
        return AMP_ERR_DEPTH;
    }
    *level = level[-1];
    amp__projector_mask(reader, level->base)->present |= (uint32_t)1 << row;
    level->is_array = (uint8_t)is_array;
    if (field->type == AMP_RECORDS && is_element) {
        memset(amp__projector_mask(reader, (uint16_t)(level->base + field->offset)), 0, field->size);
    }
    amp__row_enter(level, row, is_element);
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
    amp__store_clear(reader);
    reader->levels = 1;
    reader->level[0].schema = schema;
    reader->level[0].high = (uint8_t)schema->count;
    return AMP_PENDING;
}

/* Leaves a container of the table. Returns AMP_ITEM if it was a whole record. */
static amp_status_t leave(amp_reader_t *reader)
{
    const amp_level_t *level = top(reader);
    const amp_field_t *missing = amp__row_missing(level, amp__projector_mask(reader, level->base)->present);
    amp_status_t status = AMP_PENDING;
    reader->json.watch = reader->json.depth;
    if (missing != NULL) {
        return fail(reader, AMP_ERR_MISSING, missing);
    }
    --reader->levels;
    int is_wrapped = (reader->schema->flags & AMP_ENVELOPE) != 0;
    int is_record =
        is_wrapped ? reader->levels > 0 && top(reader)->is_array == AMP_RECORDS : reader->levels == 0;
    if (is_record || reader->levels == 0) {
        status = amp__projector_store(reader);
    }
    return status == AMP_PENDING && is_record ? AMP_ITEM : status;
}

/* Handles null. In place of a list it is an empty list: Go encodes a nil slice as null. */
static amp_status_t null(amp_reader_t *reader)
{
    if (!is_list(reader->pick.field)) {
        drop(reader);
        return AMP_PENDING;
    }
    amp_status_t status = enter_row(reader, 1);
    reader->pick.field = NULL;
    reader->json.keep_next = AMP_KEEP_NOTHING;
    return status == AMP_PENDING ? leave(reader) : status;
}

static amp_status_t scalar(amp_reader_t *reader)
{
    amp_sink_t *sink = &reader->json.sink;
    amp_pick_t *pick = &reader->pick;
    const amp_field_t *field = pick->field;
    amp_mask_t *mask = amp__projector_mask(reader, pick->base);
    uint32_t bit = (uint32_t)1 << pick->row;
    reader->json.keep_next = AMP_KEEP_NOTHING;
    if (reader->json.kind == 'n' && top(reader)->is_array != AMP_RECORDS) {
        return null(reader);
    }
    if (!kind_fits(field->type, reader->json.kind)) {
        return refuse(reader, AMP_ERR_TYPE);
    }
    if (sink->decoded > sink->limit) {
        if (field->type == AMP_STRING) {
            reader->need = sink->decoded + 1u;
            return refuse(reader, AMP_ERR_TOO_LONG);
        }
        if (field->type != AMP_STRING_TRUNC) {
            return refuse(reader, AMP_ERR_VALUE);
        }
    }
    if (sink->counting) {
        reader->need = sink->len + 2u;
        return refuse(reader, AMP_ERR_WINDOW);
    }
    if (sink->decoded > sink->limit) {
        mask->truncated |= bit;
        pick->cut = 1;
    }
    mask->present |= bit;
    reader->batch[reader->batched++] = *pick;
    pick->field = NULL;
    amp__sink_close(sink, ',');
    sink->start = sink->len;
    return reader->batched + reader->passed == AMP_BATCH || sink->len > sink->cap
               ? amp__projector_store(reader)
               : AMP_PENDING;
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

/* Returns 1 if the whole text is a null in place of a list. */
static int is_null_list(const amp_reader_t *reader)
{
    const amp_json_t *json = &reader->json;
    return reader->schema != NULL && (reader->schema->flags & AMP_LIST) != 0 && json->depth == 0 &&
           json->kind == 'n';
}

amp_status_t amp__projector_event(amp_reader_t *reader, amp_json_event_t event)
{
    amp_status_t status = AMP_PENDING;
    switch (event) {
    case AMP_JSON_KEY:
        return amp__projector_select(reader, reader->json.key, reader->json.key_len);
    case AMP_JSON_OBJECT:
    case AMP_JSON_ARRAY:
        return opened(reader, event == AMP_JSON_ARRAY);
    case AMP_JSON_CLOSE:
        return closed(reader);
    case AMP_JSON_VALUE:
        if (reader->levels == 0) {
            reader->complete = (uint8_t)is_null_list(reader);
            return reader->schema == NULL || reader->complete ? AMP_PENDING : AMP_ERR_TYPE;
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

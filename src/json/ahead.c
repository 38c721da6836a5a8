/* SPDX-License-Identifier: MIT */
/* Fast path through the members of a record (RFC 8259). Its results and errors are those of the lexer and
 * the projector, for every split of the text into pieces. Not in builds that optimize for size. */
#include "ahead.h"

#include <string.h>

#include "../base/scan.h"

#if !defined(__OPTIMIZE_SIZE__)

/* Stores a plain string or a time without the window. Returns 1, or 0 if that is not possible. */
static int store_plain(const amp_field_t *field, const uint8_t *text, size_t len, uint8_t *out)
{
    amp_str_t view = {(const char *)text, len};
    amp_time_t time;
    if (field->type <= AMP_STRING_TRUNC && len < field->size) {
        memcpy(out, text, len);
        out[len] = '\0';
        return 1;
    }
    if (field->type != AMP_TIME || field->size != sizeof time || amp_time_parse(view, &time) != 0) {
        return 0;
    }
    memcpy(out, &time, sizeof time);
    return 1;
}

/* Stores a plain string for the picked row without the window. The window and the batch still count the
 * value, so they are emptied at the same values for every split of the text: that decides which of two errors
 * is reported. Returns 1, or 0 if the lexer must read the value. */
static int take_plain(amp_reader_t *reader, const uint8_t *text, size_t len, amp_status_t *out_status)
{
    amp_sink_t *sink = &reader->json.sink;
    const amp_pick_t *pick = &reader->pick;
    const amp_field_t *field = pick->field;
    size_t left = sink->cap - sink->len;
    if (field->type > AMP_TIME || len > sink->limit || len + 2u > left) {
        return 0;
    }
    if (!store_plain(field, text, len, reader->out + pick->base + field->offset)) {
        return 0;
    }
    amp__projector_mask(reader, pick->base)->present |= (uint32_t)1 << pick->row;
    ++reader->passed;
    if (reader->batched + reader->passed == AMP_BATCH || len + 3u > left) {
        *out_status = amp__projector_store(reader);
        return 1;
    }
    reader->spared += len + 3u;
    sink->cap -= len + 3u;
    return 1;
}

/* Reads the whole member at *at, or only its name, or nothing. Example: `,"id":"a1"` is read as a whole. */
static amp_status_t take_member(amp_reader_t *reader, const uint8_t **at, const uint8_t *last)
{
    amp_json_t *json = &reader->json;
    const uint8_t *name = *at + (json->state == AMP_JSON_AFTER);
    const uint8_t *end = amp__scan_name(name, last);
    if (end == NULL || (json->state == AMP_JSON_AFTER && **at != ',')) {
        return AMP_PENDING;
    }
    *at = end + 2;
    json->state = AMP_JSON_BEFORE;
    amp_status_t status = amp__projector_select(reader, (const char *)name + 1, (size_t)(end - name) - 1u);
    if (status != AMP_PENDING || *at > last || **at != '"') {
        return status;
    }
    const uint8_t *text = *at + 1;
    end = amp__scan_words(text, last);
    if (*end == '"' &&
        (reader->pick.field == NULL || take_plain(reader, text, (size_t)(end - text), &status))) {
        *at = end + 1;
        json->state = AMP_JSON_AFTER;
    }
    return status;
}

amp_status_t amp__projector_ahead(amp_reader_t *reader, const uint8_t **at, const uint8_t *end)
{
    const amp_json_t *json = &reader->json;
    amp_status_t status = AMP_PENDING;
    const uint8_t *before;
    if (json->state > AMP_JSON_AFTER || !json->in_object || json->depth != json->watch ||
        end - *at < AMP_SCAN_MARGIN) {
        return AMP_PENDING;
    }
    const uint8_t *last = end - AMP_SCAN_MARGIN;
    do {
        before = *at;
        status = take_member(reader, at, last);
    } while (status == AMP_PENDING && json->state == AMP_JSON_AFTER && *at != before && *at <= last);
    return status;
}

#else
typedef int amp_ahead_is_not_for_small_builds;
#endif

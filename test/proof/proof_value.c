/* SPDX-License-Identifier: MIT */
/* Proves the store of a value: the token of a scalar goes to the place of its row, and to no other byte of
 * the record. A text is NUL-terminated. A value that is stored has a bit in the mask, one that is not stored
 * has an error or none. This holds for a scalar of up to TEXT bytes, any part of it in the window, and a row
 * of any type. jsmn is replaced by its contract. */
/* cbmc --unwind 6 --unwindset memcpy.0:10,main.0:10 */
/* deep -DTEXT=6u -DWINDOW=8u --unwind 10 */
#include "reader_invariant.h"

#include <string.h>

#include "token_contract.h"

/* In place of json/jsmn_wrap.h */
#define AMP_SRC_JSMN_WRAP_H

typedef struct {
    int start;
    int end;
} jsmntok_t;
typedef struct {
    int is_ready;
} jsmn_parser;

static void jsmn_init(jsmn_parser *parser)
{
    parser->is_ready = 1;
}

static int jsmn_parse(jsmn_parser *parser, const char *text, size_t len, jsmntok_t *tokens, unsigned count)
{
    int found;
    jsmntok_t any;
    prove(parser->is_ready == 1 && count == 1u && len > 0 && __CPROVER_r_ok(text, len));
    prove(token_may_begin((uint8_t)*text));
    *tokens = any;
    assume(found <= 1 && (found != 1 || token_is_in((const uint8_t *)text, len, any.start, any.end)));
    return found;
}

#include "json/jsmn_value.c"

#ifndef TEXT
#define TEXT 3u
#endif
#ifndef WINDOW
#define WINDOW 6u
#endif

typedef struct {
    amp_mask_t mask;
    char name[2];
    char label[2];
    uint8_t is_on;
    int32_t small;
    int64_t large;
    amp_time_t time;
} record_t;

enum { NAME_ROW, LABEL_ROW, SMALL_ROW, LARGE_ROW, ON_ROW, TIME_ROW, OBJECT_ROW, EMPTY_ROW, ROWS };

/* The table of an application may have a row of size 0, which amp_schema_check() refuses. */
static const amp_field_t fields[ROWS] = {
    [NAME_ROW] = AMP_FIELD("name", AMP_STRING, 0, record_t, name),
    [LABEL_ROW] = AMP_FIELD("label", AMP_STRING_TRUNC, 0, record_t, label),
    [SMALL_ROW] = AMP_FIELD("small", AMP_INT, 0, record_t, small),
    [LARGE_ROW] = AMP_FIELD("large", AMP_INT, 0, record_t, large),
    [ON_ROW] = AMP_FIELD("on", AMP_BOOL, 0, record_t, is_on),
    [TIME_ROW] = AMP_FIELD("time", AMP_TIME, 0, record_t, time),
    [OBJECT_ROW] = AMP_CONTAINER("object", AMP_OBJECT, 0),
    [EMPTY_ROW] = {"empty", NULL, 0, 0, AMP_INT, 0, 5},
};
static const amp_schema_t table = AMP_SCHEMA(record_t, fields, 0);

static record_t record;
static record_t before;
static amp_reader_t reader;
static uint8_t bytes[TEXT];
static uint8_t window[WINDOW];

/* Byte by byte, because the solver takes minutes for a copy of unknown length. */
void *memcpy(void *to, const void *from, size_t len)
{
    prove(len == 0 || (__CPROVER_r_ok(from, len) && __CPROVER_w_ok(to, len)));
    for (size_t i = 0; i < len; ++i) {
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    }
    return to;
}

void *memmove(void *to, const void *from, size_t len)
{
    uint8_t any[WINDOW];
    prove(to == window && len <= WINDOW && __CPROVER_r_ok(from, len));
    memcpy(to, any, sizeof any);
    return to;
}

/* proof_unescape.c proves these two. */
int amp__unescape(const uint8_t *raw, size_t len, char *out, size_t cap, int truncate)
{
    int result;
    prove(cap > 0 && (len == 0 || __CPROVER_r_ok(raw, len)));
    prove((truncate == 0 || truncate == 1) && (out == (char *)window || __CPROVER_w_ok(out, cap)));
    assume(result >= -1 && result < (int)cap && result <= (int)len);
    if (result >= 0 && out != (char *)window) {
        out[result] = '\0';
    }
    return result;
}

size_t amp__unescape_whole(const uint8_t *raw, size_t len)
{
    size_t whole;
    prove(raw == window && len > 0 && len < WINDOW && raw[0] == '"');
    assume(whole > 0 && whole <= len);
    return whole;
}

amp_status_t amp_time_parse(amp_str_t text, amp_time_t *out_time)
{
    amp_time_t any;
    _Bool is_time;
    prove(text.ptr == (const char *)window && text.len <= WINDOW - 2u);
    *out_time = any;
    return is_time ? AMP_OK : AMP_ERR_VALUE;
}

/* Drops the value or not, as containers.c does. */
amp_status_t amp__level_refuse(amp_reader_t *self, amp_status_t status)
{
    _Bool is_lenient;
    prove(self == &reader && self->pick.field != NULL && status < 0);
    if (is_lenient) {
        self->pick.field = NULL;
        return AMP_PENDING;
    }
    return status;
}

amp_status_t amp__level_null(amp_reader_t *self)
{
    prove(self == &reader && self->pick.field != NULL);
    self->pick.field = NULL;
    return AMP_PENDING;
}

amp_status_t amp__level_next_element(amp_reader_t *self)
{
    prove(self == &reader && self->kept == 0 && self->saved == 0 && self->pick.field == NULL);
    return AMP_PENDING;
}

/* What the automaton has checked: the form of the first and the last byte, and the size of the escapes. */
static int is_scalar(const uint8_t *text, size_t len)
{
    const size_t all = reader.kept + len;
    const uint8_t first = reader.kept > 0 ? window[0] : text[0];
    const int is_text = first == '"';
    const int kind = json_table.kind[first];
    if (is_text) {
        return all > 1u && (len == 0 || text[len - 1u] == '"') && reader.saved + 2u <= all;
    }
    return reader.saved == 0 && (kind == HYPHEN || kind == DIGIT_0 || kind == DIGIT || kind == LETTER);
}

static int is_same_but(unsigned row)
{
    const uint32_t others = ~((uint32_t)1 << row);
    return ((record.mask.present ^ before.mask.present) & others) == 0 &&
           ((record.mask.truncated ^ before.mask.truncated) & others) == 0 &&
           (row == NAME_ROW || memcmp(record.name, before.name, sizeof record.name) == 0) &&
           (row == LABEL_ROW || memcmp(record.label, before.label, sizeof record.label) == 0) &&
           (row == SMALL_ROW || record.small == before.small) &&
           (row == LARGE_ROW || record.large == before.large) &&
           (row == ON_ROW || record.is_on == before.is_on) && (row == TIME_ROW || record.time == before.time);
}

static int has_end(const char *text, size_t size)
{
    int has = 0;
    for (size_t i = 0; i < size; ++i) {
        has |= text[i] == '\0';
    }
    return has;
}

static amp_status_t end_value_of(unsigned row, const uint8_t *text, size_t len)
{
    _Bool is_element;
    /* One row is enough for the elements of a list. */
    if (row == NAME_ROW && is_element) {
        return amp__value_element_end(&reader, text, len);
    }
    return amp__value_end(&reader, text, len);
}

static void check(unsigned row, const uint8_t *text, size_t len)
{
    reader.pick.field = &fields[row];
    reader.pick.row = (uint8_t)row;
    record.mask.present &= ~((uint32_t)1 << row);
    before = record;
    amp_status_t status = end_value_of(row, text, len);
    if (row == TIME_ROW && status == AMP_END) {
        prove(reader.kept <= reader.room && reader.pick.field == &fields[row]);
        status = amp__value_time(&reader);
    }
    prove(status == AMP_PENDING || status < 0);
    prove(is_same_but(row));
    prove(status < 0 || (reader.pick.field == NULL && reader.kept == 0 && reader.saved == 0));
    if ((record.mask.present >> row & 1u) != 0) {
        prove(status == AMP_PENDING && row != OBJECT_ROW && row != EMPTY_ROW);
        prove(row != NAME_ROW || has_end(record.name, sizeof record.name));
        prove(row != LABEL_ROW || has_end(record.label, sizeof record.label));
        prove(row != ON_ROW || record.is_on <= 1u);
    }
}

int main(void)
{
    size_t len;
    unsigned any_row;
    set_any(bytes);
    set_any(window);
    set_any(record);
    set_any(reader);
    reader.schema = &table;
    reader.out = (uint8_t *)&record;
    reader.window = window;
    reader.room = WINDOW - 2u;
    reader.levels = 1;
    reader.level[0].schema = &table;
    reader.level[0].base = 0;
    reader.level[0].is_array = 0;
    reader.pick.base = 0;
    assume(len <= TEXT && reader.kept <= WINDOW && reader.kept + len > 0);
    const uint8_t *text = bytes + (TEXT - len);
    assume(is_scalar(text, len));
    /* Each row is a constant in its turn, which takes the solver much less time. */
    for (unsigned row = 0; row < ROWS; ++row) {
        if (row == any_row) {
            check(row, text, len);
        }
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Proves the choice of a row by a name. In a table of nested objects and arrays, the name of a member picks
 * exactly the row with its path, wherever the search begins in it. This holds for any name of 1 or 3 bytes,
 * as many as the names of its container have. A second value is refused. The row that a record lacks is the
 * first required one of its container. No byte outside of the name, the rows and the mask is read. */
/* cbmc --unwind 9 --unwindset memchr.0:4,end_of.0:6,amp__scan_same.0:5 */
/* cbmc src/json/name_lookup.c src/base/scan.c */
#include "proof.h"

#include <string.h>

#include "json/containers.h"
#include "json/jsmn_value.h"
#include "json/name_lookup.h"

#define NAME 3u
#define ROWS 7u

typedef struct {
    amp_mask_t mask;
    int32_t numbers[ROWS];
} record_t;

/* "b.c" is a member's name, too: no row has it. */
static const amp_field_t fields[ROWS] = {
    AMP_FIELD("a", AMP_INT, AMP_REQUIRED, record_t, numbers[0]),
    AMP_CONTAINER("b", AMP_OBJECT, 0),
    AMP_FIELD("b.c", AMP_INT, AMP_REQUIRED, record_t, numbers[2]),
    AMP_CONTAINER("b.d", AMP_ARRAY, 0),
    AMP_FIELD("b.d[0]", AMP_INT, AMP_REQUIRED, record_t, numbers[4]),
    AMP_FIELD("b.e", AMP_INT, 0, record_t, numbers[5]),
    AMP_FIELD("abc", AMP_INT, AMP_REQUIRED, record_t, numbers[6]),
};

/* The containers: their first row, the row after the last one, and the names of their rows. */
static const struct {
    uint8_t low;
    uint8_t high;
    uint8_t prefix;
    const char *names[ROWS];
} containers[] = {
    {0, 7, 0, {"a", "b", NULL, NULL, NULL, NULL, "abc"}},
    {2, 6, 2, {NULL, NULL, "c", "d", NULL, "e", NULL}},
    {4, 5, 3, {NULL, NULL, NULL, NULL, "[0]", NULL, NULL}},
};

static record_t record;
static uint8_t name[NAME];
static amp_reader_t reader;
static amp_schema_t table = AMP_SCHEMA(record_t, fields, 0);

void amp__value_keep(amp_reader_t *self, const uint8_t *text, size_t len)
{
    (void)self;
    (void)text;
    (void)len;
    prove(0); /* no part of the name is in the window */
}

amp_status_t amp__level_refuse(amp_reader_t *self, amp_status_t status)
{
    prove(self == &reader && self->pick.field != NULL);
    return status;
}

static int has_name(const char *row, const uint8_t *bytes, size_t len)
{
    int is_same = row != NULL;
    for (size_t i = 0; is_same && i < len; ++i) {
        is_same = row[i] != '\0' && row[i] == (char)bytes[i];
    }
    return is_same && row[len] == '\0';
}

static void check_pick(unsigned which, size_t len)
{
    amp_level_t *level = &reader.level[0];
    const uint8_t *bytes = name + (NAME - len);
    unsigned row = ROWS;
    for (unsigned i = 0; i < ROWS; ++i) {
        row = has_name(containers[which].names[i], bytes, len) ? i : row;
    }
    const amp_status_t status = amp__name_pick(&reader, bytes, len);
    prove(reader.pick.field == (row < ROWS ? &fields[row] : NULL));
    if (row == ROWS) {
        prove(status ==
              ((table.flags & AMP_NO_UNKNOWN) != 0 && !level->is_array ? AMP_ERR_UNEXPECTED : AMP_PENDING));
        return;
    }
    const int is_second = ((record.mask.present | record.mask.truncated) >> row & 1u) != 0;
    prove(status == (is_second ? AMP_ERR_DUPLICATE : AMP_PENDING));
    prove(reader.pick.row == row && reader.pick.base == 0);
    prove(level->next == (row == 1u ? 6u : row == 3u ? 5u : row + 1u));
}

static void check_missing(unsigned which)
{
    const amp_field_t *missing = NULL;
    for (unsigned i = ROWS; i-- > 0;) {
        if (containers[which].names[i] != NULL && (fields[i].flags & AMP_REQUIRED) != 0 &&
            (record.mask.present >> i & 1u) == 0) {
            missing = &fields[i];
        }
    }
    prove(amp__row_missing(&reader.level[0], record.mask.present) == missing);
}

static void check(unsigned which, uint8_t next, size_t len)
{
    amp_level_t *level = &reader.level[0];
    level->schema = &table;
    level->low = containers[which].low;
    level->high = containers[which].high;
    level->prefix = containers[which].prefix;
    level->is_array = which == 2u;
    level->next = next;
    check_pick(which, len);
    if (len != 2u && next == level->low) {
        check_missing(which);
    }
}

int main(void)
{
    unsigned any_container;
    size_t any_len;
    uint8_t any_next;
    unsigned flags;
    set_any(name);
    set_any(record);
    table.flags = flags & AMP_NO_UNKNOWN;
    reader.schema = &table;
    reader.out = (uint8_t *)&record;
    reader.levels = 1;
    /* Each of these is a constant in its turn, which takes the solver much less time. */
    for (unsigned which = 0; which < 3u; ++which) {
        for (uint8_t next = containers[which].low; next <= containers[which].high; ++next) {
            for (size_t len = 0; len <= NAME; ++len) {
                const int is_place = next == containers[which].high || containers[which].names[next] != NULL;
                const int is_length = which == 0 ? len % 2u != 0 : len == (which == 1u ? 1u : 3u);
                if (is_place && is_length && which == any_container && next == any_next && len == any_len) {
                    check(which, next, len);
                }
            }
        }
    }
    return 0;
}

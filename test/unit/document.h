/* SPDX-License-Identifier: MIT */
/* Writes JSON with every member of a schema table, complete or with one change. Checks the record that was
 * read from it. Each value is derived from the number of its row, so all values differ. */
#ifndef AMP_TEST_DOCUMENT_H
#define AMP_TEST_DOCUMENT_H

#include "pieces.h"

#include "ampersand/records.h"

typedef enum { KEPT, LEFT_OUT, REPLACED, TWICE, TWICE_ESCAPED } change_t;

typedef struct {
    const amp_schema_t *of; /* the table of the row that is changed */
    int row;
    change_t change;
    const char *value; /* the replacement for REPLACED */
    const char *noise; /* members, each with a comma after it, inserted before every member */
    char text[32768];
    size_t len;
} document_t;

static inline void document_put(document_t *d, const char *text)
{
    size_t len = strlen(text);
    assert_true(d->len + len < sizeof d->text);
    memcpy(d->text + d->len, text, len + 1);
    d->len += len;
}

static inline const char *document_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL ? dot + 1 : path;
}

static inline int document_is_element(const amp_field_t *field)
{
    return field->path[strlen(field->path) - 1] == ']';
}

static inline unsigned document_end(const amp_schema_t *schema, unsigned row)
{
    size_t len = strlen(schema->fields[row].path);
    unsigned end = row + 1;
    while (end < schema->count && strncmp(schema->fields[end].path, schema->fields[row].path, len) == 0 &&
           strchr(".[", schema->fields[end].path[len]) != NULL) {
        ++end;
    }
    return end;
}

static inline amp_time_t document_time(unsigned row)
{
    return (amp_time_t)(1577836800 + row) * 1000000;
}

static inline void document_rows(document_t *d, const amp_schema_t *schema, unsigned low, unsigned high);

static inline void document_value(document_t *d, const amp_schema_t *schema, unsigned row)
{
    char text[64];
    const amp_field_t *field = &schema->fields[row];
    int is_array = field->type == AMP_ARRAY;
    switch (field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        snprintf(text, sizeof text, "\"v%u-%u\"", (unsigned)schema->count, row);
        break;
    case AMP_INT:
        snprintf(text, sizeof text, "%u", 1000 + row);
        break;
    case AMP_BOOL:
        snprintf(text, sizeof text, "true");
        break;
    case AMP_TIME:
        snprintf(text, sizeof text, "\"2020-01-01T00:00:%02uZ\"", row);
        break;
    default:
        document_put(d, is_array ? "[" : "{");
        if (field->type == AMP_RECORD) {
            document_rows(d, field->of, 0, field->of->count);
        } else {
            document_rows(d, schema, row + 1, document_end(schema, row));
        }
        document_put(d, is_array ? "]" : "}");
        return;
    }
    document_put(d, text);
}

static inline void document_member(document_t *d, const amp_schema_t *schema, unsigned row, int escaped,
                                   const char *value)
{
    char name[8];
    const char *plain = document_name(schema->fields[row].path);
    if (!document_is_element(&schema->fields[row])) {
        snprintf(name, sizeof name, escaped ? "\\u%04x" : "%c", (unsigned)(uint8_t)plain[0]);
        document_put(d, "\"");
        document_put(d, name);
        document_put(d, plain + 1);
        document_put(d, "\":");
    }
    if (value != NULL) {
        document_put(d, value);
    } else {
        document_value(d, schema, row);
    }
}

static inline void document_rows(document_t *d, const amp_schema_t *schema, unsigned low, unsigned high)
{
    const char *comma = "";
    for (unsigned row = low; row < high; row = document_end(schema, row)) {
        change_t change = d->of == schema && d->row == (int)row ? d->change : KEPT;
        if (change == LEFT_OUT) {
            continue;
        }
        document_put(d, comma);
        if (d->noise != NULL && !document_is_element(&schema->fields[row])) {
            document_put(d, d->noise);
        }
        document_member(d, schema, row, 0, change == REPLACED ? d->value : NULL);
        if (change == TWICE || change == TWICE_ESCAPED) {
            document_put(d, ",");
            document_member(d, schema, row, change == TWICE_ESCAPED, NULL);
        }
        comma = ",";
    }
}

/* The text is in d->text until the next call. */
static inline void document_write(document_t *d, const amp_schema_t *schema)
{
    d->len = 0;
    document_put(d, "{");
    document_rows(d, schema, 0, schema->count);
    document_put(d, "}");
}

static inline void document_check_value(const amp_field_t *field, unsigned count, unsigned row,
                                        const uint8_t *at)
{
    char expected[64];
    int32_t number;
    amp_time_t time;
    switch (field->type) {
    case AMP_STRING:
    case AMP_STRING_TRUNC:
        snprintf(expected, sizeof expected, "v%u-%u", count, row);
        assert_string_equal((const char *)at, expected);
        break;
    case AMP_INT:
        memcpy(&number, at, sizeof number);
        assert_int_equal(number, 1000 + row);
        break;
    case AMP_BOOL:
        assert_int_equal(*at, 1);
        break;
    case AMP_TIME:
        memcpy(&time, at, sizeof time);
        assert_int_equal(time, document_time(row));
        break;
    default:
        break;
    }
}

static inline int document_is_below(const amp_field_t *field, const amp_field_t *above)
{
    size_t len = strlen(above->path);
    return strncmp(field->path, above->path, len) == 0 && strchr(".[", field->path[len]) != NULL;
}

/* Checks all rows and their values. `missing` and the rows that it contains must be zero. */
static inline void document_check(const amp_schema_t *schema, const uint8_t *record, const amp_schema_t *of,
                                  int missing, uint32_t nulls)
{
    amp_mask_t mask;
    memcpy(&mask, record, sizeof mask);
    for (unsigned row = 0; row < schema->count; ++row) {
        const amp_field_t *field = &schema->fields[row];
        const amp_field_t *left_out = of == schema && missing >= 0 ? &of->fields[missing] : NULL;
        int expected = left_out == NULL || (field != left_out && !document_is_below(field, left_out));
        assert_int_equal(mask.present >> row & 1u, expected);
        if (!expected) {
            for (unsigned i = 0; i < field->size; ++i) {
                assert_int_equal(record[field->offset + i], 0);
            }
        } else if (field->type == AMP_RECORD) {
            document_check(field->of, record + field->offset, of, missing, nulls);
        } else {
            document_check_value(field, schema->count, row, record + field->offset);
        }
    }
    assert_int_equal(mask.truncated, of == schema ? nulls : 0);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Asks the reader whether a text is JSON. Tests the text in every place that the reader treats differently:
 * as the whole text, where nothing is watched, and as the value of a member. The table wants that member as a
 * text, an object or an array, so all of the value is watched. The tables are lenient, so that a value of
 * another type is no error. */
#ifndef AMP_TEST_LEXING_H
#define AMP_TEST_LEXING_H

#include "reading.h"

typedef struct {
    amp_mask_t mask;
    char text[24];
    char inner[8];
    int64_t number;
} lexed_t;

static const amp_field_t lexed_text[] = {AMP_FIELD("v", AMP_STRING_TRUNC, 0, lexed_t, text)};
static const amp_field_t lexed_number[] = {AMP_FIELD("v", AMP_INT, 0, lexed_t, number)};
static const amp_field_t lexed_object[] = {
    AMP_CONTAINER("v", AMP_OBJECT, 0),   AMP_FIELD("v.a", AMP_STRING_TRUNC, 0, lexed_t, text),
    AMP_CONTAINER("v.u", AMP_OBJECT, 0), AMP_FIELD("v.u.a", AMP_STRING, 0, lexed_t, inner),
    AMP_CONTAINER("v.c", AMP_ARRAY, 0),  AMP_FIELD("v.c[0]", AMP_INT, 0, lexed_t, number),
};
static const amp_field_t lexed_array[] = {
    AMP_CONTAINER("v", AMP_ARRAY, 0),
    AMP_CONTAINER("v[0]", AMP_OBJECT, 0),
    AMP_FIELD("v[0].a", AMP_INT, 0, lexed_t, number),
    AMP_FIELD("v[1]", AMP_STRING_TRUNC, 0, lexed_t, text),
};
static const amp_schema_t lexed_schemas[] = {
    AMP_SCHEMA(lexed_t, lexed_text, AMP_LENIENT),
    AMP_SCHEMA(lexed_t, lexed_number, AMP_LENIENT),
    AMP_SCHEMA(lexed_t, lexed_object, AMP_LENIENT),
    AMP_SCHEMA(lexed_t, lexed_array, AMP_LENIENT),
};

/* Places of a text. */
#define LEXED_ALONE 0u
#define LEXED_PLACES 5u

/* Writes the text into its place. Returns the length. */
static inline size_t lexed_put(unsigned place, const void *text, size_t len, char *out, size_t size)
{
    static const char head[] = "{\"v\":";
    size_t before = place == LEXED_ALONE ? 0 : sizeof head - 1u;
    assert_true(before + len + 1u < size);
    memcpy(out, head, before);
    memcpy(out + before, text, len);
    if (place != LEXED_ALONE) {
        out[before + len++] = '}';
    }
    return before + len;
}

static inline const amp_schema_t *lexed_schema(unsigned place)
{
    return place == LEXED_ALONE ? NULL : &lexed_schemas[place - 1u];
}

/* Returns the status when the text is read in one piece. */
static inline amp_status_t lex_once(unsigned place, const void *text, size_t len)
{
    static char put[4096];
    size_t size = lexed_put(place, text, len, put, sizeof put);
    return read_once(lexed_schema(place), 64, put, size)->status;
}

/* Returns the status when the text is read in any pieces. */
static inline amp_status_t lex(unsigned place, const void *text, size_t len)
{
    static char put[4096];
    size_t size = lexed_put(place, text, len, put, sizeof put);
    return read_bytes(lexed_schema(place), 64, put, size)->status;
}

#endif

/* SPDX-License-Identifier: MIT */
/* What a client and a reader are made of. Visible so that sizeof works and so that they can
 * stand in static memory; the members are private and change without notice. */
#ifndef AMPERSAND_STATE_H
#define AMPERSAND_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "schema.h"
#include "text.h"

#define AMP_KEY_SIZE 32u   /* longest member name a table can want, and its NUL */
#define AMP_LEVELS 5u      /* the root and 4 below it */
#define AMP_NOTE_SIZE 64u  /* see amp_info_t */

/* Within a character of UTF-8. */
typedef struct {
    uint8_t left;     /* bytes to come */
    uint8_t quarters; /* of 80 to bf, a bit for each that the next one may be in */
} amp_utf8_t;

typedef struct {
    const amp_schema_t *schema;
    uint8_t low; /* rows of this container's members: [low, high) */
    uint8_t high;
    uint8_t next;     /* the row after the last one found: members tend to come in this order */
    uint8_t prefix;   /* length of their common path */
    uint8_t is_array; /* rows are picked by `index`; AMP_EACH: each element is row low - 1's */
    uint8_t index;    /* of the element to come, 10 for all after the tenth */
    uint16_t base;    /* offset of the record that the rows belong to */
} amp_level_t;

/* The row that the value to come is for. */
typedef struct {
    const amp_field_t *field; /* NULL: the value is not wanted */
    uint16_t base;            /* as in amp_level_t */
    uint8_t row;
} amp_pick_t;

/* The automaton that reads JSON. src/json_automaton.c says how the members move together. */
typedef struct {
    uint8_t state;
    uint8_t part;  /* of a string: what of it is in progress */
    uint8_t place; /* in a literal; digits of an escape to come */
    uint8_t depth;
    uint8_t watch; /* containers from this depth on are not wanted */
    amp_utf8_t utf8;
    uint16_t unit; /* of a \uXXXX, as far as its digits have come */
    uint8_t stack[AMP_JSON_DEPTH / 8u]; /* a bit for each open container: 1 for an object */
} amp_json_t;

/* A JSON text on its way to records: src/json_levels.c. */
typedef struct {
    amp_json_t json; /* the first member */
    uint8_t levels;
    uint8_t dirty;    /* *out may hold a record */
    uint8_t complete; /* the outermost object or array has closed */
    int16_t status;   /* sticky */
    uint16_t room;    /* bytes of the window that a value may take */
    const amp_schema_t *schema; /* NULL: only checks the text */
    uint8_t *out;
    const char *field; /* of an error, a path of the table */
    size_t need;       /* of an error, bytes */
    uint8_t *window;
    size_t kept;  /* bytes of the scalar in progress that were kept in the window, or would have been */
    size_t saved; /* bytes by which that value gets shorter when it is unescaped */
    amp_pick_t pick;
    amp_level_t level[AMP_LEVELS];
} amp_reader_t;

#endif

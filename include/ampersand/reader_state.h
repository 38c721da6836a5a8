/* SPDX-License-Identifier: MIT */
/* The state of a JSON reader. Visible so that sizeof works and a reader can be in static memory. The members
 * are private and change without notice. */
#ifndef AMPERSAND_READER_STATE_H
#define AMPERSAND_READER_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "schema.h"
#include "text.h"

#define AMP_KEY_SIZE 32u /* longest member name in a table, with its NUL */
#define AMP_LEVELS 5u    /* the root and 4 below it */

typedef struct {
    const amp_schema_t *schema;
    uint8_t low; /* rows of this container's members: [low, high) */
    uint8_t high;
    uint8_t next;     /* the row after the last one found: members tend to come in this order */
    uint8_t prefix;   /* length of their common path */
    uint8_t is_array; /* rows are picked by `index`; AMP_RECORDS: each element is row low - 1's */
    uint8_t index;    /* of the element to come, 10 for all after the tenth */
    uint16_t base;    /* offset of the record that the rows belong to */
} amp_level_t;

/* The row of the next value. */
typedef struct {
    const amp_field_t *field; /* NULL: the value is dropped */
    uint16_t base;            /* as in amp_level_t */
    uint8_t row;
} amp_pick_t;

/* The automaton that reads JSON. src/json/automaton.c explains how the members depend on each other. */
typedef struct {
    size_t offset;     /* bytes of the text that were read */
    size_t lines;      /* line feeds among them */
    size_t line_start; /* offset of the current line */
    uint8_t state;
    uint8_t part;  /* of a string: the part of a character that is in progress */
    uint8_t place; /* in a literal; remaining digits of an escape */
    uint8_t depth;
    uint8_t watch; /* containers from this depth on are not reported */
    amp_utf8_t utf8;
    uint16_t unit;                      /* a \uXXXX, as far as its digits were read */
    uint8_t stack[AMP_JSON_DEPTH / 8u]; /* a bit for each open container: 1 for an object */
} amp_json_t;

/* A JSON text and the records in it: src/json/containers.c. */
typedef struct {
    amp_json_t json; /* the first member */
    uint8_t levels;
    uint8_t dirty;              /* *out may have a record */
    uint8_t complete;           /* the outermost object or array has closed */
    int16_t status;             /* sticky */
    uint16_t room;              /* bytes of the window that a value may take */
    const amp_schema_t *schema; /* NULL: only checks the text */
    uint8_t *out;
    uint8_t *window;
    size_t kept;     /* bytes of the current scalar that are in the window, or would be if it were larger */
    size_t saved;    /* bytes by which unescaping makes the current value shorter; after an error,
                        amp_reader_need */
    amp_pick_t pick; /* after an error, its row is amp_reader_field */
    amp_level_t level[AMP_LEVELS];
} amp_reader_t;

#endif

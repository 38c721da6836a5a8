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
#define AMP_BATCH 8u     /* values tokenized at a time */

/* Values as they are kept from a JSON text: raw, with their escapes. */
typedef struct {
    uint8_t *ptr;
    size_t cap;     /* three bytes less than there are: a quote and a comma always fit */
    size_t len;     /* kept, or needed once it only counts */
    size_t start;   /* where the values before the current one end */
    size_t decoded; /* bytes of the current value when unescaped */
    size_t limit;   /* decoded bytes wanted of it; the rest is dropped */
    uint8_t counting;
} amp_sink_t;

/* The JSON lexer. */
typedef struct {
    uint8_t depth;
    uint8_t watch; /* containers deeper than this make no events */
    uint8_t state;
    uint8_t in_object; /* the container that is open now is one; stale at depth 0 */
    uint8_t is_key;    /* the current scalar is a member's name */
    uint8_t keep;      /* AMP_KEEP_...: for the current scalar */
    uint8_t keep_next; /* AMP_KEEP_...: for the next value */
    uint8_t kind;      /* the first character of the last scalar value, 0 for a number */
    amp_utf8_t utf8;
    uint8_t word_at; /* in the list of words */
    uint8_t key_len; /* AMP_KEY_SIZE: too long to be wanted */
    uint32_t unit;   /* \uXXXX so far, after a leading 1 */
    size_t escape_at;
    amp_sink_t sink;
    uint8_t stack[AMP_JSON_DEPTH / 8u]; /* a bit for each open container: 1 for an object */
    char key[AMP_KEY_SIZE];
} amp_json_t;

typedef struct {
    const amp_schema_t *schema;
    uint8_t low; /* rows of this container's members: [low, high) */
    uint8_t high;
    uint8_t next;     /* the row after the last one found: members tend to come in this order */
    uint8_t prefix;   /* length of their common path */
    uint8_t is_array; /* rows are picked by `index`; AMP_RECORDS: each element is row low - 1's */
    uint8_t index;    /* of the next element; 10 after the tenth */
    uint16_t base;    /* offset of the record that the rows belong to */
} amp_level_t;

/* A value and its place. */
typedef struct {
    const amp_field_t *field;
    uint16_t base; /* as in amp_level_t */
    uint8_t row;
    uint8_t cut;
    uint16_t start; /* in the window, once that has its tokens: [start, end) */
    uint16_t end;
} amp_pick_t;

/* Text to records: projection, then jsmn, then the struct. */
typedef struct {
    amp_json_t json;
    const amp_schema_t *schema; /* NULL: only checks the text */
    uint8_t *out;
    const char *field; /* of an error, a path of the table */
    size_t need;       /* of an error, bytes */
    int16_t status;    /* sticky */
    uint8_t levels;
    uint8_t batched;
    uint8_t passed;   /* values since the last store that did not need the window, */
    uint8_t complete; /* the outermost object or array has closed */
    size_t spared;    /* and the room that is kept from the window as if they were in it */
    amp_pick_t pick;  /* row of the next value; its field is NULL when the value is dropped */
    amp_level_t level[AMP_LEVELS];
    amp_pick_t batch[AMP_BATCH];
} amp_reader_t;

#endif

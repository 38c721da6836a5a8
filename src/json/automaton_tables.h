/* SPDX-License-Identifier: MIT */
/* The grammar of RFC 8259 as a table: for each state between two bytes and each kind of byte, the next state
 * or an action. Bytes inside strings and literals are not in the table; string_bytes.c reads them.
 *
 *      value ──> in a scalar ──> after a value ──,──> value or name        RFC 8259:
 *        │ [ {                        │ ] }                                section 2: structure, 3: literals,
 *        └──> first of a container ───┴──> after a value                   4: objects, 5: arrays, 6: numbers
 *
 *      -  ──> 0 or 1-9, digits ──> . digits ──> e, sign, digits            A number ends before the first
 * byte that is not part of it. */
#ifndef AMP_SRC_AUTOMATON_TABLES_H
#define AMP_SRC_AUTOMATON_TABLES_H

#include <stdint.h>

/* The states, and the entries of the table. */
enum {
    BAD, /* the byte is not JSON here; in a state where a number may end, it is not part of the number */

    /* States between scalars: rows of the table. The comment names what may follow. */
    VALUE,         /* a value */
    ELEMENT,       /* the first value of an array, or its end */
    MEMBER,        /* the first name of an object, or its end */
    NAME,          /* a name */
    COLON,         /* a colon */
    AFTER_ELEMENT, /* a comma, or the end of the array */
    AFTER_MEMBER,  /* a comma, or the end of the object */
    DONE,          /* only white space */

    /* States inside a number: rows of the table. A number cannot end in the first four and can end in the
       others. */
    MINUS,
    POINT,
    E,
    E_SIGN,
    ZERO,
    INTEGER,
    FRACTION,
    EXPONENT,

    /* States inside a string or a literal: no rows. */
    IN_NAME,
    IN_TEXT,
    IN_LITERAL,

    /* Actions, which are below 0: the byte is read by the code of the action. */
    SPACES = -6, /* white space: the state stays */
    BEGIN_NAME,
    BEGIN_TEXT,
    BEGIN_LITERAL,
    OPEN,
    CLOSE,

    LAST_ROW = EXPONENT,
    FIRST_END = ZERO /* the first state where a number may end */
};

/* Kinds of bytes. A kind is a multiple of 16, so the index of a pair is a sum. */
enum {
    OTHER = 0x00,
    SPACE = 0x10, /* blank, tab, line feed, carriage return */
    COMMA = 0x20,
    DOTS = 0x30, /* : */
    QUOTE = 0x40,
    OPENS = 0x50, /* [ { */
    ENDS_ARRAY = 0x60,
    ENDS_OBJECT = 0x70,
    DIGIT_0 = 0x80,
    DIGIT = 0x90, /* 1 to 9 */
    HYPHEN = 0xa0,
    PLUS = 0xb0,
    DOT = 0xc0,
    LETTER_E = 0xd0, /* e E */
    LETTER = 0xe0    /* t f n, which begin a literal */
};

#define PAIR(state, kind) ((state)-1 + (kind))

/* Entries that several states share. */
#define SPACES_IN(state) [PAIR(state, SPACE)] = SPACES
#define ANY_DIGIT(state, next_state)                                                                         \
    [PAIR(state, DIGIT_0)] = (next_state), [PAIR(state, DIGIT)] = (next_state)
#define ANY_VALUE(state)                                                                                     \
    [PAIR(state, QUOTE)] = BEGIN_TEXT, [PAIR(state, OPENS)] = OPEN, [PAIR(state, LETTER)] = BEGIN_LITERAL,   \
                 [PAIR(state, HYPHEN)] = MINUS, [PAIR(state, DIGIT_0)] = ZERO,                               \
                 [PAIR(state, DIGIT)] = INTEGER

/* A byte that is not mentioned is OTHER; a pair that is not mentioned is BAD. */
static const struct {
    uint8_t kind[256];
    int8_t next[PAIR(LAST_ROW, LETTER) + 1];
} json_table = {
    .kind = {[' '] = SPACE,       ['\t'] = SPACE,  ['\n'] = SPACE, ['\r'] = SPACE, [','] = COMMA,
             [':'] = DOTS,        ['"'] = QUOTE,   ['['] = OPENS,  ['{'] = OPENS,  [']'] = ENDS_ARRAY,
             ['}'] = ENDS_OBJECT, ['0'] = DIGIT_0, ['1'] = DIGIT,  ['2'] = DIGIT,  ['3'] = DIGIT,
             ['4'] = DIGIT,       ['5'] = DIGIT,   ['6'] = DIGIT,  ['7'] = DIGIT,  ['8'] = DIGIT,
             ['9'] = DIGIT,       ['-'] = HYPHEN,  ['+'] = PLUS,   ['.'] = DOT,    ['e'] = LETTER_E,
             ['E'] = LETTER_E,    ['t'] = LETTER,  ['f'] = LETTER, ['n'] = LETTER},
    .next =
        {
            SPACES_IN(VALUE),
            ANY_VALUE(VALUE),
            SPACES_IN(ELEMENT),
            ANY_VALUE(ELEMENT),
            [PAIR(ELEMENT, ENDS_ARRAY)] = CLOSE,
            SPACES_IN(MEMBER),
            [PAIR(MEMBER, QUOTE)] = BEGIN_NAME,
            [PAIR(MEMBER, ENDS_OBJECT)] = CLOSE,
            SPACES_IN(NAME),
            [PAIR(NAME, QUOTE)] = BEGIN_NAME,
            SPACES_IN(COLON),
            [PAIR(COLON, DOTS)] = VALUE,
            SPACES_IN(AFTER_ELEMENT),
            [PAIR(AFTER_ELEMENT, COMMA)] = VALUE,
            [PAIR(AFTER_ELEMENT, ENDS_ARRAY)] = CLOSE,
            SPACES_IN(AFTER_MEMBER),
            [PAIR(AFTER_MEMBER, COMMA)] = NAME,
            [PAIR(AFTER_MEMBER, ENDS_OBJECT)] = CLOSE,
            SPACES_IN(DONE),
            /* number = [ minus ] int [ frac ] [ exp ] */
            [PAIR(MINUS, DIGIT_0)] = ZERO,
            [PAIR(MINUS, DIGIT)] = INTEGER,
            [PAIR(ZERO, DOT)] = POINT,
            [PAIR(ZERO, LETTER_E)] = E,
            ANY_DIGIT(INTEGER, INTEGER),
            [PAIR(INTEGER, DOT)] = POINT,
            [PAIR(INTEGER, LETTER_E)] = E,
            ANY_DIGIT(POINT, FRACTION),
            ANY_DIGIT(FRACTION, FRACTION),
            [PAIR(FRACTION, LETTER_E)] = E,
            ANY_DIGIT(E, EXPONENT),
            [PAIR(E, HYPHEN)] = E_SIGN,
            [PAIR(E, PLUS)] = E_SIGN,
            ANY_DIGIT(E_SIGN, EXPONENT),
            ANY_DIGIT(EXPONENT, EXPONENT),
        },
};

#endif

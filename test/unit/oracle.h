/* SPDX-License-Identifier: MIT */
/* Decides which texts are JSON. It follows the grammar of RFC 8259, and of UTF-8 in RFC 3629, section 4, rule
 * by rule, without regard to speed or memory. It contains no code of the library. */
#ifndef AMP_TEST_ORACLE_H
#define AMP_TEST_ORACLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Each rule consumes the longest match at *at and returns 1, or returns 0 when the text does not begin with
 * the rule. */
typedef struct {
    const uint8_t *p;
    const uint8_t *end;
} oracle_t;

static inline int oracle_value(oracle_t *at);

static inline int oracle_is(const oracle_t *at, unsigned from, unsigned to)
{
    return at->p < at->end && *at->p >= from && *at->p <= to;
}

static inline int oracle_range(oracle_t *at, unsigned from, unsigned to)
{
    int is = oracle_is(at, from, to);
    at->p += is;
    return is;
}

static inline int oracle_char(oracle_t *at, char c)
{
    return oracle_range(at, (uint8_t)c, (uint8_t)c);
}

static inline int oracle_word(oracle_t *at, const char *word)
{
    while (*word != '\0' && oracle_char(at, *word)) {
        ++word;
    }
    return *word == '\0';
}

/* ws = *( %x20 / %x09 / %x0A / %x0D ) */
static inline int oracle_ws(oracle_t *at)
{
    while (oracle_char(at, ' ') || oracle_char(at, '\t') || oracle_char(at, '\n') || oracle_char(at, '\r')) {
    }
    return 1;
}

/* 1*DIGIT */
static inline int oracle_digits(oracle_t *at)
{
    if (!oracle_range(at, '0', '9')) {
        return 0;
    }
    while (oracle_range(at, '0', '9')) {
    }
    return 1;
}

/* number = [ minus ] int [ frac ] [ exp ] */
static inline int oracle_number(oracle_t *at)
{
    (void)oracle_char(at, '-');
    if (!oracle_char(at, '0') && (!oracle_is(at, '1', '9') || !oracle_digits(at))) {
        return 0;
    }
    if (oracle_char(at, '.') && !oracle_digits(at)) {
        return 0;
    }
    if (oracle_char(at, 'e') || oracle_char(at, 'E')) {
        (void)(oracle_char(at, '-') || oracle_char(at, '+'));
        return oracle_digits(at);
    }
    return 1;
}

static inline int oracle_hex(oracle_t *at)
{
    return oracle_range(at, '0', '9') || oracle_range(at, 'a', 'f') || oracle_range(at, 'A', 'F');
}

static inline int oracle_tail(oracle_t *at)
{
    return oracle_range(at, 0x80, 0xbf);
}

/* UTF8-2, UTF8-3 and UTF8-4 */
static inline int oracle_beyond_ascii(oracle_t *at)
{
    if (oracle_range(at, 0xc2, 0xdf)) {
        return oracle_tail(at);
    }
    if (oracle_char(at, '\xe0')) {
        return oracle_range(at, 0xa0, 0xbf) && oracle_tail(at);
    }
    if (oracle_char(at, '\xed')) {
        return oracle_range(at, 0x80, 0x9f) && oracle_tail(at);
    }
    if (oracle_range(at, 0xe1, 0xef)) {
        return oracle_tail(at) && oracle_tail(at);
    }
    if (oracle_char(at, '\xf0')) {
        return oracle_range(at, 0x90, 0xbf) && oracle_tail(at) && oracle_tail(at);
    }
    if (oracle_range(at, 0xf1, 0xf3)) {
        return oracle_tail(at) && oracle_tail(at) && oracle_tail(at);
    }
    return oracle_char(at, '\xf4') && oracle_range(at, 0x80, 0x8f) && oracle_tail(at) && oracle_tail(at);
}

/* string = quotation-mark *char quotation-mark */
static inline int oracle_string(oracle_t *at)
{
    if (!oracle_char(at, '"')) {
        return 0;
    }
    while (at->p < at->end && *at->p != '"') {
        int fits =
            oracle_range(at, 0x20, 0x21) || oracle_range(at, 0x23, 0x5b) || oracle_range(at, 0x5d, 0x7f);
        if (!fits && oracle_char(at, '\\')) {
            if (oracle_char(at, 'u')) {
                fits = oracle_hex(at) && oracle_hex(at) && oracle_hex(at) && oracle_hex(at);
            } else {
                fits = at->p < at->end && *at->p != 0 && strchr("\"\\/bfnrt", *at->p) != NULL;
                at->p += fits;
            }
        } else if (!fits) {
            fits = oracle_beyond_ascii(at);
        }
        if (!fits) {
            return 0;
        }
    }
    return oracle_char(at, '"');
}

/* array = begin-array [ value *( value-separator value ) ] end-array, and an object with members for values
 */
static inline int oracle_container(oracle_t *at, int is_object)
{
    char close = is_object ? '}' : ']';
    (void)(oracle_ws(at));
    if (oracle_char(at, close)) {
        return 1;
    }
    do {
        (void)(oracle_ws(at));
        if (is_object && (!oracle_string(at) || !oracle_ws(at) || !oracle_char(at, ':'))) {
            return 0;
        }
        if (!oracle_ws(at) || !oracle_value(at) || !oracle_ws(at)) {
            return 0;
        }
    } while (oracle_char(at, ','));
    return oracle_char(at, close);
}

static inline int oracle_value(oracle_t *at)
{
    if (oracle_char(at, '{')) {
        return oracle_container(at, 1);
    }
    if (oracle_char(at, '[')) {
        return oracle_container(at, 0);
    }
    switch (at->p < at->end ? *at->p : 0) {
    case '"':
        return oracle_string(at);
    case 't':
        return oracle_word(at, "true");
    case 'f':
        return oracle_word(at, "false");
    case 'n':
        return oracle_word(at, "null");
    default:
        return oracle_number(at);
    }
}

/* JSON-text = ws value ws */
static inline int oracle_is_json(const void *text, size_t len)
{
    oracle_t at = {text, (const uint8_t *)text + len};
    return oracle_ws(&at) && oracle_value(&at) && oracle_ws(&at) && at.p == at.end;
}

#endif

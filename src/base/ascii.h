/* SPDX-License-Identifier: MIT */
/* Classes of ASCII characters, independent of the locale. Each function takes a char or a byte: a negative
 * value and a value above 0x7f are in no class.
 *
 * The subtraction is unsigned, so one comparison tests both ends of a range: '/' - '0' is 0xffffffff. */
#ifndef AMP_SRC_ASCII_H
#define AMP_SRC_ASCII_H

/* Returns the value of a decimal digit, or a number above 9 for any other character. */
static inline unsigned amp__digit_value(int c)
{
    return (unsigned)c - (unsigned)'0';
}

static inline int amp__is_digit(int c)
{
    return amp__digit_value(c) <= 9u;
}

/* A letter in either case. Bit 0x20 is the difference between 'A' and 'a'. */
static inline int amp__is_letter(int c)
{
    return ((unsigned)c | 0x20u) - (unsigned)'a' < 26u;
}

/* Returns the value of a hexadecimal digit in either case, or 16 for any other character. */
static inline unsigned amp__hex_value(int c)
{
    unsigned letter = ((unsigned)c | 0x20u) - (unsigned)'a';
    return amp__is_digit(c) ? amp__digit_value(c) : letter < 6u ? letter + 10u : 16u;
}

/* A space or a visible character: 0x20 to 0x7e. */
static inline int amp__is_printable(int c)
{
    return (unsigned)c - 0x20u < 0x5fu;
}

/* Printable and not a space: 0x21 to 0x7e. */
static inline int amp__is_visible(int c)
{
    return (unsigned)c - 0x21u < 0x5eu;
}

/* Optional white space of HTTP (RFC 9110, 5.6.3): a space or a tab. */
static inline int amp__is_blank(int c)
{
    return c == ' ' || c == '\t';
}

/* Returns the letter in lower case, any other character unchanged. */
static inline int amp__to_lower(int c)
{
    return (unsigned)c - (unsigned)'A' < 26u ? c | 0x20 : c;
}

#endif

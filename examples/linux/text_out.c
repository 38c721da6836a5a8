/* SPDX-License-Identifier: MIT */
/* Text from outside could move the cursor, change the title of the terminal, or reverse the order of the text
 * after it. Such characters are replaced on a terminal and escaped in JSON. */
#include "text_out.h"

#include <string.h>

#define REPLACEMENT 0xfffdu

typedef struct {
    uint32_t first;
    uint32_t last;
} range_t;

/* Characters that a terminal executes: C0 and C1 controls, and the controls of bidirectional text. */
static const range_t controls[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x061c, 0x061c}, {0x200e, 0x200f},
                                   {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfff9, 0xfffb}};

/* The main blocks of characters that take no column, and of those that take two. */
static const range_t narrow[] = {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x064b, 0x065f},
                                 {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d},
                                 {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1160, 0x11ff},
                                 {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};
static const range_t wide[] = {{0x1100, 0x115f},   {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x2728, 0x2728},
                               {0x274c, 0x274c},   {0x2b50, 0x2b50},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                               {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                               {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6f4, 0x1f6fc},
                               {0x1f7e0, 0x1f7eb}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};

#define IN(ranges, character) is_in(ranges, sizeof(ranges) / sizeof((ranges)[0]), character)

static int is_in(const range_t *ranges, size_t count, uint32_t character)
{
    for (size_t i = 0; i < count; ++i) {
        if (character >= ranges[i].first && character <= ranges[i].last) {
            return 1;
        }
    }
    return 0;
}

static unsigned columns_of(uint32_t character)
{
    return IN(narrow, character) ? 0 : IN(wide, character) ? 2 : 1;
}

size_t text_character(const char *p, uint32_t *out_character)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *u = (const unsigned char *)p;
    size_t len = u[0] < 0x80 ? 1 : u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : u[0] < 0xf5 ? 4 : 0;
    uint32_t character = len <= 1u ? u[0] : u[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; ++i) {
        if ((u[i] & 0xc0u) != 0x80u) { /* the NUL is no continuation byte either */
            len = 0;
        } else {
            character = character << 6 | (u[i] & 0x3fu);
        }
    }
    if (len == 0 || character < least[len] || character > 0x10ffffu ||
        (character >= 0xd800u && character <= 0xdfffu)) {
        *out_character = REPLACEMENT;
        return 1;
    }
    *out_character = character;
    return len;
}

/* A line ending or a tab is printed as a space, so that the text stays on its line. */
static void print_character(FILE *out, const char *p, size_t len, uint32_t character)
{
    if (character == '\n' || character == '\r' || character == '\t') {
        putc(' ', out);
    } else if (IN(controls, character)) {
        putc('?', out);
    } else if (character == REPLACEMENT) {
        fputs("\xef\xbf\xbd", out);
    } else {
        fwrite(p, 1, len, out);
    }
}

/* Returns the columns of text[0 .. len). */
static unsigned columns_of_text(const char *text, size_t len)
{
    const char *end = text + len;
    unsigned columns = 0;
    uint32_t character;
    while (text < end) {
        text += text_character(text, &character);
        columns += columns_of(character);
    }
    return columns;
}

/* Prints text in at most `width` columns; 0: all of it. Returns the columns used. */
static unsigned print_columns(FILE *out, const char *text, unsigned width)
{
    int is_truncated = width > 0 && columns_of_text(text, strlen(text)) > width;
    unsigned room = width - (unsigned)is_truncated;
    unsigned columns = 0;
    while (*text != '\0') {
        uint32_t character;
        size_t len = text_character(text, &character);
        if (width > 0 && columns + columns_of(character) > room) {
            break;
        }
        print_character(out, text, len, character);
        columns += columns_of(character);
        text += len;
    }
    if (is_truncated) {
        fputs("…", out);
        ++columns;
    }
    return columns;
}

void text_print(FILE *out, const char *text, unsigned width)
{
    for (unsigned columns = print_columns(out, text, width); columns < width; ++columns) {
        putc(' ', out);
    }
}

void text_clip(FILE *out, const char *text, unsigned width)
{
    (void)print_columns(out, text, width);
}

/* Returns the length of the first word. A command line is one word. */
static size_t word_length(const char *text)
{
    static const char command[] = "ampersand ";
    return strncmp(text, command, sizeof command - 1u) == 0 ? strlen(text) : strcspn(text, " ");
}

void text_wrap(FILE *out, const char *text, unsigned at, unsigned indent, unsigned width)
{
    int is_first = 1; /* 1: the line has no word yet */
    while (*text != '\0') {
        size_t len = word_length(text);
        unsigned columns = columns_of_text(text, len);
        if (!is_first && width > 0 && at + 1u + columns > width) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!is_first) {
            putc(' ', out);
            ++at;
        }
        for (const char *end = text + len; text < end;) {
            uint32_t character;
            size_t bytes = text_character(text, &character);
            print_character(out, text, bytes, character);
            text += bytes;
        }
        at += columns;
        is_first = 0;
        text += *text == ' ';
    }
}

/* Returns the length of the printable ASCII text that JSON needs no escape for. It is printed at once. */
static size_t plain_run(const char *text)
{
    size_t len = 0;
    while (text[len] >= ' ' && text[len] <= '~' && text[len] != '"' && text[len] != '\\') {
        ++len;
    }
    return len;
}

void text_print_json(FILE *out, const char *text)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";
    putc('"', out);
    while (*text != '\0') {
        size_t run = plain_run(text);
        fwrite(text, 1, run, out);
        text += run;
        if (*text == '\0') {
            break;
        }
        uint32_t character;
        size_t len = text_character(text, &character);
        const char *escape = character < 0x80u ? strchr(plain, (int)character) : NULL;
        if (escape != NULL) {
            fprintf(out, "\\%c", letter[escape - plain]);
        } else if (IN(controls, character)) {
            fprintf(out, "\\u%04x", (unsigned)character);
        } else {
            print_character(out, text, len, character);
        }
        text += len;
    }
    putc('"', out);
}

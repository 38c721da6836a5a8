/* SPDX-License-Identifier: MIT */
/* An invalid character, such as an invisible one that was copied from a web page, is reported with its
 * position. The rest of the secret is never printed. */
#include "secret_text.h"

#include <stdio.h>
#include <string.h>

#include "text_out.h"

#define NOT_UTF8 0xfffdu

/* Characters that a copy from a web page, a chat or a document often contains, and that are hard to see. */
static const struct {
    uint32_t character;
    const char *name;
} names[] = {
    {'\0', "NUL"},
    {'\t', "tab"},
    {'\n', "line end"},
    {'\r', "carriage return"},
    {' ', "space"},
    {0x7f, "delete"},
    {0xa0, "no-break space"},
    {0xad, "soft hyphen"},
    {0x200b, "zero width space"},
    {0x200e, "left-to-right mark"},
    {0x200f, "right-to-left mark"},
    {0x2013, "en dash"},
    {0x2018, "quotation mark"},
    {0x2019, "quotation mark"},
    {0x201c, "quotation mark"},
    {0x201d, "quotation mark"},
    {0x2026, "ellipsis"},
    {0x202f, "narrow no-break space"},
    {0x2060, "word joiner"},
    {0xfeff, "byte order mark"},
};

size_t secret_text_mark(const char *data, size_t len)
{
    return len >= 3u && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3u : 0;
}

int secret_text_is_utf16(const char *data, size_t len)
{
    return len >= 2u && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Writes the reason for the character at data[at]. */
static void explain(const char *data, size_t len, size_t at, const char *noun, char out_why[SECRET_TEXT_SIZE])
{
    char bytes[5] = "";
    uint32_t character = 0;
    const char *name = NULL;
    memcpy(bytes, data + at, len - at < 4u ? len - at : 4u);
    size_t used = bytes[0] != '\0' ? text_character(bytes, &character) : 1u;
    if (character == NOT_UTF8 && used == 1u) {
        snprintf(out_why, SECRET_TEXT_SIZE, "has the byte 0x%02X, which is not UTF-8, at byte %lu",
                 (unsigned)(unsigned char)bytes[0], (unsigned long)at + 1u);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
        name = names[i].character == character ? names[i].name : name;
    }
    snprintf(out_why, SECRET_TEXT_SIZE, "has U+%04lX%s%s%s at byte %lu, which is not allowed in a %s",
             (unsigned long)character, name != NULL ? " (" : "", name != NULL ? name : "",
             name != NULL ? ")" : "", (unsigned long)at + 1u, noun);
}

amp_str_t secret_text_read(const char *data, size_t len, char first, const char *noun,
                           char out_why[SECRET_TEXT_SIZE])
{
    amp_str_t none = {NULL, 0};
    size_t start = secret_text_mark(data, len);
    size_t end = len;
    out_why[0] = '\0';
    if (secret_text_is_utf16(data, len)) {
        snprintf(out_why, SECRET_TEXT_SIZE, "is UTF-16 text: save it as UTF-8");
        return none;
    }
    while (end > start && is_blank(data[end - 1u])) {
        --end;
    }
    while (start < end && is_blank(data[start])) {
        ++start;
    }
    for (size_t at = start; at < end; ++at) {
        if (data[at] < first || data[at] > '~') {
            explain(data, end, at, noun, out_why);
            return none;
        }
    }
    amp_str_t text = {data + start, end - start};
    return text;
}

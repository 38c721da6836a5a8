/* SPDX-License-Identifier: MIT */
/* Percent-encoding for paths and queries (RFC 3986, 2.1 to 2.3 and 3.3).
 *
 * Invariant: every byte of the output is an unreserved character or part of a %XX. No argument can end a
 * segment, a parameter or the request line. */
#include "writer_percent.h"

#include "../base/ascii.h"
#include "../base/utf8.h"

/* RFC 3986, 2.3. */
static int is_unreserved(char c)
{
    return amp__is_letter(c) || amp__is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void amp__write_percent(amp_writer_t *writer, const amp_str_t *text)
{
    if (!amp__utf8_valid(text)) {
        amp__writer_refuse(writer);
        return;
    }
    const char *end = text->ptr + text->len;
    for (const char *p = text->ptr; p < end; ++p) {
        char c = *p;
        if (is_unreserved(c)) {
            amp__write_char(writer, c);
        } else {
            amp__write_char(writer, '%');
            amp__write_hex(writer, (uint8_t)c);
        }
    }
}

void amp__write_segment(amp_writer_t *writer, const amp_str_t *text)
{
    /* Empty, "." or "..". */
    if (text->len == 0 || (text->len <= 2u && text->ptr[0] == '.' && text->ptr[text->len - 1u] == '.')) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write_percent(writer, text);
}

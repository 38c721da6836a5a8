/* SPDX-License-Identifier: MIT */
/* The bounded writer: percent-encoding (RFC 3986), JSON strings (RFC 8259) and header values (RFC 9110).
 *
 * Invariant: writer->len is the length of the whole output so far. The buffer has the part of the output in
 * [skip, skip + cap). */
#include "writer.h"

#include <string.h>

#include "../base/ascii.h"
#include "../base/utf8.h"

static const char hex[] = "0123456789ABCDEF";

void amp__writer_init(amp_writer_t *writer, void *ptr, size_t cap, size_t skip)
{
    memset(writer, 0, sizeof *writer);
    writer->ptr = ptr;
    writer->cap = cap;
    writer->skip = skip;
}

void amp__writer_refuse(amp_writer_t *writer)
{
    if (writer->status == AMP_OK) {
        writer->status = AMP_ERR_ARGUMENT;
        writer->bad = writer->field;
    }
}

/* `first` is the index of the first byte that is not skipped, `to` its place in the buffer. */
void amp__write(amp_writer_t *writer, amp_str_t bytes)
{
    size_t start = writer->len;
    if (bytes.len > SIZE_MAX / 2u - start) {
        amp__writer_refuse(writer);
        return;
    }
    writer->len = start + bytes.len;
    size_t first = start < writer->skip ? writer->skip - start : 0;
    if (first >= bytes.len) {
        return;
    }
    size_t to = start + first - writer->skip;
    if (to < writer->cap) {
        size_t len = bytes.len - first;
        memcpy(writer->ptr + to, bytes.ptr + first, len < writer->cap - to ? len : writer->cap - to);
    }
}

void amp__write_text(amp_writer_t *writer, const char *text)
{
    amp__write(writer, amp_str(text));
}

void amp__write_char(amp_writer_t *writer, char c)
{
    amp_str_t one = {&c, 1};
    amp__write(writer, one);
}

void amp__write_number(amp_writer_t *writer, size_t number)
{
    char text[20];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0);
    amp_str_t digits = {text + at, sizeof text - at};
    amp__write(writer, digits);
}

/* RFC 3986, 2.3. */
static int is_unreserved(char c)
{
    return amp__is_letter(c) || amp__is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void amp__write_percent(amp_writer_t *writer, amp_str_t text)
{
    if (!amp__utf8_valid(text)) {
        amp__writer_refuse(writer);
        return;
    }
    for (size_t i = 0; i < text.len; ++i) {
        char c = text.ptr[i];
        if (is_unreserved(c)) {
            amp__write_char(writer, c);
        } else {
            amp__write_char(writer, '%');
            amp__write_char(writer, hex[(uint8_t)c >> 4]);
            amp__write_char(writer, hex[(uint8_t)c & 15u]);
        }
    }
}

void amp__write_segment(amp_writer_t *writer, amp_str_t text)
{
    /* Empty, "." or "..". */
    if (text.len == 0 || (text.len <= 2u && text.ptr[0] == '.' && text.ptr[text.len - 1u] == '.')) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write_percent(writer, text);
}

void amp__write_string(amp_writer_t *writer, amp_str_t text)
{
    if (!amp__utf8_valid(text)) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write_char(writer, '"');
    for (size_t i = 0; i < text.len; ++i) {
        char c = text.ptr[i];
        if ((uint8_t)c < 0x20u) {
            amp__write_text(writer, "\\u00");
            amp__write_char(writer, hex[(uint8_t)c >> 4]);
            amp__write_char(writer, hex[(uint8_t)c & 15u]);
        } else {
            if (c == '"' || c == '\\') {
                amp__write_char(writer, '\\');
            }
            amp__write_char(writer, c);
        }
    }
    amp__write_char(writer, '"');
}

int amp__header_value_fits(amp_str_t text)
{
    if (text.len == 0 || text.ptr[0] == ' ' || text.ptr[text.len - 1u] == ' ') {
        return 0;
    }
    for (size_t i = 0; i < text.len; ++i) {
        if (!amp__is_printable(text.ptr[i])) {
            return 0;
        }
    }
    return 1;
}

void amp__write_header_value(amp_writer_t *writer, amp_str_t text)
{
    if (!amp__header_value_fits(text)) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write(writer, text);
}

/* SPDX-License-Identifier: MIT */
/* The bounded writer: bytes, numbers and header values (RFC 9110, 5.5). writer_percent.c has
 * percent-encoding, writer_json.c has JSON.
 *
 * Invariant: writer->len is the length of the whole output so far. The buffer has the part of the output in
 * [skip, skip + cap). */
#include "writer.h"

#include <string.h>

#include "../base/ascii.h"

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

/* `first` is the index of the first byte that is not skipped, `to` is its offset in the buffer. */
void amp__write_bytes(amp_writer_t *writer, const char *bytes, size_t count)
{
    size_t start = writer->len;
    if (count > SIZE_MAX / 2u - start) {
        amp__writer_refuse(writer);
        return;
    }
    writer->len = start + count;
    size_t first = start < writer->skip ? writer->skip - start : 0;
    if (first >= count) {
        return;
    }
    size_t to = start + first - writer->skip;
    if (to < writer->cap) {
        size_t len = count - first;
        memcpy(writer->ptr + to, bytes + first, len < writer->cap - to ? len : writer->cap - to);
    }
}

void amp__write(amp_writer_t *writer, const amp_str_t *text)
{
    amp__write_bytes(writer, text->ptr, text->len);
}

void amp__write_text(amp_writer_t *writer, const char *text)
{
    amp__write_bytes(writer, text, strlen(text));
}

void amp__write_char(amp_writer_t *writer, char c)
{
    amp__write_bytes(writer, &c, 1);
}

void amp__write_number(amp_writer_t *writer, size_t number)
{
    char text[20];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0);
    amp__write_bytes(writer, text + at, sizeof text - at);
}

static void write_nibble(amp_writer_t *writer, unsigned nibble)
{
    amp__write_char(writer, (char)(nibble < 10u ? '0' + nibble : 'A' - 10u + nibble));
}

void amp__write_hex(amp_writer_t *writer, uint8_t byte)
{
    write_nibble(writer, byte >> 4);
    write_nibble(writer, byte & 15u);
}

int amp__header_value_fits(const amp_str_t *text)
{
    if (text->len == 0 || text->ptr[0] == ' ' || text->ptr[text->len - 1u] == ' ') {
        return 0;
    }
    const char *end = text->ptr + text->len;
    for (const char *p = text->ptr; p < end; ++p) {
        if (!amp__is_printable(*p)) {
            return 0;
        }
    }
    return 1;
}

void amp__write_header_value(amp_writer_t *writer, const amp_str_t *text)
{
    if (!amp__header_value_fits(text)) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write(writer, text);
}

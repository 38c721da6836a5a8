/* SPDX-License-Identifier: MIT */
/* JSON output (RFC 8259): strings, and the objects of request bodies.
 *
 * Invariant: writer->comma is 1 when the next member of the open object needs a comma. */
#include "writer_json.h"

#include "../base/utf8.h"
#include "../json/automaton.h"

/* RFC 8259, 7: only the quote, the backslash and control characters are escaped. Example: a tab is \u0009. */
void amp__write_string(amp_writer_t *writer, const amp_str_t *text)
{
    if (!amp__utf8_valid(text)) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write_char(writer, '"');
    const char *end = text->ptr + text->len;
    for (const char *p = text->ptr; p < end; ++p) {
        char c = *p;
        if ((uint8_t)c < 0x20u) {
            amp__write_text(writer, "\\u00");
            amp__write_hex(writer, (uint8_t)c);
        } else {
            if (c == '"' || c == '\\') {
                amp__write_char(writer, '\\');
            }
            amp__write_char(writer, c);
        }
    }
    amp__write_char(writer, '"');
}

void amp__write_open(amp_writer_t *writer)
{
    amp__write_char(writer, '{');
    writer->comma = 0;
}

void amp__write_close(amp_writer_t *writer)
{
    amp__write_char(writer, '}');
    writer->comma = 1;
}

void amp__write_name(amp_writer_t *writer, const char *name)
{
    amp__write_text(writer, writer->comma ? ",\"" : "\"");
    amp__write_text(writer, name);
    amp__write_text(writer, "\":");
    writer->comma = 1;
}

/* The upper limit of a text's length, exclusive; 0: no limit. Indexed by the rules without AMP_IS_REQUIRED
 * (bit 0): AMP_IS_REF is 2, so its size has index 1. */
static const uint16_t sizes[] = {0, AMP_REF_SIZE, AMP_WORD_SIZE, AMP_ID_SIZE};
typedef char rules_have_a_size_t[(AMP_IS_ID >> 1) + 1 == sizeof sizes / sizeof sizes[0] ? 1 : -1];

void amp__write_member(amp_writer_t *writer, const char *name, const amp_str_t *text, unsigned rules)
{
    const size_t size = sizes[rules >> 1];
    writer->field = name;
    if (text->len > 0) {
        amp__write_name(writer, name);
        amp__write_string(writer, text);
    }
    if ((text->len == 0 && (rules & AMP_IS_REQUIRED) != 0) || (size != 0 && text->len >= size)) {
        amp__writer_refuse(writer);
    }
}

void amp__write_json(amp_writer_t *writer, const char *field, const amp_str_t *text)
{
    writer->field = field;
    if (!amp__json_is_object(*text)) {
        amp__writer_refuse(writer);
    }
    amp__write(writer, text);
    writer->comma = 1;
}

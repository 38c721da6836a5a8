/* SPDX-License-Identifier: MIT */
#include "writer_json.h"

#include "../json/lexer.h"

void amp_write_open(amp_writer_t *writer)
{
    amp_write_char(writer, '{');
    writer->comma = 0;
}

void amp_write_close(amp_writer_t *writer)
{
    amp_write_char(writer, '}');
    writer->comma = 1;
}

void amp_write_name(amp_writer_t *writer, const char *name)
{
    amp_write_text(writer, writer->comma ? ",\"" : "\"");
    amp_write_text(writer, name);
    amp_write_text(writer, "\":");
    writer->comma = 1;
}

void amp_write_member(amp_writer_t *writer, const char *name, amp_str_t text, unsigned rules)
{
    static const uint16_t sizes[] = {0, AMP_REF_SIZE, AMP_WORD_SIZE,
                                     AMP_ID_SIZE}; /* of the place in a record */
    const size_t size = sizes[rules >> 1];
    writer->field = name;
    if (text.len > 0) {
        amp_write_name(writer, name);
        amp_write_string(writer, text);
    }
    if (text.len < (rules & AMP_IS_REQUIRED) || (size != 0 && text.len >= size)) {
        amp_writer_refuse(writer);
    }
}

void amp_write_json(amp_writer_t *writer, const char *field, amp_str_t text)
{
    writer->field = field;
    if (!amp_json_is_object(text)) {
        amp_writer_refuse(writer);
    }
    amp_write(writer, text);
    writer->comma = 1;
}

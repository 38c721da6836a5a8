/* SPDX-License-Identifier: MIT */
#include "object.h"

#include "json_automaton.h"

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
    const size_t most = (rules & AMP_IS_REF) != 0 ? AMP_REF_SIZE - 1u : SIZE_MAX;
    writer->field = name;
    if (text.len > 0) {
        amp_write_name(writer, name);
        amp_write_string(writer, text);
    }
    if (text.len < (rules & AMP_IS_REQUIRED) || text.len > most) {
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

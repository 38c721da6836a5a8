/* SPDX-License-Identifier: MIT */
/* Proves that the part of a scalar in a piece is copied into the window. No byte outside of the window is
 * written, and the window has the beginning of the text. The count never decreases, so that a long text
 * cannot appear to be short. */
/* cbmc --unwind 10 src/json/jsmn_value.c src/json/containers.c src/json/name_lookup.c */
/* cbmc src/json/unescape.c src/base/scan.c src/base/utf8.c src/base/time.c */
#include "proof.h"

#include "json/jsmn_value.h"

#define WINDOW 6u
#define TEXT 7u

int main(void)
{
    static uint8_t window[WINDOW];
    static amp_reader_t reader;
    uint8_t text[TEXT];
    size_t len;
    size_t kept;
    uint16_t room;
    size_t at;
    assume(len <= TEXT && room <= WINDOW && at < len);
    reader.window = window;
    reader.room = room;
    reader.kept = kept;
    amp__value_keep(&reader, text, len);
    prove(reader.kept >= kept);
    prove(reader.kept == kept + len || kept > SIZE_MAX / 2u);
    prove(kept >= room || at >= room - kept || window[kept + at] == text[at]);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Proves the bounded writer: any window of the output equals that part of the whole output. Nothing is
 * written outside the window's memory, and the length does not depend on the window. Covers all texts of up
 * to TEXT bytes. */
/* deep -DTEXT=2u --unwindset amp__write_string.0:4,amp__write_percent.0:4,amp__header_value_fits.0:4 */
/* deep --unwindset amp__utf8_valid.0:4,amp__utf8_run.0:4 */
/* cbmc --unwind 8 --object-bits 10 src/http/writer.c src/http/writer_json.c src/base/utf8.c */
/* cbmc src/http/writer_percent.c src/base/str.c */
/* cbmc --unwindset amp__write_string.0:3,amp__write_percent.0:3,amp__header_value_fits.0:3 */
/* cbmc --unwindset amp__utf8_valid.0:3,amp__utf8_run.0:3 */
#include "proof.h"

#include <string.h>

#include "http/writer_json.h"
#include "http/writer_percent.h"

#ifndef TEXT
#define TEXT 1u
#endif
#define WHOLE (2u + 6u * TEXT) /* a JSON string of control characters */

static void (*const writes[])(amp_writer_t *writer, const amp_str_t *text) = {
    amp__write, amp__write_percent, amp__write_segment, amp__write_string, amp__write_header_value};

int main(void)
{
    char text[TEXT];
    amp_str_t view;
    uint8_t whole[WHOLE];
    size_t cap;
    size_t skip;
    unsigned which;
    view.ptr = text;
    assume(view.len <= TEXT && cap <= WHOLE && skip <= WHOLE && which < sizeof writes / sizeof writes[0]);
    amp_writer_t all;
    amp_writer_t some;
    amp__writer_init(&all, whole, sizeof whole, 0);
    writes[which](&all, &view);
    prove(all.len <= sizeof whole);

    uint8_t part[WHOLE];
    uint8_t before[WHOLE];
    memcpy(before, part, sizeof part);
    amp__writer_init(&some, part, cap, skip);
    writes[which](&some, &view);
    prove(some.len == all.len && some.status == all.status);
    size_t at;
    assume(at < sizeof part);
    prove(part[at] == (at < cap && skip + at < all.len ? whole[skip + at] : before[at]));
    return 0;
}

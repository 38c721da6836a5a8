/* SPDX-License-Identifier: MIT */
/* Proves the parsing of the status line, of names of up to 18 bytes, and of the fields that the library uses.
 * For any value of up to LINE bytes, no byte is read after its NUL. Only memory that the contract in
 * response_invariant.h allows is written. A note is NUL-terminated. A Date or Retry-After of any length does
 * not overflow its member. */
/* cbmc --unwind 19 --unwindset part_length.0:4,skip_blanks.0:4,copy_note.0:4,has_close.0:4 */
/* cbmc --unwindset read_number.0:4,read_number.1:3,note_host.0:4 */
/* deep -DLINE=4u --unwindset part_length.0:6,skip_blanks.0:6,copy_note.0:6,has_close.0:6 */
/* deep --unwindset read_number.0:6,read_number.1:4,note_host.0:6 */
/* cbmc src/http/response_header.c */
#include "response_invariant.h"

#include <string.h>

#ifndef LINE
#define LINE 2u
#endif
#define STATUS_LINE 13u

static amp_info_t info;
static amp_response_t response;

/* Checks only the memory, not the copied bytes. A copy must stay within its member. */
static void *check_copy(void *to, const void *from, size_t len)
{
    prove((to != info.date && to != info.retry_at) || len <= AMP_DATE_SIZE);
    prove(__CPROVER_r_ok(from, len) && __CPROVER_w_ok(to, len));
    return to;
}

void *memcpy(void *to, const void *from, size_t len)
{
    return check_copy(to, from, len);
}

void *memmove(void *to, const void *from, size_t len)
{
    return check_copy(to, from, len);
}

static void check_value(void)
{
    assume(response.line_len <= LINE && response.header < AMP_HEADER_OTHER);
    assume(is_line(&response));
    info.date[0] = info.retry_at[0] = info.note[0] = '\0';
    amp_response_t before = response;
    uint8_t len = response.line_len;
    (void)amp__header_value(&response);
    prove(is_same_place(&response, &before));
    prove(response.status == before.status && response.minor == before.minor);
    prove(response.line[len] == '\0');
    prove((response.seen & before.seen) == before.seen && (response.seen >> before.header & 1u) != 0);
    int is_ended = 0;
    for (size_t i = 0; i <= LINE; ++i) {
        is_ended |= info.note[i] == '\0';
    }
    prove(is_ended && info.date[0] == '\0' && info.retry_at[0] == '\0');
}

/* A value of the length of a date, or of any other length. */
static void check_date(void)
{
    _Bool is_date;
    assume(is_line(&response));
    response.header = is_date ? AMP_HEADER_DATE : AMP_HEADER_RETRY_AFTER;
    response.line[0] = 'S';
    amp_response_t before = response;
    prove(amp__header_value(&response) && is_same_place(&response, &before));
}

static void check_status_line(void)
{
    assume(is_parser(&response));
    amp_response_t before = response;
    int is_valid = amp__status_line(&response);
    prove(is_same_place(&response, &before) && response.seen == before.seen &&
          response.remaining == before.remaining);
    prove(!is_valid || (response.status >= 100u && response.status < 600u && response.line_len >= 12u));
}

static void check_name(void)
{
    uint8_t name[18];
    size_t len;
    assume(len <= sizeof name);
    const uint8_t *end = amp__header_name_end(name, name + len);
    prove(end >= name && end <= name + len && (end == name + len || *end != '-'));
    prove(amp__header_find((const char *)name, len) <= AMP_HEADER_OTHER);
}

int main(void)
{
    unsigned which;
    amp_info_t any_info;
    amp_response_t any_response;
    info = any_info;
    response = any_response;
    response.info = &info;
    switch (which) {
    case 0:
        check_status_line();
        break;
    case 1:
        check_name();
        break;
    case 2:
        check_date();
        break;
    default:
        check_value();
        break;
    }
    return 0;
}

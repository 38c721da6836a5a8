/* SPDX-License-Identifier: MIT */
/* The reader of HTTP responses on messages of any length: from any state that the invariant allows, any next
 * byte touches no memory but its own, and leads to such a state again. A header's value has VALUE_MAX bytes
 * at most here; where it does not end, any number that is kept. */
/* cbmc --unwind 19 --unwindset part_length.0:4,skip_blanks.0:4,copy_note.0:4,has_close.0:4 */
/* cbmc --unwindset read_number.0:4,read_number.1:3,note_host.0:4 */
/* deep -DVALUE_MAX=4u --unwindset part_length.0:6,skip_blanks.0:6,copy_note.0:6,has_close.0:6 */
/* deep --unwindset read_number.0:6,read_number.1:4,note_host.0:6 */
/* cbmc src/http/response.c src/http/response_framing.c src/http/response_header.c */
#include "proof.h"

#include "http/response.h"
#include "http/response_header.h"
#include "http/response_private.h"

#ifndef VALUE_MAX
#define VALUE_MAX 2u
#endif

static int ends(const char *text, size_t size)
{
    for (size_t i = 0; i < size; ++i) {
        if (text[i] == '\0') {
            return 1;
        }
    }
    return 0;
}

static int holds(const amp_response_t *response)
{
    return response->state < AMP_STATES && response->line_len <= AMP_NOTE_SIZE &&
           response->header <= AMP_HEADER_OTHER;
}

int main(void)
{
    amp_info_t info;
    amp_response_t response;
    uint8_t bytes[2];
    const uint8_t *at = bytes;
    size_t body = 0;
    response.info = &info;
    info.note[0] = info.date[0] = info.retry_at[0] = '\0';
    assume(holds(&response));
    assume(response.line_len <= VALUE_MAX || response.state != AMP_STATE_VALUE_END);
    amp_response_event_t event = amp__response_next(&response, &at, bytes + 1, &body);
    prove(response.info == &info && holds(&response));
    prove(event <= AMP_RESPONSE_BAD);
    prove(at == bytes || at == bytes + 1);
    prove(event != AMP_RESPONSE_BODY || body <= 1u);
    prove(ends(info.note, VALUE_MAX + 1u));
    prove(info.date[0] == '\0' && info.retry_at[0] == '\0'); /* no date has so few bytes */
    if (event == AMP_RESPONSE_BODY) {
        amp__response_took(&response, body);
        prove(holds(&response));
    }
    return 0;
}

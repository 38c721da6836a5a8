/* SPDX-License-Identifier: MIT */
/* Proves the lines and the framing of HTTP responses, for messages of any length. The parser starts in any
 * state that the invariant allows, and reads any next byte. It touches no memory but its own, and its end
 * state satisfies the invariant again. This includes chunks: a size of more than 60 bits or 64 digits is
 * refused, and a body is never longer than its frame.
 *
 * The functions of response_header.c are replaced by their contracts, which proof_header.c proves. Each stub
 * proves the preconditions of its function, then does anything that the function is allowed to do. */
/* cbmc --unwind 3 --unwindset trim.0:65 src/http/response.c src/http/response_framing.c */
#include "response_invariant.h"

#include "http/response_private.h"

static amp_info_t info;
static amp_response_t response;
static uint8_t bytes[2];

/* Changes everything that the functions of response_header.c may change. */
static void interpret(amp_response_t *self)
{
    amp_response_t any;
    assume(is_same_place(&any, self));
    *self = any;
}

int amp__status_line(amp_response_t *self)
{
    int is_valid;
    prove(self == &response && is_parser(self) && self->state == AMP_STATE_STATUS_LINE);
    interpret(self);
    return is_valid;
}

int amp__header_value(amp_response_t *self)
{
    int is_valid;
    prove(self == &response && is_line(self) && self->header < AMP_HEADER_OTHER);
    interpret(self);
    return is_valid;
}

const uint8_t *amp__header_name_end(const uint8_t *p, const uint8_t *end)
{
    _Bool is_name;
    prove(__CPROVER_same_object(p, end) && end - p == 1 && __CPROVER_r_ok(p, 1));
    return is_name ? end : p;
}

/* The first byte is read even if the name is empty. */
unsigned amp__header_find(const char *name, size_t len)
{
    unsigned header;
    prove(name == response.line && len <= AMP_NOTE_SIZE);
    assume(header <= AMP_HEADER_OTHER);
    return header;
}

static int is_body(const amp_response_t *self)
{
    return self->state >= AMP_STATE_BODY_BY_CLOSE && self->state <= AMP_STATE_CHUNK_DATA;
}

int main(void)
{
    size_t len;
    size_t body = 0;
    const uint8_t *at = bytes;
    set_any(info);
    set_any(response);
    set_any(bytes);
    assume(len <= 1u);
    response.info = &info;
    assume(is_parser(&response));
    uint64_t size = response.remaining;
    unsigned digits = response.digits;
    int is_size = response.state == AMP_STATE_CHUNK_SIZE && !response.cr && len == 1u;
    amp_response_event_t event = amp__response_next(&response, &at, bytes + len, &body);
    prove(response.info == &info && is_place(&response));
    prove(is_parser(&response) || event == AMP_RESPONSE_BAD);
    prove(event <= AMP_RESPONSE_BAD && (at == bytes || at == bytes + len));
    prove(event == AMP_RESPONSE_BAD || response.head_bytes <= AMP_HEAD_LIMIT || at == bytes);
    if (is_size && event == AMP_RESPONSE_MORE && response.digits == digits + 1u && digits < 64u) {
        prove(size >> 56 == 0 && response.remaining >> 4 == size);
    }
    if (event == AMP_RESPONSE_BODY) {
        int by_close = response.state == AMP_STATE_BODY_BY_CLOSE;
        prove(is_body(&response) && body <= len && at == bytes);
        prove(by_close || body <= response.remaining);
        uint64_t remaining = response.remaining;
        size_t taken;
        assume(taken <= body);
        amp__response_took(&response, taken);
        prove(is_parser(&response) && (by_close || response.remaining + taken == remaining));
    }
    return 0;
}

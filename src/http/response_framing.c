/* SPDX-License-Identifier: MIT */
/* Framing of a response's body (RFC 9112, 6 and 7.1): by chunks, by Content-Length, or by the end of the
 * connection. Two interpretations of one message would allow response splitting, so an ambiguous message is
 * an error.
 *
 * response->remaining is the number of bytes of the body, or of the current chunk, that are not yet
 * received. */
#include "../base/ascii.h"
#include "response_header.h"
#include "response_private.h"

/* A chunk's size can have leading zeros, because some servers reserve a fixed width for it. The size itself
 * is below 2^60. The bound on its digits ends a size that consists of zeros only. */
#define CHUNK_DIGITS 64u
#define DIGITS_OVER 0xf0u /* in response->digits: a blank was read, so no digit may follow */
typedef char digits_fit_t[CHUNK_DIGITS < DIGITS_OVER && DIGITS_OVER < UINT8_MAX ? 1 : -1];

amp_response_event_t amp__framing_after_head(amp_response_t *response)
{
    int chunked = amp__has_header(response, AMP_HEADER_TRANSFER_ENCODING);
    int has_length = amp__has_header(response, AMP_HEADER_CONTENT_LENGTH);
    if (response->status < 200u) {
        /* An interim response: the final one follows. 101 is an error, because the request has no Upgrade.
         * RFC 9110, 8.6 forbids Content-Length here; some servers send a length of 0, which is harmless. */
        uint32_t head_bytes = response->head_bytes;
        if (response->status == 101u || chunked || response->remaining > 0) {
            return AMP_RESPONSE_BAD;
        }
        amp__response_init(response, response->info);
        response->head_bytes = head_bytes;
        return AMP_RESPONSE_MORE;
    }
    if (chunked && has_length) {
        return AMP_RESPONSE_BAD;
    }
    response->head_bytes = 0;
    if (response->status == 204u || response->status == 304u || (has_length && response->remaining == 0)) {
        response->state = AMP_STATE_DONE;
    } else if (chunked) {
        response->state = AMP_STATE_CHUNK_SIZE;
    } else if (has_length) {
        response->state = AMP_STATE_BODY_BY_LENGTH;
    } else {
        response->closes = 1;
        response->state = AMP_STATE_BODY_BY_CLOSE;
    }
    return AMP_RESPONSE_HEAD;
}

/* Digits, then optional blanks, then the end of the line or the semicolon of an extension. RFC 9112 has no
 * blanks before the end of the line; servers that reserve a fixed width for the size send them. */
int amp__framing_chunk_size(amp_response_t *response, uint8_t c)
{
    unsigned digit = amp__hex_value(c);
    if (digit < 16u) {
        const int has_room = response->remaining >> 56 == 0;
        response->remaining = response->remaining << 4 | digit;
        return has_room && ++response->digits <= CHUNK_DIGITS;
    }
    if (c == ';') {
        response->state = AMP_STATE_CHUNK_EXTENSION;
    } else if (amp__is_blank(c)) {
        response->digits = response->digits > 0 ? DIGITS_OVER : 0;
    } else {
        return 0;
    }
    return response->digits > 0;
}

void amp__response_took(amp_response_t *response, size_t len)
{
    if (response->state == AMP_STATE_BODY_BY_CLOSE) {
        return;
    }
    response->remaining -= len;
    if (response->remaining == 0) {
        response->state = response->state == AMP_STATE_CHUNK_DATA ? AMP_STATE_CHUNK_DATA_END : AMP_STATE_DONE;
        response->head_bytes = 0;
    }
}

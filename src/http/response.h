/* SPDX-License-Identifier: MIT */
/* Parser of HTTP/1.1 responses (RFC 9112), fed in pieces of any size. It reports the few facts of the head
 * that matter to the client, and where the bytes of the body are. The body itself is not copied. */
#ifndef AMP_SRC_RESPONSE_H
#define AMP_SRC_RESPONSE_H

#include "ampersand/response_state.h"

typedef enum {
    AMP_RESPONSE_MORE, /* all input was read, and the message is not complete */
    AMP_RESPONSE_HEAD, /* the final head is complete: status, media and note are set */
    AMP_RESPONSE_BODY, /* bytes of the body follow: see amp__response_next */
    AMP_RESPONSE_DONE, /* the message is complete */
    AMP_RESPONSE_BAD   /* the message is invalid; the connection must be closed */
} amp_response_event_t;

/* Values of response->media, from Content-Type. */
enum { AMP_MEDIA_NONE, AMP_MEDIA_JSON, AMP_MEDIA_PROBLEM, AMP_MEDIA_TEXT, AMP_MEDIA_OTHER };

/* Returns the media type of the body, or AMP_MEDIA_OTHER or above if the library does not read such a body.
 * An encoded body is one of them, which adds the bit of AMP_MEDIA_OTHER to its media type. */
static inline unsigned amp__response_media(const amp_response_t *response)
{
    return response->media | response->encoded * (unsigned)AMP_MEDIA_OTHER;
}
typedef char amp_media_other_is_highest_bit_t[AMP_MEDIA_OTHER == 4 && AMP_MEDIA_TEXT == 3 ? 1 : -1];

/* Values of response->state: the kind of the current line, or of the body bytes that are next. The order
 * matters: states before CHUNK_SIZE also occur in a trailer, and from BODY_BY_CLOSE to CHUNK_DATA the next
 * byte belongs to the body. */
enum {
    AMP_STATE_STATUS_LINE,
    AMP_STATE_NAME,
    AMP_STATE_VALUE_START, /* skips blanks after a colon or a fold */
    AMP_STATE_VALUE,
    AMP_STATE_VALUE_END, /* a line end was read; the next byte shows if the value continues */
    AMP_STATE_CHUNK_SIZE,
    AMP_STATE_CHUNK_EXTENSION,
    AMP_STATE_CHUNK_DATA_END,
    AMP_STATE_BODY_BY_CLOSE,
    AMP_STATE_BODY_BY_LENGTH,
    AMP_STATE_CHUNK_DATA,
    AMP_STATE_DONE,
    AMP_STATES
};
typedef char amp_response_states_fit_t[AMP_STATES <= UINT8_MAX ? 1 : -1];

/* Maximum bytes of the heads (interim ones included) or of the trailer. A longer message is AMP_RESPONSE_BAD.
 * It also bounds the lines between two chunks. */
#define AMP_HEAD_LIMIT 32768u

/* Prepares for the next response. `info` receives note, date, retry_at and retry_after_s, which are reset
 * here; its other members are not changed. `info` must stay valid while the parser is used. */
void amp__response_init(amp_response_t *response, amp_info_t *info);

/* Reads from *at up to `end`, moves *at, and returns the first event. On AMP_RESPONSE_BODY the *out_body
 * bytes at *at belong to the body. The caller consumes some or all of them, moves *at itself, and reports the
 * number with amp__response_took. */
amp_response_event_t amp__response_next(amp_response_t *response, const uint8_t **at, const uint8_t *end,
                                        size_t *out_body);

/* Reports that `len` bytes of the body were consumed, at most *out_body. */
void amp__response_took(amp_response_t *response, size_t len);

/* Returns 1 when the message is complete. */
static inline int amp__response_is_done(const amp_response_t *response)
{
    return response->state == AMP_STATE_DONE;
}

/* Returns 1 when the end of the connection is the end of this message (RFC 9112, 6.3, case 8). */
static inline int amp__response_ends_by_close(const amp_response_t *response)
{
    return response->state == AMP_STATE_BODY_BY_CLOSE;
}

#endif

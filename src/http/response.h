/* SPDX-License-Identifier: MIT */
/* Reads an HTTP/1.1 response (RFC 9112) that is pushed in pieces of any size: the head's few
 * facts that matter, and where the body's bytes are. */
#ifndef AMP_SRC_RESPONSE_H
#define AMP_SRC_RESPONSE_H

#include "ampersand/response_state.h"

typedef enum {
    AMP_RESPONSE_MORE, /* the input is used up */
    AMP_RESPONSE_HEAD, /* the final head is whole: status, media, note are known */
    AMP_RESPONSE_BODY, /* bytes of the body are next: see amp__response_next */
    AMP_RESPONSE_DONE, /* the message is whole */
    AMP_RESPONSE_BAD
} amp_response_event_t;

/* What Content-Type says. */
enum { AMP_MEDIA_NONE, AMP_MEDIA_JSON, AMP_MEDIA_PROBLEM, AMP_MEDIA_TEXT, AMP_MEDIA_OTHER };

/* All lines of the heads, or of the trailer, together; more is AMP_RESPONSE_BAD. */
#define AMP_HEAD_LIMIT 32768u

/* Of info only note, date, retry_at and retry_after_s are touched; it was zeroed once. */
void amp__response_init(amp_response_t *response, amp_info_t *info);

/* Reads from *at up to end and stops at an event. With AMP_RESPONSE_BODY the next *out_body
 * bytes at *at are of the body; they are not read until amp__response_took says so. */
amp_response_event_t amp__response_next(amp_response_t *response, const uint8_t **at, const uint8_t *end,
                                        size_t *out_body);
void amp__response_took(amp_response_t *response, size_t len);

/* 1 when the message is whole. */
int amp__response_is_done(const amp_response_t *response);

/* The connection ended. 1 when that is how this message ends. */
int amp__response_ends_by_close(const amp_response_t *response);

#endif

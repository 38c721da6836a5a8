/* SPDX-License-Identifier: MIT */
/* The state of a response parser. Visible so that sizeof works; the members are private and change without
 * notice. */
#ifndef AMPERSAND_RESPONSE_STATE_H
#define AMPERSAND_RESPONSE_STATE_H

#include "info.h"

/* Head and framing of the answer. */
typedef struct {
    amp_info_t *info;    /* where note, date, retry_at and retry_after_s go */
    uint64_t remaining;  /* bytes of the body or of the chunk to come */
    uint32_t head_bytes; /* of lines, which are bounded, since the last body byte */
    uint16_t status;
    uint8_t state;
    uint8_t minor;    /* HTTP/1.minor */
    uint8_t header;   /* which of those that matter, if any */
    uint8_t trailer;  /* behind the last chunk */
    uint8_t digits;   /* of the chunk's size */
    uint8_t seen;     /* a bit for each header that was there */
    uint8_t media;    /* what Content-Type says */
    uint8_t encoded;  /* a Content-Encoding that was not asked for */
    uint8_t closes;   /* the connection ends with this answer */
    uint8_t cr;       /* a carriage return came */
    uint8_t line_len; /* AMP_NOTE_SIZE: perhaps too long to be kept whole */
    char line[AMP_NOTE_SIZE];
} amp_response_t;

#endif

/* SPDX-License-Identifier: MIT */
/** @file
 * The state of a response parser. Visible so that sizeof works. The members are private and change without
 * notice. */
#ifndef AMPERSAND_RESPONSE_STATE_H
#define AMPERSAND_RESPONSE_STATE_H

#include "info.h"

/** Parser of the head and framing of an answer (RFC 9112). Private. */
typedef struct {
    amp_info_t *info;              /**< Receives note, date, retry_at and retry_after_s. */
    uint32_t head_bytes;           /**< Bytes of lines since the last body byte; bounded. */
    uint64_t remaining;            /**< Bytes of the body or chunk that are still to be received. */
    uint16_t status;               /**< Status code. */
    uint8_t state;                 /**< State of the parser. */
    uint8_t minor;                 /**< Minor version of HTTP/1. */
    uint8_t header;                /**< The known header field that is being read; 0: none. */
    uint8_t trailer;               /**< 1: after the last chunk. */
    uint8_t digits;                /**< Digits of the chunk size so far. */
    uint8_t seen;                  /**< One bit for each known header field that was received. */
    uint8_t media;                 /**< Media type by Content-Type. */
    uint8_t encoded;               /**< 1: there is a Content-Encoding, which was not requested. */
    uint8_t closes;                /**< 1: the connection ends with this answer. */
    uint8_t cr;                    /**< 1: the last byte was a carriage return. */
    uint8_t line_len;              /**< Bytes in `line`; AMP_NOTE_SIZE: the line may be truncated. */
    char line[AMP_NOTE_SIZE + 1u]; /**< The current token or header value; NUL-terminated while it is read. */
} amp_response_t;

#endif

/* SPDX-License-Identifier: MIT */
/* Parser of HTTP/1.1 responses (RFC 9112), fed in pieces of any size. This file reads lines: the status line,
 * header fields, chunk sizes and the trailer. response_framing.c decides where the body ends.
 *
 * Everything that is known between two bytes is in amp_response_t:
 * - state: the kind of the current line, or of the body bytes that are next. After the last chunk the lines
 *   of the trailer are read like those of the head, with `trailer` set.
 * - cr: a carriage return was read, so only a line feed may follow.
 * - line: the beginning of the status line, of a header's name, or of a value that matters.
 *
 * A header's value ends where the next line begins, because a line that begins with a blank continues the
 * value (obs-fold). RFC 9112, 5.2 requires a user agent to replace such a fold by a space. */
#include <string.h>

#include "../base/ascii.h"
#include "../base/scan.h"
#include "response_header.h"
#include "response_private.h"

static const char version[] = "HTTP/1.";
#define VERSION_LEN (sizeof version - 1u)

void amp__response_init(amp_response_t *response, amp_info_t *info)
{
    memset(response, 0, sizeof *response);
    response->info = info;
    info->retry_after_s = 0;
    info->note[0] = '\0';
    info->date[0] = '\0';
    info->retry_at[0] = '\0';
}

/* Appends a byte to response->line. The rest of a line that does not fit is dropped. */
static void store(amp_response_t *response, uint8_t c)
{
    if (response->line_len < AMP_NOTE_SIZE) {
        response->line[response->line_len++] = (char)c;
    }
}

/* Removes blanks from the end of a value. A value that is perhaps truncated is not changed. */
static void trim(amp_response_t *response)
{
    unsigned len = response->line_len;
    if (len < AMP_NOTE_SIZE) {
        while (len > 0 && amp__is_blank(response->line[len - 1u])) {
            --len;
        }
        response->line_len = (uint8_t)len;
    }
}

/* Looks at `c`, the first byte after a header's line, without consuming it. A blank continues the value: the
 * fold and the blanks around it become one space. Any other byte ends the value, which is then interpreted.
 * Returns 1, or 0 when the value makes the message invalid. */
static int after_value(amp_response_t *response, uint8_t c)
{
    int is_valid = 1;
    trim(response);
    if (amp__is_blank(c)) {
        response->state = AMP_STATE_VALUE_START;
        if (response->line_len > 0) {
            store(response, ' ');
        }
    } else {
        response->state = AMP_STATE_NAME;
        response->line[response->line_len] = '\0';
        is_valid = response->header == AMP_HEADER_OTHER || amp__header_value(response);
        response->line_len = 0;
    }
    return is_valid;
}

/* Handles the end of the current line. */
static amp_response_event_t line_end(amp_response_t *response)
{
    int is_valid = 1;
    switch (response->state) {
    case AMP_STATE_STATUS_LINE:
        is_valid = amp__status_line(response);
        response->state = AMP_STATE_NAME;
        break;
    case AMP_STATE_NAME:
        if (!response->trailer) {
            return amp__framing_after_head(response);
        }
        response->state = AMP_STATE_DONE;
        break;
    case AMP_STATE_VALUE_START:
    case AMP_STATE_VALUE:
        response->state = AMP_STATE_VALUE_END;
        return AMP_RESPONSE_MORE;
    case AMP_STATE_CHUNK_DATA_END:
        response->digits = 0;
        response->state = AMP_STATE_CHUNK_SIZE;
        break;
    default: /* AMP_STATE_CHUNK_SIZE or AMP_STATE_CHUNK_EXTENSION */
        response->trailer = response->remaining == 0;
        response->state = response->trailer ? AMP_STATE_NAME : AMP_STATE_CHUNK_DATA;
        break;
    }
    response->line_len = 0;
    return is_valid ? AMP_RESPONSE_MORE : AMP_RESPONSE_BAD;
}

/* Returns 1 when a line end is valid here. */
static int line_may_end(const amp_response_t *response)
{
    return response->state == AMP_STATE_NAME         ? response->line_len == 0
           : response->state == AMP_STATE_CHUNK_SIZE ? response->digits > 0
                                                     : 1;
}

/* Reads a byte of a line, other than its line end. Returns 1, or 0 when the byte is not valid there. */
static int line_byte(amp_response_t *response, uint8_t c)
{
    unsigned at = response->line_len;
    int is_text = (c == '\t') | (c >= 0x20u && c != 0x7fu);
    switch (response->state) {
    case AMP_STATE_NAME:
        if (c == ':') {
            response->header =
                (uint8_t)(response->trailer ? AMP_HEADER_OTHER : amp__header_find(response->line, at));
            response->state = AMP_STATE_VALUE_START;
            response->line_len = 0;
            return at > 0;
        }
        is_text = amp__header_name_end(&c, &c + 1) != &c;
        break;
    case AMP_STATE_VALUE_START:
        if (amp__is_blank(c)) {
            return 1;
        }
        response->state = AMP_STATE_VALUE;
        /* fall through */
    case AMP_STATE_VALUE:
        if (response->header == AMP_HEADER_OTHER) {
            return is_text;
        }
        break;
    case AMP_STATE_STATUS_LINE:
        is_text &= at >= VERSION_LEN || c == (uint8_t)version[at];
        break;
    case AMP_STATE_CHUNK_EXTENSION:
        return is_text;
    case AMP_STATE_CHUNK_SIZE:
        return amp__framing_chunk_size(response, c);
    default: /* AMP_STATE_CHUNK_DATA_END */
        return 0;
    }
    store(response, c);
    return is_text;
}

/* Reads a byte that is not part of the body. A bare carriage return is invalid. */
static amp_response_event_t read_byte(amp_response_t *response, uint8_t c)
{
    int is_valid;
    if (response->cr) {
        response->cr = 0;
        return c == '\n' ? line_end(response) : AMP_RESPONSE_BAD;
    }
    if (c == '\r') {
        response->cr = 1;
        is_valid = line_may_end(response);
    } else {
        is_valid = line_byte(response, c);
    }
    return is_valid ? AMP_RESPONSE_MORE : AMP_RESPONSE_BAD;
}

#if AMP_FAST_HEAD

/* Returns the end of the line that begins at p. Returns NULL when the line has a tab or the next line
 * continues it. Also returns NULL when the line end and a byte after it are not in this piece. */
static const uint8_t *find_line_end(const uint8_t *p, const uint8_t *end)
{
    p = amp__scan_field(p, end);
    return end - p > 2 && p[0] == '\r' && p[1] == '\n' && !amp__is_blank(p[2]) ? p : NULL;
}

/* Sets response->line to [p, end), truncated to its size. */
static void store_line(amp_response_t *response, const uint8_t *p, const uint8_t *end)
{
    size_t len = (size_t)(end - p);
    response->line_len = (uint8_t)(len < AMP_NOTE_SIZE ? len : AMP_NOTE_SIZE);
    memcpy(response->line, p, response->line_len);
}

/* Fast path for lines of the head that are whole in this piece. It reads the status line and header fields
 * without a state per byte, and stops before the first line that needs such a state. Its results are those of
 * read_byte. Returns 1, or 0 when a line makes the message invalid. */
static int read_whole_lines(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    int is_valid = 1;
    if (response->state == AMP_STATE_STATUS_LINE) {
        const uint8_t *line_end = find_line_end(*at, end);
        if (line_end == NULL || line_end - *at < 12 || memcmp(*at, version, VERSION_LEN) != 0) {
            return 1;
        }
        store_line(response, *at, line_end);
        *at = line_end + 2;
        response->state = AMP_STATE_NAME;
        is_valid = amp__status_line(response);
    }
    while (is_valid) { /* find_line_end has left a byte */
        const uint8_t *colon = amp__header_name_end(*at, end);
        if (colon == *at || colon == end || *colon != ':') {
            break;
        }
        const uint8_t *value = colon + 1;
        const uint8_t *value_end = find_line_end(value, end);
        if (value_end == NULL) {
            break;
        }
        response->header = (uint8_t)amp__header_find((const char *)*at, (size_t)(colon - *at));
        *at = value_end + 2;
        if (response->header != AMP_HEADER_OTHER) {
            for (; *value == ' '; ++value) {
            }
            store_line(response, value, value_end);
            trim(response);
            response->line[response->line_len] = '\0';
            is_valid = amp__header_value(response);
        }
    }
    response->line_len = 0;
    return is_valid;
}

#endif

amp_response_event_t amp__response_next(amp_response_t *response, const uint8_t **at, const uint8_t *end,
                                        size_t *out_body)
{
    amp_response_event_t event = AMP_RESPONSE_MORE;
    while (event == AMP_RESPONSE_MORE && response->state != AMP_STATE_DONE && *at < end) {
        const uint8_t *from = *at;
        if (response->state == AMP_STATE_VALUE_END && !after_value(response, *from)) {
            return AMP_RESPONSE_BAD;
        }
        if (response->state >= AMP_STATE_BODY_BY_CLOSE) {
            size_t len = (size_t)(end - from);
            *out_body = response->state != AMP_STATE_BODY_BY_CLOSE && len > response->remaining
                            ? (size_t)response->remaining
                            : len;
            return AMP_RESPONSE_BODY;
        }
#if AMP_FAST_HEAD
        if (response->state <= AMP_STATE_NAME && response->line_len == 0 && !response->trailer &&
            !response->cr) {
            if (!read_whole_lines(response, at, end)) {
                return AMP_RESPONSE_BAD;
            }
        }
#endif
        uint8_t c = *(*at)++;
        response->head_bytes += (uint32_t)(*at - from);
        event = response->head_bytes > AMP_HEAD_LIMIT ? AMP_RESPONSE_BAD : read_byte(response, c);
    }
    return event == AMP_RESPONSE_MORE && response->state == AMP_STATE_DONE ? AMP_RESPONSE_DONE : event;
}

/* SPDX-License-Identifier: MIT */
#include "response.h"

#include <string.h>

#include "../base/scan.h"
#include "response_header.h"

/* What is known between two bytes is in amp_response_t:
 * - state says what the line under way is, or whose bytes of a body are next. After the last
 *   chunk the lines of the trailer are read as those of the head are, with `trailer` set.
 * - cr: a carriage return came, so that nothing but a line feed can follow.
 * - line: the beginning of the status line, of a name, or of a value that matters.
 * - remaining: what is to come of the body, or of the chunk.
 *
 * A header's value ends where the next line begins, because a line that begins with a blank
 * continues it (obs-fold). RFC 9112, 5.2 requires a user agent to read such a fold as a space.
 * VALUE_START skips the blanks after a colon or a fold; in VALUE_END a line's end was read and
 * the first byte of the next line decides. */
enum {
    STATUS_LINE,
    NAME,
    VALUE_START,
    VALUE,
    VALUE_END,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_DATA_END,
    BODY_BY_CLOSE,
    BODY_BY_LENGTH,
    CHUNK_DATA,
    DONE
};

/* A chunk's size may have leading zeros, as servers that reserve room for it write, but is below
 * 2^60. The bound on the digits alone keeps a size from going on without end. */
#define CHUNK_DIGITS 64u
#define DIGITS_OVER 0xf0u /* no digit may follow */

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

/* The head is whole: where the body ends (RFC 9112, 6.3). BAD when it is not clear. */
static amp_response_event_t head_end(amp_response_t *response)
{
    int chunked = amp__has_header(response, AMP_HEADER_TRANSFER_ENCODING);
    int has_length = amp__has_header(response, AMP_HEADER_CONTENT_LENGTH);
    if (response->status < 200u) {
        /* An interim answer: the final one follows. 101 was never asked for. RFC 9110, 8.6 forbids
         * Content-Length here, but some servers send a length of 0, which changes nothing. */
        uint32_t head_bytes = response->head_bytes;
        int fits = response->status != 101u && !chunked && response->remaining == 0;
        amp__response_init(response, response->info);
        response->head_bytes = head_bytes;
        return fits ? AMP_RESPONSE_MORE : AMP_RESPONSE_BAD;
    }
    if (chunked && has_length) {
        return AMP_RESPONSE_BAD;
    }
    response->head_bytes = 0;
    if (response->status == 204u || response->status == 304u) {
        response->state = DONE;
    } else if (chunked) {
        response->state = CHUNK_SIZE;
    } else if (has_length) {
        response->state = response->remaining > 0 ? BODY_BY_LENGTH : DONE;
    } else {
        response->closes = 1;
        response->state = BODY_BY_CLOSE;
    }
    return AMP_RESPONSE_HEAD;
}

static void keep(amp_response_t *response, uint8_t c)
{
    if (response->line_len < AMP_NOTE_SIZE) {
        response->line[response->line_len++] = (char)c;
    }
}

/* Blanks at the end of a value are no part of it. What is perhaps cut is left as it is. */
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

/* Reads the first byte of the line after a header's value, without taking it. A blank makes a space
 * of the fold and of the blanks around it. 0 when the message cannot be trusted for the value. */
static int next_line(amp_response_t *response, uint8_t c)
{
    int fits = 1;
    trim(response);
    if (amp__is_blank((char)c)) {
        response->state = VALUE_START;
        if (response->line_len > 0) {
            keep(response, ' ');
        }
    } else {
        response->state = NAME;
        fits = response->header == AMP_HEADER_OTHER || amp__header_value(response);
        response->line_len = 0;
    }
    return fits;
}

/* The line under way has ended. */
static amp_response_event_t line_end(amp_response_t *response)
{
    int fits = 1;
    switch (response->state) {
    case STATUS_LINE:
        fits = amp__status_line(response);
        response->state = NAME;
        break;
    case NAME:
        if (!response->trailer) {
            return head_end(response);
        }
        response->state = DONE;
        break;
    case VALUE_START:
    case VALUE:
        response->state = VALUE_END;
        return AMP_RESPONSE_MORE;
    case CHUNK_DATA_END:
        response->digits = 0;
        response->state = CHUNK_SIZE;
        break;
    default: /* the size of a chunk */
        response->trailer = response->remaining == 0;
        response->state = response->trailer ? NAME : CHUNK_DATA;
        break;
    }
    response->line_len = 0;
    return fits ? AMP_RESPONSE_MORE : AMP_RESPONSE_BAD;
}

/* 1 when a carriage return may stand here. */
static int line_may_end(const amp_response_t *response)
{
    return response->state == NAME         ? response->line_len == 0
           : response->state == CHUNK_SIZE ? response->digits > 0
                                           : 1;
}

/* Digits, then perhaps blanks, then the end of the line or the semicolon of an extension. RFC 9112
 * has no blanks before the line's end, but servers that reserve a fixed width for the size send them. */
static int chunk_size_byte(amp_response_t *response, uint8_t c)
{
    unsigned letter = (c | 0x20u) - (unsigned)'a';
    unsigned digit = c - (unsigned)'0';
    digit = digit <= 9u ? digit : letter < 6u ? letter + 10u : 16u;
    if (digit < 16u) {
        const int fits = response->remaining >> 56 == 0;
        response->remaining = response->remaining << 4 | digit;
        return fits && ++response->digits <= CHUNK_DIGITS;
    }
    if (c == ';') {
        response->state = CHUNK_EXTENSION;
    } else if (amp__is_blank((char)c)) {
        response->digits = response->digits > 0 ? DIGITS_OVER : 0;
    } else {
        return 0;
    }
    return response->digits > 0;
}

/* A byte of a line, none that ends it. 0 when it cannot stand there. */
static int line_byte(amp_response_t *response, uint8_t c)
{
    unsigned at = response->line_len;
    int is_text = c == '\t' || (c >= 0x20u && c != 0x7fu);
    switch (response->state) {
    case NAME:
        if (c == ':') {
            response->header =
                (uint8_t)(response->trailer ? AMP_HEADER_OTHER : amp__header_find(response->line, at));
            response->state = VALUE_START;
            response->line_len = 0;
            return at > 0;
        }
        is_text = amp__header_name_end(&c, &c + 1) != &c;
        break;
    case VALUE_START:
        if (amp__is_blank((char)c)) {
            return 1;
        }
        response->state = VALUE;
        /* fall through */
    case VALUE:
        if (response->header == AMP_HEADER_OTHER) {
            return is_text;
        }
        break;
    case STATUS_LINE:
        is_text &= at >= VERSION_LEN || c == (uint8_t)version[at];
        break;
    case CHUNK_EXTENSION:
        return is_text;
    case CHUNK_SIZE:
        return chunk_size_byte(response, c);
    default: /* CHUNK_DATA_END */
        return 0;
    }
    keep(response, c);
    return is_text;
}

static amp_response_event_t any_byte(amp_response_t *response, uint8_t c)
{
    int fits;
    if (response->cr) {
        response->cr = 0;
        return c == '\n' ? line_end(response) : AMP_RESPONSE_BAD;
    }
    if (c == '\r') {
        response->cr = 1;
        fits = line_may_end(response);
    } else {
        fits = line_byte(response, c);
    }
    return fits ? AMP_RESPONSE_MORE : AMP_RESPONSE_BAD;
}

#if !defined(__OPTIMIZE_SIZE__)

/* Where the line that begins at p ends, when that and a byte more are in this piece, there is no tab
 * before it and the next line does not continue it; or NULL. */
static const uint8_t *text_end(const uint8_t *p, const uint8_t *end)
{
    p = amp__scan_field(p, end);
    return end - p > 2 && p[0] == '\r' && p[1] == '\n' && !amp__is_blank((char)p[2]) ? p : NULL;
}

static void keep_run(amp_response_t *response, const uint8_t *p, const uint8_t *end)
{
    size_t len = (size_t)(end - p);
    response->line_len = (uint8_t)(len < AMP_NOTE_SIZE ? len : AMP_NOTE_SIZE);
    memcpy(response->line, p, response->line_len);
}

/* The short cut over lines of the head that are whole in this piece. 0 when the message cannot be
 * trusted for one of them. */
static int lines_ahead(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    int fits = 1;
    if (response->state == STATUS_LINE) {
        const uint8_t *line_end = text_end(*at, end);
        if (line_end == NULL || line_end - *at < 12 || memcmp(*at, version, VERSION_LEN) != 0) {
            return 1;
        }
        keep_run(response, *at, line_end);
        *at = line_end + 2;
        response->state = NAME;
        fits = amp__status_line(response);
    }
    while (fits && *at < end) {
        const uint8_t *colon = amp__header_name_end(*at, end);
        if (colon == *at || colon == end || *colon != ':') {
            break;
        }
        const uint8_t *value = colon + 1;
        const uint8_t *value_end = text_end(value, end);
        if (value_end == NULL) {
            break;
        }
        response->header = (uint8_t)amp__header_find((const char *)*at, (size_t)(colon - *at));
        *at = value_end + 2;
        if (response->header != AMP_HEADER_OTHER) {
            for (; *value == ' '; ++value) {
            }
            keep_run(response, value, value_end);
            trim(response);
            fits = amp__header_value(response);
        }
    }
    response->line_len = 0;
    return fits;
}

#endif

amp_response_event_t amp__response_next(amp_response_t *response, const uint8_t **at, const uint8_t *end,
                                        size_t *out_body)
{
    amp_response_event_t event = AMP_RESPONSE_MORE;
    while (event == AMP_RESPONSE_MORE && response->state != DONE && *at < end) {
        const uint8_t *from = *at;
        if (response->state == VALUE_END && !next_line(response, *from)) {
            return AMP_RESPONSE_BAD;
        }
        if (response->state >= BODY_BY_CLOSE) {
            size_t len = (size_t)(end - from);
            *out_body = response->state != BODY_BY_CLOSE && len > response->remaining
                            ? (size_t)response->remaining
                            : len;
            return AMP_RESPONSE_BODY;
        }
#if !defined(__OPTIMIZE_SIZE__)
        if (response->state <= NAME && response->line_len == 0 && !response->trailer && !response->cr) {
            if (!lines_ahead(response, at, end)) {
                return AMP_RESPONSE_BAD;
            }
        }
#endif
        uint8_t c = *(*at)++;
        response->head_bytes += (uint32_t)(*at - from);
        event = response->head_bytes > AMP_HEAD_LIMIT ? AMP_RESPONSE_BAD : any_byte(response, c);
    }
    return event == AMP_RESPONSE_MORE && response->state == DONE ? AMP_RESPONSE_DONE : event;
}

void amp__response_took(amp_response_t *response, size_t len)
{
    if (response->state == BODY_BY_CLOSE) {
        return;
    }
    response->remaining -= len;
    if (response->remaining == 0) {
        response->state = response->state == CHUNK_DATA ? CHUNK_DATA_END : DONE;
        response->head_bytes = 0;
    }
}

int amp__response_is_done(const amp_response_t *response)
{
    return response->state == DONE;
}

int amp__response_ends_by_close(const amp_response_t *response)
{
    return response->state == BODY_BY_CLOSE;
}

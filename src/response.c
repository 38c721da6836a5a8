/* SPDX-License-Identifier: MIT */
#include "response.h"

#include <string.h>

#include "header.h"
#include "scan.h"

/* Runs of bytes at a time. What is known between two pieces is in amp_response_t:
 * - state says what comes next. The states up to HEAD_LF are the head's; after the last chunk
 *   the lines of the trailer go through the same ones, with `trailer` set.
 * - line: the beginning of the status line, of a name, or of a value that matters.
 * - left: what is to come of the body, or of the chunk. */
enum {
    STATUS_LINE,
    LINE_LF,
    LINE_START,
    NAME,
    BEFORE_VALUE,
    VALUE,
    HEAD_LF,
    BODY_BY_LENGTH,
    BODY_BY_CLOSE,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    DONE
};

#define CHUNK_DIGITS 15u
#define DIGITS_OVER 0xf0u /* no digit may follow */
#define VERSION_LEN 7u

static const char version[] = "HTTP/1.";

void amp_response_init(amp_response_t *response, amp_info_t *info)
{
    memset(response, 0, sizeof *response);
    response->info = info;
    info->retry_after_s = 0;
    info->note[0] = '\0';
    info->date[0] = '\0';
    info->retry_at[0] = '\0';
}

static void keep(amp_response_t *response, const uint8_t *data, size_t len)
{
    size_t room = AMP_NOTE_SIZE - (size_t)response->line_len;
    len = len < room ? len : room;
    memcpy(response->line + response->line_len, data, len);
    response->line_len = (uint8_t)(response->line_len + len);
}

/* 0 as soon as what has come of the status line is no such line. */
static int status_line_fits(const amp_response_t *response)
{
    size_t len = response->line_len;
    return memcmp(response->line, version, len < VERSION_LEN ? len : VERSION_LEN) == 0;
}

/* "HTTP/1.1 200" and then a space or the end. */
static int read_status_line(amp_response_t *response)
{
    const char *line = response->line;
    unsigned status = 0;
    if (response->line_len < 12u || line[8] != ' ' || (response->line_len > 12u && line[12] != ' ')) {
        return 0;
    }
    for (unsigned i = 9; i < 12u; ++i) {
        unsigned digit = (uint8_t)line[i] - (unsigned)'0';
        status = digit <= 9u ? status * 10u + digit : 1000u;
    }
    response->status = (uint16_t)status;
    response->minor = (uint8_t)line[7];
    response->closes = line[7] == '0';
    return (line[7] == '0' || line[7] == '1') && status >= 100u && status < 600u;
}

/* The head is whole: where the body ends (RFC 9112, 6.3). 0 when it is not clear. */
static int head_end(amp_response_t *response)
{
    int chunked = amp_has_header(response, AMP_HEADER_TRANSFER_ENCODING);
    int has_length = amp_has_header(response, AMP_HEADER_CONTENT_LENGTH);
    if (response->status < 200u) {
        /* An interim answer: the final one follows. 101 was never asked for. */
        uint32_t head_bytes = response->head_bytes;
        int fits = response->status != 101u && !chunked && !has_length;
        amp_response_init(response, response->info);
        response->head_bytes = head_bytes;
        return fits;
    }
    if (response->status == 204u || response->status == 304u) {
        response->state = DONE;
    } else if (chunked) {
        response->left = 0;
        response->digits = 0;
        response->state = CHUNK_SIZE;
    } else if (has_length) {
        response->state = response->left > 0 ? BODY_BY_LENGTH : DONE;
    } else {
        response->closes = 1;
        response->state = BODY_BY_CLOSE;
    }
    return !(chunked && has_length);
}

/* A carriage return ended a line or a run within one. 0 when it cannot end here. */
static int line_end(amp_response_t *response)
{
    unsigned state = response->state;
    response->state = state == CHUNK_EXTENSION ? CHUNK_SIZE_LF : LINE_LF;
    if (state == STATUS_LINE) {
        return read_status_line(response);
    }
    return state == CHUNK_EXTENSION || response->header == AMP_HEADER_OTHER || amp_header_value(response);
}

/* Text up to the end of a line: the status line, a value, an extension of a chunk. */
static int text_run(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    const uint8_t *p = amp_scan_field(*at, end);
    if (response->state == STATUS_LINE ||
        (response->state == VALUE && response->header != AMP_HEADER_OTHER)) {
        keep(response, *at, (size_t)(p - *at));
        if (response->state == STATUS_LINE && !status_line_fits(response)) {
            return 0;
        }
    }
    *at = p;
    if (p == end) {
        return 1;
    }
    *at = p + 1;
    if (*p == '\t') {
        keep(response, p, 1);
        return 1;
    }
    if (*p != '\r' || !line_end(response)) {
        return 0;
    }
    if (*at < end && **at == '\n' && response->state == LINE_LF) {
        ++*at;
        response->state = LINE_START;
    }
    return 1;
}

static int name_run(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    const uint8_t *p = amp_header_name_end(*at, end);
    keep(response, *at, (size_t)(p - *at));
    *at = p;
    if (p == end) {
        return 1;
    }
    *at = p + 1;
    *at += *at < end && **at == ' ';
    response->header =
        (uint8_t)(response->trailer ? AMP_HEADER_OTHER : amp_header_find(response->line, response->line_len));
    response->state = BEFORE_VALUE;
    return *p == ':' && response->line_len > 0;
}

#if !defined(__OPTIMIZE_SIZE__)

/* The short cut through lines whose name is whole in this piece, and over those among them that
 * do not matter and are whole themselves. Leaves a line that matters before its value. */
static void lines_ahead(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    while (*at < end) {
        const uint8_t *name = *at;
        const uint8_t *colon = amp_header_name_end(name, end);
        if (colon == name || colon == end || *colon != ':') {
            return;
        }
        unsigned header = response->trailer ? AMP_HEADER_OTHER
                                            : amp_header_find((const char *)name, (size_t)(colon - name));
        if (header != AMP_HEADER_OTHER) {
            response->header = (uint8_t)header;
            response->state = BEFORE_VALUE;
            *at = colon + 1;
            *at += *at < end && **at == ' ';
            return;
        }
        const uint8_t *line_end = amp_scan_field(colon + 1, end);
        if (end - line_end < 2 || line_end[0] != '\r' || line_end[1] != '\n') {
            return;
        }
        *at = line_end + 2;
    }
}

#endif

/* Digits, then perhaps white space before the semicolon of an extension. */
static int chunk_size_byte(amp_response_t *response, uint8_t c)
{
    unsigned letter = (c | 0x20u) - (unsigned)'a';
    unsigned digit = c - (unsigned)'0';
    digit = digit <= 9u ? digit : letter < 6u ? letter + 10u : 16u;
    if (digit < 16u) {
        response->left = response->left << 4 | digit;
        return ++response->digits <= CHUNK_DIGITS;
    }
    if (response->digits == 0) {
        return 0;
    }
    if (c == ' ' || c == '\t') {
        response->digits = DIGITS_OVER;
        return 1;
    }
    response->state = c == '\r' ? CHUNK_SIZE_LF : CHUNK_EXTENSION;
    return c == ';' || (c == '\r' && response->digits != DIGITS_OVER);
}

/* A line feed that must come after a carriage return. */
static int line_feed(amp_response_t *response)
{
    switch (response->state) {
    case HEAD_LF:
        if (response->trailer) {
            response->state = DONE;
            return 1;
        }
        return head_end(response);
    case CHUNK_SIZE_LF:
        response->trailer = response->left == 0;
        response->state = response->trailer ? LINE_START : CHUNK_DATA;
        return 1;
    case CHUNK_DATA_LF:
        response->digits = 0;
        response->state = CHUNK_SIZE;
        return 1;
    default: /* LINE_LF */
        response->state = LINE_START;
        return 1;
    }
}

/* Reads some of what is not body. 0 when it cannot be. */
static int framing_run(amp_response_t *response, const uint8_t **at, const uint8_t *end)
{
    uint8_t c = **at;
    switch (response->state) {
    case NAME:
        return name_run(response, at, end);
    case BEFORE_VALUE:
        if (c == ' ' || c == '\t') {
            break;
        }
        response->line_len = 0;
        response->state = VALUE;
        /* fall through */
    case STATUS_LINE:
    case VALUE:
    case CHUNK_EXTENSION:
        return text_run(response, at, end);
    case LINE_START:
        response->line_len = 0;
#if !defined(__OPTIMIZE_SIZE__)
        lines_ahead(response, at, end);
        if (response->state != LINE_START || *at == end) {
            return 1;
        }
        c = **at;
#endif
        if (c != '\r') {
            response->state = NAME;
            return name_run(response, at, end);
        }
        response->state = HEAD_LF;
        break;
    case CHUNK_SIZE:
        ++*at;
        return chunk_size_byte(response, c);
    case CHUNK_DATA_CR:
        ++*at;
        response->state = CHUNK_DATA_LF;
        return c == '\r';
    default:
        ++*at;
        return c == '\n' && line_feed(response);
    }
    ++*at;
    return 1;
}

static int is_body(const amp_response_t *response)
{
    return response->state == BODY_BY_LENGTH || response->state == BODY_BY_CLOSE ||
           response->state == CHUNK_DATA;
}

amp_response_event_t amp_response_next(amp_response_t *response, const uint8_t **at, const uint8_t *end,
                                       size_t *out_body)
{
    while (response->state != DONE && *at < end) {
        const uint8_t *from = *at;
        if (is_body(response)) {
            size_t len = (size_t)(end - from);
            *out_body =
                response->state != BODY_BY_CLOSE && len > response->left ? (size_t)response->left : len;
            return AMP_RESPONSE_BODY;
        }
        int ends_head = response->state == HEAD_LF && !response->trailer;
        int fits = framing_run(response, at, end);
        response->head_bytes += (uint32_t)(*at - from);
        if (!fits || response->head_bytes > AMP_HEAD_LIMIT) {
            return AMP_RESPONSE_BAD;
        }
        if (ends_head && response->state > HEAD_LF) {
            response->head_bytes = 0;
            return AMP_RESPONSE_HEAD;
        }
    }
    return response->state == DONE ? AMP_RESPONSE_DONE : AMP_RESPONSE_MORE;
}

void amp_response_took(amp_response_t *response, size_t len)
{
    if (response->state == BODY_BY_CLOSE) {
        return;
    }
    response->left -= len;
    if (response->left == 0) {
        response->state = response->state == CHUNK_DATA ? CHUNK_DATA_CR : DONE;
        response->head_bytes = 0;
    }
}

int amp_response_is_done(const amp_response_t *response)
{
    return response->state == DONE;
}

int amp_response_ends_by_close(const amp_response_t *response)
{
    return response->state == BODY_BY_CLOSE;
}

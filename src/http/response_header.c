/* SPDX-License-Identifier: MIT */
#include "response_header.h"

#include <string.h>

#include "../base/scan.h"
#include "response.h"

/* In the order of the enumeration; each is led by its length, which tells most names apart. */
static const char names[] = "\12connection"
                            "\20content-encoding"
                            "\16content-length"
                            "\14content-type"
                            "\4date"
                            "\10location"
                            "\13retry-after"
                            "\21transfer-encoding";

/* The same, in the order of AMP_MEDIA_JSON and on. */
static const char media[] = "\20application/json"
                            "\30application/problem+json"
                            "\12text/plain";

#define LENGTH_DIGITS 18u

int amp__status_line(amp_response_t *response)
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

int amp__has_header(const amp_response_t *response, unsigned header)
{
    return (response->seen >> header & 1u) != 0;
}

/* 1 when len bytes are the word, which is in lower case. A name or a token has no character that
 * the bit could turn into one of the word's. */
static int is_word(const char *text, size_t len, const char *word, size_t word_len)
{
    if (len != word_len) {
        return 0;
    }
#if !defined(__OPTIMIZE_SIZE__)
    for (; len >= sizeof(amp_scan_word_t); len -= sizeof(amp_scan_word_t)) {
        amp_scan_word_t x;
        amp_scan_word_t y;
        memcpy(&x, text + len - sizeof x, sizeof x);
        memcpy(&y, word + len - sizeof y, sizeof y);
        if ((x | AMP_SCAN_ONES * 0x20u) != y) {
            return 0;
        }
    }
#endif
    while (len > 0 && (text[len - 1u] | 0x20) == word[len - 1u]) {
        --len;
    }
    return len == 0;
}

/* Which of the words of a list the bytes are; `count` when none. */
static unsigned find_word(const char *list, unsigned count, const char *text, size_t len)
{
    unsigned i = 0;
    for (; i < count; ++i) {
        size_t word_len = (size_t)*list++;
        if (is_word(text, len, list, word_len)) {
            break;
        }
        list += word_len;
    }
    return i;
}

/* RFC 9110: tchar. Nearly all of a name are letters and hyphens. */
static int is_name_char(uint8_t c)
{
    static const uint32_t set[4] = {0, 0x03ff6cfau, 0xc7fffffeu, 0x57ffffffu};
    return (c | 0x20u) - (unsigned)'a' < 26u || c == '-' ||
           (c < 0x80u && (set[c >> 5] >> (c & 31u) & 1u) != 0);
}

const uint8_t *amp__header_name_end(const uint8_t *p, const uint8_t *end)
{
#if !defined(__OPTIMIZE_SIZE__)
    p = amp__scan_letters(p, end);
#endif
    while (p < end && *p != ':' && is_name_char(*p)) {
        ++p;
    }
    return p;
}

unsigned amp__header_find(const char *name, size_t len)
{
    /* Most names begin with another letter than c, d, l, r or t. */
    const uint32_t letters =
        1u << 'c' % 32 | 1u << 'd' % 32 | 1u << 'l' % 32 | 1u << 'r' % 32 | 1u << 't' % 32;
    if ((letters >> (*name & 31) & 1u) == 0) {
        return AMP_HEADER_OTHER;
    }
    return find_word(names, AMP_HEADER_OTHER, name, len);
}

/* 1 when the value is the word, which is led by its length. */
static int value_is(const amp_response_t *response, const char *word)
{
    return find_word(word, 1, response->line, response->line_len) == 0;
}

/* The number that the text is, of 1 to LENGTH_DIGITS digits. 0 when it is no such number. */
static int read_digits(const char *text, size_t len, uint64_t *out_number)
{
    uint64_t number = 0;
    if (len == 0 || len > LENGTH_DIGITS) {
        return 0;
    }
    for (size_t i = 0; i < len; ++i) {
        unsigned digit = (uint8_t)text[i] - (unsigned)'0';
        if (digit > 9u) {
            return 0;
        }
        number = number * 10u + digit;
    }
    *out_number = number;
    return 1;
}

/* Length of the value's part from `start` up to one of the two characters or a space. */
static size_t until(const amp_response_t *response, size_t start, char a, char b)
{
    const char *from = response->line + start;
    const char *end = response->line + response->line_len;
    const char *p = from;
    while (p < end && *p != a && *p != b && !amp__is_blank(*p)) {
        ++p;
    }
    return (size_t)(p - from);
}

/* The number that the value is, once or in a list that repeats it: proxies join repeated lines into "5, 5"
 * (RFC 9110, 8.6). With `again` it must be *number. 0 when it is no such number. */
static int read_number(const amp_response_t *response, int again, uint64_t *number)
{
    size_t start = 0;
    for (;;) {
        uint64_t found = 0;
        unsigned commas = 0;
        size_t len = until(response, start, ',', ',');
        if (!read_digits(response->line + start, len, &found) || (again && found != *number)) {
            return 0;
        }
        *number = found;
        again = 1;
        start += len;
        while (start < response->line_len &&
               (response->line[start] == ',' || amp__is_blank(response->line[start]))) {
            commas += response->line[start++] == ',';
        }
        if (start == response->line_len) {
            return commas == 0 && start < AMP_NOTE_SIZE;
        }
        if (commas != 1u) {
            return 0;
        }
    }
}

/* 1 when the comma-separated list in the value has `close`. */
static int lists_close(const amp_response_t *response)
{
    size_t start = 0;
    while (start < response->line_len) {
        size_t len = until(response, start, ',', ',');
        if (find_word("\5close", 1, response->line + start, len) == 0) {
            return 1;
        }
        start += len + 1u;
    }
    return 0;
}

static void note(amp_response_t *response, size_t start, size_t len)
{
    const char *from = response->line + start;
    const char *end = from + (len < AMP_NOTE_SIZE ? len : AMP_NOTE_SIZE - 1u);
    char *to = response->info->note;
    for (; from < end; ++from) {
        unsigned c = (uint8_t)*from;
        if (c - ' ' <= (unsigned)'~' - ' ') {
            *to++ = (char)(c - 'A' < 26u ? c | 0x20u : c);
        }
    }
    *to = '\0';
}

/* Of a Location the host and port alone: the rest may hold a secret. */
static void note_host(amp_response_t *response)
{
    size_t scheme = until(response, 0, ':', '/');
    int is_http = find_word("\5https\4http", 2, response->line, scheme) < 2u;
    size_t start = scheme + (is_http ? 3u : 2u);
    if ((scheme > 0 && !is_http) || start >= response->line_len ||
        memcmp(response->line + start - 2u, "//", 2) != 0) {
        return;
    }
    size_t len = until(response, start, '/', '?');
    size_t other = until(response, start, '#', '\\');
    len = other < len ? other : len;
    if (start + len == AMP_NOTE_SIZE) {
        /* What was not kept may hold the end of a user's name and password. */
        return;
    }
    for (size_t i = start; i < start + len; ++i) {
        if (response->line[i] == '@') {
            len -= i + 1u - start;
            start = i + 1u;
        }
    }
    note(response, start, len);
}

/* JSON of a kind, such as application/vnd.api+json, is JSON to every recipient (RFC 6839, 3.1): what is
 * between the slash and `json` is taken out of the line, unless the line may be cut. */
static unsigned media_of(amp_response_t *response, size_t len)
{
    const size_t slash = sizeof "application/" - 1u;
    char *line = response->line;
    const uint8_t *start = (const uint8_t *)line + slash;
    const uint8_t *end = (const uint8_t *)line + len;
    unsigned found = find_word(media, AMP_MEDIA_OTHER - AMP_MEDIA_JSON, line, len) + AMP_MEDIA_JSON;
    if (found == AMP_MEDIA_OTHER && len > slash + 5u && len < AMP_NOTE_SIZE && end[-5] == '+' &&
        amp__header_name_end(start, end) == end) {
        memmove(line + slash, end - 4, 4);
        found = find_word(media, 1, line, slash + 4u) == 0 ? AMP_MEDIA_JSON : AMP_MEDIA_OTHER;
    }
    return found;
}

/* 0 when another type came before: a repeated one must be read as the same. */
static int read_type(amp_response_t *response, int again)
{
    unsigned before = response->media;
    if (response->status / 100u != 3u) {
        note(response, 0, response->line_len);
    }
    response->media = (uint8_t)media_of(response, until(response, 0, ';', ';'));
    return !again || response->media == before;
}

#define DATE_MIN 24u /* bytes of the shortest HTTP date, "Sun Nov  6 08:49:37 1994" */

/* Keeps a value that may be a date by its length. Only amp_date_parse tells whether it is one. */
static int keep_date(const amp_response_t *response, char *to)
{
    if (response->line_len >= DATE_MIN && response->line_len < AMP_DATE_SIZE) {
        memcpy(to, response->line, response->line_len);
        to[response->line_len] = '\0';
    }
    return 1;
}

/* Another length or type, or a second coding, would allow two readings of one message. */
int amp__header_value(amp_response_t *response)
{
    unsigned header = response->header;
    int again = amp__has_header(response, header);
    int was_kept = response->line_len < AMP_NOTE_SIZE;
    uint64_t number;
    response->seen = (uint8_t)(response->seen | 1u << header);
    switch (header) {
    case AMP_HEADER_CONTENT_LENGTH:
        return read_number(response, again, &response->remaining);
    case AMP_HEADER_TRANSFER_ENCODING:
        return !again && response->minor == '1' && value_is(response, "\7chunked");
    case AMP_HEADER_CONTENT_TYPE:
        return read_type(response, again);
    case AMP_HEADER_CONTENT_ENCODING:
        response->encoded |= response->line_len > 0 && !value_is(response, "\10identity");
        return 1;
    case AMP_HEADER_CONNECTION:
        response->closes |= !was_kept || lists_close(response);
        return 1;
    case AMP_HEADER_LOCATION:
        if (response->status / 100u == 3u) {
            note_host(response);
        }
        return 1;
    case AMP_HEADER_DATE:
        return keep_date(response, response->info->date);
    default: /* AMP_HEADER_RETRY_AFTER */
        if (read_number(response, 0, &number)) {
            response->info->retry_after_s = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
        }
        return keep_date(response, response->info->retry_at);
    }
}

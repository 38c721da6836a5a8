/* SPDX-License-Identifier: MIT */
#include "header.h"

#include <string.h>

#include "date.h"
#include "response.h"
#include "scan.h"

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

int amp_has_header(const amp_response_t *response, unsigned header)
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

const uint8_t *amp_header_name_end(const uint8_t *p, const uint8_t *end)
{
#if !defined(__OPTIMIZE_SIZE__)
    p = amp_scan_letters(p, end);
#endif
    while (p < end && *p != ':' && is_name_char(*p)) {
        ++p;
    }
    return p;
}

unsigned amp_header_find(const char *name, size_t len)
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
static int read_number(const char *text, size_t len, uint64_t *out_number)
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

static size_t skip_blanks(const amp_response_t *response, size_t start)
{
    while (start < response->line_len && amp_is_blank(response->line[start])) {
        ++start;
    }
    return start;
}

/* Length of the value's part from `start` up to one of the two characters or a space. */
static size_t until(const amp_response_t *response, size_t start, char a, char b)
{
    const char *from = response->line + start;
    const char *end = response->line + response->line_len;
    const char *p = from;
    while (p < end && *p != a && *p != b && !amp_is_blank(*p)) {
        ++p;
    }
    return (size_t)(p - from);
}

/* Proxies join repeated lengths into one value ("5, 5"), and servers send the line twice. RFC 9110,
 * 8.6 allows both when all lengths are the same; any other is refused. */
static int read_lengths(amp_response_t *response, int again)
{
    size_t start = 0;
    for (;;) {
        uint64_t number = 0;
        size_t len = until(response, start, ',', ',');
        if (!read_number(response->line + start, len, &number) || (again && number != response->left)) {
            return 0;
        }
        response->left = number;
        again = 1;
        start = skip_blanks(response, start + len);
        if (start == response->line_len) {
            return start < AMP_NOTE_SIZE;
        }
        if (response->line[start] != ',') {
            return 0;
        }
        start = skip_blanks(response, start + 1u);
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

/* 1 when the media type is of application and ends in +json: JSON to every recipient (RFC 6839, 3.1). */
static int is_json_suffix(const char *type, size_t len)
{
    static const char start[] = "application/";
    static const char end[] = "+json";
    const size_t start_len = sizeof start - 1u;
    const size_t end_len = sizeof end - 1u;
    const uint8_t *type_end = (const uint8_t *)type + len;
    return len > start_len + end_len && len < AMP_NOTE_SIZE && is_word(type, start_len, start, start_len) &&
           is_word(type + len - end_len, end_len, end, end_len) &&
           amp_header_name_end((const uint8_t *)type + start_len, type_end) == type_end;
}

/* 0 when another type came before: a repeated one must be read as the same. */
static int read_type(amp_response_t *response, int again)
{
    size_t len = until(response, 0, ';', ';');
    unsigned before = response->media;
    unsigned found =
        AMP_MEDIA_JSON + find_word(media, AMP_MEDIA_OTHER - AMP_MEDIA_JSON, response->line, len);
    if (found == AMP_MEDIA_OTHER && is_json_suffix(response->line, len)) {
        found = AMP_MEDIA_JSON;
    }
    response->media = (uint8_t)found;
    if (response->status / 100u != 3u) {
        note(response, 0, response->line_len);
    }
    return !again || found == before;
}

/* Keeps a value that may be a date by its length. Only amp_date_parse tells whether it is one. */
static int keep_date(const amp_response_t *response, char *to)
{
    if (response->line_len >= AMP_DATE_MIN && response->line_len < AMP_DATE_SIZE) {
        memcpy(to, response->line, response->line_len);
        to[response->line_len] = '\0';
    }
    return 1;
}

/* Another length or type, or a second coding, would allow two readings of one message. */
int amp_header_value(amp_response_t *response)
{
    unsigned header = response->header;
    int again = amp_has_header(response, header);
    int was_kept = response->line_len < AMP_NOTE_SIZE;
    uint64_t number;
    response->seen = (uint8_t)(response->seen | 1u << header);
    while (was_kept && response->line_len > 0 && amp_is_blank(response->line[response->line_len - 1u])) {
        --response->line_len;
    }
    switch (header) {
    case AMP_HEADER_CONTENT_LENGTH:
        return read_lengths(response, again);
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
        if (read_number(response->line, response->line_len, &number)) {
            response->info->retry_after_s = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
        }
        return keep_date(response, response->info->retry_at);
    }
}

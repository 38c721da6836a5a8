/* SPDX-License-Identifier: MIT */
/* The status line (RFC 9112, 4) and the header fields that matter (RFC 9110).
 *
 * response->line has the current line or value, NUL-terminated; no valid line has a NUL. It is truncated when
 * line_len is AMP_NOTE_SIZE, so each function checks for that before it trusts the end of a value. A repeated
 * field must have the same meaning as the first one, because two interpretations of one message would allow
 * response splitting. */
#include "response_header.h"

#include <string.h>

#include "../base/ascii.h"
#include "../base/scan.h"
#include "response.h"

/* Word lists: words in lower case, each after a byte with its length, in octal because C has no decimal
 * escape. "\5https\4http" has the words "https" and "http". Most words differ in their length.
 *
 * The names are in the order of AMP_HEADER_CONNECTION and so on; "\20" is 16, the length of
 * "content-encoding". */
static const char names[] = "\12connection"
                            "\20content-encoding"
                            "\16content-length"
                            "\14content-type"
                            "\4date"
                            "\10location"
                            "\13retry-after"
                            "\21transfer-encoding";

/* A bit for each header is kept in the 8 bits of response->seen. */
typedef char
    seen_has_a_bit_for_each_header_t[AMP_HEADER_OTHER <= 8u * sizeof(((amp_response_t *)0)->seen) ? 1 : -1];

/* A word list in the order of AMP_MEDIA_JSON and so on. */
static const char media[] = "\20application/json"
                            "\30application/problem+json"
                            "\12text/plain";

#define LENGTH_DIGITS 18u /* any number of 18 digits fits in 63 bits */

int amp__status_line(amp_response_t *response)
{
    const char *line = response->line;
    unsigned status = 0;
    if (response->line_len < 12u || line[8] != ' ' || (response->line_len > 12u && line[12] != ' ')) {
        return 0;
    }
    for (unsigned i = 9; i < 12u; ++i) {
        unsigned digit = amp__digit_value(line[i]);
        status = digit <= 9u ? status * 10u + digit : 1000u;
    }
    response->status = (uint16_t)status;
    response->minor = (uint8_t)line[7];
    response->closes = line[7] == '0';
    return (line[7] == '0' || line[7] == '1') && status >= 100u && status < 600u;
}

/* Returns 1 when the text is the word, without regard to case. The word is in lower case. Bit 0x20 turns a
 * letter into lower case. It also turns the control characters 0x0b, 0x0d and 0x0f into '+', '-' and '/'.
 * These three cannot be in a name or a value here. */
static int is_word(const char *text, size_t len, const char *word, size_t word_len)
{
    if (len != word_len) {
        return 0;
    }
#if AMP_FAST_HEAD
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

/* Returns the index of the text in a list of `count` words, or `count`. */
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

/* Returns 1 for a tchar (RFC 9110, 5.6.2). Letters and hyphens are tested first, because most bytes of a name
 * are such characters. The table has a bit for each character below 0x80: bit 0 of set[1] is the space, bit 1
 * is '!'. */
static int is_name_char(uint8_t c)
{
    static const uint32_t set[4] = {0, 0x03ff6cfau, 0xc7fffffeu, 0x57ffffffu};
    return amp__is_letter(c) || c == '-' || (c < 0x80u && (set[c >> 5] >> (c & 31u) & 1u) != 0);
}

const uint8_t *amp__header_name_end(const uint8_t *p, const uint8_t *end)
{
#if AMP_FAST_HEAD
    p = amp__scan_letters(p, end);
#endif
    while (p < end && *p != ':' && is_name_char(*p)) {
        ++p;
    }
    return p;
}

unsigned amp__header_find(const char *name, size_t len)
{
    /* The names begin with c, d, l, r or t. Most other headers begin with another letter, and are excluded by
     * one test. The low five bits of a letter are its place in the alphabet, in both cases: 3 for c. */
    const uint32_t letters =
        1u << 'c' % 32 | 1u << 'd' % 32 | 1u << 'l' % 32 | 1u << 'r' % 32 | 1u << 't' % 32;
    if ((letters >> (*name & 31) & 1u) == 0) {
        return AMP_HEADER_OTHER;
    }
    return find_word(names, AMP_HEADER_OTHER, name, len);
}

/* Returns 1 when the value is the word of a list with one word: "\7chunked". */
static int value_is(const amp_response_t *response, const char *word)
{
    return find_word(word, 1, response->line, response->line_len) == 0;
}

/* Returns the length of the part at p, which ends before `mark`, a blank, or the end of the value. */
static size_t part_length(const char *p, char mark)
{
    const char *from = p;
    while (*p != mark && *p != '\0' && !amp__is_blank(*p)) {
        ++p;
    }
    return (size_t)(p - from);
}

static const char *skip_blanks(const char *p)
{
    while (amp__is_blank(*p)) {
        ++p;
    }
    return p;
}

/* Reads a number, or a list that repeats one number: proxies join repeated fields into "5, 5" (RFC
 * 9110, 8.6). With `has_number` the value must be *number. Returns 1, or 0 for any other value. */
static int read_number(const amp_response_t *response, int has_number, uint64_t *number)
{
    const char *p = response->line;
    for (;;) {
        const char *digits = p;
        uint64_t found = 0;
        for (unsigned digit; (digit = amp__digit_value(*p)) <= 9u; ++p) {
            found = found * 10u + digit; /* of too many digits, the number is not used */
        }
        if ((size_t)(p - digits) - 1u >= LENGTH_DIGITS || (has_number && found != *number)) {
            return 0;
        }
        *number = found;
        has_number = 1;
        p = skip_blanks(p);
        if (*p == '\0') {
            return response->line_len < AMP_NOTE_SIZE;
        }
        if (*p != ',') {
            return 0;
        }
        p = skip_blanks(p + 1);
    }
}

/* Returns 1 when the value, a comma-separated list, has "close". */
static int has_close(const char *p)
{
    while (*p != '\0') {
        size_t len = part_length(p, ',');
        if (find_word("\5close", 1, p, len) == 0) {
            return 1;
        }
        p += len;
        p += *p != '\0';
    }
    return 0;
}

/* Copies `len` bytes to info->note: printable ASCII in lower case, truncated, NUL-terminated. Other
 * characters are left out. */
static void copy_note(amp_response_t *response, const char *from, size_t len)
{
    const char *end = from + (len < AMP_NOTE_SIZE ? len : AMP_NOTE_SIZE - 1u);
    char *to = response->info->note;
    for (; from < end; ++from) {
        if (amp__is_printable(*from)) {
            *to++ = (char)amp__to_lower(*from);
        }
    }
    *to = '\0';
}

/* Copies the host and port of a Location to info->note. The rest of the URL may hold a secret. */
static void note_host(amp_response_t *response)
{
    const char *p = response->line;
    if (*p != '/') {
        size_t scheme = part_length(p, ':');
        p += scheme + 1u;
        if (p[-1] != ':' || find_word("\5https\4http", 2, response->line, scheme) == 2u) {
            return;
        }
    }
    if (p[0] != '/' || p[1] != '/' || p[2] == '\0') {
        return;
    }
    const char *start = p + 2;
    for (p = start; *p != '\0' && *p != '/' && *p != '?' && *p != '#' && *p != '\\' && !amp__is_blank(*p);
         ++p) {
        if (*p == '@') {
            start = p + 1;
        }
    }
    /* When the authority is truncated, a user name and password may end after the part that is stored. */
    if (p < response->line + AMP_NOTE_SIZE) {
        copy_note(response, start, (size_t)(p - start));
    }
}

/* Returns the media type of a Content-Type without its parameters. A type with the suffix +json is JSON to
 * every recipient (RFC 6839, 3.1): application/vnd.api+json is shortened to application/json in the line, and
 * then found. A type that may be truncated is not shortened. */
static unsigned media_of(amp_response_t *response)
{
    const size_t slash = sizeof "application/" - 1u;
    char *line = response->line;
    size_t len = part_length(line, ';');
    const uint8_t *end = (const uint8_t *)line + len;
    unsigned found = find_word(media, AMP_MEDIA_OTHER - AMP_MEDIA_JSON, line, len) + AMP_MEDIA_JSON;
    if (found == AMP_MEDIA_OTHER && len > slash + 5u && len < AMP_NOTE_SIZE && end[-5] == '+' &&
        amp__header_name_end((const uint8_t *)line + slash, end) == end) {
        memmove(line + slash, end - 4, 4);
        found = find_word(media, 1, line, slash + 4u) == 0 ? AMP_MEDIA_JSON : AMP_MEDIA_OTHER;
    }
    return found;
}

/* Reads Content-Type. Returns 1, or 0 when the field is repeated with another media type. */
static int read_type(amp_response_t *response, int is_repeated)
{
    unsigned before = response->media;
    response->media = (uint8_t)media_of(response);
    return !is_repeated || response->media == before;
}

typedef char lines_hold_dates_t[AMP_DATE_SIZE <= AMP_NOTE_SIZE && AMP_NOTE_SIZE <= UINT8_MAX ? 1 : -1];
#define DATE_MIN 24u /* bytes of the shortest HTTP date, "Sun Nov  6 08:49:37 1994" */

/* Copies a value that may be a date by its length. amp_date_parse decides later whether the text is a date.
 */
static void keep_date(const amp_response_t *response, char *to)
{
    if (response->line_len >= DATE_MIN && response->line_len < AMP_DATE_SIZE) {
        memcpy(to, response->line, response->line_len + 1u);
    }
}

int amp__header_value(amp_response_t *response)
{
    unsigned header = response->header;
    int is_repeated = amp__has_header(response, header);
    int is_whole = response->line_len < AMP_NOTE_SIZE;
    int is_redirect = response->status / 100u == 3u;
    char *date = response->info->date;
    uint64_t number;
    response->seen = (uint8_t)(response->seen | 1u << header);
    switch (header) {
    case AMP_HEADER_CONTENT_LENGTH:
        return read_number(response, is_repeated, &response->remaining);
    case AMP_HEADER_TRANSFER_ENCODING:
        return !is_repeated && response->minor == '1' && value_is(response, "\7chunked");
    case AMP_HEADER_CONTENT_TYPE:
        /* The note of a redirect is the host of its Location instead. */
        if (!is_redirect) {
            copy_note(response, response->line, response->line_len);
        }
        return read_type(response, is_repeated);
    case AMP_HEADER_CONTENT_ENCODING:
        response->encoded |= response->line_len > 0 && !value_is(response, "\10identity");
        return 1;
    case AMP_HEADER_CONNECTION:
        response->closes |= !is_whole || has_close(response->line);
        return 1;
    case AMP_HEADER_LOCATION:
        if (is_redirect) {
            note_host(response);
        }
        return 1;
    case AMP_HEADER_DATE:
        break;
    default: /* AMP_HEADER_RETRY_AFTER */
        if (read_number(response, 0, &number)) {
            response->info->retry_after_s = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
        }
        date = response->info->retry_at;
        break;
    }
    keep_date(response, date);
    return 1;
}

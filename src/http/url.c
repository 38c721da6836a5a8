/* SPDX-License-Identifier: MIT */
/* Parses a base URL (RFC 3986, with the scheme https only). The result points into the caller's text, which
 * is neither decoded nor copied. A user name, a query and a fragment are refused. */
#include "url.h"

#include <string.h>

#include "../base/ascii.h"

static int is_alnum(char c)
{
    return amp__is_letter(c) || amp__is_digit(c);
}

/* `set` is NUL-terminated, and the NUL is not part of it. */
static int is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* The scheme is case-insensitive (RFC 3986, 3.1). */
static int starts_with_https(amp_str_t text)
{
    static const char scheme[] = "https://";
    if (text.len < sizeof scheme - 1u) {
        return 0;
    }
    for (size_t i = 0; i < sizeof scheme - 1u; ++i) {
        if (amp__to_lower(text.ptr[i]) != scheme[i]) {
            return 0;
        }
    }
    return 1;
}

/* Returns the length of the host at the start of the text, brackets included; 0 when there is none. A name
 * can end with a dot, which stands for the root. No label can be empty (RFC 1034, 3.1), not even the first.
 */
static size_t host_length(amp_str_t text)
{
    size_t n = 0;
    if (text.len > 0 && text.ptr[0] == '[') {
        for (n = 1; n < text.len && (is_alnum(text.ptr[n]) || is_one_of(text.ptr[n], ":.%")); ++n) {
        }
        return n > 3u && n < text.len && text.ptr[n] == ']' ? n + 1u : 0;
    }
    for (; n < text.len && (is_alnum(text.ptr[n]) || is_one_of(text.ptr[n], "-._")); ++n) {
        if (text.ptr[n] == '.' && (n == 0 || text.ptr[n - 1u] == '.')) {
            return 0;
        }
    }
    return n;
}

/* Reads ":port" at the start of the text. Returns its length, 0 when there is no port, -1 when it is invalid.
 */
static int port_length(amp_str_t text, uint16_t *out_port)
{
    uint32_t port = 0;
    size_t n = 1;
    if (text.len == 0 || text.ptr[0] != ':') {
        return 0;
    }
    for (; n < text.len && n < 7u && amp__is_digit(text.ptr[n]); ++n) {
        port = port * 10u + amp__digit_value(text.ptr[n]);
    }
    if (n < 2u || port == 0 || port > 65535u) {
        return -1;
    }
    *out_port = (uint16_t)port;
    return (int)n;
}

/* Returns 1 when text[at] begins a percent-encoded byte other than a dot. "%2e%2e" means ".." to a server, so
 * the check of segments below would miss it. */
static int is_valid_escape(amp_str_t text, size_t at)
{
    return text.len - at > 2u && amp__hex_value(text.ptr[at + 1u]) < 16u &&
           amp__hex_value(text.ptr[at + 2u]) < 16u &&
           !(text.ptr[at + 1u] == '2' && (text.ptr[at + 2u] | 0x20) == 'e');
}

/* Returns 1 when the path is empty, or begins with a slash and has only the characters that RFC 3986 allows
 * in a path. The segments "." and ".." are refused. */
static int is_valid_path(amp_str_t path)
{
    size_t segment = 0;
    if (path.len > 0 && path.ptr[0] != '/') {
        return 0;
    }
    for (size_t i = 0; i <= path.len; ++i) {
        if (i == path.len || path.ptr[i] == '/') {
            amp_str_t name = {path.ptr + segment, i - segment};
            if (amp_str_equal(name, AMP_STR(".")) || amp_str_equal(name, AMP_STR(".."))) {
                return 0;
            }
            segment = i + 1u;
        } else if (path.ptr[i] == '%'
                       ? !is_valid_escape(path, i)
                       : !is_alnum(path.ptr[i]) && !is_one_of(path.ptr[i], "-._~!$&'()*+,;=:@")) {
            return 0;
        }
    }
    return 1;
}

amp_status_t amp_url_parse(amp_str_t text, amp_url_t *out_url)
{
    amp_url_t url = {{NULL, 0}, {NULL, 0}, {NULL, 0}, 443};
    if (!starts_with_https(text)) {
        return AMP_ERR_VALUE;
    }
    text.ptr += 8;
    text.len -= 8u;
    url.host.ptr = text.ptr;
    url.host.len = host_length(text);
    amp_str_t rest = {text.ptr + url.host.len, text.len - url.host.len};
    int port = port_length(rest, &url.port);
    if (url.host.len == 0 || url.host.len > AMP_HOST_MAX || port < 0) {
        return AMP_ERR_VALUE;
    }
    url.authority.ptr = text.ptr;
    url.authority.len = url.host.len + (size_t)port;
    url.prefix.ptr = rest.ptr + port;
    url.prefix.len = rest.len - (size_t)port;
    while (url.prefix.len > 0 && url.prefix.ptr[url.prefix.len - 1u] == '/') {
        --url.prefix.len;
    }
    if (!is_valid_path(url.prefix)) {
        return AMP_ERR_VALUE;
    }
    if (url.host.ptr[0] == '[') {
        ++url.host.ptr;
        url.host.len -= 2u;
    }
    *out_url = url;
    return AMP_OK;
}

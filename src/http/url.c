/* SPDX-License-Identifier: MIT */
#include "url.h"

#include <string.h>

static int is_alnum(char c)
{
    char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

static int is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static int starts_with_https(amp_str_t text)
{
    static const char scheme[] = "https://";
    if (text.len < sizeof scheme - 1u) {
        return 0;
    }
    for (size_t i = 0; i < sizeof scheme - 1u; ++i) {
        char c = text.ptr[i];
        if (i < 5u && c >= 'A' && c <= 'Z') {
            c = (char)(c | 0x20);
        }
        if (c != scheme[i]) {
            return 0;
        }
    }
    return 1;
}

/* Length of the host at the start of the text, brackets included; 0 when there is none. A name may end
 * in a dot, which is the root's; no label of it may be empty (RFC 1034, 3.1), the first included. */
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

/* Reads `:port` at the start of the text; gives its length, 0 for none, -1 for a bad one. */
static int port_length(amp_str_t text, uint16_t *out_port)
{
    uint32_t port = 0;
    size_t n = 1;
    if (text.len == 0 || text.ptr[0] != ':') {
        return 0;
    }
    for (; n < text.len && n < 7u && text.ptr[n] >= '0' && text.ptr[n] <= '9'; ++n) {
        port = port * 10u + (uint32_t)(text.ptr[n] - '0');
    }
    if (n < 2u || port == 0 || port > 65535u) {
        return -1;
    }
    *out_port = (uint16_t)port;
    return (int)n;
}

static int is_hex(char c)
{
    char lower = (char)(c | 0x20);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

/* 1 when an escape of two digits stands at text[at] and is no dot, which would make a segment a
 * step in the path all the same. */
static int escape_fits(amp_str_t text, size_t at)
{
    return text.len - at > 2u && is_hex(text.ptr[at + 1u]) && is_hex(text.ptr[at + 2u]) &&
           !(text.ptr[at + 1u] == '2' && (text.ptr[at + 2u] | 0x20) == 'e');
}

/* 1 when the path is empty or made of whole segments of characters that need no encoding. */
static int path_fits(amp_str_t path)
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
                       ? !escape_fits(path, i)
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
    if (!path_fits(url.prefix)) {
        return AMP_ERR_VALUE;
    }
    if (url.host.ptr[0] == '[') {
        ++url.host.ptr;
        url.host.len -= 2u;
    }
    *out_url = url;
    return AMP_OK;
}

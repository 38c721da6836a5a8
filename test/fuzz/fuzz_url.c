/* SPDX-License-Identifier: MIT */
/* Parses a base URL, and IP addresses in its host. The parts of an accepted URL must be those of the text. */
#include "fuzz.h"

#include "base/ip.h"
#include "http/url.h"

static void url_must_hold(const char *text, size_t len, const amp_url_t *url)
{
    const char *end = text + len;
    MUST(url->host.len > 0 && url->host.len <= 253u && url->port > 0);
    MUST(url->authority.ptr == text + 8 && url->authority.len >= url->host.len);
    MUST(url->host.ptr >= url->authority.ptr &&
         url->host.ptr + url->host.len <= url->authority.ptr + url->authority.len);
    MUST(url->prefix.ptr == url->authority.ptr + url->authority.len);
    MUST(url->prefix.ptr + url->prefix.len <= end);
    for (const char *p = url->prefix.ptr + url->prefix.len; p < end; ++p) {
        MUST(*p == '/');
    }
    MUST(url->prefix.len == 0 || (*url->prefix.ptr == '/' && url->prefix.ptr[url->prefix.len - 1u] != '/'));
    for (const char *p = text; p < end; ++p) {
        MUST(*p > ' ' && *p <= '~' && strchr("\"#<>?\\^`{|}", *p) == NULL);
    }
    MUST(!memory_holds(url->prefix.ptr, url->prefix.len, "/../") &&
         memchr(url->authority.ptr, '@', url->authority.len) == NULL);
}

/* Compares an accepted address with a slow parser of four decimal numbers. */
static void address_must_hold(const char *text)
{
    uint8_t address[16];
    unsigned a;
    unsigned b;
    unsigned c;
    unsigned d;
    char again[48];
    size_t len = amp__ip_parse(text, address);
    MUST(len == 0 || len == 4u || len == 16u);
    if (sscanf(text, "%3u.%3u.%3u.%3u", &a, &b, &c, &d) == 4) {
        snprintf(again, sizeof again, "%u.%u.%u.%u", a, b, c, d);
        int is_one = strcmp(again, text) == 0 && a < 256u && b < 256u && c < 256u && d < 256u;
        MUST((len == 4u) == is_one);
        MUST(!is_one || (address[0] == a && address[1] == b && address[2] == c && address[3] == d));
    } else {
        MUST(len != 4u);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = copy_of(data, size);
    amp_url_t url;
    if (amp_url_parse((amp_str_t){text, size}, &url) == 0) {
        url_must_hold(text, size, &url);
    }
    text = realloc(text, size + 1u);
    MUST(text != NULL);
    text[size] = '\0';
    address_must_hold(text);
    free(text);
    return 0;
}

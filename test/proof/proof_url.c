/* SPDX-License-Identifier: MIT */
/* Proves URLs. For any text of up to TEXT bytes after the scheme, no byte outside of it is read. The parts of
 * a valid URL are inside the text, in order, and contain no byte that could end a line of a request. */
/* cbmc --unwind 24 --unwindset host_length.0:8,host_length.1:8,port_length.0:8,is_valid_path.0:9 */
/* cbmc --unwindset amp_url_parse.0:8,amp_str_equal.0:4 src/http/url.c src/base/str.c */
#include "proof.h"

#include <string.h>

#include "http/url.h"

#ifndef TEXT
#define TEXT 6u
#endif

int main(void)
{
    char text[8u + TEXT];
    size_t at;
    amp_url_t url;
    memcpy(text, "https://", 8);
    const amp_str_t view = {text, sizeof text};
    if (amp_url_parse(view, &url) != AMP_OK) {
        return 0;
    }
    const char *end = text + sizeof text;
    prove(url.port > 0 && url.host.len > 0 && url.host.len <= AMP_HOST_MAX);
    prove(url.host.ptr >= text + 8 && url.host.ptr + url.host.len <= url.authority.ptr + url.authority.len);
    prove(url.authority.ptr == text + 8 && url.authority.ptr + url.authority.len == url.prefix.ptr);
    prove(url.prefix.ptr + url.prefix.len <= end);
    assume(at >= 8u && at < sizeof text);
    prove(text[at] > ' ' && text[at] < 0x7f);
    prove(text[at] != '@' || at >= 8u + url.authority.len);
    return 0;
}

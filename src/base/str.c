/* SPDX-License-Identifier: MIT */
/* Views of strings. */
#include "str.h"

#include <string.h>

amp_str_t amp_str(const char *text)
{
    amp_str_t view = {text, text != NULL ? strlen(text) : 0};
    return view;
}

int amp__str_is(const amp_str_t *view, const char *text)
{
    size_t len = strlen(text);
    return view->len == len && (len == 0 || memcmp(view->ptr, text, len) == 0);
}

int amp_str_equal(amp_str_t a, amp_str_t b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

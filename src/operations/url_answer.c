/* SPDX-License-Identifier: MIT */
/* Reads a text/plain answer into an amp_url_buf_t and validates it as a URL.
 *
 * Invariants: `ptr` is NUL-terminated and holds a valid URL only after end() returned AMP_END. Before that
 * `len` counts all bytes of the answer, also those that did not fit. */
#include "url_answer.h"

#include <string.h>

#include "../base/ascii.h"
#include "../base/wipe.h"

#define SCHEME "https://"
#define SCHEME_LEN (sizeof SCHEME - 1u)

int amp__url_is_valid(amp_str_t text)
{
    if (text.len <= SCHEME_LEN || memcmp(text.ptr, SCHEME, SCHEME_LEN) != 0 || text.ptr[SCHEME_LEN] == '/') {
        return 0;
    }
    for (size_t i = SCHEME_LEN; i < text.len; ++i) {
        if (!amp__is_visible(text.ptr[i])) {
            return 0;
        }
    }
    return 1;
}

static void clear(void *out)
{
    amp_url_buf_t *text = out;
    amp__wipe(text->ptr, text->size);
    text->len = 0;
}

static void feed(void *out, const uint8_t *data, size_t len)
{
    amp_url_buf_t *text = out;
    /* Bytes that do not fit are counted too, so that info.need is the size of the whole URL. */
    if (text->len < text->size) {
        size_t room = text->size - text->len;
        memcpy(text->ptr + text->len, data, len < room ? len : room);
    }
    text->len = len < SIZE_MAX - text->len ? text->len + len : SIZE_MAX - 1u;
}

static amp_status_t end(void *out, size_t *out_need)
{
    amp_url_buf_t *text = out;
    const amp_str_t url = {text->ptr, text->len};
    if (text->len >= text->size) {
        *out_need = text->len + 1u;
        return AMP_ERR_TOO_LONG;
    }
    if (!amp__url_is_valid(url)) {
        return AMP_ERR_VALUE;
    }
    text->ptr[text->len] = '\0';
    return AMP_END;
}

const amp_text_answer_t amp__url_answer = {"text/plain", clear, feed, end};

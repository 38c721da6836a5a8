/* SPDX-License-Identifier: MIT */
/* An answer that is text and not JSON: the URL that a user is shown. */
#ifndef AMP_SRC_PLAIN_H
#define AMP_SRC_PLAIN_H

#include "ampersand/operations.h"

void amp_plain_clear(amp_text_t *text);
void amp_plain_feed(amp_text_t *text, const uint8_t *data, size_t len);

/* The text is whole. AMP_END; AMP_ERR_TOO_LONG with *out_need; AMP_ERR_VALUE. */
amp_status_t amp_plain_end(amp_text_t *text, size_t *out_need);

/* 1 when it begins with https:// and a host, and holds nothing but visible ASCII. */
int amp_plain_is_url(amp_str_t text);

#endif

/* SPDX-License-Identifier: MIT */
/* An answer that is text and not JSON: the URL that a user is shown. */
#ifndef AMP_SRC_URL_ANSWER_H
#define AMP_SRC_URL_ANSWER_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* Reads it into an amp_url_buf_t. */
extern const amp_text_answer_t amp__url_answer;

/* 1 when it begins with https:// and a host, and holds nothing but visible ASCII. */
int amp__url_is_valid(amp_str_t text);

#endif

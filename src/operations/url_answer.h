/* SPDX-License-Identifier: MIT */
/* An answer that is plain text: the URL to show to a user. */
#ifndef AMP_SRC_URL_ANSWER_H
#define AMP_SRC_URL_ANSWER_H

#include "../client/endpoint.h"
#include "ampersand/operations.h"

/* The row that reads such an answer. The output struct is an amp_url_buf_t. */
extern const amp_text_answer_t amp__url_answer;

/* Returns 1 if the URL starts with https:// and a host and contains only visible ASCII. */
int amp__url_is_valid(amp_str_t text);

#endif

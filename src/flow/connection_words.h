/* SPDX-License-Identifier: MIT */
/* The values of a connection's `status` and `authScheme` that the library interprets. */
#ifndef AMP_SRC_CONNECTION_WORDS_H
#define AMP_SRC_CONNECTION_WORDS_H

#include <string.h>

static inline int amp__is_word(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

/* `created` is healthy too: the connection is new, or its token was just refreshed. */
static inline int amp__is_healthy(const char *status)
{
    return amp__is_word(status, "created") || amp__is_word(status, "working");
}

/* The provider refuses the credentials of the connection. */
static inline int amp__is_refused(const char *status)
{
    return amp__is_word(status, "bad_credentials");
}

/* A user authorizes such a connection in a browser. */
static inline int amp__is_browser_scheme(const char *scheme)
{
    static const char code[] = "oauth2/authorizationCode"; /* also oauth2/authorizationCodePKCE */
    return strncmp(scheme, code, sizeof code - 1u) == 0;
}

#endif

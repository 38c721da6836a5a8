/* SPDX-License-Identifier: MIT */
/* The base URL: https://host[:port][/prefix]. */
#ifndef AMP_SRC_URL_H
#define AMP_SRC_URL_H

#include "ampersand/url.h"

/* Also what a client takes, whoever made its URL: the name is copied to the work buffer. */
#define AMP_HOST_MAX 253u

#endif

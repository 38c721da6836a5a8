/* SPDX-License-Identifier: MIT */
/* What is written to a page of flash when a device is made: where the service is, whom to trust,
 * the key. A row of entries, each a name closed by a NUL, the length of its value in two bytes (low
 * first), and the value; an empty name ends it. */
#ifndef PROVISION_H
#define PROVISION_H

#include "ampersand/text.h"

/* {NULL, 0} when there is none. */
amp_str_t provision_find(const char *name);

#endif

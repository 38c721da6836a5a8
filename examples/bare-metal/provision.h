/* SPDX-License-Identifier: MIT */
/* A page of flash that is written when the device is made: URL, trust anchor, API key. It is a sequence of
 * entries. An entry is a NUL-terminated name, the length of the value (two bytes, little-endian), and the
 * value. An empty name ends the page. Example: "key\0" 03 00 "abc". */
#ifndef PROVISION_H
#define PROVISION_H

#include "ampersand/text.h"

/* Returns the value, which stays in flash, or {NULL, 0} if the page has no such entry. */
amp_str_t provision_find(const char *name);

#endif

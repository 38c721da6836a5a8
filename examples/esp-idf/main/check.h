/* SPDX-License-Identifier: MIT */
/* Asks the service for the group's connections and logs each. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

/* `api_key` is closed by a NUL. True when the service answered. */
bool check_connections(const char *api_key);

#endif

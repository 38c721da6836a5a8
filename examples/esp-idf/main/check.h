/* SPDX-License-Identifier: MIT */
/* Reads the group's connections from the service and logs each one. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

/* `api_key` is NUL-terminated. `with_doctor` logs the checks of amp_doctor_start first. Returns true when the
 * whole list was read. */
bool check_connections(const char *api_key, bool with_doctor);

#endif

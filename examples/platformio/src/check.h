/* SPDX-License-Identifier: MIT */
/* What is the same on every board and on a host: ask for a group's connections, tell each. */
#ifndef CHECK_H
#define CHECK_H

#include "ampersand/ampersand.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Prints or logs a line, which is closed by a NUL and has no newline. */
typedef void (*check_tell_fn)(const char *line);

/* `trust` says over which socket and on which authorities' word; `config` has project and key.
 * AMP_END when all were told, else the error, which was told too. Waits, up to the deadline. */
amp_status_t check_connections(const amp_tls_config_t *trust, amp_config_t *config, const char *group,
                               check_tell_fn tell);

#ifdef __cplusplus
}
#endif
#endif

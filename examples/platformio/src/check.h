/* SPDX-License-Identifier: MIT */
/* The common part of all boards and the host: reads a group's connections and reports each one. */
#ifndef CHECK_H
#define CHECK_H

#include "ampersand/ampersand.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Prints or logs one line. `line` is NUL-terminated and has no newline. */
typedef void (*check_print_fn)(const char *line);

/* Reads the connections of `group` (NULL: of all groups) and passes a line for each to `print_line`. `trust`
 * has the POSIX port and the trust anchors, `config` the project and the API key. `with_doctor` reports the
 * checks of amp_doctor_start first. Returns AMP_END after the last connection, or a negative amp_status_t
 * after it has reported the error. Waits until the answer or the deadline. */
amp_status_t check_connections(const amp_tls_config_t *trust, amp_config_t *config, const char *group,
                               int with_doctor, check_print_fn print_line);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: MIT */
/* The file that keeps the TLS session between runs. A reader of the file can decrypt the traffic, and a
 * writer of the file can impersonate the service. Therefore the file is used only if other users cannot
 * access it. */
#ifndef CLI_SESSION_FILE_H
#define CLI_SESSION_FILE_H

#include "cli.h"

/* Checks, before anything is sent, that a file can be stored at the path of --session. Returns AMP_OK or the
 * failure's status. */
amp_status_t session_check(cli_t *cli);

/* Imports the session, if the file has one. A file that other users can access is ignored with a warning. */
void session_read(cli_t *cli, amp_port_t *tls);

/* Replaces the file with the session of the port. A failure is a warning on standard error. */
void session_write(cli_t *cli, amp_port_t *tls);

#endif

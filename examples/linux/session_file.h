/* SPDX-License-Identifier: MIT */
/* The TLS session that is kept between runs. Whoever can read the file can read what is sent, and
 * whoever can write it can pass for the service: it is its owner's alone, or it is not used. */
#ifndef CLI_SESSION_FILE_H
#define CLI_SESSION_FILE_H

#include "cli.h"

/* Refuses, before anything is sent, a --session that can never be a file of ours. */
amp_status_t session_check(cli_t *cli);

/* Imports the session, if there is one; a file that is not fit for it counts as none. */
void session_read(cli_t *cli, amp_port_t *tls);

/* Puts the session of a port in the file's place. Says so on standard error when it could not. */
void session_write(cli_t *cli, amp_port_t *tls);

#endif

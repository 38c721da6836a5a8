/* SPDX-License-Identifier: MIT */
/* The connection to the service: socket, TLS and client, set up from the options. A run has one. */
#ifndef CLI_NETWORK_H
#define CLI_NETWORK_H

#include "ampersand/doctor.h"
#include "cli.h"
#include "view.h"

/* Sets up the client. Returns NULL with the failure set when that fails. Only one client exists at a time. */
amp_client_t *network_open(cli_t *cli);

/* Sets the timeout of the next request to the remaining time. Call it before each request but the first.
 * Returns AMP_OK or the failure's status. */
amp_status_t network_again(cli_t *cli);

/* The same for a request that a flow of the library starts: without time left it ends with AMP_ERR_DEADLINE.
 */
void network_limit(const cli_t *cli);

/* Calls `step` and waits for the network until `step` returns something other than AMP_PENDING. `step` runs
 * an operation of the client. Returns that status, with the failure set when it is an error. */
amp_status_t network_drive(cli_t *cli, amp_status_t (*step)(void *ctx), void *ctx);

/* Continues the request in progress. Returns AMP_ITEM, AMP_END or the failure's status. */
amp_status_t network_next(cli_t *cli);

/* Continues the request in progress to its end, and ignores the records of a list. Returns AMP_OK or the
 * failure's status. */
amp_status_t network_finish(cli_t *cli);

/* Continues the request in progress to its end, and prints each record from *record by `kind`. Returns AMP_OK
 * or the failure's status. */
amp_status_t network_show(cli_t *cli, const kind_t *kind, const void *record);

/* Sets the failure from the last request, which ended with `status`, and from TLS. Returns the failure's
 * status. */
amp_status_t network_fail(cli_t *cli, amp_status_t status);

/* Sets what the doctor needs of TLS, clock and socket. */
void network_examine(amp_doctor_args_t *out_args);

/* Stores the statistics in *cli, keeps the TLS session, closes the connection, and frees the memory. */
void network_close(cli_t *cli);

#endif

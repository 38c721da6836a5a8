/* SPDX-License-Identifier: MIT */
/* The way to the service: socket, TLS and client, set up from the options. */
#ifndef CLI_NETWORK_H
#define CLI_NETWORK_H

#include "ampersand/tls.h"
#include "cli.h"
#include "view.h"

/* Sets up the client. NULL with the failure set when it cannot be. One at a time. */
amp_client_t *network_open(cli_t *cli);

/* Before each request but the first: gives it what is left of the deadline. AMP_OK or the failure. */
amp_status_t network_again(cli_t *cli);

/* Goes on with whatever `step` is a step of, over the client, until it gives something other than
 * AMP_PENDING: that, or the failure. */
amp_status_t network_drive(cli_t *cli, amp_status_t (*step)(void *ctx), void *ctx);

/* Goes on with the request under way: AMP_ITEM, AMP_END or the failure. */
amp_status_t network_next(cli_t *cli);

/* Goes on with it to its end; records of a list are passed over. AMP_OK or the failure. */
amp_status_t network_finish(cli_t *cli);

/* Goes on with it to its end, and shows its records, which come in *record, as `kind` says. AMP_OK
 * or the failure. */
amp_status_t network_show(cli_t *cli, const kind_t *kind, const void *record);

/* When a stage was first reached; now, when it was not. */
uint64_t network_reached_ms(amp_stage_t stage);

void network_tls(amp_tls_stats_t *out_stats);

/* Notes what it cost and lets go of everything. */
void network_close(cli_t *cli);

#endif

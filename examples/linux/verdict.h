/* SPDX-License-Identifier: MIT */
/* The library's verdict, and how it is told: one word, why, what to do, when to look again. */
#ifndef CLI_VERDICT_H
#define CLI_VERDICT_H

#include "ampersand/health.h"
#include "cli.h"

typedef struct {
    cli_t *cli;
    const amp_client_t *client;
    amp_pace_t pace;
    uint32_t seed;
    amp_health_t health;
} verdict_t;

/* Waits are drawn anew in each run. */
void verdict_init(verdict_t *verdict, cli_t *cli, const amp_client_t *client);

/* Judges how the last request went; `connection` is what it found, NULL: none. */
void verdict_judge(verdict_t *verdict, const amp_connection_t *connection, int is_expected);

/* Prints it, with the connection and how many there are. AMP_OK, or the failure of standard output. */
amp_status_t verdict_print(verdict_t *verdict, const amp_connection_t *connection, uint32_t matching);

#endif

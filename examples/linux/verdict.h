/* SPDX-License-Identifier: MIT */
/* The verdict of the library, and its output: one word, the reason, the advice, and when to check again. */
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

/* Initializes *verdict. Its random numbers differ between runs. */
void verdict_init(verdict_t *verdict, cli_t *cli, const amp_client_t *client);

/* Judges the result of the last request. `connection` is the connection it found, or NULL. is_expected: 1
 * when a connection is being created, so that "no connection" is not final. */
void verdict_judge(verdict_t *verdict, const amp_connection_t *connection, int is_expected);

/* Prints the verdict, the connection (or NULL), and the number of matching connections. Returns AMP_OK or the
 * failure's status. */
amp_status_t verdict_print(verdict_t *verdict, const amp_connection_t *connection, uint32_t matching);

/* Prints a line with the advice for a person. */
void verdict_print_advice(const char *advice);

#endif

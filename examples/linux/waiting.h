/* SPDX-License-Identifier: MIT */
/* Waiting for something that a person does elsewhere. */
#ifndef CLI_WAITING_H
#define CLI_WAITING_H

#include "cli.h"

typedef struct {
    cli_t *cli;
    const char *what; /* for whom or what, as a terminal is told */
    uint32_t for_ms;  /* --for */
    uint64_t end_ms;
    int is_drawn; /* a line stands on the terminal that is to be written over */
} waiting_t;

/* Reads --for, which begins now, and lets the deadline end after it unless one is given. AMP_OK or the
 * failure. */
amp_status_t waiting_init(waiting_t *waiting, cli_t *cli, const char *what);

/* Begins --for anew. */
void waiting_restart(waiting_t *waiting);

/* Waits ms, but not beyond --for or the deadline; on a terminal with the time that is left. AMP_OK or
 * the failure. */
amp_status_t waiting_sleep(waiting_t *waiting, uint32_t ms);

/* Takes the line from the terminal. */
void waiting_clear(waiting_t *waiting);

#endif

/* SPDX-License-Identifier: MIT */
/* Waits for something that a person does elsewhere, with the remaining time on a terminal. */
#ifndef CLI_WAITING_H
#define CLI_WAITING_H

#include "cli.h"

typedef struct {
    cli_t *cli;
    const char *what; /* the awaited event or person, such as "the user" */
    uint32_t for_ms;  /* value of --for */
    uint64_t end_ms;  /* when --for is over */
    int is_drawn;     /* 1: the last line of the terminal is the remaining time */
} waiting_t;

/* Reads --for and starts its time. Without --deadline, the deadline of the run is moved to after that time.
 * Returns AMP_OK or the failure's status. */
amp_status_t waiting_init(waiting_t *waiting, cli_t *cli, const char *what);

/* Starts the time of --for again. */
void waiting_restart(waiting_t *waiting);

/* Waits `ms` milliseconds, but not longer than --for or the deadline. A terminal shows the remaining time.
 * Returns AMP_OK or the failure's status. */
amp_status_t waiting_sleep(waiting_t *waiting, uint32_t ms);

/* Erases the line from the terminal. */
void waiting_clear(waiting_t *waiting);

#endif

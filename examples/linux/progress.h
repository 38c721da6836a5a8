/* SPDX-License-Identifier: MIT */
/* Records when each stage of a request is reached. With --verbose, prints the stages on standard error. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli.h"

typedef struct {
    const cli_t *cli;
    const amp_port_t *tls;
    amp_stage_t stage; /* at the last call of progress_show */
    unsigned printed;  /* a bit for each stage */
} progress_t;

/* Initializes *progress. `cli` and `tls` must outlive it. */
void progress_init(progress_t *progress, const cli_t *cli, const amp_port_t *tls);

/* Call it after each step of the client. */
void progress_show(progress_t *progress, const amp_info_t *info);

/* Call it at the end of the request. Prints the stage in which the request ended. */
void progress_end(progress_t *progress, const amp_info_t *info);

#endif

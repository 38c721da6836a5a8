/* SPDX-License-Identifier: MIT */
/* --verbose: the stages of a request on standard error, each when it is reached. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli.h"

typedef struct {
    const cli_t *cli;
    const amp_port_t *tls;
    amp_stage_t stage; /* of the last look */
    unsigned told;     /* a bit for each stage */
} progress_t;

void progress_init(progress_t *progress, const cli_t *cli, const amp_port_t *tls);

/* To be called after each step. */
void progress_show(progress_t *progress, const amp_info_t *info);

/* Tells the stage that was reached but not passed, when the request ended in it. */
void progress_end(progress_t *progress, const amp_info_t *info);

#endif

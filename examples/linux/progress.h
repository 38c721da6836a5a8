/* SPDX-License-Identifier: MIT */
/* The stages of a request: when each is reached and, with --verbose, that it is, on standard error. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli.h"

typedef struct {
    const cli_t *cli;
    const amp_port_t *tls;
    amp_stage_t stage;                     /* of the last look */
    unsigned told;                         /* a bit for each stage */
    uint64_t reached_ms[AMP_STAGE_COUNT_]; /* when a stage was first seen to be reached; 0: not yet */
} progress_t;

void progress_init(progress_t *progress, const cli_t *cli, const amp_port_t *tls);

/* To be called after each step. */
void progress_show(progress_t *progress, const amp_info_t *info);

/* Tells the stage that was reached but not passed, when the request ended in it. */
void progress_end(progress_t *progress, const amp_info_t *info);

#endif

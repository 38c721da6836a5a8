/* SPDX-License-Identifier: MIT */
/* One run of the program: what it was asked, and what became of it. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "options.h"

typedef struct {
    uint64_t sent;
    uint64_t received;
    char protocol[16];
    int resumed;
    unsigned handshakes;
    unsigned requests;
} stats_t;

typedef struct cli {
    args_t args;
    int as_json;
    int is_verbose;
    uint64_t start_ms;
    uint64_t end_ms;     /* of the deadline */
    uint32_t request_ms; /* the most that one request may take of it; 0: all */
    stats_t stats;
    failure_t failure;
    int exit_status; /* EXIT_UNWELL: the program ends with it, whatever the failure says
                      * but of broken output; else 0 */
} cli_t;

/* Done, and what was looked at is not well. */
#define EXIT_UNWELL 1

#endif

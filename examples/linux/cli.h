/* SPDX-License-Identifier: MIT */
/* The state of one run of the program: its arguments, deadline, statistics and failure. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "options.h"

/* The cost of the run, for --stats. Bytes include TLS. */
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
    uint64_t end_ms;     /* when the deadline passes */
    uint32_t request_ms; /* longest time for one request; 0: until the deadline */
    stats_t stats;
    failure_t failure;
    int exit_status; /* EXIT_UNWELL: the exit status, unless standard output is broken;
                      * 0: the failure decides */
} cli_t;

/* The command completed, and the connection or the check is not healthy. */
#define EXIT_UNWELL 1

#endif

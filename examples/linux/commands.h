/* SPDX-License-Identifier: MIT */
/* The commands, one row each, and the help that is made of the rows. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"
#include "view.h"

/* Most commands are one operation of the service: `start` hands it what was given, and what comes is
 * shown as `kind` says. Others have a `run` of their own. */
typedef struct command {
    const char *words[WORDS_MAX];
    const char *help;
    uint32_t takes;    /* besides OPT_EVERYWHERE */
    uint32_t required; /* of those */
    const char *positionals[POSITIONALS_MAX];
    unsigned positionals_required;
    int is_anonymous;   /* needs neither project nor credential */
    const kind_t *kind; /* NULL: nothing is shown */
    /* Starts the operation, whose record comes in *record. AMP_OK or an error. */
    amp_status_t (*start)(cli_t *cli, amp_client_t *client, record_t *record);
    amp_status_t (*prepare)(cli_t *cli); /* before the network is needed; or NULL */
    amp_status_t (*run)(cli_t *cli);     /* all of it, in place of start */
} command_t;

/* Ends with a row without words. */
extern const command_t commands[];

/* Runs the command that was given. AMP_OK or the failure. */
amp_status_t commands_run(cli_t *cli);

/* Of the command that the words name, of those that begin with the first word, or of all. */
void commands_help(const args_t *args);

#endif

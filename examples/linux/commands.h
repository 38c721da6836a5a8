/* SPDX-License-Identifier: MIT */
/* The table of commands, and the help that is printed from it. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"
#include "view.h"

#define EXAMPLES_MAX 2u

/* A command. Most are one operation of the service: `start` starts it with the user's arguments, and `kind`
 * describes how its records are printed. Other commands have a `run` function. */
typedef struct command {
    const char *words[WORDS_MAX];
    const char *help;
    const char *examples[EXAMPLES_MAX]; /* command lines of a shell; the rest is NULL */
    uint32_t takes;                     /* its options, besides OPT_EVERYWHERE */
    uint32_t required;                  /* its required options, a subset of `takes` */
    const char *positionals[POSITIONALS_MAX];
    unsigned positionals_required;
    int is_anonymous;   /* 1: it works without project and credential */
    const kind_t *kind; /* how its records are printed; NULL: it has none */
    /* Starts the operation, which stores its records in *record. Returns AMP_OK or an error. */
    amp_status_t (*start)(cli_t *cli, amp_client_t *client, record_t *record);
    amp_status_t (*prepare)(cli_t *cli); /* runs before the connection is opened; or NULL */
    amp_status_t (*run)(cli_t *cli);     /* runs the whole command, in place of `start` */
} command_t;

/* The last row has no words. */
extern const command_t commands[];

/* Runs the command of cli->args. Returns AMP_OK or the failure's status. */
amp_status_t commands_run(cli_t *cli);

/* Returns 1 when a command begins with the word. */
int commands_has_group(const char *word);

/* Prints the help of the command that the words name, else of all that begin with the first word, else of
 * all commands. */
void commands_help(const args_t *args);

#endif

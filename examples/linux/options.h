/* SPDX-License-Identifier: MIT */
/* Reads the command line by the table of options (options.c) and the table of commands (commands.c). */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "failure.h"

typedef enum {
    OPT_URL,
    OPT_PROJECT,
    OPT_API_KEY_FILE,
    OPT_TOKEN_COMMAND,
    OPT_CA,
    OPT_PIN,
    OPT_SESSION,
    OPT_DEADLINE,
    OPT_JSON,
    OPT_VERBOSE,
    OPT_STATS,
    OPT_HELP,
    OPT_VERSION,
    OPT_REFRESH,
    OPT_PROVIDER,
    OPT_GROUP,
    OPT_CONSUMER,
    OPT_GROUP_NAME,
    OPT_CONSUMER_NAME,
    OPT_WORKSPACE,
    OPT_METADATA,
    OPT_SECRET_FILE,
    OPT_PROVIDER_APP,
    OPT_CONNECTION,
    OPT_FOLLOW,
    OPT_FOR,
    OPT_QR,
    OPT_YES,
    OPT_COUNT
} option_id_t;

/* Sets of options as bits, for the table of commands. */
#define OPT(name) ((uint32_t)1 << OPT_##name)
#define OPT_EVERYWHERE (OPT(REFRESH) - 1u) /* every option before OPT_REFRESH */

typedef struct {
    const char *name;  /* with its two dashes */
    const char *value; /* placeholder of its value in the help; NULL: it takes no value */
    const char *env;   /* the environment variable that sets it too, or NULL */
    const char *help;
    const char *choices; /* allowed values, separated by |, or NULL */
    unsigned most;       /* values that are kept; 1: a later value replaces an earlier one */
    const char *letter;  /* the short form with its dash, or NULL */
} option_t;

extern const option_t options[OPT_COUNT];

#define WORDS_MAX 2u
#define POSITIONALS_MAX 3u

struct command;

#define METADATA_MAX 16u
#define PINS_MAX 16u
#define GIVEN_MAX (OPT_COUNT + METADATA_MAX + PINS_MAX)

/* The parsed command line. All pointers point into argv. */
typedef struct {
    struct {
        option_id_t id;
        const char *value;
    } given[GIVEN_MAX];
    unsigned given_count;
    const char *words[WORDS_MAX + POSITIONALS_MAX]; /* those of the command, then its arguments */
    unsigned word_count;
    const struct command *command; /* NULL: the words name no command */
    int is_group;                  /* 1: the only word is one that several commands begin with */
} args_t;

/* Parses argv. Returns AMP_OK, or AMP_ERR_ARGUMENT with the failure set when argv breaks a rule of the
 * tables. */
amp_status_t options_parse(args_t *args, int argc, char **argv, failure_t *failure);

/* Returns the index of the first argument from argv[at] on that is no option and no option's value. Returns
 * argc or the index of "--" when there is none. */
int options_find_word(int argc, char **argv, int at);

/* Returns 1 when the option, which takes no value, is in argv. The rest of argv may be wrong. */
int options_has_flag(int argc, char **argv, option_id_t id);

/* Returns the n-th value of an option, counted from 0, or NULL. The value of an option without one is "". */
const char *options_nth(const args_t *args, option_id_t id, unsigned n);

/* Returns the value of an option, else the value of its environment variable unless that is empty, else
 * NULL. */
const char *options_get(const args_t *args, option_id_t id);

/* Returns the n-th word after the command, counted from 0, or NULL. */
const char *options_positional(const args_t *args, unsigned n);

/* Converts seconds such as "5" or "0.25", above 0 and up to a day, to milliseconds. Returns AMP_OK, or
 * AMP_ERR_ARGUMENT. */
amp_status_t options_seconds(const char *text, uint32_t *out_ms);

#endif

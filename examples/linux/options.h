/* SPDX-License-Identifier: MIT */
/* The command line: options and words, read by one table of options and one of commands. */
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
    OPT_COUNT
} option_id_t;

/* Sets of options, as commands name them. */
#define OPT(name) ((uint32_t)1 << OPT_##name)
#define OPT_EVERYWHERE (OPT(REFRESH) - 1u) /* those that stand before OPT_REFRESH */

typedef struct {
    const char *name;  /* with its dashes */
    const char *value; /* what it takes, for the help; NULL: nothing */
    const char *env;   /* the variable that stands in for it, or NULL */
    const char *help;
    const char *choices; /* allowed values with | between, or NULL */
    unsigned most;       /* times it may be given */
} option_t;

extern const option_t options[OPT_COUNT];

#define WORDS_MAX 2u
#define POSITIONALS_MAX 3u

struct command;

#define METADATA_MAX 16u
#define PINS_MAX 16u
#define GIVEN_MAX (OPT_COUNT + METADATA_MAX + PINS_MAX)

/* What was given, in order. All of it points into argv. */
typedef struct {
    struct {
        option_id_t id;
        const char *value;
    } given[GIVEN_MAX];
    unsigned given_count;
    const char *words[WORDS_MAX + POSITIONALS_MAX]; /* of the command, then its positionals */
    unsigned word_count;
    const struct command *command; /* NULL when the words name none */
} args_t;

/* Reads argv. AMP_OK; AMP_ERR_ARGUMENT with the failure set: it breaks a rule of the tables. */
amp_status_t options_parse(args_t *args, int argc, char **argv, failure_t *failure);

/* 1 when the option `name` (which takes no value) is among argv, however wrong the rest is. */
int options_has_flag(int argc, char **argv, const char *name);

/* The n-th value given for an option ("" for one that takes none), or NULL. */
const char *options_nth(const args_t *args, option_id_t id, unsigned n);

/* The option's value, else that of its variable unless it is empty, else NULL. */
const char *options_get(const args_t *args, option_id_t id);

/* The n-th word behind the command, or NULL. */
const char *options_positional(const args_t *args, unsigned n);

/* Seconds such as 5 or 0.25, above 0 and up to a day, to milliseconds. */
amp_status_t options_seconds(const char *text, uint32_t *out_ms);

#endif

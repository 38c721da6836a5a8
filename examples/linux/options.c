/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"

#define DEADLINE_MAX_MS 86400000u /* a day */

const option_t options[OPT_COUNT] = {
    [OPT_URL] = {"--url", "URL", "AMP_URL", "base URL of the service, https:// only", NULL, 1},
    [OPT_PROJECT] = {"--project", "P", "AMP_PROJECT", "project, by id or name", NULL, 1},
    [OPT_API_KEY_FILE] = {"--api-key-file", "F", NULL,
                          "file of the API key, - for standard input; or $AMP_API_KEY", NULL, 1},
    [OPT_TOKEN_COMMAND] = {"--token-command", "CMD", "AMP_TOKEN_COMMAND",
                           "command that prints a JWT; run again after a 401", NULL, 1},
    [OPT_CA] = {"--ca", "F", "AMP_CA_FILE", "PEM file of trusted authorities", NULL, 1},
    [OPT_PIN] = {"--pin", "HEX", NULL, "SHA-256 of a public key that must be in the chain, up to 16 times",
                 NULL, PINS_MAX},
    [OPT_SESSION] = {"--session", "F", "AMP_SESSION_FILE", "TLS session, kept between runs", NULL, 1},
    [OPT_DEADLINE] = {"--deadline", "S", NULL,
                      "seconds for the whole command; when left out 30, or --for and 30 more", NULL, 1},
    [OPT_JSON] = {"--json", NULL, NULL, "one JSON object a line", NULL, 1},
    [OPT_VERBOSE] = {"--verbose", NULL, NULL, "tell each stage on standard error", NULL, 1},
    [OPT_STATS] = {"--stats", NULL, NULL, "tell what it cost on standard error", NULL, 1},
    [OPT_HELP] = {"--help", NULL, NULL, "this text, or a command's", NULL, 1},
    [OPT_VERSION] = {"--version", NULL, NULL, "the version", NULL, 1},
    [OPT_REFRESH] = {"--refresh", "WHEN", NULL, "make the service refresh the token: ifExpired or force",
                     "ifExpired|force", 1},
    [OPT_PROVIDER] = {"--provider", "P", NULL, "provider, such as salesforce", NULL, 1},
    [OPT_GROUP] = {"--group", "G", NULL, "reference of the group (customer)", NULL, 1},
    [OPT_CONSUMER] = {"--consumer", "C", NULL, "reference of the consumer (user)", NULL, 1},
    [OPT_GROUP_NAME] = {"--group-name", "N", NULL, "the group's name for people", NULL, 1},
    [OPT_CONSUMER_NAME] = {"--consumer-name", "N", NULL, "the consumer's name for people", NULL, 1},
    [OPT_WORKSPACE] = {"--workspace", "W", NULL, "the provider's workspace", NULL, 1},
    [OPT_METADATA] = {"--metadata", "KEY=VALUE", NULL, "the provider's metadata, up to 16 times", NULL,
                      METADATA_MAX},
    [OPT_SECRET_FILE] = {"--secret-file", "F", NULL, "JSON file of the credential, - for standard input",
                         NULL, 1},
    [OPT_PROVIDER_APP] = {"--provider-app", "ID", NULL, "the provider app to authorise, by its id", NULL, 1},
    [OPT_CONNECTION] = {"--connection", "C", NULL, "connection, by its id", NULL, 1},
    [OPT_FOR] = {"--for", "S", NULL, "seconds to wait for it; 300 when left out", NULL, 1},
    [OPT_QR] = {"--qr", NULL, NULL, "show the URL as a QR code, too", NULL, 1},
    [OPT_FOLLOW] = {"--follow", NULL, NULL, "go on until it is done, or the deadline", NULL, 1},
};

/* Options that people try, and that would put a secret where every user of the machine sees it. */
static const struct {
    const char *name;
    const char *instead;
} secret_options[] = {
    {"--api-key", "--api-key-file or AMP_API_KEY"},
    {"--token", "--token-command"},
    {"--secret", "--secret-file"},
};

static size_t name_length(const char *arg)
{
    return strcspn(arg, "=");
}

static int is_named(const char *arg, const char *name)
{
    return strlen(name) == name_length(arg) && strncmp(arg, name, strlen(name)) == 0;
}

static amp_status_t refuse_unknown(failure_t *failure, const char *arg)
{
    for (size_t i = 0; i < sizeof secret_options / sizeof secret_options[0]; ++i) {
        if (is_named(arg, secret_options[i].name)) {
            return failure_set(failure, AMP_ERR_ARGUMENT, NULL,
                               "there is no %s, a secret is never an argument: use %s",
                               secret_options[i].name, secret_options[i].instead);
        }
    }
    return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "unknown option %.*s: see ampersand --help",
                       (int)(name_length(arg) < 60 ? name_length(arg) : 60), arg);
}

static int is_choice(const char *choices, const char *value)
{
    size_t len = strlen(value);
    for (const char *p = choices; p != NULL && *p != '\0'; p += strcspn(p, "|"), p += *p == '|') {
        if (strcspn(p, "|") == len && strncmp(p, value, len) == 0) {
            return 1;
        }
    }
    return choices == NULL;
}

/* Notes an option with the value it was given. */
static amp_status_t note(args_t *args, option_id_t id, const char *value, failure_t *failure)
{
    const option_t *option = &options[id];
    if (options_nth(args, id, option->most - 1u) != NULL) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s is given more than %u time%s",
                           option->name, option->most, option->most == 1u ? "" : "s");
    }
    if (option->value != NULL && *value == '\0') {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s must not be empty", option->name);
    }
    if (!is_choice(option->choices, value)) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s is not one of %s", option->name,
                           option->choices);
    }
    args->given[args->given_count].id = id;
    args->given[args->given_count].value = value;
    ++args->given_count;
    return AMP_OK;
}

/* Reads the option at argv[*at] and moves *at to its last word. */
static amp_status_t parse_option(args_t *args, int argc, char **argv, int *at, failure_t *failure)
{
    const char *arg = argv[*at];
    const char *value = arg[name_length(arg)] == '=' ? arg + name_length(arg) + 1 : NULL;
    int id = 0;
    while (id < OPT_COUNT && !is_named(arg, options[id].name)) {
        ++id;
    }
    if (id == OPT_COUNT) {
        return refuse_unknown(failure, arg);
    }
    const option_t *option = &options[id];
    if (option->value == NULL && value != NULL) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s takes no value", option->name);
    }
    if (option->value != NULL && value == NULL) {
        if (*at + 1 >= argc || strncmp(argv[*at + 1], "--", 2) == 0) {
            return failure_set(failure, AMP_ERR_ARGUMENT, option->name,
                               "%s needs a value (%s=%s if it begins with --)", option->name, option->name,
                               option->value);
        }
        value = argv[++*at];
    }
    return note(args, (option_id_t)id, value != NULL ? value : "", failure);
}

static unsigned command_words(const command_t *command)
{
    unsigned n = 0;
    while (n < WORDS_MAX && command->words[n] != NULL) {
        ++n;
    }
    return n;
}

static const command_t *find_command(const args_t *args)
{
    for (const command_t *command = commands; command->words[0] != NULL; ++command) {
        unsigned n = command_words(command);
        unsigned same = 0;
        while (same < n && same < args->word_count && strcmp(command->words[same], args->words[same]) == 0) {
            ++same;
        }
        if (same == n) {
            return command;
        }
    }
    return NULL;
}

static amp_status_t refuse_words(const args_t *args, failure_t *failure)
{
    if (args->word_count == 0) {
        return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "no command is given: see ampersand --help");
    }
    return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "unknown command %.60s%s%.60s: see ampersand --help",
                       args->words[0], args->word_count > 1u ? " " : "",
                       args->word_count > 1u ? args->words[1] : "");
}

static amp_status_t check_positionals(const args_t *args, const char *name, failure_t *failure)
{
    const command_t *command = args->command;
    for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
        const char *word = options_positional(args, i);
        if (word == NULL ? i < command->positionals_required : *word == '\0') {
            return failure_set(failure, AMP_ERR_ARGUMENT, command->positionals[i], "%s: %s %s", name,
                               command->positionals[i], word == NULL ? "is missing" : "must not be empty");
        }
    }
    return AMP_OK;
}

/* Does the command take what was given, and is all given that it needs? */
static amp_status_t check_command(const args_t *args, failure_t *failure)
{
    const command_t *command = args->command;
    char name[40];
    snprintf(name, sizeof name, "%s%s%s", command->words[0], command->words[1] != NULL ? " " : "",
             command->words[1] != NULL ? command->words[1] : "");
    for (unsigned i = 0; i < args->given_count; ++i) {
        option_id_t id = args->given[i].id;
        if (((OPT_EVERYWHERE | command->takes) >> id & 1u) == 0) {
            return failure_set(failure, AMP_ERR_ARGUMENT, options[id].name, "%s does not take %s", name,
                               options[id].name);
        }
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        if ((command->required >> id & 1u) != 0 && options_nth(args, (option_id_t)id, 0) == NULL) {
            return failure_set(failure, AMP_ERR_ARGUMENT, options[id].name, "%s needs %s %s", name,
                               options[id].name, options[id].value);
        }
    }
    return check_positionals(args, name, failure);
}

/* Words are kept as far as the longest command goes; one more is already wrong. */
static amp_status_t parse_word(args_t *args, const char *word, failure_t *failure)
{
    const command_t *command = find_command(args);
    unsigned room = WORDS_MAX;
    if (command != NULL) {
        room = command_words(command);
        for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
            ++room;
        }
    }
    if (args->word_count >= room) {
        return command == NULL
                   ? refuse_words(args, failure)
                   : failure_set(failure, AMP_ERR_ARGUMENT, NULL, "%.60s is one argument too many", word);
    }
    args->words[args->word_count++] = word;
    return AMP_OK;
}

amp_status_t options_parse(args_t *args, int argc, char **argv, failure_t *failure)
{
    int only_words = 0;
    memset(args, 0, sizeof *args);
    for (int at = 1; at < argc; ++at) {
        amp_status_t status = AMP_OK;
        if (only_words || argv[at][0] != '-' || strcmp(argv[at], "-") == 0) {
            status = parse_word(args, argv[at], failure);
        } else if (strcmp(argv[at], "--") == 0) {
            only_words = 1;
        } else {
            status = parse_option(args, argc, argv, &at, failure);
        }
        if (status != AMP_OK) {
            return status;
        }
    }
    args->command = find_command(args);
    return args->command != NULL ? check_command(args, failure) : refuse_words(args, failure);
}

int options_has_flag(int argc, char **argv, const char *name)
{
    for (int at = 1; at < argc && strcmp(argv[at], "--") != 0; ++at) {
        if (strcmp(argv[at], name) == 0) {
            return 1;
        }
    }
    return 0;
}

const char *options_nth(const args_t *args, option_id_t id, unsigned n)
{
    for (unsigned i = 0; i < args->given_count; ++i) {
        if (args->given[i].id == id && n-- == 0) {
            return args->given[i].value;
        }
    }
    return NULL;
}

const char *options_get(const args_t *args, option_id_t id)
{
    const char *value = options_nth(args, id, 0);
    if (value == NULL && options[id].env != NULL) {
        value = getenv(options[id].env);
    }
    return value != NULL && *value != '\0' ? value : NULL;
}

const char *options_positional(const args_t *args, unsigned n)
{
    n += command_words(args->command);
    return n < args->word_count ? args->words[n] : NULL;
}

amp_status_t options_seconds(const char *text, uint32_t *out_ms)
{
    uint32_t ms = 0;
    uint32_t unit = 1000;
    int digits = 0;
    int in_fraction = 0;
    for (const char *p = text; *p != '\0'; ++p) {
        if (*p == '.' && !in_fraction && digits > 0) {
            in_fraction = 1;
        } else if (*p < '0' || *p > '9' || ms > DEADLINE_MAX_MS) {
            return AMP_ERR_ARGUMENT;
        } else {
            uint32_t digit = (uint32_t)(*p - '0');
            unit = in_fraction ? unit / 10u : unit;
            ms = in_fraction ? ms + digit * unit : ms * 10u + digit * unit;
            digits = 1 + in_fraction;
        }
    }
    if (ms == 0 || ms > DEADLINE_MAX_MS || digits != 1 + in_fraction) {
        return AMP_ERR_ARGUMENT;
    }
    *out_ms = ms;
    return AMP_OK;
}

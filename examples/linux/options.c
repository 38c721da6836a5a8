/* SPDX-License-Identifier: MIT */
/* The table of options and the parser of the command line. Each value is checked when it is read. A command
 * is complete when it has its required options and arguments, and no option of another command. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "misspelt.h"

#define NAME_SIZE 40u             /* bytes of the words of a command, with the NUL */
#define DEADLINE_MAX_MS 86400000u /* a day */

/* The row of an option that any value is allowed for, whose last value wins, and that has no letter. */
#define ONCE(name, value, variable, help)                                                                    \
    {                                                                                                        \
        name, value, variable, help, NULL, 1, NULL                                                           \
    }

const option_t options[OPT_COUNT] = {
    [OPT_URL] = ONCE("--url", "URL", "AMP_URL", "base URL of the service; http:// is refused"),
    [OPT_PROJECT] = ONCE("--project", "P", "AMP_PROJECT", "id or name of the project"),
    [OPT_API_KEY_FILE] =
        ONCE("--api-key-file", "F", NULL, "file with the API key, - for standard input; or $AMP_API_KEY"),
    [OPT_TOKEN_COMMAND] = ONCE("--token-command", "CMD", "AMP_TOKEN_COMMAND",
                               "command that prints a JWT; it runs once more after HTTP 401"),
    [OPT_CA] = ONCE("--ca", "F", "AMP_CA_FILE", "PEM file with the trusted certificate authorities"),
    [OPT_PIN] = {"--pin", "HEX", NULL,
                 "SHA-256 of a public key that the certificate chain must contain, up to 16 times", NULL,
                 PINS_MAX, NULL},
    [OPT_SESSION] =
        ONCE("--session", "F", "AMP_SESSION_FILE", "file that keeps the TLS session between runs"),
    [OPT_DEADLINE] = ONCE("--deadline", "S", NULL,
                          "time limit of the whole command in seconds; default 30, or --for plus 30"),
    [OPT_JSON] = ONCE("--json", NULL, NULL, "print one JSON object per line"),
    [OPT_VERBOSE] = ONCE("--verbose", NULL, NULL, "print each stage on standard error"),
    [OPT_STATS] = ONCE("--stats", NULL, NULL, "print bytes, handshakes and memory on standard error"),
    [OPT_HELP] = {"--help", NULL, NULL, "print this help, or the help of a command; also -h", NULL, 1, "-h"},
    [OPT_VERSION] = {"--version", NULL, NULL, "print the version; also -V", NULL, 1, "-V"},
    [OPT_REFRESH] = {"--refresh", "WHEN", NULL, "have the service refresh the token: ifExpired or force",
                     "ifExpired|force", 1, NULL},
    [OPT_PROVIDER] = ONCE("--provider", "P", NULL, "provider, such as salesforce"),
    [OPT_GROUP] = ONCE("--group", "G", NULL, "reference of the group (customer)"),
    [OPT_CONSUMER] = ONCE("--consumer", "C", NULL, "reference of the consumer (user)"),
    [OPT_GROUP_NAME] = ONCE("--group-name", "N", NULL, "display name of the group"),
    [OPT_CONSUMER_NAME] = ONCE("--consumer-name", "N", NULL, "display name of the consumer"),
    [OPT_WORKSPACE] = ONCE("--workspace", "W", NULL, "workspace at the provider, such as a subdomain"),
    [OPT_METADATA] = {"--metadata", "KEY=VALUE", NULL, "metadata for the provider, up to 16 times", NULL,
                      METADATA_MAX, NULL},
    [OPT_SECRET_FILE] =
        ONCE("--secret-file", "F", NULL, "JSON file with the credential, - for standard input"),
    [OPT_PROVIDER_APP] = ONCE("--provider-app", "ID", NULL, "id of the provider app to authorize"),
    [OPT_CONNECTION] = ONCE("--connection", "C", NULL, "id of the connection"),
    [OPT_FOR] = ONCE("--for", "S", NULL, "seconds to wait; default 300"),
    [OPT_QR] = ONCE("--qr", NULL, NULL, "print the URL as a QR code too"),
    [OPT_YES] = ONCE("--yes", NULL, NULL, "delete without asking"),
    [OPT_FOLLOW] = ONCE("--follow", NULL, NULL, "continue until it is complete, or the deadline passes"),
};

static size_t name_length(const char *arg)
{
    return strcspn(arg, "=");
}

/* Returns the option that an argument such as --url, --url=X or -h names, or OPT_COUNT. */
static int find_option(const char *arg)
{
    int id = 0;
    while (id < OPT_COUNT &&
           (strlen(options[id].name) != name_length(arg) ||
            strncmp(arg, options[id].name, name_length(arg)) != 0) &&
           (options[id].letter == NULL || strcmp(arg, options[id].letter) != 0)) {
        ++id;
    }
    return id;
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

/* Returns the place to store a value of an option. The last value of an option that is taken once wins. */
static unsigned place_for(const args_t *args, option_id_t id)
{
    for (unsigned i = 0; options[id].most == 1u && i < args->given_count; ++i) {
        if (args->given[i].id == id) {
            return i;
        }
    }
    return args->given_count;
}

/* Stores the value of an option. */
static amp_status_t note(args_t *args, option_id_t id, const char *value, failure_t *failure)
{
    const option_t *option = &options[id];
    unsigned at = place_for(args, id);
    if (at == args->given_count && options_nth(args, id, option->most - 1u) != NULL) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s occurs more than %u times",
                           option->name, option->most);
    }
    if (option->value != NULL && *value == '\0') {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s must not be empty", option->name);
    }
    if (!is_choice(option->choices, value)) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s must be one of %s", option->name,
                           option->choices);
    }
    args->given[at].id = id;
    args->given[at].value = value;
    args->given_count += at == args->given_count;
    return AMP_OK;
}

/* Reads the option at argv[*at], and moves *at to the option's value when that is an argument of its own. */
static amp_status_t parse_option(args_t *args, int argc, char **argv, int *at, failure_t *failure)
{
    const char *arg = argv[*at];
    const char *value = arg[name_length(arg)] == '=' ? arg + name_length(arg) + 1 : NULL;
    int id = find_option(arg);
    if (id == OPT_COUNT) {
        return misspelt_option(failure, arg);
    }
    const option_t *option = &options[id];
    if (option->value == NULL && value != NULL) {
        return failure_set(failure, AMP_ERR_ARGUMENT, option->name, "%s takes no value", option->name);
    }
    if (option->value != NULL && value == NULL) {
        if (*at + 1 >= argc || strncmp(argv[*at + 1], "--", 2) == 0) {
            return failure_set(failure, AMP_ERR_ARGUMENT, option->name,
                               "%s needs a value: write %s=%s when the value begins with --", option->name,
                               option->name, option->value);
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

/* Writes the words of the command, with a space between them. */
static void name_command(const command_t *command, char out[NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s%s%s", command->words[0], command->words[1] != NULL ? " " : "",
             command->words[1] != NULL ? command->words[1] : "");
}

static amp_status_t check_positionals(const args_t *args, const char *name, failure_t *failure)
{
    const command_t *command = args->command;
    for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
        const char *word = options_positional(args, i);
        if (word == NULL ? i < command->positionals_required : *word == '\0') {
            return failure_set(failure, AMP_ERR_ARGUMENT, command->positionals[i],
                               "%s: %s %s: see ampersand help %s", name, command->positionals[i],
                               word == NULL ? "is missing" : "must not be empty", name);
        }
    }
    return AMP_OK;
}

/* Checks that the command takes the user's options, and that its required options are present. */
static amp_status_t check_command(const args_t *args, failure_t *failure)
{
    const command_t *command = args->command;
    char name[NAME_SIZE];
    name_command(command, name);
    for (unsigned i = 0; i < args->given_count; ++i) {
        option_id_t id = args->given[i].id;
        if (((OPT_EVERYWHERE | command->takes) >> id & 1u) == 0) {
            return failure_set(failure, AMP_ERR_ARGUMENT, options[id].name,
                               "%s does not take %s: see ampersand help %s", name, options[id].name, name);
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

static amp_status_t refuse_word(const args_t *args, const command_t *command, const char *word,
                                failure_t *failure)
{
    char name[NAME_SIZE];
    if (command == NULL) {
        return misspelt_command(failure, args);
    }
    name_command(command, name);
    return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "unexpected argument %.60s: see ampersand help %s",
                       word, name);
}

/* Stores a word. Returns an error at the first word that no command has room for. */
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
        return refuse_word(args, command, word, failure);
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
    if (args->command == NULL && args->word_count == 1u && commands_has_group(args->words[0])) {
        args->is_group = 1;
        return AMP_OK;
    }
    return args->command != NULL ? check_command(args, failure) : misspelt_command(failure, args);
}

int options_find_word(int argc, char **argv, int at)
{
    while (at < argc && strcmp(argv[at], "--") != 0 && argv[at][0] == '-' && argv[at][1] != '\0') {
        int id = find_option(argv[at]);
        int has_value = id < OPT_COUNT && options[id].value != NULL && strchr(argv[at], '=') == NULL &&
                        at + 1 < argc && strncmp(argv[at + 1], "--", 2) != 0;
        at += has_value ? 2 : 1;
    }
    return at;
}

int options_has_flag(int argc, char **argv, option_id_t id)
{
    for (int at = 1; at < argc && strcmp(argv[at], "--") != 0; ++at) {
        int other = find_option(argv[at]);
        if (other == (int)id && strchr(argv[at], '=') == NULL) {
            return 1;
        }
        if (other < OPT_COUNT && options[other].value != NULL && strchr(argv[at], '=') == NULL &&
            at + 1 < argc && strncmp(argv[at + 1], "--", 2) != 0) {
            ++at; /* the value of the other option */
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

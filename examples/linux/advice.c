/* SPDX-License-Identifier: MIT */
/* Advice is a command line that can be pasted into a shell: values are quoted where needed. */
#include "advice.h"

#include <stdio.h>
#include <string.h>

#include "commands.h"

/* Options that name a tenant. Each row names the options and the number of words that are copied from the
 * user's command. */
#define TENANT (OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER))

static const struct {
    const char *words[WORDS_MAX]; /* the command that changes something */
    const char *check_command;    /* the command that shows the change */
    unsigned positionals;
    uint32_t options;
} rows[] = {
    {{"connection", "generate"}, "connection list", 0, TENANT},
    {{"connection", "get"}, "connection get", 1, 0},
    {{"connection", "update"}, "connection get", 1, 0},
    {{"connection", "delete"}, "connection get", 1, 0},
    {{"connect", NULL}, "connection list", 0, TENANT},
    {{"oauth", "connect"}, "connection list", 0, TENANT},
    {{"oauth", "update"}, "connection get", 1, 0},
    {{"installation", "create"}, "installation list", 1, OPT(GROUP)},
    {{"installation", "update"}, "installation get", 2, 0},
    {{"installation", "delete"}, "installation get", 2, 0},
};

typedef struct {
    char *at;
    size_t size; /* bytes from `at` on, with the NUL; 0: the line did not fit */
} line_t;

static void put(line_t *line, const char *text)
{
    size_t len = strlen(text);
    if (line->size <= len) {
        line->size = 0;
        return;
    }
    memcpy(line->at, text, len + 1u);
    line->at += len;
    line->size -= len;
}

/* Appends the value, quoted for a POSIX shell: it's -> 'it'\''s' */
static void put_value(line_t *line, const char *value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@+,=%";
    if (*value != '\0' && value[strspn(value, plain)] == '\0') {
        put(line, value);
        return;
    }
    put(line, "'");
    for (; *value != '\0'; ++value) {
        const char one[2] = {*value, '\0'};
        put(line, *value == '\'' ? "'\\''" : one);
    }
    put(line, "'");
}

/* Appends an option. The parser takes a value that begins with "--" only in the form --group=--g. */
static void put_option(line_t *line, option_id_t id, const char *value)
{
    put(line, " ");
    put(line, options[id].name);
    put(line, strncmp(value, "--", 2) == 0 ? "=" : " ");
    put_value(line, value);
}

/* Appends a word of the command. The caller appends " --" first when has_dash() is 1. */
static void put_word(line_t *line, const char *word)
{
    put(line, " ");
    put_value(line, word);
}

/* Returns 1 for a word that the parser would read as an option. */
static int has_dash(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

static int is_row(size_t n, const struct command *command)
{
    const char *second = rows[n].words[1];
    return strcmp(rows[n].words[0], command->words[0]) == 0 &&
           (second == NULL ? command->words[1] == NULL
                           : command->words[1] != NULL && strcmp(second, command->words[1]) == 0);
}

static void put_words(size_t n, const args_t *args, line_t *line)
{
    for (unsigned i = 0; i < rows[n].positionals; ++i) {
        put_word(line, options_positional(args, i));
    }
}

/* Example: ampersand installation list i --group g. After a word that begins with "-" no option can follow:
 * ampersand installation list --group g -- -i. */
static void put_row(size_t n, const args_t *args, line_t *line)
{
    int is_dashed = 0;
    for (unsigned i = 0; i < rows[n].positionals; ++i) {
        is_dashed |= has_dash(options_positional(args, i));
    }
    put(line, "ampersand ");
    put(line, rows[n].check_command);
    if (!is_dashed) {
        put_words(n, args, line);
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        const char *value = options_get(args, (option_id_t)id);
        if ((rows[n].options >> id & 1u) != 0 && value != NULL) {
            put_option(line, (option_id_t)id, value);
        }
    }
    if (is_dashed) {
        put(line, " --");
        put_words(n, args, line);
    }
}

/* Advice by remedy. The command line is "ampersand", `command`, the id of the connection if has_id, the
 * options, and `end`. A command of NULL adds nothing to the text. */
static const struct {
    amp_remedy_t remedy;
    const char *text;
    const char *command;
    int has_id;
    uint32_t options;
    const char *end;
} advices[] = {
    {AMP_REMEDY_CONNECT, "let the user authorize the connection: ", "connect", 0, TENANT, ""},
    {AMP_REMEDY_OAUTH_UPDATE, "let the user authorize the connection again: ", "oauth update", 1, 0, ""},
    {AMP_REMEDY_UPDATE_CONNECTION, "store new credentials in the connection: ", "connection update", 1, 0,
     " --secret-file FILE"},
    {AMP_REMEDY_REPLACE_KEY, "use a valid key or token, with --api-key-file or --token-command", NULL, 0, 0,
     ""},
    {AMP_REMEDY_CHECK_REQUEST, "check --project and --url", NULL, 0, 0, ""},
    {AMP_REMEDY_SET_CLOCK, "set the clock of this machine, then run: ", "doctor", 0, 0, ""},
    {AMP_REMEDY_CHECK_NETWORK, "look for a captive portal, proxy or firewall: ", "doctor", 0, 0, ""},
    {AMP_REMEDY_FIX_PROGRAM, "check the options and the environment: ", "help", 0, 0, ""},
};

/* An option that the user did not set is printed with its placeholder: --consumer C. */
static void put_options(uint32_t which, const args_t *args, line_t *line)
{
    for (int id = 0; id < OPT_COUNT; ++id) {
        const char *value = options_get(args, (option_id_t)id);
        if ((which >> id & 1u) != 0) {
            put_option(line, (option_id_t)id, value != NULL ? value : options[id].value);
        }
    }
}

void advice_for_remedy(const args_t *args, amp_remedy_t remedy, const char *id, char *out, size_t size)
{
    line_t line = {out, size};
    size_t n = 0;
    out[0] = '\0';
    while (n < sizeof advices / sizeof advices[0] && advices[n].remedy != remedy) {
        ++n;
    }
    if (n < sizeof advices / sizeof advices[0]) {
        put(&line, advices[n].text);
        if (advices[n].command != NULL) {
            put(&line, "ampersand ");
            put(&line, advices[n].command);
        }
        if (advices[n].has_id && !has_dash(id)) {
            put_word(&line, id);
        }
        put_options(advices[n].options, args, &line);
        put(&line, advices[n].end);
        if (advices[n].has_id && has_dash(id)) {
            put(&line, " --");
            put_word(&line, id);
        }
    }
    if (line.size == 0 || out[0] == '\0') {
        snprintf(out, size, "%s", amp_remedy_text(remedy));
    }
}

void advice_to_check(const args_t *args, char *out, size_t size)
{
    line_t line = {out, size};
    out[0] = '\0';
    for (size_t n = 0; args->command != NULL && n < sizeof rows / sizeof rows[0]; ++n) {
        if (is_row(n, args->command)) {
            put_row(n, args, &line);
            break;
        }
    }
    if (line.size == 0) {
        out[0] = '\0';
    }
}

int advice_quote(const char *word, char *out, size_t size)
{
    line_t line = {out, size};
    out[0] = '\0';
    for (const char *p = word; *p != '\0'; ++p) {
        if ((unsigned char)*p < ' ' || (unsigned char)*p > '~') { /* text_out.h may replace it */
            return -1;
        }
    }
    put_value(&line, word);
    return line.size == 0 ? -1 : 0;
}

/* The texts of amp_status_t name no option of this program. */
static const struct {
    amp_status_t status;
    const char *text;
} status_advices[] = {
    {AMP_ERR_MEMORY, "free memory on this machine"},
    {AMP_ERR_DEADLINE, "check the network, or set a longer --deadline"},
    {AMP_ERR_ABORTED, "check the network: ampersand doctor"},
    {AMP_ERR_CLOSED, "check the network: ampersand doctor"},
    {AMP_ERR_NETWORK, "check the network: ampersand doctor"},
    {AMP_ERR_TLS, "check --url, and look for a proxy that intercepts TLS"},
    {AMP_ERR_CERT_WEAK, "look for a proxy that intercepts TLS"},
    {AMP_ERR_CERT, "look for a proxy that intercepts TLS"},
    {AMP_ERR_HTTP, "check --url, and look for a proxy: ampersand doctor"},
    {AMP_ERR_NOT_API, "check --url and the network: ampersand doctor"},
    {AMP_ERR_JSON, "look for a proxy: ampersand doctor"},
    {AMP_ERR_DEPTH, "build this program with a larger AMP_JSON_DEPTH"},
    {AMP_ERR_DUPLICATE, "report it to the service"},
    {AMP_ERR_MISSING, "report it to the service"},
    {AMP_ERR_TYPE, "report it to the service"},
    {AMP_ERR_VALUE, "report it to the service"},
    {AMP_ERR_TOO_LONG, "build this program with a larger size in config.h"},
    {AMP_ERR_WINDOW, "build this program with a larger AMP_WORK_SIZE"},
    {AMP_ERR_MISMATCH, "report it to the service"},
    {AMP_ERR_BAD_REQUEST, "correct the options"},
    {AMP_ERR_UNAUTHORIZED, "use a valid key or token, with --api-key-file or --token-command"},
    {AMP_ERR_FORBIDDEN, "grant the key or token the permission"},
    {AMP_ERR_NOT_FOUND, "check --project and the IDs"},
    {AMP_ERR_SERVICE, "wait, then run the command again"},
    {AMP_ERR_REFUSED, "check --url"},
};

const char *advice_for_status(amp_status_t status)
{
    for (size_t n = 0; n < sizeof status_advices / sizeof status_advices[0]; ++n) {
        if (status_advices[n].status == status) {
            return status_advices[n].text;
        }
    }
    return "";
}

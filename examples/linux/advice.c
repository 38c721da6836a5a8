/* SPDX-License-Identifier: MIT */
#include "advice.h"

#include <stdio.h>
#include <string.h>

#include "commands.h"

/* What is repeated of the command that was given: its first positionals, and these options. */
#define TENANT (OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER))

static const struct {
    const char *words[WORDS_MAX]; /* of the command that changes something */
    const char *look;
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
    size_t left; /* with the NUL; 0: it did not fit */
} line_t;

static void put(line_t *line, const char *text)
{
    size_t len = strlen(text);
    if (line->left <= len) {
        line->left = 0;
        return;
    }
    memcpy(line->at, text, len + 1u);
    line->at += len;
    line->left -= len;
}

/* it's -> 'it'\''s' */
static void put_value(line_t *line, const char *value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@+,=%";
    put(line, " ");
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

static int is_row(size_t n, const struct command *command)
{
    const char *second = rows[n].words[1];
    return strcmp(rows[n].words[0], command->words[0]) == 0 &&
           (second == NULL ? command->words[1] == NULL
                           : command->words[1] != NULL && strcmp(second, command->words[1]) == 0);
}

static void put_row(size_t n, const args_t *args, line_t *line)
{
    put(line, "ampersand ");
    put(line, rows[n].look);
    for (unsigned i = 0; i < rows[n].positionals; ++i) {
        const char *value = options_positional(args, i);
        put_value(line, value != NULL ? value : "");
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        const char *value = options_get(args, (option_id_t)id);
        if ((rows[n].options >> id & 1u) != 0 && value != NULL) {
            put(line, " ");
            put(line, options[id].name);
            put_value(line, value);
        }
    }
}

void advice_to_look(const args_t *args, char *out, size_t size)
{
    line_t line = {out, size};
    out[0] = '\0';
    for (size_t n = 0; args->command != NULL && n < sizeof rows / sizeof rows[0]; ++n) {
        if (is_row(n, args->command)) {
            put_row(n, args, &line);
            break;
        }
    }
    if (line.left == 0) {
        out[0] = '\0';
    }
}

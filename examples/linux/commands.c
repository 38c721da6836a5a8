/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

const command_t commands[] = {
    {{"connection", "get"}, "one connection, by its id", OPT(REFRESH), 0, {"ID"}, 1, run_connection_get},
    {{"connection", "list"},
     "the connections of the project, or those of a provider, group or consumer",
     OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER),
     0,
     {NULL},
     0,
     run_connection_list},
    {{"connection", "generate"},
     "make a connection from a credential",
     OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER) | OPT(GROUP_NAME) | OPT(CONSUMER_NAME) | OPT(WORKSPACE) |
         OPT(METADATA) | OPT(SECRET_FILE),
     OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER) | OPT(SECRET_FILE),
     {NULL},
     0,
     run_connection_generate},
    {{"decode", NULL},
     "read a captured answer, without a network: KIND is connection, connections, installation, "
     "installations, problem or json",
     0,
     0,
     {"KIND", "FILE"},
     1,
     run_decode},
    {{NULL, NULL}, NULL, 0, 0, {NULL}, 0, NULL},
};

static void print_synopsis(const command_t *command)
{
    printf("  ampersand %s", command->words[0]);
    if (command->words[1] != NULL) {
        printf(" %s", command->words[1]);
    }
    for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
        printf(i < command->positionals_required ? " %s" : " [%s]", command->positionals[i]);
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        int is_required = (int)(command->required >> id & 1u);
        if ((command->takes >> id & 1u) != 0) {
            printf(is_required ? " %s %s" : " [%s %s]", options[id].name, options[id].value);
            fputs(options[id].most > 1u ? "…" : "", stdout);
        }
    }
    printf("\n      %s\n", command->help);
}

static void print_options(uint32_t which)
{
    for (int id = 0; id < OPT_COUNT; ++id) {
        if ((which >> id & 1u) != 0) {
            const char *value = options[id].value != NULL ? options[id].value : "";
            int width = printf("  %s %s", options[id].name, value);
            printf("%*s%s%s%s%s\n", width < 26 ? 26 - width : 1, "", options[id].help,
                   options[id].env != NULL ? " [$" : "", options[id].env != NULL ? options[id].env : "",
                   options[id].env != NULL ? "]" : "");
        }
    }
}

void commands_help(const command_t *command)
{
    fputs("Usage: ampersand [options] COMMAND …\n\nCommands:\n", stdout);
    if (command != NULL) {
        print_synopsis(command);
        if (command->takes != 0) {
            fputs("\nIts options:\n", stdout);
            print_options(command->takes);
        }
    } else {
        for (const command_t *row = commands; row->run != NULL; ++row) {
            print_synopsis(row);
        }
    }
    fputs("\nOptions of every command:\n", stdout);
    print_options(OPT_EVERYWHERE);
    fputs("\nExit status: 0 done, 2 usage or configuration, 3 the service said no, 4 network or TLS,\n"
          "5 the answer is not the service's, 6 outcome unknown, 130 interrupted.\n",
          stdout);
}

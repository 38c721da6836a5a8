/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "network.h"
#include "starts.h"

#define TENANT (OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER))
#define DETAILS (OPT(WORKSPACE) | OPT(METADATA))
#define NAMES (OPT(GROUP_NAME) | OPT(CONSUMER_NAME))

const command_t commands[] = {
    {{"connection", "get"},
     "one connection, by its id",
     .takes = OPT(REFRESH),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .start = start_connection_get},
    {{"connection", "list"},
     "the connections of the project, or those of a provider, group or consumer",
     .takes = TENANT,
     .kind = &kind_connections,
     .start = start_connection_list},
    {{"connection", "status"},
     "is this customer's connection healthy: a verdict, why, what to do, and when to look again;\n"
     "      ends with 1 when it is not healthy, or there is none",
     .takes = TENANT,
     .required = OPT(PROVIDER) | OPT(GROUP),
     .run = run_connection_status},
    {{"connection", "wait"},
     "wait until a connection is there and healthy, or has bad credentials",
     .takes = TENANT | OPT(FOR),
     .required = TENANT,
     .run = run_connection_wait},
    {{"connection", "generate"},
     "make a connection from the credential in a file: {\"apiKey\":…}, {\"basicAuth\":{…}},\n"
     "      {\"oauth2ClientCredentials\":{…}}, {\"oauth2PasswordCredentials\":{…}},\n"
     "      {\"oauth2AuthorizationCode\":{…}} or {\"customAuth\":{…}}, with the service's members",
     .takes = TENANT | NAMES | DETAILS | OPT(SECRET_FILE),
     .required = TENANT | OPT(SECRET_FILE),
     .kind = &kind_connection,
     .prepare = prepare_connection,
     .start = start_connection_generate},
    {{"connection", "update"},
     "change what is given of a connection: one thing at least, all else stays",
     .takes = DETAILS | OPT(SECRET_FILE),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .prepare = prepare_connection_update,
     .start = start_connection_update},
    {{"connection", "delete"},
     "delete a connection, and with it the installations that use it",
     .positionals = {"ID"},
     .positionals_required = 1,
     .start = start_connection_delete},
    {{"connect", NULL},
     "show the URL at which a user authorises a connection, and wait until it is there and healthy",
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP) | OPT(FOR) | OPT(QR),
     .required = TENANT,
     .run = run_connect},
    {{"oauth", "connect"},
     "the URL at which a user authorises a new connection, in a browser",
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP),
     .required = TENANT,
     .kind = &kind_url,
     .prepare = prepare_connection,
     .start = start_oauth_connect},
    {{"oauth", "update"},
     "the URL at which a user authorises a connection anew",
     .positionals = {"CONNECTION"},
     .positionals_required = 1,
     .kind = &kind_url,
     .start = start_oauth_update},
    {{"installation", "list"},
     "the installations of an integration, or without one those of the project",
     .takes = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .kind = &kind_installations,
     .start = start_installation_list},
    {{"installation", "get"},
     "one installation, by its id",
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_installation,
     .start = start_installation_get},
    {{"installation", "update"},
     "make an installation use another connection",
     .takes = OPT(CONNECTION),
     .required = OPT(CONNECTION),
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_installation,
     .start = start_installation_update},
    {{"installation", "create"},
     "switch an integration on for a group, with its own configuration; the provider, where none is\n"
     "      given, is that of the connection, which is looked up, or else of the group's connections",
     .takes = OPT(GROUP) | OPT(CONNECTION) | OPT(PROVIDER),
     .required = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .positionals_required = 1,
     .kind = &kind_installation,
     .start = start_installation_create},
    {{"installation", "delete"},
     "delete an installation; a connection that no other uses goes with it",
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .start = start_installation_delete},
    {{"installation", "progress"},
     "how far the first read of an object has come; a bar on a terminal",
     .takes = OPT(FOLLOW),
     .positionals = {"INTEGRATION", "ID", "OBJECT"},
     .positionals_required = 3,
     .run = run_installation_progress},
    {{"operation", "list"},
     "what an installation has done: all pages, the newest first",
     .positionals = {"INTEGRATION", "INSTALLATION"},
     .positionals_required = 2,
     .kind = &kind_operations,
     .start = start_operation_list},
    {{"operation", "get"},
     "one operation, by its id",
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_operation,
     .start = start_operation_get},
    {{"doctor", NULL},
     "look for what is wrong on the way to the service, without a credential: names, connection, TLS,\n"
     "      clock, and the service itself, which is asked for a provider, salesforce if none is given",
     .positionals = {"PROVIDER"},
     .is_anonymous = 1,
     .run = run_doctor},
    {{"decode", NULL},
     "read a captured answer, without a network: KIND is connection, connections, installation,\n"
     "      installations, problem or json",
     .positionals = {"KIND", "FILE"},
     .positionals_required = 1,
     .run = run_decode},
    {{NULL, NULL}, .help = NULL},
};

amp_status_t commands_run(cli_t *cli)
{
    static record_t record;
    const command_t *command = cli->args.command;
    if (command->run != NULL) {
        return command->run(cli);
    }
    if (command->prepare != NULL && command->prepare(cli) != AMP_OK) {
        return cli->failure.status;
    }
    amp_client_t *client = network_open(cli);
    if (client != NULL && command->start(cli, client, &record) == AMP_OK) {
        network_show(cli, command->kind, &record);
    }
    network_close(cli);
    return cli->failure.status;
}

static void print_option(int id, int is_required)
{
    const option_t *option = &options[id];
    printf(is_required ? " %s" : " [%s", option->name);
    if (option->value != NULL) {
        printf(" %s", option->value);
    }
    fputs(is_required ? "" : "]", stdout);
    fputs(option->most > 1u ? "…" : "", stdout);
}

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
        if ((command->takes >> id & 1u) != 0) {
            print_option(id, (int)(command->required >> id & 1u));
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

/* The first word when commands begin with it, else NULL. */
static const char *group_of(const args_t *args)
{
    const command_t *row = commands;
    while (args->word_count > 0 && row->words[0] != NULL) {
        if (strcmp(row->words[0], args->words[0]) == 0) {
            return args->words[0];
        }
        ++row;
    }
    return NULL;
}

void commands_help(const args_t *args)
{
    const command_t *command = args->command;
    const char *group = group_of(args);
    fputs("Usage: ampersand [options] COMMAND …\n\nCommands:\n", stdout);
    if (command != NULL) {
        print_synopsis(command);
        if (command->takes != 0) {
            fputs("\nIts options:\n", stdout);
            print_options(command->takes);
        }
    } else {
        for (const command_t *row = commands; row->words[0] != NULL; ++row) {
            if (group == NULL || strcmp(row->words[0], group) == 0) {
                print_synopsis(row);
            }
        }
    }
    fputs("\nOptions of every command:\n", stdout);
    print_options(OPT_EVERYWHERE);
    fputs("\nExit status: 0 done, 1 done and not well, 2 usage or configuration, 3 the service said no,\n"
          "4 network or TLS, 5 the answer is not the service's, 6 outcome unknown, 130 interrupted,\n"
          "141 standard output was closed by its reader.\n",
          stdout);
}

/* SPDX-License-Identifier: MIT */
/* The table of commands. The parser, the help, the man page and the shell completion are made from its rows.
 */
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
     "print one connection",
     .takes = OPT(REFRESH),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .start = start_connection_get},
    {{"connection", "list"},
     "print the connections of the project, or those of a provider, group or consumer",
     .takes = TENANT,
     .kind = &kind_connections,
     .start = start_connection_list},
    {{"connection", "status"},
     "print the health of a customer's connection, the reason, the remedy, and the time of the next check;\n"
     "      exit status 1 when it is not healthy, or when there is none",
     .takes = TENANT,
     .required = OPT(PROVIDER) | OPT(GROUP),
     .run = run_connection_status},
    {{"connection", "wait"},
     "wait until a connection exists and is healthy, or has bad credentials",
     .takes = TENANT | OPT(FOR),
     .required = TENANT,
     .run = run_connection_wait},
    {{"connection", "generate"},
     "create a connection from the credential in a file: {\"apiKey\":…}, {\"basicAuth\":{…}},\n"
     "      {\"oauth2ClientCredentials\":{…}}, {\"oauth2PasswordCredentials\":{…}},\n"
     "      {\"oauth2AuthorizationCode\":{…}} or {\"customAuth\":{…}}, with the member names of the service",
     .takes = TENANT | NAMES | DETAILS | OPT(SECRET_FILE),
     .required = TENANT | OPT(SECRET_FILE),
     .kind = &kind_connection,
     .prepare = prepare_connection,
     .start = start_connection_generate},
    {{"connection", "update"},
     "change parts of a connection; at least one option is required",
     .takes = DETAILS | OPT(SECRET_FILE),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .prepare = prepare_connection_update,
     .start = start_connection_update},
    {{"connection", "delete"},
     "delete a connection, and the installations that use it; asks first on a terminal",
     .takes = OPT(YES),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_deleted,
     .prepare = prepare_connection_delete,
     .start = start_connection_delete},
    {{"connect", NULL},
     "print the URL where a user authorizes a connection, and wait until it exists and is healthy",
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP) | OPT(FOR) | OPT(QR),
     .required = TENANT,
     .run = run_connect},
    {{"oauth", "connect"},
     "print the URL where a user authorizes a new connection in a browser",
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP),
     .required = TENANT,
     .kind = &kind_url,
     .prepare = prepare_connection,
     .start = start_oauth_connect},
    {{"oauth", "update"},
     "print the URL where a user authorizes an existing connection again",
     .positionals = {"CONNECTION"},
     .positionals_required = 1,
     .kind = &kind_url,
     .start = start_oauth_update},
    {{"installation", "list"},
     "print the installations of an integration, or of the whole project",
     .takes = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .kind = &kind_installations,
     .start = start_installation_list},
    {{"installation", "get"},
     "print one installation",
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
     "create an installation of an integration for a group; without --provider, the provider is\n"
     "      that of the connection, or the one that all connections of the group share",
     .takes = OPT(GROUP) | OPT(CONNECTION) | OPT(PROVIDER),
     .required = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .positionals_required = 1,
     .kind = &kind_installation,
     .start = start_installation_create},
    {{"installation", "delete"},
     "delete an installation, and its connection when no other installation uses it; asks first on a\n"
     "      terminal",
     .takes = OPT(YES),
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_deleted,
     .prepare = prepare_installation_delete,
     .start = start_installation_delete},
    {{"installation", "progress"},
     "print the progress of the first read of an object; a progress bar on a terminal",
     .takes = OPT(FOLLOW),
     .positionals = {"INTEGRATION", "ID", "OBJECT"},
     .positionals_required = 3,
     .run = run_installation_progress},
    {{"operation", "list"},
     "print all operations of an installation, the newest first",
     .positionals = {"INTEGRATION", "INSTALLATION"},
     .positionals_required = 2,
     .kind = &kind_operations,
     .start = start_operation_list},
    {{"operation", "get"},
     "print one operation",
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_operation,
     .start = start_operation_get},
    {{"doctor", NULL},
     "check DNS, TCP, TLS and the clock; read a provider from the service, by default salesforce; check\n"
     "      the credential and the project when both are set",
     .positionals = {"PROVIDER"},
     .is_anonymous = 1,
     .run = run_doctor},
    {{"decode", NULL},
     "read a captured response body, without a network: KIND is connection, connections, installation,\n"
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

int commands_has_group(const char *word)
{
    const command_t *row = commands;
    while (row->words[0] != NULL && strcmp(row->words[0], word) != 0) {
        ++row;
    }
    return row->words[0] != NULL;
}

void commands_help(const args_t *args)
{
    const command_t *command = args->command;
    const char *group = args->word_count > 0 && commands_has_group(args->words[0]) ? args->words[0] : NULL;
    fputs("Usage: ampersand [options] COMMAND …\n       ampersand help [COMMAND]\n\nCommands:\n", stdout);
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
    fputs("\nExit status: 0 done, 1 done and not healthy, 2 usage or configuration, 3 the service answered "
          "with\n"
          "an error, 4 network or TLS, 5 the response is not valid, 6 outcome unknown: check before you "
          "repeat\n"
          "the command, 130 interrupted, 141 the reader closed standard output.\n",
          stdout);
}

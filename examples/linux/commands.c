/* SPDX-License-Identifier: MIT */
/* The table of commands. The parser, the help, the man page and the shell completion are made from its rows.
 */
#include "commands.h"

#include <string.h>

#include "network.h"
#include "starts.h"

#define TENANT (OPT(PROVIDER) | OPT(GROUP) | OPT(CONSUMER))
#define DETAILS (OPT(WORKSPACE) | OPT(METADATA))
#define NAMES (OPT(GROUP_NAME) | OPT(CONSUMER_NAME))

const command_t commands[] = {
    {{"connection", "get"},
     "print one connection",
     .examples = {"ampersand connection get $ID", "ampersand --json connection get $ID --refresh "
                                                  "ifExpired"},
     .takes = OPT(REFRESH),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .start = start_connection_get},
    {{"connection", "list"},
     "print the connections of the project, or those of a provider, group or consumer",
     .examples = {"ampersand connection list --group acme",
                  "ampersand --json connection list --provider salesforce"},
     .takes = TENANT,
     .kind = &kind_connections,
     .start = start_connection_list},
    {{"connection", "status"},
     "print the health of a customer's connection, the reason, the remedy, and the time of the next check; "
     "exit status 1 when it is not healthy, or when there is none",
     .examples = {"ampersand connection status --provider salesforce --group acme"},
     .takes = TENANT,
     .required = OPT(PROVIDER) | OPT(GROUP),
     .run = run_connection_status},
    {{"connection", "wait"},
     "wait until a connection exists and is healthy, or has bad credentials",
     .examples = {"ampersand connection wait --provider salesforce --group acme --consumer ada --for 600"},
     .takes = TENANT | OPT(FOR),
     .required = TENANT,
     .run = run_connection_wait},
    {{"connection", "generate"},
     "create a connection from the credential in a file: {\"apiKey\":…}, {\"basicAuth\":{…}}, "
     "{\"oauth2ClientCredentials\":{…}}, {\"oauth2PasswordCredentials\":{…}}, "
     "{\"oauth2AuthorizationCode\":{…}} or {\"customAuth\":{…}}, with the member names of the service",
     .examples = {"ampersand connection generate --provider stripe --group acme --consumer ada "
                  "--secret-file secret.json",
                  "ampersand connection generate --provider stripe --group acme --consumer ada "
                  "--secret-file - < secret.json"},
     .takes = TENANT | NAMES | DETAILS | OPT(SECRET_FILE),
     .required = TENANT | OPT(SECRET_FILE),
     .kind = &kind_connection,
     .prepare = prepare_connection,
     .start = start_connection_generate},
    {{"connection", "update"},
     "change parts of a connection; at least one option is required",
     .examples = {"ampersand connection update $ID --secret-file secret.json",
                  "ampersand connection update $ID --workspace acme --metadata region=eu"},
     .takes = DETAILS | OPT(SECRET_FILE),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_connection,
     .prepare = prepare_connection_update,
     .start = start_connection_update},
    {{"connection", "delete"},
     "delete a connection, and the installations that use it; asks first on a terminal",
     .examples = {"ampersand connection delete $ID", "ampersand connection delete $ID --yes"},
     .takes = OPT(YES),
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_deleted,
     .prepare = prepare_connection_delete,
     .start = start_connection_delete},
    {{"connect", NULL},
     "print the URL where a user authorizes a connection, and wait until it exists and is healthy",
     .examples = {"ampersand connect --provider salesforce --group acme --consumer ada",
                  "ampersand connect --provider salesforce --group acme --consumer ada --for 600 --qr"},
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP) | OPT(FOR) | OPT(QR),
     .required = TENANT,
     .run = run_connect},
    {{"oauth", "connect"},
     "print the URL where a user authorizes a new connection in a browser",
     .examples = {"ampersand oauth connect --provider salesforce --group acme --consumer ada"},
     .takes = TENANT | NAMES | DETAILS | OPT(PROVIDER_APP),
     .required = TENANT,
     .kind = &kind_url,
     .prepare = prepare_connection,
     .start = start_oauth_connect},
    {{"oauth", "update"},
     "print the URL where a user authorizes an existing connection again",
     .examples = {"ampersand oauth update $CONNECTION"},
     .positionals = {"CONNECTION"},
     .positionals_required = 1,
     .kind = &kind_url,
     .start = start_oauth_update},
    {{"installation", "list"},
     "print the installations of an integration, or of the whole project",
     .examples = {"ampersand installation list --group acme",
                  "ampersand --json installation list $INTEGRATION"},
     .takes = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .kind = &kind_installations,
     .start = start_installation_list},
    {{"installation", "get"},
     "print one installation",
     .examples = {"ampersand installation get $INTEGRATION $ID"},
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_installation,
     .start = start_installation_get},
    {{"installation", "update"},
     "make an installation use another connection",
     .examples = {"ampersand installation update $INTEGRATION $ID --connection $CONNECTION"},
     .takes = OPT(CONNECTION),
     .required = OPT(CONNECTION),
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_installation,
     .start = start_installation_update},
    {{"installation", "create"},
     "create an installation of an integration for a group; without --provider, the provider is that of "
     "the "
     "connection, or the one that all connections of the group share",
     .examples = {"ampersand installation create $INTEGRATION --group acme",
                  "ampersand installation create $INTEGRATION --group acme --connection $CONNECTION"},
     .takes = OPT(GROUP) | OPT(CONNECTION) | OPT(PROVIDER),
     .required = OPT(GROUP),
     .positionals = {"INTEGRATION"},
     .positionals_required = 1,
     .kind = &kind_installation,
     .start = start_installation_create},
    {{"installation", "delete"},
     "delete an installation, and its connection when no other installation uses it; asks first on a "
     "terminal",
     .examples = {"ampersand installation delete $INTEGRATION $ID",
                  "ampersand installation delete $INTEGRATION $ID --yes"},
     .takes = OPT(YES),
     .positionals = {"INTEGRATION", "ID"},
     .positionals_required = 2,
     .kind = &kind_deleted,
     .prepare = prepare_installation_delete,
     .start = start_installation_delete},
    {{"installation", "progress"},
     "print the progress of the first read of an object; a progress bar on a terminal",
     .examples = {"ampersand installation progress $INTEGRATION $ID contact --follow --deadline 3600"},
     .takes = OPT(FOLLOW),
     .positionals = {"INTEGRATION", "ID", "OBJECT"},
     .positionals_required = 3,
     .run = run_installation_progress},
    {{"operation", "list"},
     "print all operations of an installation, the newest first",
     .examples = {"ampersand operation list $INTEGRATION $INSTALLATION"},
     .positionals = {"INTEGRATION", "INSTALLATION"},
     .positionals_required = 2,
     .kind = &kind_operations,
     .start = start_operation_list},
    {{"operation", "get"},
     "print one operation",
     .examples = {"ampersand --json operation get $ID"},
     .positionals = {"ID"},
     .positionals_required = 1,
     .kind = &kind_operation,
     .start = start_operation_get},
    {{"doctor", NULL},
     "check DNS, TCP, TLS and the clock; read a provider from the service, by default salesforce; check "
     "the "
     "credential and the project when both are set",
     .examples = {"ampersand doctor", "ampersand doctor hubspot --verbose"},
     .positionals = {"PROVIDER"},
     .is_anonymous = 1,
     .run = run_doctor},
    {{"decode", NULL},
     "read a captured response body, without a network: KIND is connection, connections, installation, "
     "installations, problem or json",
     .examples = {"ampersand decode connections answer.json", "ampersand --json decode json < answer.json"},
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

int commands_has_group(const char *word)
{
    const command_t *row = commands;
    while (row->words[0] != NULL && strcmp(row->words[0], word) != 0) {
        ++row;
    }
    return row->words[0] != NULL;
}

/* SPDX-License-Identifier: MIT */
/* `installation create`. The service needs the provider in the configuration. Without --provider, the
 * provider is read from the connection, or from all connections of the group. */
#include <stdio.h>
#include <string.h>

#include "network.h"
#include "starts.h"

static amp_connection_t connection;

static amp_status_t refuse(cli_t *cli, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_ARGUMENT, "provider", "%s", why);
}

static amp_status_t find_by_connection(cli_t *cli, amp_client_t *client)
{
    static amp_get_connection_t args;
    args.id = given(cli, OPT_CONNECTION);
    amp_status_t status = amp_get_connection_start(client, &args, &connection);
    return status == AMP_OK ? network_finish(cli) : status;
}

/* All connections of the group must have the same provider. */
static amp_status_t find_by_group(cli_t *cli, amp_client_t *client)
{
    static amp_list_connections_t args;
    static amp_connection_t record;
    unsigned long others = 0;
    args.group_ref = given(cli, OPT_GROUP);
    amp_status_t status = amp_list_connections_start(client, &args, &record);
    while (status >= 0 && (status = network_next(cli)) == AMP_ITEM) {
        if (!amp_str_equal(amp_str(record.group_ref), args.group_ref)) {
            amp_reset(client);
            failure_set(&cli->failure, AMP_ERR_MISMATCH, "group.groupRef", NULL);
            cli->failure.stage = AMP_STAGE_BODY;
            return cli->failure.status;
        }
        others += connection.provider[0] != '\0' && strcmp(connection.provider, record.provider) != 0;
        memcpy(&connection, &record, sizeof connection);
    }
    if (status != AMP_END) {
        return status;
    }
    if (connection.provider[0] == '\0') {
        return refuse(cli, "the group has no connection: create one first, or use --provider");
    }
    return others == 0 ? AMP_OK
                       : refuse(cli, "the group has connections of several providers: select one with "
                                     "--connection or --provider");
}

static amp_status_t find_provider(cli_t *cli, amp_client_t *client)
{
    amp_status_t status = options_get(&cli->args, OPT_CONNECTION) != NULL ? find_by_connection(cli, client)
                                                                          : find_by_group(cli, client);
    return status == AMP_OK ? network_again(cli) : status;
}

amp_status_t start_installation_create(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_create_installation_t args;
    args.integration_id = word(cli, 0);
    args.group_ref = given(cli, OPT_GROUP);
    args.connection_id = given(cli, OPT_CONNECTION);
    args.provider = given(cli, OPT_PROVIDER);
    if (args.provider.len == 0) {
        amp_status_t status = find_provider(cli, client);
        if (status != AMP_OK) {
            return status;
        }
        args.provider = amp_str(connection.provider);
    }
    return amp_create_installation_start(client, &args, &record->installation);
}

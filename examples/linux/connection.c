/* SPDX-License-Identifier: MIT */
/* The commands on connections. */
#include <string.h>

#include "commands.h"
#include "credential_file.h"
#include "network.h"

static amp_connection_t connection;

static amp_str_t option(const cli_t *cli, option_id_t id)
{
    return amp_str(options_get(&cli->args, id));
}

amp_status_t run_connection_get(cli_t *cli)
{
    amp_get_connection_t args = {
        .id = amp_str(options_positional(&cli->args, 0)),
        .refresh = option(cli, OPT_REFRESH),
    };
    amp_client_t *client = network_open(cli);
    if (client != NULL) {
        amp_status_t started = amp_start_get_connection(client, &args, &connection);
        network_run(cli, started, &kind_connection, &connection);
    }
    network_close(cli);
    return cli->failure.status;
}

amp_status_t run_connection_list(cli_t *cli)
{
    amp_list_connections_t args = {
        .provider = option(cli, OPT_PROVIDER),
        .group_ref = option(cli, OPT_GROUP),
        .consumer_ref = option(cli, OPT_CONSUMER),
    };
    amp_client_t *client = network_open(cli);
    if (client != NULL) {
        amp_status_t started = amp_start_list_connections(client, &args, &connection);
        network_run(cli, started, &kind_connections, &connection);
    }
    network_close(cli);
    return cli->failure.status;
}

/* KEY=VALUE; a value may be empty and may hold more `=`. */
static amp_status_t read_metadata(cli_t *cli, amp_metadata_t pairs[METADATA_MAX], size_t *out_count)
{
    const char *text;
    for (unsigned n = 0; (text = options_nth(&cli->args, OPT_METADATA, n)) != NULL; ++n) {
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text) {
            return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_METADATA].name,
                               "--metadata takes KEY=VALUE, with a key");
        }
        memset(&pairs[n], 0, sizeof pairs[n]);
        pairs[n].key.ptr = text;
        pairs[n].key.len = (size_t)(equals - text);
        pairs[n].value = amp_str(equals + 1);
        *out_count = n + 1u;
    }
    return AMP_OK;
}

static amp_status_t refuse_two_readers(cli_t *cli)
{
    const char *key = options_get(&cli->args, OPT_API_KEY_FILE);
    const char *secret = options_get(&cli->args, OPT_SECRET_FILE);
    if (key != NULL && strcmp(key, "-") == 0 && strcmp(secret, "-") == 0) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_SECRET_FILE].name,
                           "--api-key-file and --secret-file cannot both be standard input");
    }
    return AMP_OK;
}

amp_status_t run_connection_generate(cli_t *cli)
{
    amp_metadata_t pairs[METADATA_MAX];
    amp_generate_connection_t args = {
        .provider = option(cli, OPT_PROVIDER),
        .group_ref = option(cli, OPT_GROUP),
        .consumer_ref = option(cli, OPT_CONSUMER),
        .group_name = option(cli, OPT_GROUP_NAME),
        .consumer_name = option(cli, OPT_CONSUMER_NAME),
        .provider_workspace_ref = option(cli, OPT_WORKSPACE),
        .metadata = {&amp_provider_metadata, pairs, 0},
    };
    if (refuse_two_readers(cli) != AMP_OK || read_metadata(cli, pairs, &args.metadata.count) != AMP_OK ||
        credential_read(cli, options_get(&cli->args, OPT_SECRET_FILE), &args.credential) != AMP_OK) {
        return cli->failure.status;
    }
    amp_client_t *client = network_open(cli);
    if (client != NULL) {
        amp_status_t started = amp_start_generate_connection(client, &args, &connection);
        network_run(cli, started, &kind_connection, &connection);
    }
    network_close(cli);
    return cli->failure.status;
}

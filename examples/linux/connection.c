/* SPDX-License-Identifier: MIT */
/* The commands on connections, and the commands with which a user authorizes one. */
#include <string.h>

#include "credential_file.h"
#include "starts.h"

/* Set by prepare_connection. The request points to them, so they are static. */
static amp_metadata_t pairs[METADATA_MAX];
static amp_metadata_list_t metadata;
static amp_credential_t credential;

/* Reads KEY=VALUE. The value may be empty, and may contain further "=". */
static amp_status_t read_metadata(cli_t *cli)
{
    const char *text;
    for (unsigned n = 0; (text = options_nth(&cli->args, OPT_METADATA, n)) != NULL; ++n) {
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text) {
            return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_METADATA].name,
                               "--metadata needs KEY=VALUE, with a key that is not empty");
        }
        pairs[n].key.ptr = text;
        pairs[n].key.len = (size_t)(equals - text);
        pairs[n].value = amp_str(equals + 1);
        metadata.kind = &amp_provider_metadata;
        metadata.pairs = pairs;
        metadata.count = n + 1u;
    }
    return AMP_OK;
}

static amp_status_t read_credential(cli_t *cli)
{
    const char *key = options_get(&cli->args, OPT_API_KEY_FILE);
    const char *secret = options_get(&cli->args, OPT_SECRET_FILE);
    if (secret == NULL) {
        return AMP_OK;
    }
    if (key != NULL && strcmp(key, "-") == 0 && strcmp(secret, "-") == 0) {
        return failure_set(
            &cli->failure, AMP_ERR_ARGUMENT, options[OPT_SECRET_FILE].name,
            "--api-key-file and --secret-file cannot both read standard input: use a file for one of them");
    }
    return credential_read(cli, secret, &credential);
}

amp_status_t prepare_connection(cli_t *cli)
{
    return read_metadata(cli) == AMP_OK ? read_credential(cli) : cli->failure.status;
}

amp_status_t prepare_connection_update(cli_t *cli)
{
    if (options_get(&cli->args, OPT_WORKSPACE) == NULL && options_get(&cli->args, OPT_METADATA) == NULL &&
        options_get(&cli->args, OPT_SECRET_FILE) == NULL) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, "updateMask",
                           "there is no change to make: use --workspace, --metadata or --secret-file");
    }
    return prepare_connection(cli);
}

amp_status_t start_connection_get(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_get_connection_t args;
    args.id = word(cli, 0);
    args.refresh = given(cli, OPT_REFRESH);
    return amp_get_connection_start(client, &args, &record->connection);
}

amp_status_t start_connection_list(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_list_connections_t args;
    args.provider = given(cli, OPT_PROVIDER);
    args.group_ref = given(cli, OPT_GROUP);
    args.consumer_ref = given(cli, OPT_CONSUMER);
    return amp_list_connections_start(client, &args, &record->connection);
}

amp_status_t start_connection_generate(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_generate_connection_t args;
    args.provider = given(cli, OPT_PROVIDER);
    args.group_ref = given(cli, OPT_GROUP);
    args.consumer_ref = given(cli, OPT_CONSUMER);
    args.group_name = given(cli, OPT_GROUP_NAME);
    args.consumer_name = given(cli, OPT_CONSUMER_NAME);
    args.provider_workspace_ref = given(cli, OPT_WORKSPACE);
    args.metadata = metadata;
    args.credential = credential;
    return amp_generate_connection_start(client, &args, &record->connection);
}

amp_status_t start_connection_update(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_update_connection_t args;
    args.id = word(cli, 0);
    args.provider_workspace_ref = given(cli, OPT_WORKSPACE);
    args.metadata = metadata;
    args.credential = credential;
    return amp_update_connection_start(client, &args, &record->connection);
}

amp_status_t start_connection_delete(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_delete_connection_t args;
    args.id = word(cli, 0);
    view_set_deleted(&record->deleted, options_positional(&cli->args, 0));
    return amp_delete_connection_start(client, &args, NULL);
}

/* The library stores the URL in the buffer. The mask marks it as present for the view, which prints it only
 * after the request succeeded. */
static amp_url_buf_t *text_of(record_t *record)
{
    static amp_url_buf_t text;
    record->url.mask.present = 1;
    text.ptr = record->url.url;
    text.size = sizeof record->url.url;
    return &text;
}

void oauth_connect_arguments(const cli_t *cli, amp_oauth_connect_t *args)
{
    args->provider = given(cli, OPT_PROVIDER);
    args->group_ref = given(cli, OPT_GROUP);
    args->consumer_ref = given(cli, OPT_CONSUMER);
    args->group_name = given(cli, OPT_GROUP_NAME);
    args->consumer_name = given(cli, OPT_CONSUMER_NAME);
    args->provider_workspace_ref = given(cli, OPT_WORKSPACE);
    args->provider_app_id = given(cli, OPT_PROVIDER_APP);
    args->metadata = metadata;
}

amp_status_t start_oauth_connect(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_oauth_connect_t args;
    oauth_connect_arguments(cli, &args);
    return amp_oauth_connect_start(client, &args, text_of(record));
}

amp_status_t start_oauth_update(cli_t *cli, amp_client_t *client, record_t *record)
{
    static amp_oauth_update_t args;
    args.id = word(cli, 0);
    return amp_oauth_update_start(client, &args, text_of(record));
}

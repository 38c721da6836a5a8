/* SPDX-License-Identifier: MIT */
/* Writes requests of the library for writing.py. Tests parse them with code that is not the library's.
 *
 * The input has for each case a byte for the operation, then FIELDS strings. The output has for each case
 * three strings: the name of the status, the field, and the bytes that were sent. A string is its length and
 * its bytes. A length is 32 bits, little endian. */
#include <stdio.h>
#include <string.h>

#include "../any_record.h"

#define FIELDS 8u
#define FIELD_SIZE 8192u

static char texts[FIELDS][FIELD_SIZE];
static amp_str_t fields[FIELDS];
static uint8_t sent[FIELDS * FIELD_SIZE * 4u];
static size_t sent_len;

static any_record_t record;
static char url[64];

static int port_open(void *ctx, const char *host, uint16_t number)
{
    (void)ctx;
    (void)host;
    (void)number;
    return 1;
}

static int port_send(void *ctx, const uint8_t *data, size_t len)
{
    (void)ctx;
    if (len > sizeof sent - sent_len) {
        return AMP_ERR_NETWORK;
    }
    memcpy(sent + sent_len, data, len);
    sent_len += len;
    return (int)len;
}

static int port_recv(void *ctx, uint8_t *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return AMP_ERR_ABORTED;
}

static void port_close(void *ctx)
{
    (void)ctx;
}

static uint32_t port_now(void *ctx)
{
    (void)ctx;
    return 0;
}

static void port_wait(void *ctx, unsigned wanted, uint32_t ms)
{
    (void)ctx;
    (void)wanted;
    (void)ms;
}

static int read_number(size_t *out_number)
{
    uint8_t bytes[4];
    if (fread(bytes, 1, sizeof bytes, stdin) != sizeof bytes) {
        return -1;
    }
    *out_number = bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
    return 0;
}

static int read_fields(void)
{
    for (unsigned i = 0; i < FIELDS; ++i) {
        size_t len;
        if (read_number(&len) != 0 || len > FIELD_SIZE || fread(texts[i], 1, len, stdin) != len) {
            return -1;
        }
        fields[i].ptr = texts[i];
        fields[i].len = len;
    }
    return 0;
}

static void write_bytes(const void *bytes, size_t len)
{
    for (unsigned shift = 0; shift < 32u; shift += 8u) {
        putchar((int)(len >> shift & 0xffu));
    }
    fwrite(bytes, 1, len, stdout);
}

/* The records share one buffer, so it is set for each request. */
static amp_url_buf_t *url_record(void)
{
    record.url = (amp_url_buf_t){url, sizeof url, 0};
    return &record.url;
}

/* Returns a list of one pair, or an empty list if the key is empty. */
static amp_metadata_list_t metadata_of(const amp_metadata_t *pair)
{
    amp_metadata_list_t list = {&amp_provider_metadata, pair, pair->key.len > 0};
    return list;
}

static amp_status_t start(amp_client_t *client, int operation)
{
    static amp_metadata_t pair;
    static amp_get_connection_t get;
    static amp_list_connections_t list;
    static amp_generate_connection_t generate;
    static amp_update_connection_t update;
    static amp_oauth_connect_t connect;
    static amp_oauth_update_t renew;
    static amp_custom_auth_connect_t custom;
    static amp_get_backfill_progress_t progress;
    static amp_list_installations_t installations;
    static amp_create_installation_t create;
    pair.key = fields[6];
    pair.value = fields[7];
    switch (operation) {
    case 'g':
        get.id = fields[0];
        return amp_get_connection_start(client, &get, &record.connection);
    case 'l':
        list.provider = fields[0];
        list.group_ref = fields[1];
        list.consumer_ref = fields[2];
        return amp_list_connections_start(client, &list, &record.connection);
    case 'n':
        generate.provider = fields[0];
        generate.group_ref = fields[1];
        generate.consumer_ref = fields[2];
        generate.group_name = fields[3];
        generate.consumer_name = fields[4];
        generate.provider_workspace_ref = fields[5];
        generate.metadata = metadata_of(&pair);
        return amp_generate_connection_start(client, &generate, &record.connection);
    case 'u':
        update.id = fields[0];
        update.provider_workspace_ref = fields[5];
        update.metadata = metadata_of(&pair);
        return amp_update_connection_start(client, &update, &record.connection);
    case 'o':
        connect.provider = fields[0];
        connect.group_ref = fields[1];
        connect.consumer_ref = fields[2];
        connect.group_name = fields[3];
        connect.provider_app_id = fields[4];
        connect.metadata = metadata_of(&pair);
        return amp_oauth_connect_start(client, &connect, url_record());
    case 'x':
        renew.id = fields[0];
        return amp_oauth_update_start(client, &renew, url_record());
    case 'a':
        custom.provider = fields[0];
        custom.group_ref = fields[1];
        custom.consumer_ref = fields[2];
        custom.custom_auth = fields[3];
        custom.callback_params = fields[4];
        custom.session_id = fields[5];
        custom.metadata = metadata_of(&pair);
        return amp_custom_auth_connect_start(client, &custom, &record.custom_auth);
    case 'b':
        progress.integration_id = fields[0];
        progress.installation_id = fields[1];
        progress.object_name = fields[2];
        return amp_get_backfill_progress_start(client, &progress, &record.progress);
    case 'i':
        installations.integration_id = fields[0];
        installations.group_ref = fields[1];
        return amp_list_installations_start(client, &installations, &record.installation);
    default:
        create.integration_id = fields[0];
        create.group_ref = fields[1];
        create.connection_id = fields[2];
        create.provider = fields[3];
        return amp_create_installation_start(client, &create, &record.installation);
    }
}

int main(void)
{
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    static const amp_port_t port = {NULL,     port_open, port_send, port_recv, port_close,
                                    port_now, port_wait, NULL,      1,         NULL};
    static const amp_config_t config = {.project = {"p", 1}, .api_key = {"k", 1}, .port = &port};
    int operation;
    amp_status_t status = amp_init(&client, &config, work, sizeof work);
    while (status == AMP_OK && (operation = getchar()) != EOF) {
        if (read_fields() != 0) {
            return 1;
        }
        sent_len = 0;
        status = start(&client, operation);
        status = status == AMP_OK ? amp_run(&client) : status;
        const amp_info_t *info = amp_client_info(&client);
        write_bytes(amp_status_name(status), strlen(amp_status_name(status)));
        write_bytes(info->field != NULL ? info->field : "", info->field != NULL ? strlen(info->field) : 0);
        write_bytes(sent, sent_len);
        amp_reset(&client);
        status = AMP_OK;
    }
    return status == AMP_OK && fflush(stdout) == 0 ? 0 : 1;
}

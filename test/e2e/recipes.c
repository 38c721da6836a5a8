/* SPDX-License-Identifier: MIT */
/* Runs the recipes of docs/recipes.md: test_recipes.py compiles this file with their text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amp_device.h"
#include "amp_qr.h"
#include "ampersand/ampersand.h"

uint32_t check_connection(amp_client_t *client, const amp_tenant_t *tenant, amp_pace_t *pace,
                          amp_health_t *health);
int turn(amp_device_t *devices, amp_status_t *results, unsigned count, uint32_t timer_ms);
amp_status_t make_connection(amp_client_t *client, const amp_generate_connection_t *args,
                             amp_baseline_t *before, amp_connection_t *out);
amp_status_t list_integrations(amp_client_t *client, void (*show)(const char *name, const char *revision));
amp_status_t ask_and_sleep(amp_client_t *client, amp_port_t *tls, amp_str_t id, amp_connection_t *out,
                           uint8_t *kept, size_t size, size_t *kept_len);
amp_status_t connect_with_qr(amp_connect_t *connect, amp_client_t *client, const amp_tenant_t *tenant,
                             amp_pace_t *pace, void (*show)(const char *url, const amp_qr_t *qr),
                             amp_connection_t *out);
extern const amp_schema_t integrations;

static uint32_t always_half(void *ctx)
{
    (void)ctx;
    return 0x80000000u;
}

static void show(const char *name, const char *revision)
{
    printf("%s %s\n", name, revision);
}

static amp_status_t check(amp_client_t *client, const char *provider, const char *group)
{
    const amp_tenant_t tenant = {amp_str(provider), amp_str(group), {NULL, 0}};
    amp_pace_t pace = {.random = always_half};
    amp_health_t health;
    uint32_t wait = check_connection(client, &tenant, &pace, &health);
    printf("%s %s %s %lu\n", amp_verdict_name(health.verdict), amp_remedy_name(health.remedy),
           health.word[0] != '\0' ? health.word : "-", (unsigned long)wait);
    return AMP_OK;
}

/* Prints the URL, the code's rows, and an empty line. */
static void show_code(const char *url, const amp_qr_t *qr)
{
    puts(url);
    for (int y = -4; qr != NULL && y < qr->size + 4; ++y) {
        for (int x = -4; x < qr->size + 4; ++x) {
            putchar(amp_qr_is_dark(qr, x, y) ? '#' : '.');
        }
        putchar('\n');
    }
    putchar('\n');
    fflush(stdout);
}

static amp_status_t connect_tenant(amp_client_t *client, const char *provider, const char *group)
{
    static amp_connect_t connect;
    static amp_connection_t connection;
    const amp_tenant_t tenant = {amp_str(provider), amp_str(group), AMP_STR("ada")};
    amp_pace_t pace = {.pending_ms = 50, .random = always_half};
    amp_status_t status = connect_with_qr(&connect, client, &tenant, &pace, show_code, &connection);
    printf("%s %d %s\n", amp_status_name(status), connect.state == AMP_CONNECT_CONNECTED,
           connection.id[0] != '\0' ? connection.id : "-");
    return AMP_OK;
}

static amp_status_t make(amp_client_t *client, const char *provider, const char *group)
{
    static amp_baseline_t before;
    static amp_connection_t connection;
    const amp_generate_connection_t args = {
        .provider = amp_str(provider),
        .group_ref = amp_str(group),
        .consumer_ref = AMP_STR("ada"),
        .credential = {.kind = &amp_credential_api_key, .api_key = AMP_STR("the-key")}};
    amp_status_t status = make_connection(client, &args, &before, &connection);
    printf("%s %s\n", amp_status_name(status), status == AMP_OK ? connection.id : "-");
    return AMP_OK;
}

static amp_tls_storage_t storage;

/* After waking, a device has only the memory that is kept during sleep. Prints whether the session was
 * resumed. */
static amp_status_t wake(const amp_tls_config_t *trust, amp_config_t config, amp_port_t *tls, const char *id)
{
    static uint8_t kept[AMP_TLS_SESSION_MAX];
    static size_t kept_len;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_client_t client;
    static amp_connection_t connection;
    amp_tls_stats_t stats;
    amp_status_t status = amp_tls_init(&storage, sizeof storage, trust, tls);
    if (status != AMP_OK) {
        return status;
    }
    status = amp_init(&client, &config, work, sizeof work);
    if (status == AMP_OK) {
        status = ask_and_sleep(&client, tls, amp_str(id), &connection, kept, sizeof kept, &kept_len);
    }
    amp_tls_stats(tls, &stats);
    printf("%s %s\n", amp_status_name(status), stats.resumed ? "resumed" : "full");
    amp_tls_free(tls);
    return status;
}

/* Reads two connections in one loop, next to a timer. Prints each result, and an upper limit for the number
 * of iterations. */
static int loop(char **ids)
{
    static amp_device_t devices[2];
    static amp_get_connection_t which[2];
    amp_status_t results[2];
    int turns = 0;
    const amp_device_config_t config = {.project = getenv("AMP_PROJECT"),
                                        .api_key = getenv("AMP_API_KEY"),
                                        .url = getenv("AMP_URL"),
                                        .ca_file = getenv("AMP_CA_FILE"),
                                        .timeout_ms = 1000};
    for (int i = 0; i < 2; ++i) {
        which[i].id = amp_str(ids[i]);
        results[i] = amp_device_open(&devices[i], &config);
        if (results[i] == AMP_OK) {
            results[i] = amp_get_connection_start(&devices[i].client, &which[i], &devices[i].connection);
        }
    }
    do {
        ++turns;
    } while (turn(devices, results, 2, 50) > 0);
    for (int i = 0; i < 2; ++i) {
        printf("%s %s\n", amp_status_name(results[i]),
               results[i] == AMP_END ? devices[i].connection.id : "-");
        amp_device_close(&devices[i]);
    }
    puts(turns < 1000 ? "calm" : "busy");
    return 0;
}

static amp_status_t run(amp_client_t *client, char **argv)
{
    if (strcmp(argv[1], "check") == 0) {
        return check(client, argv[2], argv[3]);
    }
    if (strcmp(argv[1], "make") == 0) {
        return make(client, argv[2], argv[3]);
    }
    if (strcmp(argv[1], "connect") == 0) {
        return connect_tenant(client, argv[2], argv[3]);
    }
    if (amp_schema_check(&integrations, NULL) != AMP_OK) {
        return AMP_ERR_ARGUMENT;
    }
    amp_status_t status = list_integrations(client, show);
    return status == AMP_END ? AMP_OK : status;
}

/* usage: recipes check|make|connect PROVIDER GROUP, recipes sleep CONNECTION -, recipes loop CONNECTION
 * CONNECTION, or recipes list - - */
int main(int argc, char **argv)
{
    static amp_posix_t socket;
    static uint8_t work[AMP_WORK_SIZE];
    static amp_client_t client;
    amp_port_t tcp;
    amp_port_t tls;
    amp_url_t url;
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE, getenv("AMP_CA_FILE"), 0};
    const amp_tls_config_t trust = {.under = &tcp, .anchors = &anchor, .anchor_count = 1};
    const amp_config_t config = {.base_url = &url,
                                 .project = amp_str(getenv("AMP_PROJECT")),
                                 .api_key = amp_str(getenv("AMP_API_KEY")),
                                 .port = &tls};
    if (argc != 4 || amp_url_parse(amp_str(getenv("AMP_URL")), &url) != 0) {
        return 2;
    }
    if (strcmp(argv[1], "loop") == 0) {
        return loop(argv + 2);
    }
    amp_posix_init(&socket, &tcp);
    if (strcmp(argv[1], "sleep") == 0) {
        (void)wake(&trust, config, &tls, argv[2]);
        (void)wake(&trust, config, &tls, argv[2]);
        return 0;
    }
    amp_status_t status = amp_tls_init(&storage, sizeof storage, &trust, &tls);
    if (status == AMP_OK) {
        status = amp_init(&client, &config, work, sizeof work);
        status = status == AMP_OK ? run(&client, argv) : status;
        amp_close(&client);
        amp_tls_free(&tls);
    }
    if (status != AMP_OK) {
        fprintf(stderr, "%s\n", amp_status_name(status));
    }
    return status == AMP_OK ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/* The device's static memory, and its requests. One client and one record serve all requests in turn. */
#include "device.h"

#include "amp_lwip.h"
#include "board.h"
#include "network.h"
#include "provision.h"
#include "report.h"

/* The default timeout is meant for a few records. A small processor needs longer for several megabytes. */
#define DEVICE_LIST_TIMEOUT_MS 300000u

device_t device;

static uint64_t arena[DEVICE_ARENA_SIZE / sizeof(uint64_t)];
static amp_tls_storage_t tls_storage;
static uint8_t work[AMP_WORK_SIZE];
static amp_lwip_t tcp_state;

static int64_t now(void *ctx)
{
    (void)ctx;
    return device.time != 0 ? device.time : (int64_t)board_clock();
}

static uint32_t random_number(void *ctx)
{
    (void)ctx;
    return network_random();
}

static amp_status_t start_tls(size_t arena_size)
{
    amp_str_t authority = provision_find("anchor");
    const amp_anchor_t anchor = {AMP_ANCHOR_DER, authority.ptr, authority.len};
    const amp_tls_config_t config = {
        .under = &device.under,
        .anchors = &anchor,
        .anchor_count = 1,
        .clock = now,
        .arena = arena,
        .arena_size = arena_size,
    };
    amp_status_t status = amp_tls_arena_init(arena, arena_size);
    return status == AMP_OK ? amp_tls_init(&tls_storage, sizeof tls_storage, &config, &device.tls) : status;
}

amp_status_t device_go_to(amp_str_t url)
{
    if (device.config.base_url != NULL) {
        amp_close(&device.client);
    }
    if (amp_url_parse(url, &device.url) != 0) {
        return AMP_ERR_CONFIG;
    }
    device.config.base_url = &device.url;
    return amp_init(&device.client, &device.config, work, device.work_size);
}

amp_status_t device_start(amp_str_t url, size_t arena_size, size_t work_size)
{
    if (device.under.open == NULL) {
        network_start();
        amp_lwip_init(&tcp_state, network_poll, NULL, &device.under);
    }
    device.config = (amp_config_t){
        .project = provision_find("project"),
        .api_key = provision_find("key"),
        .port = &device.tls,
        .problem = &device.problem,
        .problem_schema = &amp_problem_schema,
    };
    device.pace = (amp_pace_t){.random = random_number};
    amp_status_t status = start_tls(arena_size > 0 ? arena_size : sizeof arena);
    device.work_size = work_size > 0 ? work_size : sizeof work;
    return status == AMP_OK ? device_go_to(url) : status;
}

void device_stop(void)
{
    if (device.tls.ctx != NULL) {
        amp_close(&device.client);
        amp_tls_free(&device.tls);
    }
}

amp_status_t device_check(void)
{
    const amp_tenant_t tenant = {.provider = provision_find("provider"),
                                 .group_ref = provision_find("group")};
    amp_connection_t *connection = &device.record.status.connection;
    amp_look_t *look = &device.record.status.look;
    amp_evidence_t evidence = {
        .result = amp_connection_status(look, &device.client, &tenant, connection),
        .info = amp_client_info(&device.client),
        .problem = amp_client_problem(&device.client),
        .now_ms = board_now_ms(),
    };
    evidence.connection = evidence.result == AMP_OK && look->count > 0 ? connection : NULL;
    amp_health(&evidence, &device.pace, &device.health);
    report_line(amp_verdict_name(device.health.verdict), ": ", amp_remedy_name(device.health.remedy));
    return evidence.result;
}

amp_status_t device_list(uint32_t *out_count)
{
    const amp_list_installations_for_project_t args = {.group_ref = provision_find("group")};
    device.config.timeout_ms = DEVICE_LIST_TIMEOUT_MS;
    amp_status_t status =
        amp_list_installations_for_project_start(&device.client, &args, &device.record.installation);
    *out_count = 0;
    device.config.timeout_ms = 0;
    while (status >= 0 && (status = amp_next(&device.client)) == AMP_ITEM) {
        ++*out_count;
    }
    return status == AMP_END ? AMP_OK : status;
}

amp_status_t device_generate(void)
{
    const amp_generate_connection_t args = {
        .provider = provision_find("provider"),
        .group_ref = provision_find("new_group"),
        .consumer_ref = AMP_STR("pump-7"),
        .credential = {.kind = &amp_credential_api_key, .api_key = provision_find("provider_key")},
    };
    amp_status_t status = amp_generate_connection(&device.client, &args, &device.record.connection);
    if (status == AMP_OK) {
        report_line(device.record.connection.id, " was made for ", device.record.connection.consumer_ref);
    }
    return status;
}

/* SPDX-License-Identifier: MIT */
/* Lists the group's connections over TLS. Large objects are static, because the main task's stack is small.
 */
#include "check.h"

#include <time.h>

#include "amp_posix.h"
#include "ampersand/ampersand.h"
#include "esp_crt_bundle.h"
#include "esp_log.h"
#include "sdkconfig.h"
#include "session.h"

static const char TAG[] = "check";

static int64_t seconds_now(void *ctx)
{
    (void)ctx;
    return (int64_t)time(NULL);
}

static void log_failure(const amp_client_t *client, const amp_port_t *tls, amp_status_t status)
{
    const amp_info_t *info = amp_client_info(client);
    const amp_problem_t *problem = amp_client_problem(client);
    amp_tls_failure_t failure;
    ESP_LOGE(TAG, "%s: %s (stage %s, field %s, code %ld)", amp_status_name(status), amp_status_text(status),
             amp_stage_name(info->stage), info->field != NULL ? info->field : "none", (long)info->code);
    if (problem != NULL) {
        ESP_LOGE(TAG, "the service says: %s (request %s)", problem->detail, problem->request_id);
    }
    amp_tls_failure(tls, &failure);
    if (failure.status == AMP_ERR_TLS) {
        ESP_LOGE(TAG, "%s (alert %u)", failure.rule, failure.alert);
    } else if (failure.status != AMP_OK) {
        ESP_LOGE(TAG, "certificate of %s by %s: %s %s", failure.subject, failure.issuer, failure.rule,
                 failure.detail);
    }
}

static amp_status_t list(amp_client_t *client)
{
    static amp_connection_t connection;
    const amp_list_connections_t args = {.group_ref = AMP_STR(CONFIG_EXAMPLE_AMPERSAND_GROUP)};
    amp_status_t status = amp_list_connections_start(client, &args, &connection);
    while (status >= 0 && (status = amp_next(client)) == AMP_ITEM) {
        ESP_LOGI(TAG, "%s %s is %s", connection.provider, connection.id, connection.status);
    }
    return status;
}

static amp_status_t check_over(amp_port_t *tls, const char *api_key)
{
    static uint8_t work[AMP_WORK_SIZE];
    static amp_problem_t problem;
    static amp_client_t client;
    static amp_url_t url;
    if (amp_url_parse(AMP_STR(CONFIG_EXAMPLE_AMPERSAND_URL), &url) != 0) {
        ESP_LOGE(TAG, "not a base URL: " CONFIG_EXAMPLE_AMPERSAND_URL);
        return AMP_ERR_CONFIG;
    }
    const amp_config_t config = {.base_url = &url,
                                 .project = AMP_STR(CONFIG_EXAMPLE_AMPERSAND_PROJECT),
                                 .api_key = amp_str(api_key),
                                 .port = tls,
                                 .problem = &problem,
                                 .problem_schema = &amp_problem_schema};
    amp_status_t status = amp_init(&client, &config, work, sizeof work);
    status = status == AMP_OK ? list(&client) : status;
    if (status != AMP_END) {
        log_failure(&client, tls, status);
    }
    amp_close(&client);
    return status;
}

bool check_connections(const char *api_key)
{
    static amp_posix_t tcp_state;
    static amp_tls_storage_t storage;
    amp_port_t tcp;
    amp_port_t tls;
    const amp_tls_config_t trust = {.under = &tcp, .bundle = esp_crt_bundle_attach, .clock = seconds_now};
    amp_posix_init(&tcp_state, &tcp);
    amp_status_t status = amp_tls_init(&storage, sizeof storage, &trust, &tls);
    if (status != AMP_OK) {
        ESP_LOGE(TAG, "TLS: %s", amp_status_text(status));
    } else {
        session_offer(&tls);
        status = check_over(&tls, api_key);
        session_keep(&tls);
        amp_tls_free(&tls);
    }
    return status == AMP_END;
}

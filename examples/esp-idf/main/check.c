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

static amp_posix_t tcp_state;

static int64_t seconds_now(void *ctx)
{
    (void)ctx;
    return (int64_t)time(NULL);
}

/* Logs the checks of names, TCP, TLS, clock, service, credential and project, each with advice if it fails.
 */
static void examine(amp_client_t *client, const amp_port_t *tls)
{
    static amp_doctor_t doctor;
    const amp_doctor_args_t args = {
        .tls = tls, .clock = seconds_now, .address = amp_posix_address, .address_ctx = &tcp_state};
    amp_status_t status = amp_doctor_start(&doctor, client, &args);
    while (status >= 0 && (status = amp_doctor_next(&doctor)) == AMP_ITEM) {
        ESP_LOGI(TAG, "%s: %s %s", amp_doctor_check_name(doctor.check), amp_doctor_result_name(doctor.result),
                 doctor.detail);
        if (doctor.advice[0] != '\0') {
            ESP_LOGW(TAG, "to do: %s", doctor.advice);
        }
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

static amp_status_t check_over(amp_port_t *tls, const char *api_key, bool with_doctor)
{
    static uint8_t work[AMP_WORK_SIZE];
    static amp_problem_t problem;
    static amp_client_t client;
    static amp_url_t url;
    static char text[AMP_EXPLAIN_SIZE];
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
    if (status == AMP_OK && with_doctor) {
        examine(&client, tls);
    }
    status = status == AMP_OK ? list(&client) : status;
    if (status != AMP_END) {
        ESP_LOGE(TAG, "%s", amp_explain(&client, tls, text, sizeof text));
    }
    amp_close(&client);
    return status;
}

bool check_connections(const char *api_key, bool with_doctor)
{
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
        status = check_over(&tls, api_key, with_doctor);
        session_keep(&tls);
        amp_tls_free(&tls);
    }
    return status == AMP_END;
}

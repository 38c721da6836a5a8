/* SPDX-License-Identifier: MIT */
/* ESP-IDF with PlatformIO: joins Wi-Fi, sets the clock, and logs the status of the connections. The settings
 * are strings in the NVS namespace "ampersand": ssid, password, project, api_key, group. examples/esp-idf/
 * shows more: deep sleep, and a TLS session that is kept across it. */
#include <stdbool.h> /* for esp_crt_bundle.h: in ESP-IDF 5.3 to 6.0 it uses bool without including this */
#include <string.h>
#include <time.h>

#include "../check.h"
#include "amp_posix.h"
#include "esp_crt_bundle.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_netif_sntp.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "nvs.h"
#include "nvs_flash.h"

static const char TAG[] = "ampersand";

#define EXAMPLE_PERIOD_MS (15u * 60u * 1000u)
#define EXAMPLE_RETRY_MS (60u * 1000u)

static void read_setting(const char *name, char *out, size_t size)
{
    nvs_handle_t nvs;
    esp_err_t error = nvs_open("ampersand", NVS_READONLY, &nvs);
    if (error == ESP_OK) {
        error = nvs_get_str(nvs, name, out, &size);
        nvs_close(nvs);
    }
    if (error != ESP_OK) {
        out[0] = '\0';
        ESP_LOGE(TAG, "no %s in NVS: store it as a string in the namespace ampersand", name);
    }
}

static void on_wifi(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg;
    (void)base;
    (void)data;
    if (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED) {
        (void)esp_wifi_connect();
    }
}

static void start_wifi(void)
{
    const wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    wifi_config_t config;
    memset(&config, 0, sizeof config);
    read_setting("ssid", (char *)config.sta.ssid, sizeof config.sta.ssid);
    read_setting("password", (char *)config.sta.password, sizeof config.sta.password);
    (void)esp_netif_create_default_wifi_sta();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL));
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
}

static int64_t seconds_now(void *ctx)
{
    (void)ctx;
    return (int64_t)time(NULL);
}

static void print_line(const char *line)
{
    ESP_LOGI(TAG, "%s", line);
}

void app_main(void)
{
    static amp_posix_t tcp_state;
    static char project[64];
    static char api_key[128];
    static char group[AMP_REF_SIZE];
    const esp_sntp_config_t sntp = ESP_NETIF_SNTP_DEFAULT_CONFIG("pool.ntp.org");
    amp_port_t tcp;
    const amp_tls_config_t trust = {.under = &tcp, .bundle = esp_crt_bundle_attach, .clock = seconds_now};
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    start_wifi();
    ESP_ERROR_CHECK(esp_netif_sntp_init(&sntp));
    read_setting("project", project, sizeof project);
    read_setting("api_key", api_key, sizeof api_key);
    read_setting("group", group, sizeof group);
    amp_posix_init(&tcp_state, &tcp);
    for (int is_first = 1;; is_first = 0) {
        /* Without network or time this logs an error, and the loop tries again. */
        amp_config_t config = {.project = amp_str(project), .api_key = amp_str(api_key)};
        amp_status_t status = check_connections(&trust, &config, group, is_first, print_line);
        vTaskDelay(pdMS_TO_TICKS(status == AMP_END ? EXAMPLE_PERIOD_MS : EXAMPLE_RETRY_MS));
    }
}

/* SPDX-License-Identifier: MIT */
/* The board wakes, checks whether its customer's connections work, and sleeps.
 *
 * A network failure never causes a restart. After each failure the board sleeps for a longer time and tries
 * again. */
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "ampersand/config.h"
#include "check.h"
#include "esp_attr.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_netif_sntp.h"
#include "esp_sleep.h"
#include "nvs.h"
#include "nvs_flash.h"
#include "protocol_examples_common.h"
#include "sdkconfig.h"

static const char TAG[] = "main";

#define EXAMPLE_API_KEY_SIZE 128u
#define EXAMPLE_SNTP_WAIT_MS 15000u
#define EXAMPLE_RETRY_S 60u
#define EXAMPLE_RETRY_MAX_S 3600u

static RTC_DATA_ATTR uint32_t failures;     /* consecutive failures; kept during deep sleep */
static RTC_DATA_ATTR uint32_t was_examined; /* 1: the doctor has run since the power came on */

static void start_nvs(void)
{
    esp_err_t error = nvs_flash_init();
    if (error == ESP_ERR_NVS_NO_FREE_PAGES || error == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_LOGE(TAG, "NVS is unreadable (%s) and is erased now: store the API key again",
                 esp_err_to_name(error));
        ESP_ERROR_CHECK(nvs_flash_erase());
        error = nvs_flash_init();
    }
    ESP_ERROR_CHECK(error);
}

static bool read_api_key(char *out_key, size_t size)
{
    nvs_handle_t nvs;
    esp_err_t error = nvs_open("ampersand", NVS_READONLY, &nvs);
    if (error == ESP_OK) {
        error = nvs_get_str(nvs, "api_key", out_key, &size);
        nvs_close(nvs);
    }
    if (error != ESP_OK) {
        ESP_LOGE(TAG, "no API key in NVS (%s): store it as ampersand/api_key, see README.md",
                 esp_err_to_name(error));
    }
    return error == ESP_OK;
}

/* Certificates cannot be verified without the right time. The clock keeps running during deep sleep. */
static bool set_clock(void)
{
    const esp_sntp_config_t config = ESP_NETIF_SNTP_DEFAULT_CONFIG("pool.ntp.org");
    if ((int64_t)time(NULL) > AMP_BUILD_TIME) {
        return true;
    }
    esp_err_t error = esp_netif_sntp_init(&config);
    error = error == ESP_OK ? esp_netif_sntp_sync_wait(pdMS_TO_TICKS(EXAMPLE_SNTP_WAIT_MS)) : error;
    esp_netif_sntp_deinit();
    if (error != ESP_OK) {
        ESP_LOGE(TAG, "no time from SNTP: %s", esp_err_to_name(error));
    }
    return error == ESP_OK;
}

static bool connect_and_check(void)
{
    static char api_key[EXAMPLE_API_KEY_SIZE];
    if (!read_api_key(api_key, sizeof api_key)) {
        return false;
    }
    esp_err_t error = example_connect();
    if (error != ESP_OK) {
        ESP_LOGE(TAG, "no network: %s", esp_err_to_name(error));
        return false;
    }
    if (!set_clock()) {
        return false;
    }
    const bool is_first = was_examined == 0;
    was_examined = 1;
    return check_connections(api_key, is_first);
}

/* 60 s after the first failure, then twice as long after each one, at most an hour. */
static uint32_t seconds_to_sleep(bool succeeded)
{
    failures = succeeded ? 0 : failures + 1u;
    if (succeeded) {
        return CONFIG_EXAMPLE_AMPERSAND_SLEEP_S;
    }
    return failures > 6u ? EXAMPLE_RETRY_MAX_S : EXAMPLE_RETRY_S << (failures - 1u);
}

void app_main(void)
{
    start_nvs();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    uint32_t seconds = seconds_to_sleep(connect_and_check());
    ESP_LOGI(TAG, "sleeps for %u s", (unsigned)seconds);
    esp_deep_sleep((uint64_t)seconds * 1000000u);
}

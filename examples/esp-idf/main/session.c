/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "esp_attr.h"
#include "esp_log.h"
#include "nvs.h"

static const char TAG[] = "session";

/* RTC memory survives deep sleep and nothing else; after a loss of power it is zeroed. A session of
 * TLS 1.2 is a few hundred bytes, and up to 2 KB where mbedTLS keeps the server's certificate in it. */
#define EXAMPLE_SESSION_SIZE 2048u
static RTC_DATA_ATTR uint32_t kept_len;
static RTC_DATA_ATTR uint8_t kept[EXAMPLE_SESSION_SIZE];

static void load_from_nvs(void)
{
    nvs_handle_t nvs;
    size_t len = sizeof kept;
    if (nvs_open("ampersand", NVS_READONLY, &nvs) == ESP_OK) {
        kept_len = nvs_get_blob(nvs, "session", kept, &len) == ESP_OK ? (uint32_t)len : 0;
        nvs_close(nvs);
    }
}

static void save_to_nvs(void)
{
    nvs_handle_t nvs;
    esp_err_t error = nvs_open("ampersand", NVS_READWRITE, &nvs);
    if (error == ESP_OK) {
        error = nvs_set_blob(nvs, "session", kept, kept_len);
        error = error == ESP_OK ? nvs_commit(nvs) : error;
        nvs_close(nvs);
    }
    if (error != ESP_OK) {
        ESP_LOGW(TAG, "not saved: %s", esp_err_to_name(error));
    }
}

void session_offer(amp_port_t *tls)
{
    if (kept_len == 0 || kept_len > sizeof kept) {
        load_from_nvs();
    }
    if (kept_len > 0) {
        amp_tls_import(tls, kept, kept_len);
    }
}

void session_keep(amp_port_t *tls)
{
    amp_tls_stats_t stats;
    size_t len = 0;
    amp_tls_stats(tls, &stats);
    if (amp_tls_export(tls, kept, sizeof kept, &len) != AMP_OK) {
        ESP_LOGW(TAG, "not kept: it takes %u bytes", (unsigned)len);
        return;
    }
    if (len == 0) {
        return; /* as after a look-up that failed: the one from before stays */
    }
    kept_len = (uint32_t)len;
    ESP_LOGI(TAG, "%s, %u bytes kept", stats.resumed ? "resumed" : "full handshake", (unsigned)len);
    /* Flash wears out. A session that was resumed is in NVS already, as far as it has to be. */
    if (!stats.resumed) {
        save_to_nvs();
    }
}

/* SPDX-License-Identifier: MIT */
/* The TLS session in RTC memory and NVS. Invariant: `kept_len` is 0 or the length of a complete session in
 * `kept`. */
#include "session.h"

#include "esp_attr.h"
#include "esp_log.h"
#include "nvs.h"

static const char TAG[] = "session";

/* RTC memory keeps its contents only during deep sleep. After a power loss the start-up code zeroes it. A
 * session has a few hundred bytes. Most of them are the ticket, whose size the server chooses. */
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
        ESP_LOGW(TAG, "the session was not saved to NVS: %s", esp_err_to_name(error));
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
        ESP_LOGW(TAG, "the session was not kept: it needs %u bytes", (unsigned)len);
        return;
    }
    if (len == 0) {
        return; /* no session, as after a failed look-up: keep the previous one */
    }
    kept_len = (uint32_t)len;
    ESP_LOGI(TAG, "%s, %u bytes kept", stats.resumed ? "resumed" : "full handshake", (unsigned)len);
    /* Each write wears the flash. After a resumption NVS already has a session that is good enough. */
    if (!stats.resumed) {
        save_to_nvs();
    }
}

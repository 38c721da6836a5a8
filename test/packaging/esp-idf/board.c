/* SPDX-License-Identifier: MIT */
/* Simulates a board on this machine. Implements the functions of ESP-IDF that the example calls, over files
 * in the working folder. One run of the program is one wake. The file "rtc" is RTC memory, and is removed to
 * simulate a loss of power. "nvs.NAME" is an entry of NVS. Network and clock are this machine's. */
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include <sys/socket.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_crt_bundle.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_netif_sntp.h"
#include "esp_sleep.h"
#include "nvs.h"
#include "nvs_flash.h"
#include "protocol_examples_common.h"

extern char __start_rtc_data[];
extern char __stop_rtc_data[];
void app_main(void);
int __real_connect(int fd, const struct sockaddr *address, socklen_t len);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t len);

void board_abort(const char *expression)
{
    fprintf(stderr, "restart: %s failed\n", expression);
    exit(3);
}

void board_log(char level, const char *tag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("%c %s: ", level, tag);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
}

const char *esp_err_to_name(esp_err_t error)
{
    return error == ESP_OK ? "ESP_OK" : error == ESP_ERR_NVS_NOT_FOUND ? "ESP_ERR_NVS_NOT_FOUND" : "ESP_FAIL";
}

static esp_err_t file(const char *name, const char *mode, void *data, size_t *len)
{
    FILE *stream = fopen(name, mode);
    if (stream == NULL) {
        return ESP_ERR_NVS_NOT_FOUND;
    }
    *len = mode[0] == 'r' ? fread(data, 1, *len, stream) : fwrite(data, 1, *len, stream);
    return fclose(stream) == 0 ? ESP_OK : ESP_FAIL;
}

void esp_deep_sleep(uint64_t time_in_us)
{
    size_t len = (size_t)(__stop_rtc_data - __start_rtc_data);
    (void)time_in_us;
    exit(file("rtc", "wb", __start_rtc_data, &len) == ESP_OK ? 0 : 3);
}

esp_err_t nvs_flash_init(void)
{
    return ESP_OK;
}

esp_err_t nvs_flash_erase(void)
{
    return ESP_OK;
}

esp_err_t nvs_open(const char *name, nvs_open_mode_t mode, nvs_handle_t *out_handle)
{
    (void)mode;
    *out_handle = 1;
    return strcmp(name, "ampersand") == 0 ? ESP_OK : ESP_ERR_NVS_NOT_FOUND;
}

static esp_err_t entry(const char *key, const char *mode, void *data, size_t *len)
{
    char name[32];
    snprintf(name, sizeof name, "nvs.%s", key);
    return file(name, mode, data, len);
}

esp_err_t nvs_get_str(nvs_handle_t handle, const char *key, char *out, size_t *len)
{
    size_t room = *len - 1u;
    esp_err_t error = nvs_get_blob(handle, key, out, &room);
    out[error == ESP_OK ? room : 0] = '\0';
    return error;
}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *out, size_t *len)
{
    (void)handle;
    return entry(key, "rb", out, len);
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *data, size_t len)
{
    char copy[4096];
    (void)handle;
    if (len > sizeof copy) {
        return ESP_FAIL;
    }
    memcpy(copy, data, len);
    puts("nvs: written");
    return entry(key, "wb", copy, &len);
}

esp_err_t nvs_commit(nvs_handle_t handle)
{
    (void)handle;
    return ESP_OK;
}

void nvs_close(nvs_handle_t handle)
{
    (void)handle;
}

esp_err_t esp_netif_init(void)
{
    return ESP_OK;
}

esp_err_t esp_event_loop_create_default(void)
{
    return ESP_OK;
}

esp_err_t example_connect(void)
{
    return getenv("BOARD_OFFLINE") == NULL ? ESP_OK : ESP_FAIL;
}

/* The linker replaces connect with this function. The network exists, but no peer answers. */
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t len)
{
    if (getenv("BOARD_NO_PEER") != NULL) {
        errno = ECONNREFUSED;
        return -1;
    }
    return __real_connect(fd, address, len);
}

esp_err_t esp_netif_sntp_init(const esp_sntp_config_t *config)
{
    return config->server != NULL ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_netif_sntp_sync_wait(TickType_t ticks)
{
    return ticks > 0 ? ESP_OK : ESP_FAIL;
}

void esp_netif_sntp_deinit(void)
{
}

esp_err_t esp_crt_bundle_attach(void *conf)
{
    static mbedtls_x509_crt bundle;
    const char *path = getenv("AMP_CA_FILE");
    mbedtls_x509_crt_init(&bundle);
    if (path == NULL || mbedtls_x509_crt_parse_file(&bundle, path) != 0) {
        return ESP_FAIL;
    }
    mbedtls_ssl_conf_ca_chain(conf, &bundle, NULL);
    return ESP_OK;
}

int main(void)
{
    size_t len = (size_t)(__stop_rtc_data - __start_rtc_data);
    (void)file("rtc", "rb", __start_rtc_data, &len);
    app_main();
    return 3;
}

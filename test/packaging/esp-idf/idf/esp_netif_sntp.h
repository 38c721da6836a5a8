/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: the configuration has one member of eleven. */
#pragma once
#include "esp_err.h"
#include "freertos/FreeRTOS.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/time.h>
typedef struct {
    const char *server;
} esp_sntp_config_t;
#define ESP_NETIF_SNTP_DEFAULT_CONFIG(server)                                                                \
    {                                                                                                        \
        server                                                                                               \
    }
esp_err_t esp_netif_sntp_init(const esp_sntp_config_t *config);
esp_err_t esp_netif_sntp_sync_wait(TickType_t ticks);
void esp_netif_sntp_deinit(void);

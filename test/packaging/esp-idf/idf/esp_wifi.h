/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: the structs have the members that are used,
 * WIFI_EVENT is a string, modes and interfaces are of type int. */
#pragma once
#include "esp_err.h"
#include "esp_event.h"
#include <stdbool.h>
#include <stdint.h>
typedef struct {
    int private_member;
} wifi_init_config_t;
#define WIFI_INIT_CONFIG_DEFAULT()                                                                           \
    {                                                                                                        \
        0                                                                                                    \
    }
typedef struct {
    uint8_t ssid[32];
    uint8_t password[64];
} wifi_sta_config_t;
typedef union {
    wifi_sta_config_t sta;
} wifi_config_t;
enum { WIFI_MODE_STA = 1 };
enum { WIFI_IF_STA };
enum { WIFI_EVENT_STA_START = 2, WIFI_EVENT_STA_DISCONNECTED = 5 };
extern const char *const WIFI_EVENT;
esp_err_t esp_wifi_init(const wifi_init_config_t *config);
esp_err_t esp_wifi_set_mode(int mode);
esp_err_t esp_wifi_set_config(int interface, wifi_config_t *config);
esp_err_t esp_wifi_start(void);
esp_err_t esp_wifi_connect(void);

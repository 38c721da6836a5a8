/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: a few of the addresses' names, and IP_EVENT is a
 * string. */
#pragma once
#include "esp_err.h"
#include "esp_event.h"
#include "sdkconfig.h"
#include <stdint.h>
#define IPSTR "%d.%d.%d.%d"
#define ESP_IPADDR_TYPE_V4 0U
#define ESP_IPADDR_TYPE_V6 6U
typedef struct esp_netif_obj esp_netif_t;
enum { IP_EVENT_STA_GOT_IP };
extern const char *const IP_EVENT;
esp_err_t esp_netif_init(void);
esp_netif_t *esp_netif_create_default_wifi_sta(void);

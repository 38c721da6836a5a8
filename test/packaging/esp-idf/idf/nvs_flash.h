/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes nvs.h, and not the partitions. */
#pragma once
#include "nvs.h"
esp_err_t nvs_flash_init(void);
esp_err_t nvs_flash_erase(void);

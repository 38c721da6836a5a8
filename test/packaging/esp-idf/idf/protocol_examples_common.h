/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: two functions of many. */
#pragma once
#include "esp_err.h"
esp_err_t example_connect(void);
esp_err_t example_disconnect(void);

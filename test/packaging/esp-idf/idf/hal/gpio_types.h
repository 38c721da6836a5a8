/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: one enumeration of nine. */
#pragma once
#include "esp_bit_defs.h"
typedef enum { GPIO_PULLUP_ONLY, GPIO_PULLDOWN_ONLY, GPIO_PULLUP_PULLDOWN, GPIO_FLOATING } gpio_pull_mode_t;

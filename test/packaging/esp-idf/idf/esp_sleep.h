/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: one function of many, and no type of a touch sensor.
 */
#pragma once
#include "esp_err.h"
#include "hal/gpio_types.h"
#include <stdint.h>
void esp_deep_sleep(uint64_t time_in_us) __attribute__((noreturn));

/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: all macros print by one function, and only the
 * levels are here beside them. */
#pragma once
#include "sdkconfig.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
typedef enum {
    ESP_LOG_NONE,
    ESP_LOG_ERROR,
    ESP_LOG_WARN,
    ESP_LOG_INFO,
    ESP_LOG_DEBUG,
    ESP_LOG_VERBOSE
} esp_log_level_t;
void board_log(char level, const char *tag, const char *format, ...) __attribute__((format(printf, 3, 4)));
#define ESP_LOGI(tag, ...) board_log('I', tag, __VA_ARGS__)
#define ESP_LOGW(tag, ...) board_log('W', tag, __VA_ARGS__)
#define ESP_LOGE(tag, ...) board_log('E', tag, __VA_ARGS__)

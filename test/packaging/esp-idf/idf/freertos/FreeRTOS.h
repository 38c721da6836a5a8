#pragma once
#include <stdint.h>
typedef uint32_t TickType_t;
typedef uint32_t EventBits_t;
#define pdMS_TO_TICKS(ms) ((TickType_t)((ms) / 10))
#define pdTRUE 1
#define pdFALSE 0
#define portMAX_DELAY 0xffffffffu

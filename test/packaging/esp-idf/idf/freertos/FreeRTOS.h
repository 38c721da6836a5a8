/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: a choice of names, and a tick of 10 ms; MIN and MAX
 * come from <sys/param.h> there too. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/param.h>
typedef uint32_t TickType_t;
typedef uint32_t EventBits_t;
#define pdMS_TO_TICKS(ms) ((TickType_t)((ms) / 10))
#define pdTRUE 1
#define pdFALSE 0
#define portMAX_DELAY 0xffffffffu

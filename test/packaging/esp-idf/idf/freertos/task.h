/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: one function of many, and two enumerations of five. */
#pragma once
#include "freertos/FreeRTOS.h"
typedef enum { eRunning, eReady, eBlocked, eSuspended, eDeleted, eInvalid } eTaskState;
typedef enum {
    eNoAction,
    eSetBits,
    eIncrement,
    eSetValueWithOverwrite,
    eSetValueWithoutOverwrite
} eNotifyAction;
void vTaskDelay(TickType_t ticks);

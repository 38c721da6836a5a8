/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: three functions of many. */
#pragma once
#include "freertos/FreeRTOS.h"
typedef struct event_group *EventGroupHandle_t;
EventGroupHandle_t xEventGroupCreate(void);
EventBits_t xEventGroupSetBits(EventGroupHandle_t group, EventBits_t bits);
EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, EventBits_t bits, int clear, int all,
                                TickType_t ticks);

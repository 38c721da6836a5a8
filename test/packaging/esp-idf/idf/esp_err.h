/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same headers; of the codes those
 * that are used. A failed ESP_ERROR_CHECK ends the program instead of restarting a board. */
#pragma once
#include "esp_compiler.h"
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL -1
void board_abort(const char *expression);
#define ESP_ERROR_CHECK(expression)                                                                          \
    do {                                                                                                     \
        if ((expression) != ESP_OK) {                                                                        \
            board_abort(#expression);                                                                        \
        }                                                                                                    \
    } while (0)
const char *esp_err_to_name(esp_err_t error);

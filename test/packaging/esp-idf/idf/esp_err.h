#pragma once
typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL -1
#define ESP_ERR_NVS_NOT_FOUND 0x1102
#define ESP_ERR_NVS_NO_FREE_PAGES 0x110d
#define ESP_ERR_NVS_NEW_VERSION_FOUND 0x1110
void board_abort(const char *expression);
#define ESP_ERROR_CHECK(expression)                                                                          \
    do {                                                                                                     \
        if ((expression) != ESP_OK) {                                                                        \
            board_abort(#expression);                                                                        \
        }                                                                                                    \
    } while (0)
const char *esp_err_to_name(esp_err_t error);

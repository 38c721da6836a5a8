/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same headers. The functions that set
 * and detach a bundle are missing, and one whose type bool 5.3 to 6.0 use without <stdbool.h>. */
#pragma once
#include "esp_err.h"
#include "mbedtls/ssl.h"
esp_err_t esp_crt_bundle_attach(void *conf);

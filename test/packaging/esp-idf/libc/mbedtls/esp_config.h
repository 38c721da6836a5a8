/* ESP-IDF's is made by its menuconfig; what matters here is that it is found under this name. */
#pragma once
#define STAND_IN_ESP_CONFIG 1
#include "config-standard.h"
#undef MBEDTLS_HAVE_TIME_DATE

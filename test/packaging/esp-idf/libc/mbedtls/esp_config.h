/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: there menuconfig makes it; here it is a
 * configuration of this project without MBEDTLS_HAVE_TIME_DATE. */
#pragma once
#define STAND_IN_ESP_CONFIG 1
#include "config-standard.h"
#undef MBEDTLS_HAVE_TIME_DATE

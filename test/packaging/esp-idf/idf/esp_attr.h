/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: one attribute of a dozen. */
#pragma once
#include "sdkconfig.h"
/* Survives deep sleep, because it is in a section that the board retains. */
#define RTC_DATA_ATTR __attribute__((section("rtc_data"), used))

#pragma once
/* Survives deep sleep, as a section that the board keeps. */
#define RTC_DATA_ATTR __attribute__((section("rtc_data"), used))

/* SPDX-License-Identifier: MIT */
/* Short names that ESP-IDF's own headers define, in addition to lwIP's: esp_bit_defs.h, soc/soc.h,
 * sys/param.h, FreeRTOS.
 *
 * Compared with 5.1.7, 5.3.5, 5.5.5 and 6.0.2. Function-like macros expand to less here. This file has only
 * some names of FreeRTOS. */
#ifndef NAMES_ESP_IDF_H
#define NAMES_ESP_IDF_H

#undef MIN
#undef MAX
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define BIT(nr) (1UL << (nr))
#define BIT64(nr) (1ULL << (nr))
#define BIT0 0x00000001
#define BIT1 0x00000002
#define BIT2 0x00000004
#define BIT3 0x00000008
#define BIT31 0x80000000
#define HZ 100
#define FOPEN (-1)
#define FREAD 0x0001
#define FWRITE 0x0002
#define FALLTHROUGH ((void)0)
#define IPSTR "%d.%d.%d.%d"
#define IP2STR(ipaddr) (ipaddr)
#define PRO_CPU_NUM 0
#define APP_CPU_NUM 1
#define APB_CLK_FREQ (80 * 1000000)
#define TICKS_PER_US_ROM 26
#define TRACEBUF 0
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define TRACE 1
#define howmany(x, y) (((x) + ((y)-1)) / (y))

typedef int esp_err_t;
enum { eRunning, eReady, eBlocked, eSuspended, eDeleted, eInvalid };
enum { eNoAction, eSetBits, eIncrement, eSetValueWithOverwrite };
enum { GPIO_FLOATING, GPIO_PULLUP_ONLY, GPIO_PULLDOWN_ONLY };
enum { WIFI_OFF, WIFI_BW20, WIFI_BW40 };

#endif

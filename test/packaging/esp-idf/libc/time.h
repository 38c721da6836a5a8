/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: newlib's header (picolibc's from 6.0 on) with the
 * clocks that ESP-IDF adds; CLOCK_BOOTTIME, clock_settime and clock_getres are not here. */
#ifndef STAND_IN_TIME_H
#define STAND_IN_TIME_H
#include_next <time.h>
#define _POSIX_TIMERS 1
#define CLOCK_MONOTONIC (clockid_t)4
int clock_gettime(clockid_t clock_id, struct timespec *tp);
#endif

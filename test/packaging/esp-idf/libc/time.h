/* newlib's, with the clocks that ESP-IDF adds. */
#ifndef STAND_IN_TIME_H
#define STAND_IN_TIME_H
#include_next <time.h>
#define _POSIX_TIMERS 1
#define CLOCK_MONOTONIC (clockid_t)4
int clock_gettime(clockid_t clock_id, struct timespec *tp);
#endif

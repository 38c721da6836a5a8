/* SPDX-License-Identifier: MIT */
/* A waiting time in words. */
#ifndef CLI_DURATION_H
#define CLI_DURATION_H

#include <stddef.h>
#include <stdint.h>

#define DURATION_SIZE 40u /* bytes of the longest text, with its NUL */

/* Writes seconds in words: "7 seconds", "5 minutes", "1 hour 2 minutes". Seconds are left out from an hour
 * on, and the time is rounded up. Returns `out`. */
const char *duration_text(uint32_t seconds, char out[DURATION_SIZE]);

#endif

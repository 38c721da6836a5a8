/* SPDX-License-Identifier: MIT */
/* Names that drivers of modems, sensors and boards use for their states, and that applications define as
 * macros. They have no version, because they are not from a particular header. */
#ifndef NAMES_DRIVERS_H
#define NAMES_DRIVERS_H

typedef enum { IDLE, OPEN, OPENING, CONNECTED, CONNECTING, DISCONNECTED } driver_link_t;
typedef enum { DIALING, DIALLING, DIALLED, DIAL, DIAL_END, HANG_UP, LOOKING, TRYING } driver_dial_t;
typedef enum { OK, BUSY, FAIL, TIMEOUT, NONE, SILENCE, ANSWER, PENDING, DONE } driver_result_t;
#define PAUSE_MS 1000
#define BYTES_MAX 64
#define LINES_MAX 8
#define PERIOD_MS 1000
#define RETRY_MS 1000
#define RETRY_S 1
#define TAG "driver"
typedef int state_t;
#define LEN(array) (sizeof(array) / sizeof((array)[0]))
#define DEBUG 1
#define VERSION 1

#endif

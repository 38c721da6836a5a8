/* SPDX-License-Identifier: MIT */
/* The process: signals, clock, waiting for a descriptor, and what keeps secrets inside it. */
#ifndef CLI_PROCESS_H
#define CLI_PROCESS_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/status.h"

/* A time that never comes. */
#define PROCESS_NEVER UINT64_MAX

/* Set by SIGINT, SIGTERM and SIGHUP; the library looks at it too. */
extern volatile uint8_t process_cancelled;

/* Before anything is opened. No core file, no look from outside: the process holds secrets.
 * SIGPIPE and SIGXFSZ become errors of write: EPIPE and EFBIG. The first SIGINT, SIGTERM or SIGHUP sets
 * process_cancelled, a second one kills. SIGHUP stays ignored under nohup. */
void process_prepare(void);

/* Monotonic milliseconds. */
uint64_t process_now_ms(void);

/* Milliseconds from now to end_ms, at most max_ms; 0 when it is over. */
uint32_t process_left_ms(uint64_t end_ms, uint32_t max_ms);

/* Waits. AMP_OK or AMP_ERR_CANCELLED. */
amp_status_t process_sleep(uint32_t ms);

/* Opens a file to read; "-" is standard input. Never waits. AMP_OK, or AMP_ERR_ARGUMENT with errno set. */
amp_status_t process_open(const char *path, int *out_fd);

/* Closes what process_open gave, but not standard input. */
void process_close(int fd);

/* Waits and reads once. *out_len is 0 at the end of the file. AMP_OK, AMP_ERR_ARGUMENT with errno set,
 * AMP_ERR_CANCELLED or AMP_ERR_DEADLINE. */
amp_status_t process_read(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len);

/* Reads until size bytes are there or the file is at its end. */
amp_status_t process_read_all(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len);

/* 1 when standard output would have to wait for its reader. */
int process_output_waits(void);

/* What is printed, and what was and is not yet written, goes nowhere from now on. */
void process_drop_output(void);

/* Zeros that the compiler may not leave out. */
void process_wipe(void *data, size_t size);

#endif

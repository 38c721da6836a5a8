/* SPDX-License-Identifier: MIT */
/* The process: signals, clock, waiting for a descriptor, and protection of secrets in memory. */
#ifndef CLI_PROCESS_H
#define CLI_PROCESS_H

#include <stddef.h>
#include <stdint.h>

#include "ampersand/status.h"

/* A deadline that never passes. */
#define PROCESS_NEVER UINT64_MAX

/* Set by SIGINT, SIGTERM and SIGHUP. The library reads it too (amp_config_t.cancel). */
extern volatile uint8_t process_cancelled;

/* Prepares the process. Call it before any file is opened. The process holds secrets, so core files and
 * ptrace are disabled. SIGPIPE and SIGXFSZ are ignored: write() returns EPIPE or EFBIG instead. The first
 * SIGINT, SIGTERM or SIGHUP sets process_cancelled, a second one ends the process. SIGHUP stays ignored under
 * nohup. */
void process_prepare(void);

/* Returns the milliseconds of the monotonic clock. */
uint64_t process_now_ms(void);

/* Returns the milliseconds from now to end_ms, at most max_ms, or 0 when end_ms has passed. */
uint32_t process_left_ms(uint64_t end_ms, uint32_t max_ms);

/* Waits. Returns AMP_OK or AMP_ERR_CANCELLED. */
amp_status_t process_sleep(uint32_t ms);

/* Opens a file to read; "-" is standard input. Does not block. Returns AMP_OK, or AMP_ERR_ARGUMENT with errno
 * set. */
amp_status_t process_open(const char *path, int *out_fd);

/* Closes a descriptor of process_open. Standard input stays open. */
void process_close(int fd);

/* Waits for data and reads once. *out_len is 0 at the end of the file. Returns AMP_OK, AMP_ERR_ARGUMENT with
 * errno set, AMP_ERR_CANCELLED or AMP_ERR_DEADLINE. */
amp_status_t process_read(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len);

/* Reads `size` bytes, or fewer at the end of the file. Returns as process_read does. */
amp_status_t process_read_all(int fd, void *data, size_t size, uint64_t end_ms, size_t *out_len);

/* Returns 1 when a write to standard output would block. */
int process_output_waits(void);

/* Waits until standard output takes a write. Returns AMP_OK, also when the write would fail, or
 * AMP_ERR_CANCELLED or AMP_ERR_DEADLINE. */
amp_status_t process_wait_output(uint64_t end_ms);

/* Redirects standard output to /dev/null, and with it the bytes in the buffer of stdio. */
void process_drop_output(void);

/* Overwrites memory with zeros. The compiler cannot remove the writes. */
void process_wipe(void *data, size_t size);

#endif

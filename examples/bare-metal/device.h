/* SPDX-License-Identifier: MIT */
/* The device: its static memory, and its requests to the service. */
#ifndef DEVICE_H
#define DEVICE_H

#include "ampersand/ampersand.h"

/* The highest use in a handshake is 9.7 KB (docs/costs.md), and a tenth more. */
#define DEVICE_ARENA_SIZE (10u * 1024u + 512u)

typedef struct {
    amp_client_t client;
    amp_config_t config;
    amp_url_t url;
    size_t work_size;
    amp_port_t under; /* lwIP, unless the program set another port before the start */
    int64_t time;     /* a fixed time in seconds since 1970; 0: use the board's clock */
    amp_port_t tls;
    amp_problem_t problem;
    amp_pace_t pace;
    amp_health_t health; /* the result of device_check */
    union {
        struct {
            amp_connection_t connection;
            amp_look_t look;
        } status;
        amp_connection_t connection;
        amp_installation_t installation;
    } record;
} device_t;

extern device_t device;

/* Starts network, TLS and client for the service at `url`. `arena_size` and `work_size` are in bytes; 0 means
 * the full size. Tests pass smaller sizes. Returns AMP_OK, or a negative amp_status_t. */
amp_status_t device_start(amp_str_t url, size_t arena_size, size_t work_size);

/* Stops client and TLS. device_start may be called again. */
void device_stop(void);

/* Changes the address of the service. The TCP connection is kept if the host is the same. */
amp_status_t device_go_to(amp_str_t url);

/* Checks whether the connection is healthy. Stores the verdict in device.health, also after an error. */
amp_status_t device_check(void);

/* Reads all installations one by one into one record, and counts them. */
amp_status_t device_list(uint32_t *out_count);

/* Creates a connection. */
amp_status_t device_generate(void);

#endif

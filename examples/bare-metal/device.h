/* SPDX-License-Identifier: MIT */
/* The device's own: its memory, all of it static, and what it asks the service. */
#ifndef DEVICE_H
#define DEVICE_H

#include "ampersand/ampersand.h"

#define DEVICE_ARENA_SIZE (12u * 1024u)

typedef struct {
    amp_client_t client;
    amp_config_t config;
    amp_url_t url;
    size_t work_size;
    amp_port_t under; /* lwIP, unless another was put here before the start */
    int64_t time;     /* seconds since 1970 that stay what they are; 0: the board's clock */
    amp_port_t tls;
    amp_problem_t problem;
    amp_pace_t pace;
    amp_health_t health; /* what device_check found */
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

/* Starts network, TLS and client; the service is where `url` says. The sizes of the arena and of
 * the work buffer may be made smaller than they are, to see what happens; 0 is all of it. */
amp_status_t device_start(amp_str_t url, size_t arena_size, size_t work_size);

/* Ends what was started, to start again. */
void device_stop(void);

/* Takes another address of the service, over the same connection if it is the same host. */
amp_status_t device_go_to(amp_str_t url);

/* Is the connection healthy? The verdict is in device.health, also after an error. */
amp_status_t device_check(void);

/* Reads all installations, one after the other into one record. */
amp_status_t device_list(uint32_t *out_count);

/* Makes a connection. */
amp_status_t device_generate(void);

#endif

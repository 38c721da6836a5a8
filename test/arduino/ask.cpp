/* SPDX-License-Identifier: MIT */
/* A sketch on this system: lists the project's connections twice over one connection, by a device over
 * Arduino's Client. Prints a line for each connection, then the status and the number of handshakes.
 *
 * usage: ask FILE-OF-ANCHORS, with AMP_URL, AMP_PROJECT and AMP_API_KEY */
#include <cstdio>
#include <cstdlib>

#include "socket_client.h"

#include "amp_arduino.h"
#include "amp_device.h"

unsigned long millis()
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<unsigned long>(now.tv_sec) * 1000u + static_cast<unsigned long>(now.tv_nsec) / 1000000u;
}

void delay(uint32_t ms)
{
    (void)poll(NULL, 0, static_cast<int>(ms));
}

static amp_device_t device;

static amp_status_t list()
{
    amp_list_connections_t which = {};
    amp_status_t status = amp_list_connections_start(&device.client, &which, &device.connection);
    while (status >= 0 && (status = amp_next(&device.client)) == AMP_ITEM) {
        std::printf("%s\n", device.connection.id);
    }
    return status;
}

int main(int argc, char **argv)
{
    static SocketClient client;
    static amp_arduino_t tcp_state;
    static amp_port_t tcp;
    amp_device_config_t config = {};
    amp_tls_stats_t stats = {};
    amp_arduino_init(&tcp_state, &client, &tcp);
    config.project = std::getenv("AMP_PROJECT");
    config.api_key = std::getenv("AMP_API_KEY");
    config.url = std::getenv("AMP_URL");
    config.ca_file = argc == 2 ? argv[1] : "";
    config.under = &tcp;
    config.timeout_ms = 20000;
    amp_status_t status = amp_device_open(&device, &config);
    for (int i = 0; i < 2 && status >= 0; ++i) {
        status = list();
    }
    if (device.tls.ctx != NULL) {
        amp_tls_stats(&device.tls, &stats);
    }
    std::printf("%s %u\n", amp_status_name(status), static_cast<unsigned>(stats.handshakes));
    amp_device_close(&device);
    return status == AMP_END ? 0 : 1;
}

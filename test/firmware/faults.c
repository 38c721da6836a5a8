/* SPDX-License-Identifier: MIT */
/* A device with faults. Each fault of the provisioning page causes its error on the console. The next try
 * works without a restart, and resumes the earlier session. fault.a, fault.b and so on are URLs. arena.a or
 * work.a is the size of that memory. timeout.a is the request's timeout in milliseconds, and time.a is the
 * clock. */
#include "board.h"
#include "device.h"
#include "provision.h"
#include "report.h"
#include "session.h"

static amp_str_t find(const char *name, uint32_t number)
{
    char text[16];
    size_t len = 0;
    while (name[len] != '\0' && len < sizeof text - 2u) {
        text[len] = name[len];
        ++len;
    }
    text[len] = (char)('a' + number);
    text[len + 1u] = '\0';
    return provision_find(text);
}

static uint32_t find_number(const char *name, uint32_t number)
{
    amp_str_t text = find(name, number);
    uint32_t value = 0;
    for (size_t i = 0; i < text.len; ++i) {
        value = value * 10u + (uint32_t)(text.ptr[i] - '0');
    }
    return value;
}

static amp_status_t try(amp_str_t url, size_t arena_size, size_t work_size, uint32_t timeout_ms)
{
    amp_status_t status = device_start(url, arena_size, work_size);
    device.config.timeout_ms = timeout_ms;
    if (status != AMP_OK) {
        return status;
    }
    session_offer();
    return device_check();
}

static void stop(void)
{
    amp_tls_stats_t stats;
    if (device.tls.ctx != NULL) {
        amp_tls_stats(&device.tls, &stats);
        report_number("resumed", stats.resumed);
        (void)session_keep();
    }
    device_stop();
}

int main(void)
{
    int wrong = 0;
    amp_str_t url;
    for (uint32_t i = 0; (url = find("fault.", i)).len > 0; ++i) {
        device.time = find_number("time.", i);
        amp_status_t status =
            try(url, find_number("arena.", i), find_number("work.", i), find_number("timeout.", i));
        report_number("fault", i);
        report_result("fault", &device.client, status);
        wrong |= status >= 0;
        stop();
        device.time = 0;
        status = try(provision_find("url"), 0, 0, 0);
        report_result("next", &device.client, status);
        wrong |= status != AMP_OK;
        stop();
    }
    return wrong;
}

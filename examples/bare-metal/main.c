/* SPDX-License-Identifier: MIT */
/* A day of a device without an operating system: asks whether its customer's connection is healthy,
 * twice over one connection, lists the installations, makes a connection, saves its TLS session, and
 * sleeps, which leaves nothing but one block of memory. Then it wakes and asks again. */
#include "board.h"
#include "device.h"
#include "provision.h"
#include "report.h"
#include "session.h"

#define DEVICE_SLEPT 0x736c7074u /* no memory holds this by chance after power-on */

BOARD_RETAINED static uint32_t slept;

typedef amp_status_t (*device_job_t)(void);

static uint32_t installations;

static amp_status_t list(void)
{
    return device_list(&installations);
}

/* Does a job, and tells its result and what it took. */
static amp_status_t run(const char *name, device_job_t job)
{
    uint32_t begin = board_work();
    amp_status_t status = job();
    uint32_t ticks = board_work() - begin;
    report_result(name, &device.client, status);
    report_number(name, ticks);
    return status;
}

static amp_status_t start_and_check(void)
{
    amp_status_t status = device_start(provision_find("url"), 0, 0);
    if (status == AMP_OK) {
        session_offer();
        status = device_check();
    }
    return status;
}

static void report_memory(void)
{
    amp_tls_stats_t stats;
    amp_tls_stats(&device.tls, &stats);
    report_line(stats.protocol, " ", stats.suite);
    report_number("resumed", stats.resumed);
    report_number("sent", (uint32_t)stats.bytes_sent);
    report_number("received", (uint32_t)stats.bytes_received);
    report_number("arena", (uint32_t)stats.arena_peak);
    report_number("tls_storage", (uint32_t)amp_tls_storage_size());
    report_number("stack", (uint32_t)board_stack_used());
}

static amp_status_t first_day(void)
{
    amp_status_t status = run("cold", start_and_check);
    if (status != AMP_OK) {
        return status;
    }
    status = run("kept", device_check);
    if (status == AMP_OK) {
        status = run("generate", device_generate);
    }
    if (status == AMP_OK) {
        status = device_go_to(provision_find("list_url"));
    }
    if (status == AMP_OK) {
        status = run("list", list);
    }
    report_number("installations", installations);
    if (status == AMP_OK) {
        status = session_keep();
    }
    report_memory();
    return status;
}

int main(void)
{
    if (slept == DEVICE_SLEPT) {
        amp_status_t status = run("woken", start_and_check);
        report_memory();
        slept = 0;
        return status == AMP_OK ? 0 : 1;
    }
    if (first_day() != AMP_OK) {
        return 1;
    }
    slept = DEVICE_SLEPT;
    report_line("asleep", "", "");
    board_restart();
}

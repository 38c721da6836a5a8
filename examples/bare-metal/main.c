/* SPDX-License-Identifier: MIT */
/* A day of a device without an operating system: asks whether its customer's connection is healthy,
 * twice over one connection, lists the installations, makes a connection, saves its TLS session, and
 * sleeps, which leaves nothing but one block of memory. Then it wakes and asks again. */
#include <string.h>

#include "board.h"
#include "device.h"
#include "provision.h"
#include "report.h"

#define SLEPT 0x616d7031u /* no memory holds this by chance after power-on */

/* As secret as the key, and as well kept: it never leaves the processor. */
typedef struct {
    uint32_t magic;
    uint32_t session_len;
    uint8_t session[512];
} retained_t;

BOARD_RETAINED static retained_t retained;

typedef amp_status_t (*job_t)(void);

static uint32_t installations;

static amp_status_t list(void)
{
    return device_list(&installations);
}

/* Does a job, and tells its result and what it took. */
static amp_status_t run(const char *name, job_t job)
{
    uint32_t begin = board_work();
    amp_status_t status = job();
    uint32_t ticks = board_work() - begin;
    report_result(name, &device.client, status);
    report_number(name, ticks);
    return status;
}

static amp_status_t start(void)
{
    amp_status_t status = device_start(provision_find("url"), 0, 0);
    if (status == AMP_OK && retained.magic == SLEPT && retained.session_len <= sizeof retained.session) {
        amp_tls_import(&device.tls, retained.session, retained.session_len);
    }
    return status;
}

static amp_status_t start_and_check(void)
{
    amp_status_t status = start();
    return status == AMP_OK ? device_check() : status;
}

static void report_memory(void)
{
    amp_tls_stats_t stats;
    amp_tls_stats(&device.tls, &stats);
    report_line(stats.protocol, " ", stats.suite);
    report_number("resumed", stats.resumed);
    report_number("sent", (uint32_t)stats.sent);
    report_number("received", (uint32_t)stats.received);
    report_number("arena", (uint32_t)stats.arena_high);
    report_number("tls_storage", (uint32_t)amp_tls_storage_size());
    report_number("stack", (uint32_t)board_stack_used());
}

static amp_status_t first_day(void)
{
    size_t session_len = 0;
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
    amp_close(&device.client);
    if (status == AMP_OK) {
        status = amp_tls_export(&device.tls, retained.session, sizeof retained.session, &session_len);
    }
    report_number("session", (uint32_t)session_len);
    retained.session_len = (uint32_t)session_len;
    report_memory();
    return status;
}

int main(void)
{
    if (retained.magic == SLEPT) {
        amp_status_t status = run("woken", start_and_check);
        report_memory();
        memset(&retained, 0, sizeof retained);
        return status == AMP_OK ? 0 : 1;
    }
    if (first_day() != AMP_OK) {
        return 1;
    }
    retained.magic = SLEPT;
    report_line("asleep", "", "");
    board_restart();
}

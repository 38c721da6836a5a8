/* SPDX-License-Identifier: MIT */
/* The TLS session in retained memory. `magic` is set after the first session was stored completely. */
#include "session.h"

#include "board.h"
#include "device.h"
#include "report.h"

#define SESSION_KEPT 0x616d7031u /* random memory after power-on does not have this value */

typedef struct {
    uint32_t magic;
    uint32_t len;
    uint8_t bytes[512];
} session_kept_t;

BOARD_RETAINED static session_kept_t kept;

static uint32_t kept_len(void)
{
    return kept.magic == SESSION_KEPT && kept.len <= sizeof kept.bytes ? kept.len : 0;
}

void session_offer(void)
{
    amp_tls_import(&device.tls, kept.bytes, kept_len());
}

amp_status_t session_keep(void)
{
    size_t len = 0;
    amp_close(&device.client);
    amp_status_t status = amp_tls_export(&device.tls, kept.bytes, sizeof kept.bytes, &len);
    /* After a failed look-up the port has no session. The previous session stays. */
    if (status == AMP_OK && len > 0) {
        kept.len = (uint32_t)len;
        kept.magic = SESSION_KEPT;
    }
    report_number("session", kept_len());
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "board.h"
#include "device.h"
#include "report.h"

#define SESSION_KEPT 0x616d7031u /* no memory holds this by chance after power-on */

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
    /* There is none after a look-up that failed: the one from before stays. */
    if (status == AMP_OK && len > 0) {
        kept.len = (uint32_t)len;
        kept.magic = SESSION_KEPT;
    }
    report_number("session", kept_len());
    return status;
}

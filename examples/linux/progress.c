/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <string.h>

#include "ampersand/tls.h"
#include "process.h"

void progress_init(progress_t *progress, const cli_t *cli, const amp_port_t *tls)
{
    memset(progress, 0, sizeof *progress);
    progress->cli = cli;
    progress->tls = tls;
}

/* Two stages have something to tell only when they are passed: what was agreed on, the status. */
static int has_news(amp_stage_t stage, const amp_info_t *info)
{
    return stage == AMP_STAGE_TLS ? info->stage > stage : stage != AMP_STAGE_HEAD || info->http != 0;
}

static void tell(progress_t *progress, amp_stage_t stage, const amp_info_t *info)
{
    unsigned long ms = (unsigned long)(process_now_ms() - progress->cli->start_ms);
    fprintf(stderr, "%6lu ms  %s", ms, amp_stage_name(stage));
    if (stage == AMP_STAGE_TLS && info->stage > stage) {
        amp_tls_stats_t tls;
        amp_tls_stats(progress->tls, &tls);
        fprintf(stderr, " %s %s%s", tls.protocol, tls.suite, tls.resumed ? " resumed" : "");
    } else if (stage == AMP_STAGE_HEAD && info->http != 0) {
        fprintf(stderr, " http %u", (unsigned)info->http);
    }
    putc('\n', stderr);
    progress->told |= 1u << stage;
}

static void tell_all(progress_t *progress, const amp_info_t *info, int is_over)
{
    if (info->stage < progress->stage) {
        /* A second request with a new token: it is sent and answered again. */
        progress->told &= (1u << AMP_STAGE_SEND) - 1u;
    }
    progress->stage = info->stage;
    for (int stage = AMP_STAGE_DNS; stage <= (int)info->stage; ++stage) {
        if ((progress->told >> stage & 1u) == 0 && (is_over || has_news((amp_stage_t)stage, info))) {
            tell(progress, (amp_stage_t)stage, info);
        }
    }
}

static void note(progress_t *progress, amp_stage_t reached)
{
    for (int stage = (int)reached; stage >= 0 && progress->reached_ms[stage] == 0; --stage) {
        progress->reached_ms[stage] = process_now_ms();
    }
}

void progress_show(progress_t *progress, const amp_info_t *info)
{
    note(progress, info->stage);
    if (progress->cli->is_verbose) {
        tell_all(progress, info, 0);
    }
}

void progress_end(progress_t *progress, const amp_info_t *info)
{
    if (progress->cli->is_verbose) {
        tell_all(progress, info, 1);
    }
}

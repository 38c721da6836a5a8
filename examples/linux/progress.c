/* SPDX-License-Identifier: MIT */
/* A stage is printed when its facts are known: TLS after the handshake, the head of the response after the
 * status. */
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

/* Returns 1 when the facts of a stage are known: the cipher suite after TLS, the status code after the head.
 */
static int has_facts(amp_stage_t stage, const amp_info_t *info)
{
    return stage == AMP_STAGE_TLS ? info->stage > stage : stage != AMP_STAGE_HEAD || info->http != 0;
}

static void print_stage(progress_t *progress, amp_stage_t stage, const amp_info_t *info)
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
    progress->printed |= 1u << stage;
}

static void print_new_stages(progress_t *progress, const amp_info_t *info, int is_over)
{
    if (info->stage < progress->stage) {
        /* a second request with a new token: these stages are printed again */
        progress->printed &= (1u << AMP_STAGE_SEND) - 1u;
    }
    progress->stage = info->stage;
    for (int stage = AMP_STAGE_DNS; stage <= (int)info->stage; ++stage) {
        if ((progress->printed >> stage & 1u) == 0 && (is_over || has_facts((amp_stage_t)stage, info))) {
            print_stage(progress, (amp_stage_t)stage, info);
        }
    }
}

void progress_show(progress_t *progress, const amp_info_t *info)
{
    if (progress->cli->is_verbose) {
        print_new_stages(progress, info, 0);
    }
}

void progress_end(progress_t *progress, const amp_info_t *info)
{
    if (progress->cli->is_verbose) {
        print_new_stages(progress, info, 1);
    }
}

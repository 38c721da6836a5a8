/* SPDX-License-Identifier: MIT */
/* The wait is cut into ticks of a second, to update the remaining time on a terminal. */
#include "waiting.h"

#include <stdio.h>

#include "process.h"
#include "terminal.h"

#define FOR_MS 300000u
#define REQUEST_MS 30000u
#define TICK_MS 1000u

amp_status_t waiting_init(waiting_t *waiting, cli_t *cli, const char *what)
{
    const char *text = options_get(&cli->args, OPT_FOR);
    waiting->for_ms = FOR_MS;
    if (text != NULL && options_seconds(text, &waiting->for_ms) != AMP_OK) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_FOR].name,
                           "--for needs a number of seconds from 0.001 to 86400, such as 600");
    }
    waiting->cli = cli;
    waiting->what = what;
    waiting->is_drawn = 0;
    cli->request_ms = REQUEST_MS;
    waiting_restart(waiting);
    return AMP_OK;
}

void waiting_restart(waiting_t *waiting)
{
    cli_t *cli = waiting->cli;
    waiting->end_ms = process_now_ms() + waiting->for_ms;
    if (options_get(&cli->args, OPT_DEADLINE) == NULL) {
        cli->end_ms = waiting->end_ms + REQUEST_MS; /* a request may start at the end of --for */
    }
}

static void draw(waiting_t *waiting)
{
    uint32_t rest_s = (process_left_ms(waiting->end_ms, UINT32_MAX) + 999u) / 1000u;
    printf("\r\033[Kwaiting for %s, %lu:%02lu remaining", waiting->what, (unsigned long)(rest_s / 60u),
           (unsigned long)(rest_s % 60u));
    fflush(stdout);
    waiting->is_drawn = 1;
}

void waiting_clear(waiting_t *waiting)
{
    if (waiting->is_drawn) {
        fputs("\r\033[K", stdout);
        fflush(stdout);
    }
    waiting->is_drawn = 0;
}

amp_status_t waiting_sleep(waiting_t *waiting, uint32_t ms)
{
    cli_t *cli = waiting->cli;
    amp_status_t status = AMP_OK;
    uint64_t end_ms = process_now_ms() + process_left_ms(waiting->end_ms, ms);
    int draws = terminal_can_redraw() && !cli->as_json && !cli->is_verbose;
    uint32_t rest_ms;
    while (status == AMP_OK && (rest_ms = process_left_ms(end_ms, TICK_MS)) > 0) {
        if (process_left_ms(cli->end_ms, 1) == 0) {
            return failure_set(&cli->failure, AMP_ERR_DEADLINE, NULL, NULL);
        }
        if (draws) {
            draw(waiting);
        }
        rest_ms = process_left_ms(cli->end_ms, rest_ms);
        status = process_sleep(rest_ms);
    }
    return status == AMP_OK ? AMP_OK : failure_set(&cli->failure, status, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The same program on a host. The settings that a board keeps in flash come from the environment:
 * AMP_PROJECT, AMP_API_KEY, AMP_GROUP, and optionally AMP_URL and AMP_CA_FILE. With AMP_DOCTOR it runs the
 * doctor first. */
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"
#include "amp_posix.h"

static void print_line(const char *line)
{
    puts(line);
}

int main(void)
{
    static amp_posix_t tcp_state;
    const char *bundle = getenv("AMP_CA_FILE");
    amp_port_t tcp;
    amp_url_t base;
    amp_config_t config = {.project = amp_str(getenv("AMP_PROJECT")),
                           .api_key = amp_str(getenv("AMP_API_KEY"))};
    const char *url = getenv("AMP_URL");
    if (url != NULL && amp_url_parse(amp_str(url), &base) != 0) {
        print_line("AMP_URL must be https://HOST[:PORT][/PREFIX]");
        return 1;
    }
    config.base_url = url != NULL ? &base : NULL;
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE,
                                 bundle != NULL ? bundle : "/etc/ssl/certs/ca-certificates.crt", 0};
    const amp_tls_config_t trust = {.under = &tcp, .anchors = &anchor, .anchor_count = 1};
    amp_posix_init(&tcp_state, &tcp);
    return check_connections(&trust, &config, getenv("AMP_GROUP"), getenv("AMP_DOCTOR") != NULL,
                             print_line) == AMP_END
               ? 0
               : 1;
}

/* SPDX-License-Identifier: MIT */
/* The same program on a host. The settings that a board keeps in flash come from the environment:
 * AMP_PROJECT, AMP_API_KEY, AMP_GROUP, and optionally AMP_URL and AMP_CA_FILE. With AMP_DOCTOR it runs the
 * doctor first. */
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"

#if defined(_WIN32)
#include "amp_windows.h"
#define NATIVE_SOCKET amp_windows_t
#define NATIVE_INIT_SOCKET amp_windows_init
#define NATIVE_CA_FILE "roots.pem" /* Windows has no file of anchors */
#else
#include "amp_posix.h"
#define NATIVE_SOCKET amp_posix_t
#define NATIVE_INIT_SOCKET amp_posix_init
#define NATIVE_CA_FILE "/etc/ssl/certs/ca-certificates.crt"
#endif

static void print_line(const char *line)
{
    puts(line);
}

int main(void)
{
    static NATIVE_SOCKET tcp_state;
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
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE, bundle != NULL ? bundle : NATIVE_CA_FILE, 0};
    const amp_tls_config_t trust = {.under = &tcp, .anchors = &anchor, .anchor_count = 1};
    NATIVE_INIT_SOCKET(&tcp_state, &tcp);
    return check_connections(&trust, &config, getenv("AMP_GROUP"), getenv("AMP_DOCTOR") != NULL,
                             print_line) == AMP_END
               ? 0
               : 1;
}

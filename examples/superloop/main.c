/* SPDX-License-Identifier: MIT */
/* A superloop, as in firmware without an operating system: a light blinks, and two clients list the
 * connections of two groups at the same time. No call waits. Between two blinks there is at most one step of
 * one client. The counts in the last line of the output show this.
 *
 *   AMP_PROJECT=… AMP_API_KEY=… superloop GROUP GROUP
 *
 * AMP_URL sets another service, AMP_CA_FILE another file of trust anchors. */
#include <stdio.h>
#include <stdlib.h>

#include "amp_posix.h"
#include "ampersand/ampersand.h"

#define EXAMPLE_LISTERS 2

/* The memory of one client. */
typedef struct {
    amp_posix_t socket;
    amp_port_t tcp;
    amp_port_t tls;
    amp_tls_storage_t tls_storage;
    amp_config_t config;
    amp_client_t client;
    uint8_t work[AMP_WORK_SIZE];
    amp_list_connections_t args;
    amp_connection_t connection;
    amp_status_t status;
    unsigned long steps;
} lister_t;

typedef struct {
    int is_on;
    unsigned long blinks;
    unsigned long since;    /* steps since the last blink */
    unsigned long longest;  /* the maximum of `since` */
    unsigned long together; /* passes of the loop with all clients busy */
} counts_t;

static lister_t listers[EXAMPLE_LISTERS];
static counts_t counts;
static amp_url_t url;

static const char *variable(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : fallback;
}

/* A board would switch a pin. */
static void blink(void)
{
    counts.is_on = !counts.is_on;
    ++counts.blinks;
    counts.longest = counts.since > counts.longest ? counts.since : counts.longest;
    counts.since = 0;
}

static amp_status_t set_up(lister_t *lister)
{
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE,
                                 variable("AMP_CA_FILE", "/etc/ssl/certs/ca-certificates.crt"), 0};
    const amp_tls_config_t trust = {.under = &lister->tcp, .anchors = &anchor, .anchor_count = 1};
    const char *base = variable("AMP_URL", NULL);
    if (base != NULL && amp_url_parse(amp_str(base), &url) != 0) {
        return AMP_ERR_CONFIG;
    }
    lister->config.base_url = base != NULL ? &url : NULL;
    lister->config.project = amp_str(variable("AMP_PROJECT", ""));
    lister->config.api_key = amp_str(variable("AMP_API_KEY", ""));
    lister->config.port = &lister->tls;
    amp_posix_init(&lister->socket, &lister->tcp);
    amp_status_t status =
        amp_tls_init(&lister->tls_storage, sizeof lister->tls_storage, &trust, &lister->tls);
    return status == AMP_OK ? amp_init(&lister->client, &lister->config, lister->work, sizeof lister->work)
                            : status;
}

static int is_busy(const lister_t *lister)
{
    return lister->status == AMP_PENDING || lister->status == AMP_ITEM;
}

static void step(lister_t *lister)
{
    if (!is_busy(lister)) {
        return;
    }
    lister->status = amp_step(&lister->client);
    ++lister->steps;
    ++counts.since;
    if (lister->status == AMP_ITEM) {
        printf("%s: %s is %s\n", lister->connection.group_ref, lister->connection.provider,
               lister->connection.status);
    } else if (lister->status < 0) {
        char text[AMP_EXPLAIN_SIZE];
        printf("failed: %s\n", amp_explain(&lister->client, &lister->tls, text, sizeof text));
    }
}

static void loop(void)
{
    int busy;
    do {
        busy = 0;
        for (int i = 0; i < EXAMPLE_LISTERS; ++i) {
            busy += is_busy(&listers[i]);
        }
        counts.together += busy == EXAMPLE_LISTERS;
        for (int i = 0; i < EXAMPLE_LISTERS; ++i) {
            step(&listers[i]);
            blink();
        }
    } while (busy > 0);
}

int main(int argc, char **argv)
{
    int done = 0;
    if (argc != EXAMPLE_LISTERS + 1) {
        fprintf(stderr, "usage: superloop GROUP GROUP\n");
        return 2;
    }
    for (int i = 0; i < EXAMPLE_LISTERS; ++i) {
        lister_t *lister = &listers[i];
        lister->args.group_ref = amp_str(argv[i + 1]);
        lister->status = set_up(lister);
        if (lister->status == AMP_OK) {
            lister->status = amp_list_connections_start(&lister->client, &lister->args, &lister->connection);
        }
        if (lister->status != AMP_OK) {
            fprintf(stderr, "superloop: %s\n", amp_status_text(lister->status));
            return 2;
        }
        lister->status = AMP_PENDING;
    }
    loop();
    for (int i = 0; i < EXAMPLE_LISTERS; ++i) {
        done += listers[i].status == AMP_END;
        amp_close(&listers[i].client);
        amp_tls_free(&listers[i].tls);
    }
    printf("%lu blinks, %lu and %lu steps, at most %lu between two blinks, %lu passes with both busy\n",
           counts.blinks, listers[0].steps, listers[1].steps, counts.longest, counts.together);
    return done == EXAMPLE_LISTERS ? 0 : 1;
}

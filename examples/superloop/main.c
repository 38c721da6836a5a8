/* SPDX-License-Identifier: MIT */
/* One loop, as firmware without an operating system has it: a light that blinks, and two clients
 * that ask about two groups at the same time. Nothing here waits. Between two blinks there is one
 * step of one client, never more; the last line tells the counts that show it.
 *
 *   AMP_PROJECT=… AMP_API_KEY=… superloop GROUP GROUP
 *
 * AMP_URL and AMP_CA_FILE are another service and other authorities than the usual ones. */
#include <stdio.h>
#include <stdlib.h>

#include "amp_posix.h"
#include "ampersand/ampersand.h"

#define EXAMPLE_ASKERS 2

/* All that one client needs. On a board the TLS storage is a static array, too. */
typedef struct {
    amp_posix_t socket;
    amp_port_t tcp;
    amp_port_t tls;
    void *storage; /* of TLS */
    amp_config_t config;
    amp_client_t client;
    uint8_t work[AMP_WORK_SIZE];
    amp_list_connections_t which;
    amp_connection_t connection;
    amp_status_t status;
    unsigned long steps;
} asker_t;

typedef struct {
    int is_on;
    unsigned long blinks;
    unsigned long since;    /* steps since the last blink */
    unsigned long longest;  /* the most that ever were */
    unsigned long together; /* times round with every client under way */
} counts_t;

static asker_t askers[EXAMPLE_ASKERS];
static counts_t counts;
static amp_url_t url;

static const char *variable(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : otherwise;
}

/* A board would switch a pin. */
static void blink(void)
{
    counts.is_on = !counts.is_on;
    ++counts.blinks;
    counts.longest = counts.since > counts.longest ? counts.since : counts.longest;
    counts.since = 0;
}

static amp_status_t set_up(asker_t *asker)
{
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE,
                                 variable("AMP_CA_FILE", "/etc/ssl/certs/ca-certificates.crt"), 0};
    const amp_tls_config_t trust = {.under = &asker->tcp, .anchors = &anchor, .anchor_count = 1};
    const char *base = variable("AMP_URL", NULL);
    asker->storage = malloc(amp_tls_storage_size());
    if (asker->storage == NULL) {
        return AMP_ERR_MEMORY;
    }
    if (base != NULL && amp_url_parse(amp_str(base), &url) != 0) {
        return AMP_ERR_CONFIG;
    }
    asker->config.base_url = base != NULL ? &url : NULL;
    asker->config.project = amp_str(variable("AMP_PROJECT", ""));
    asker->config.api_key = amp_str(variable("AMP_API_KEY", ""));
    asker->config.port = &asker->tls;
    amp_posix_init(&asker->socket, &asker->tcp);
    amp_status_t status = amp_tls_init(asker->storage, amp_tls_storage_size(), &trust, &asker->tls);
    return status == AMP_OK ? amp_init(&asker->client, &asker->config, asker->work, sizeof asker->work)
                            : status;
}

static int is_under_way(const asker_t *asker)
{
    return asker->status == AMP_PENDING || asker->status == AMP_ITEM;
}

static void step(asker_t *asker)
{
    if (!is_under_way(asker)) {
        return;
    }
    asker->status = amp_step(&asker->client);
    ++asker->steps;
    ++counts.since;
    if (asker->status == AMP_ITEM) {
        printf("%s: %s is %s\n", asker->connection.group_ref, asker->connection.provider,
               asker->connection.status);
    } else if (asker->status < 0) {
        printf("failed: %s\n", amp_status_text(asker->status));
    }
}

static void loop(void)
{
    int busy;
    do {
        busy = 0;
        for (int i = 0; i < EXAMPLE_ASKERS; ++i) {
            busy += is_under_way(&askers[i]);
        }
        counts.together += busy == EXAMPLE_ASKERS;
        for (int i = 0; i < EXAMPLE_ASKERS; ++i) {
            step(&askers[i]);
            blink();
        }
    } while (busy > 0);
}

int main(int argc, char **argv)
{
    int done = 0;
    if (argc != EXAMPLE_ASKERS + 1) {
        fprintf(stderr, "usage: superloop GROUP GROUP\n");
        return 2;
    }
    for (int i = 0; i < EXAMPLE_ASKERS; ++i) {
        asker_t *asker = &askers[i];
        asker->which.group_ref = amp_str(argv[i + 1]);
        asker->status = set_up(asker);
        if (asker->status == AMP_OK) {
            asker->status = amp_list_connections_start(&asker->client, &asker->which, &asker->connection);
        }
        if (asker->status != AMP_OK) {
            fprintf(stderr, "superloop: %s\n", amp_status_text(asker->status));
            return 2;
        }
        asker->status = AMP_PENDING;
    }
    loop();
    for (int i = 0; i < EXAMPLE_ASKERS; ++i) {
        done += askers[i].status == AMP_END;
        amp_close(&askers[i].client);
        amp_tls_free(&askers[i].tls);
        free(askers[i].storage);
    }
    printf("%lu blinks, %lu and %lu steps, %lu at most between two blinks, %lu times round together\n",
           counts.blinks, askers[0].steps, askers[1].steps, counts.longest, counts.together);
    return done == EXAMPLE_ASKERS ? 0 : 1;
}

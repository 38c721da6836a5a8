/* SPDX-License-Identifier: MIT */
/* An event loop: poll() waits for two clients and a timer at the same time. A client is stepped only when its
 * descriptor has an event or its time has passed. The same two questions, amp_wanted and amp_idle_ms, serve
 * select, epoll, esp_event, or the sleep of a tickless RTOS.
 *
 *   AMP_PROJECT=… AMP_API_KEY=… event-loop CONNECTION CONNECTION
 *
 * AMP_URL sets another service, AMP_CA_FILE another file of trust anchors. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "amp_posix.h"
#include "ampersand/ampersand.h"

#define EXAMPLE_CLIENTS 2
#define EXAMPLE_TICK_MS 100u
#define EXAMPLE_TLS_STORAGE 65536u /* mbedTLS of Debian needs 40 KB; a board's configuration 2 KB */

/* The memory of one client. */
typedef struct {
    amp_posix_t socket;
    amp_port_t tcp;
    amp_port_t tls;
    uint64_t storage[EXAMPLE_TLS_STORAGE / sizeof(uint64_t)]; /* for TLS */
    amp_config_t config;
    amp_client_t client;
    amp_problem_t problem;
    uint8_t work[AMP_WORK_SIZE];
    amp_get_connection_t args;
    amp_connection_t connection;
    amp_status_t status;
    unsigned long steps;
} asker_t;

typedef struct {
    uint32_t next_ms;
    unsigned long ticks;
} ticker_t;

static asker_t askers[EXAMPLE_CLIENTS];
static ticker_t ticker;
static amp_url_t url;

static const char *variable(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : fallback;
}

static uint32_t now_ms(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

static amp_status_t set_up(asker_t *asker, const char *id)
{
    const amp_anchor_t anchor = {AMP_ANCHOR_FILE,
                                 variable("AMP_CA_FILE", "/etc/ssl/certs/ca-certificates.crt"), 0};
    const amp_tls_config_t trust = {.under = &asker->tcp, .anchors = &anchor, .anchor_count = 1};
    const char *base = variable("AMP_URL", NULL);
    if (base != NULL && amp_url_parse(amp_str(base), &url) != 0) {
        return AMP_ERR_CONFIG;
    }
    asker->config.base_url = base != NULL ? &url : NULL;
    asker->config.project = amp_str(variable("AMP_PROJECT", ""));
    asker->config.api_key = amp_str(variable("AMP_API_KEY", ""));
    asker->config.port = &asker->tls;
    asker->config.problem = &asker->problem;
    asker->config.problem_schema = &amp_problem_schema;
    asker->args.id = amp_str(id);
    amp_posix_init(&asker->socket, &asker->tcp);
    amp_status_t status = amp_tls_init(asker->storage, sizeof asker->storage, &trust, &asker->tls);
    if (status == AMP_OK) {
        status = amp_init(&asker->client, &asker->config, asker->work, sizeof asker->work);
    }
    return status == AMP_OK ? amp_get_connection_start(&asker->client, &asker->args, &asker->connection)
                            : status;
}

static int is_busy(const asker_t *asker)
{
    return asker->status >= 0 && asker->status != AMP_END;
}

static void step(asker_t *asker)
{
    asker->status = amp_step(&asker->client);
    ++asker->steps;
    if (asker->status == AMP_ITEM) {
        printf("%s is %s\n", asker->connection.id, asker->connection.status);
    } else if (asker->status < 0) {
        char text[AMP_EXPLAIN_SIZE];
        printf("failed: %s\n", amp_explain(&asker->client, &asker->tls, text, sizeof text));
    }
}

static uint32_t sooner(uint32_t a_ms, uint32_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

/* Fills in what the client waits for. Returns the milliseconds until its next step is due without an event.
 */
static uint32_t watch(const asker_t *asker, struct pollfd *out_waiting)
{
    unsigned wanted = amp_wanted(&asker->client);
    out_waiting->fd = wanted != 0 ? amp_posix_fd(&asker->socket) : -1; /* poll() ignores -1 */
    out_waiting->events =
        (short)((wanted & AMP_WAIT_READ ? POLLIN : 0) | (wanted & AMP_WAIT_WRITE ? POLLOUT : 0));
    out_waiting->revents = 0;
    return amp_idle_ms(&asker->client);
}

/* The other work of the program, at a fixed pace. Returns the milliseconds until it is due again. */
static uint32_t tick(void)
{
    uint32_t left_ms = ticker.next_ms - now_ms();
    if (left_ms == 0 || left_ms > EXAMPLE_TICK_MS) {
        ++ticker.ticks;
        ticker.next_ms = now_ms() + EXAMPLE_TICK_MS;
        return EXAMPLE_TICK_MS;
    }
    return left_ms;
}

static void loop(void)
{
    struct pollfd waiting[EXAMPLE_CLIENTS];
    while (is_busy(&askers[0]) || is_busy(&askers[1])) {
        uint32_t ms = tick();
        for (int i = 0; i < EXAMPLE_CLIENTS; ++i) {
            ms = sooner(ms, watch(&askers[i], &waiting[i]));
        }
        (void)poll(waiting, EXAMPLE_CLIENTS, (int)ms);
        for (int i = 0; i < EXAMPLE_CLIENTS; ++i) {
            if (waiting[i].revents != 0 || amp_idle_ms(&askers[i].client) == 0) {
                step(&askers[i]);
            }
        }
    }
}

int main(int argc, char **argv)
{
    int done = 0;
    if (argc != EXAMPLE_CLIENTS + 1) {
        fprintf(stderr, "usage: event-loop CONNECTION CONNECTION\n");
        return 2;
    }
    for (int i = 0; i < EXAMPLE_CLIENTS; ++i) {
        askers[i].status = set_up(&askers[i], argv[i + 1]);
        if (askers[i].status != AMP_OK) {
            fprintf(stderr, "event-loop: %s\n", amp_status_text(askers[i].status));
            return 2;
        }
    }
    ticker.next_ms = now_ms() + EXAMPLE_TICK_MS;
    loop();
    for (int i = 0; i < EXAMPLE_CLIENTS; ++i) {
        done += askers[i].status == AMP_END;
        amp_close(&askers[i].client);
        amp_tls_free(&askers[i].tls);
    }
    printf("%lu and %lu steps, %lu ticks\n", askers[0].steps, askers[1].steps, ticker.ticks);
    return done == EXAMPLE_CLIENTS ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/* Sets up socket, TLS and client from the options, runs requests, and reports how they failed. */
#include "network.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "advice.h"
#include "amp_posix.h"
#include "ampersand/abi.h"
#include "anchors.h"
#include "arguments.h"
#include "commands.h"
#include "process.h"
#include "progress.h"
#include "secret.h"
#include "session_file.h"
#include "token.h"

/* Static, because a DNS lookup that was abandoned may still write to the socket's state. */
static struct {
    amp_posix_t socket;
    amp_port_t tcp;
    amp_port_t tls;
    amp_tls_storage_t storage;
    amp_anchor_t anchor;
    amp_pin_t pins[PINS_MAX];
    amp_config_t config;
    amp_url_t url;
    amp_problem_t problem;
    amp_client_t client;
    progress_t progress;
    int is_open; /* 1: the client is set up */
    uint8_t work[AMP_WORK_SIZE];
} net;

/* Returns the value of a hexadecimal digit, or 16 for another character. */
static unsigned digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = c != '\0' ? strchr(digits, c) : NULL;
    return found != NULL ? (unsigned)(found - digits) % 16u : 16u;
}

static amp_status_t read_pins(cli_t *cli, size_t *out_count)
{
    const char *text;
    size_t n = 0;
    for (; (text = options_nth(&cli->args, OPT_PIN, (unsigned)n)) != NULL; ++n) {
        uint8_t *pin = net.pins[n].sha256;
        size_t at = 0;
        while (digit(text[at]) < 16u && at < 2u * sizeof net.pins[n].sha256) {
            pin[at / 2u] = (uint8_t)((unsigned)pin[at / 2u] << 4 | digit(text[at]));
            ++at;
        }
        if (at < 2u * sizeof net.pins[n].sha256 || text[at] != '\0') {
            return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_PIN].name,
                               "--pin needs the 64 hexadecimal digits of a SHA-256");
        }
    }
    *out_count = n;
    return AMP_OK;
}

/* With a clock, the library checks dates even if mbedTLS was built without MBEDTLS_HAVE_TIME_DATE. */
static int64_t wall_clock(void *ctx)
{
    (void)ctx;
    return (int64_t)time(NULL);
}

static amp_status_t open_tls(cli_t *cli)
{
    const char *path = NULL;
    size_t pins = 0;
    if (read_pins(cli, &pins) != AMP_OK || session_check(cli) != AMP_OK ||
        anchors_read(cli, &net.anchor, &path) != AMP_OK) {
        return cli->failure.status;
    }
    amp_tls_config_t config = {.under = &net.tcp,
                               .anchors = &net.anchor,
                               .anchor_count = 1,
                               .pins = net.pins,
                               .pin_count = pins,
                               .clock = wall_clock};
    amp_posix_init(&net.socket, &net.tcp);
    amp_status_t status = amp_tls_init(&net.storage, sizeof net.storage, &config, &net.tls);
    if (status != AMP_OK || net.anchor.kind != AMP_ANCHOR_DER) {
        anchors_free(&net.anchor);
    }
    if (status == AMP_OK) {
        session_read(cli, &net.tls);
        return AMP_OK;
    }
    if (status == AMP_ERR_TRUST) {
        return failure_set(&cli->failure, status, options[OPT_CA].name,
                           "%.200s: the file has no certificate that can be read: use a PEM file", path);
    }
    return failure_set(&cli->failure, status, NULL, NULL);
}

/* A command that works without a credential uses one when it is set. Without one it uses a placeholder,
 * because amp_init requires a key. The placeholder is never sent. */
static amp_status_t configure_access(cli_t *cli, amp_config_t *config)
{
    const char *project = options_get(&cli->args, OPT_PROJECT);
    config->project = amp_str(project);
    if (cli->args.command->is_anonymous && (project == NULL || !secret_is_set(cli))) {
        config->api_key = amp_str("none");
        return AMP_OK;
    }
    if (project == NULL) {
        return failure_set(&cli->failure, AMP_ERR_CONFIG, options[OPT_PROJECT].name,
                           "no project is set: use --project or AMP_PROJECT");
    }
    return secret_configure(cli, config);
}

static amp_status_t configure(cli_t *cli, amp_config_t *config)
{
    const char *url = options_get(&cli->args, OPT_URL);
    if (url != NULL) {
        if (amp_url_parse(amp_str(url), &net.url) != 0) {
            failure_set(&cli->failure, AMP_ERR_CONFIG, "base_url", NULL);
            arguments_explain(cli);
            return cli->failure.status;
        }
        config->base_url = &net.url;
    }
    config->port = &net.tls;
    config->cancel = &process_cancelled;
    config->problem = &net.problem;
    config->problem_schema = &amp_problem_schema;
    return configure_access(cli, config);
}

/* Appends to a text, which is truncated to fit. */
static void append(char *text, size_t size, const char *format, const char *what)
{
    size_t len = strlen(text);
    snprintf(text + len, size - len, format, what);
}

/* Writes the rule that was broken and the names of the certificate, as far as they are known. */
static void explain_tls(failure_t *failure)
{
    amp_tls_failure_t why;
    char *text = failure->text;
    const size_t size = sizeof failure->text;
    amp_tls_failure(&net.tls, &why);
    if (why.status == AMP_OK || why.status != failure->status) {
        return;
    }
    failure_plain_text(amp_status_text(why.status), text, size);
    append(text, size, ": %s", why.rule);
    append(text, size, why.detail[0] != '\0' ? " %s" : "", why.detail);
    if (why.alert != 0) {
        char number[16];
        snprintf(number, sizeof number, "%u", why.alert);
        append(text, size, ": alert %s", number);
    }
    if (why.status != AMP_ERR_TLS) {
        failure->certificate = why;
    }
    if (why.status != AMP_ERR_TLS && why.subject[0] != '\0') {
        append(text, size, ": the certificate of %s", why.subject);
        append(text, size, why.issuer[0] != '\0' ? ", issued by %s" : "", why.issuer);
    } else if (why.status != AMP_ERR_TLS && why.issuer[0] != '\0') {
        append(text, size, ": a certificate issued by %s", why.issuer);
    }
}

amp_status_t network_fail(cli_t *cli, amp_status_t status)
{
    failure_from_client(&cli->failure, &net.client);
    cli->failure.status = status;
    explain_tls(&cli->failure);
    advice_to_check(&cli->args, cli->failure.check_command, sizeof cli->failure.check_command);
    arguments_explain(cli);
    return status == AMP_ERR_TOKEN ? token_failure(cli) : status;
}

amp_status_t network_again(cli_t *cli)
{
    net.config.timeout_ms = process_left_ms(cli->end_ms, cli->request_ms > 0 ? cli->request_ms : INT32_MAX);
    return net.config.timeout_ms > 0 ? AMP_OK : failure_set(&cli->failure, AMP_ERR_DEADLINE, NULL, NULL);
}

void network_limit(const cli_t *cli)
{
    const uint32_t left_ms = process_left_ms(cli->end_ms, INT32_MAX);
    net.config.timeout_ms = left_ms > 0 ? left_ms : 1u; /* 0 would be the library's default */
}

static amp_status_t open_client(cli_t *cli)
{
    if (network_again(cli) != AMP_OK) {
        return cli->failure.status;
    }
    amp_status_t status = amp_init(&net.client, &net.config, net.work, sizeof net.work);
    if (status != AMP_OK) {
        return network_fail(cli, status);
    }
    progress_init(&net.progress, cli, &net.tls);
    net.is_open = 1;
    return AMP_OK;
}

amp_client_t *network_open(cli_t *cli)
{
    if (configure(cli, &net.config) != AMP_OK || open_tls(cli) != AMP_OK || open_client(cli) != AMP_OK) {
        return NULL;
    }
    return &net.client;
}

amp_status_t network_drive(cli_t *cli, amp_status_t (*step)(void *ctx), void *ctx)
{
    for (;;) {
        amp_status_t status = step(ctx);
        progress_show(&net.progress, amp_client_info(&net.client));
        if (status == AMP_ITEM) {
            return status;
        }
        if (status != AMP_PENDING) {
            progress_end(&net.progress, amp_client_info(&net.client));
            return status < 0 ? network_fail(cli, status) : status;
        }
        amp_wait(&net.client, UINT32_MAX);
    }
}

static amp_status_t step_client(void *client)
{
    return amp_step(client);
}

amp_status_t network_next(cli_t *cli)
{
    return network_drive(cli, step_client, &net.client);
}

amp_status_t network_finish(cli_t *cli)
{
    amp_status_t status;
    do {
        status = network_next(cli);
    } while (status == AMP_ITEM);
    return status == AMP_END ? AMP_OK : status;
}

amp_status_t network_show(cli_t *cli, const kind_t *kind, const void *record)
{
    view_t view;
    amp_status_t status;
    view_init(&view, cli, kind);
    while ((status = network_next(cli)) == AMP_ITEM) {
        if (view_is_list(&view) && view_record(&view, record) != AMP_OK) {
            amp_reset(&net.client);
            return cli->failure.status;
        }
    }
    if (status != AMP_END) {
        return status;
    }
    if (!view_is_list(&view)) {
        status = view_record(&view, record);
        if (status != AMP_OK && amp_client_info(&net.client)->is_unsafe) {
            failure_of_unprinted_change(&cli->failure, &net.client);
            advice_to_check(&cli->args, cli->failure.check_command, sizeof cli->failure.check_command);
        }
        return cli->failure.status;
    }
    view_end(&view);
    return AMP_OK;
}

void network_examine(amp_doctor_args_t *out_args)
{
    out_args->tls = &net.tls;
    out_args->clock = wall_clock;
    out_args->address = amp_posix_address;
    out_args->address_ctx = &net.socket;
}

void network_close(cli_t *cli)
{
    stats_t *stats = &cli->stats;
    amp_tls_stats_t tls;
    if (net.tls.ctx == NULL) { /* TLS was not set up */
        return;
    }
    if (net.is_open) {
        stats->requests = amp_client_info(&net.client)->requests;
        amp_close(&net.client);
    }
    session_write(cli, &net.tls);
    amp_tls_stats(&net.tls, &tls); /* after amp_close, to count the bytes of close_notify */
    stats->sent = tls.bytes_sent;
    stats->received = tls.bytes_received;
    stats->resumed = tls.resumed;
    stats->handshakes = tls.handshakes;
    snprintf(stats->protocol, sizeof stats->protocol, "%s", tls.protocol);
    amp_tls_free(&net.tls);
    anchors_free(&net.anchor);
}

/* SPDX-License-Identifier: MIT */
/* Sets up a client, starts a request, aborts it, and closes the client.
 *
 * Invariants:
 * - The phase is AMP_PHASE_UNUSABLE until amp_init has accepted the configuration. In that phase no function
 *   uses `config`, `url` or `work`.
 * - While a step is in progress, amp_reset and amp_close only record their call in `busy`. amp_step acts on
 *   it after the callback has returned.
 * - The work buffer holds no secret while no request is in progress. */
#include "ampersand/abi.h"

#include <string.h>

#include "../base/ascii.h"
#include "../http/url.h"
#include "../json/name_lookup.h"
#include "client_private.h"
#include "request.h"

#define TIMEOUT_MS 30000u

/* With 32-bit pointers, a client and its default work buffer take at most 2 KB. A program that raises
 * AMP_WORK_SIZE above 1 KB for longer strings is exempt. */
typedef char client_fits_t
    [sizeof(void *) > 4u || AMP_WORK_SIZE > 1024u || sizeof(amp_client_t) + AMP_WORK_SIZE <= 2048u ? 1 : -1];

/* Returns 1 if every byte may be sent in a request line and in a Host header. Control characters and spaces
 * would end the line; '?' and '#' would end the path. Some servers read '\\' as a slash. */
static int is_url_text(const amp_str_t *text)
{
    const char *end = text->ptr + text->len;
    for (const char *p = text->ptr; p < end; ++p) {
        char c = *p;
        if (!amp__is_visible(c) || c == '?' || c == '#' || c == '\\') {
            return 0;
        }
    }
    return 1;
}

/* An application may fill an amp_url_t without amp_url_parse, so its bytes are checked here too. */
static int is_usable(const amp_url_t *url)
{
    return url->host.len - 1u < AMP_HOST_MAX && url->authority.len > 0 && is_url_text(&url->host) &&
           is_url_text(&url->authority) && is_url_text(&url->prefix) &&
           (url->prefix.len == 0 || url->prefix.ptr[0] == '/');
}

/* Returns the name of the first invalid member of the configuration, or NULL. */
static const char *invalid_member(const amp_config_t *config, const amp_url_t *url)
{
    if (!is_usable(url)) {
        return "base_url";
    }
    if (config->port == NULL || !config->port->secure) {
        return "port";
    }
    if (config->token != NULL && config->api_key.len > 0) {
        return "token";
    }
    if (config->token == NULL && !amp__header_value_fits(&config->api_key)) {
        return "api_key";
    }
    if (config->timeout_ms > INT32_MAX) {
        return "timeout_ms";
    }
    /* With the table of another struct, the reader would write outside the problem document. */
    const amp_schema_t *schema = config->problem_schema;
    int fits = schema == NULL || (schema->size == sizeof *config->problem && amp__schema_is_usable(schema));
    return fits && (schema != NULL) == (config->problem != NULL) ? NULL : "problem_schema";
}

static amp_status_t set_up(amp_client_t *client, const amp_config_t *config, void *work, size_t work_size)
{
    if (config == NULL || work == NULL) {
        return AMP_ERR_ARGUMENT;
    }
    if (work_size < AMP_WORK_MIN) {
        client->info.need = AMP_WORK_MIN;
        return AMP_ERR_MEMORY;
    }
    client->url = config->base_url != NULL ? config->base_url : &amp_base_url;
    client->info.field = invalid_member(config, client->url);
    if (client->info.field != NULL) {
        return AMP_ERR_CONFIG;
    }
    client->config = config;
    client->work = work;
    client->work_size = work_size;
    client->rx_size = work_size / AMP_WORK_PARTS;
    client->phase = AMP_PHASE_IDLE;
    amp__wipe(work, work_size);
    return AMP_OK;
}

amp_status_t amp_init_abi(amp_client_t *client, const amp_config_t *config, void *work, size_t work_size,
                          uint32_t abi)
{
    if (abi != AMP_ABI) {
        return AMP_ERR_ABI;
    }
    if (client == NULL) {
        return AMP_ERR_ARGUMENT;
    }
    memset(client, 0, sizeof *client);
    client->info.status = set_up(client, config, work, work_size);
    return client->info.status;
}

void amp__disconnect(amp_client_t *client)
{
    client->config->port->close(client->config->port->ctx);
    client->open = 0;
}

void amp__client_wipe(amp_client_t *client)
{
    amp__wipe(client->work, client->work_size);
    amp__wipe(client->response.line, sizeof client->response.line);
    client->token.len = 0;
    client->wanted = 0;
}

amp_status_t amp__endpoint_start(amp_client_t *client, const amp_endpoint_t *endpoint, const void *args,
                                 void *out)
{
    const amp_config_t *config = client->config;
    if (client->phase != AMP_PHASE_IDLE && client->phase != AMP_PHASE_OVER) {
        return client->info.status < 0 ? client->info.status : AMP_ERR_STATE;
    }
    client->endpoint = endpoint;
    client->method = endpoint->method;
    client->flags = endpoint->flags;
    client->schema = endpoint->schema;
    client->args = args;
    client->out = out;
    client->page_hash = 0;
    amp__exchange_clear(client);
    client->renewed = 0;
    client->info.status = AMP_PENDING;
    client->info.cause = AMP_OK;
    client->info.code = 0;
    client->info.is_unsafe = (uint8_t)!amp__request_is_safe(client);
    client->start_ms = config->port->now_ms(config->port->ctx);
    client->limit_ms = config->timeout_ms > 0 ? config->timeout_ms : TIMEOUT_MS;
    amp__exchange_begin(client);
    client->phase = AMP_PHASE_TOKEN;
    return AMP_OK;
}

void amp_reset(amp_client_t *client)
{
    if (client->phase == AMP_PHASE_UNUSABLE) {
        return;
    }
    if (client->busy != 0) {
        client->busy = client->busy == AMP_BUSY_CLOSE ? AMP_BUSY_CLOSE : AMP_BUSY_RESET;
        return;
    }
    if (client->phase > AMP_PHASE_IDLE && client->phase < AMP_PHASE_LAST_ITEM) {
        amp__disconnect(client);
        amp__exchange_clear(client);
    }
    amp__client_wipe(client);
    client->problem = 0;
    client->phase = AMP_PHASE_IDLE;
    client->info.status = AMP_OK;
}

void amp_close(amp_client_t *client)
{
    if (client->busy != 0) {
        client->busy = AMP_BUSY_CLOSE;
        return;
    }
    if (client->phase != AMP_PHASE_UNUSABLE) {
        amp_reset(client);
        amp__disconnect(client);
    }
    amp__wipe(client, sizeof *client);
    client->info.status = AMP_ERR_STATE;
}

const amp_info_t *amp_client_info(const amp_client_t *client)
{
    return &client->info;
}

const amp_problem_t *amp_client_problem(const amp_client_t *client)
{
    return client->problem ? client->config->problem : NULL;
}

/* SPDX-License-Identifier: MIT */
#include "ampersand/abi.h"

#include <string.h>

#include "../http/url.h"
#include "client_private.h"
#include "request.h"

#define TIMEOUT_MS 30000u

/* On a target with pointers of 32 bits, a client and its usual work buffer take 2 KB at most, unless
 * longer texts are asked for. */
typedef char client_fits_t
    [sizeof(void *) > 4u || AMP_WORK_SIZE > 1024u || sizeof(amp_client_t) + AMP_WORK_SIZE <= 2048u ? 1 : -1];

/* 1 when every byte can stand in a request line and in a Host header: none ends the line or the path. */
static int is_url_text(amp_str_t text)
{
    for (size_t i = 0; i < text.len; ++i) {
        char c = text.ptr[i];
        if (c <= ' ' || c > '~' || c == '?' || c == '#' || c == '\\') {
            return 0;
        }
    }
    return 1;
}

/* A URL that the application put together by hand, without amp_url_parse, is checked too. */
static int is_usable(const amp_url_t *url)
{
    return url->host.len - 1u < AMP_HOST_MAX && url->authority.len > 0 && is_url_text(url->host) &&
           is_url_text(url->authority) && is_url_text(url->prefix) &&
           (url->prefix.len == 0 || url->prefix.ptr[0] == '/');
}

/* The member of the configuration that cannot work, or NULL. */
static const char *bad_member(const amp_config_t *config, const amp_url_t *url)
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
    if (config->token == NULL && !amp__header_value_fits(config->api_key)) {
        return "api_key";
    }
    if (config->timeout_ms > INT32_MAX) {
        return "timeout_ms";
    }
    /* Another table would write beside the document. */
    const amp_schema_t *schema = config->problem_schema;
    int fits = schema == NULL || schema->size == sizeof *config->problem;
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
    client->info.field = bad_member(config, client->url);
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

uint32_t amp__client_left_ms(const amp_client_t *client)
{
    const amp_port_t *port = client->config->port;
    uint32_t since_ms = port->now_ms(port->ctx) - client->start_ms;
    return since_ms < client->limit_ms ? client->limit_ms - since_ms : 0;
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

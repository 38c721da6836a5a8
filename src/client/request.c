/* SPDX-License-Identifier: MIT */
/* Writes an HTTP/1.1 request (RFC 9112) for an endpoint row and its arguments.
 *
 * Invariant: as long as the arguments do not change, each call writes the same bytes. A request that is
 * larger than the work buffer is written once for each stretch. */
#include "request.h"

#include <string.h>

#include "../http/writer_json.h"
#include "../http/writer_percent.h"

void amp__write_project(const amp_client_t *client, amp_writer_t *writer)
{
    writer->field = "projectIdOrName";
    amp__write_segment(writer, &client->config->project);
}

void amp__write_query_name(amp_writer_t *writer, const char *name)
{
    amp__write_char(writer, writer->comma ? '&' : '?');
    amp__write_text(writer, name);
    amp__write_char(writer, '=');
    writer->comma = 1;
}

static void write_path(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_param_t *param = client->endpoint->params;
    const char *path = client->endpoint->path;
    if (*path != '/') {
        amp__write_text(writer, "/projects/");
        amp__write_project(client, writer);
        amp__write_char(writer, '/');
    }
    for (; *path != '\0'; ++path) {
        if (*path == '{') {
            writer->field = param->name;
            amp__write_segment(writer, amp__argument(client, param));
            ++param;
            ++path;
        } else {
            amp__write_char(writer, *path);
        }
    }
}

/* Writes the arguments for `where`, AMP_IN_QUERY or AMP_IN_BODY. Empty ones are left out of the query. */
static void write_arguments(const amp_client_t *client, amp_writer_t *writer, uint8_t where)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    const amp_param_t *end = endpoint->params + endpoint->param_count;
    for (const amp_param_t *param = endpoint->params; param < end; ++param) {
        const amp_str_t *value = amp__argument(client, param);
        if (param->where != where) {
            continue;
        }
        if (where == AMP_IN_BODY) {
            amp__write_member(writer, param->name, value, param->rules);
        } else if (value->len > 0) {
            writer->field = param->name;
            amp__write_query_name(writer, param->name);
            amp__write_percent(writer, value);
        }
    }
}

void amp__write_members(const amp_client_t *client, amp_writer_t *writer)
{
    write_arguments(client, writer, AMP_IN_BODY);
}

static void write_target(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    amp__write(writer, &client->url->prefix);
    if (endpoint->target != NULL) {
        endpoint->target(client, writer);
        return;
    }
    write_path(client, writer);
    write_arguments(client, writer, AMP_IN_QUERY);
    if (endpoint->query != NULL) {
        endpoint->query(client, writer);
    }
}

static void write_credential(const amp_client_t *client, amp_writer_t *writer)
{
    if ((client->endpoint->flags & AMP_IS_ANONYMOUS) != 0) {
        return;
    }
    const char *name = "X-Api-Key: ";
    const amp_str_t *value = &client->config->api_key;
    if (client->config->token != NULL) {
        name = "Authorization: Bearer ";
        value = &client->token;
    }
    writer->field = "credential";
    amp__write_text(writer, name);
    amp__write_header_value(writer, value);
    amp__write_text(writer, "\r\n");
}

/* A safe endpoint answers with JSON, and reads a problem document that a server labels application/json, so
 * one media type covers both. The answer to an unsafe request needs the other type by name: unknown_outcome.c
 * recognizes the service by it. */
static void write_accept(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    amp__write_text(writer, "\r\nAccept: ");
    amp__write_text(writer, endpoint->text != NULL ? endpoint->text->media : "application/json");
    if (!amp__request_is_safe(client)) {
        amp__write_text(writer, ", application/problem+json");
    }
    amp__write_text(writer, "\r\nAccept-Encoding: identity\r\n");
}

void amp__request_write(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    amp__write_text(writer, client->method);
    amp__write_char(writer, ' ');
    write_target(client, writer);
    amp__write_text(writer, " HTTP/1.1\r\nHost: ");
    amp__write(writer, &client->url->authority);
#if AMP_USER_AGENT
    amp__write_text(writer, "\r\nUser-Agent: ampersand-c/" AMP_VERSION_STRING);
#endif
    write_accept(client, writer);
    write_credential(client, writer);
    if (endpoint->body != NULL) {
        amp_writer_t count;
        amp__writer_init(&count, NULL, 0, 0);
        endpoint->body(client, &count);
        amp__write_text(writer, "Content-Type: application/json\r\nContent-Length: ");
        amp__write_number(writer, count.len);
        amp__write_text(writer, "\r\n\r\n");
        endpoint->body(client, writer);
    } else {
        /* RFC 9110, 8.6: a method that defines a meaning for content sends Content-Length: 0 without it. */
        int sends_zero = (client->flags & AMP_SENDS_LENGTH) != 0;
        amp__write_text(writer, sends_zero ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }
}

/* SPDX-License-Identifier: MIT */
#include "request.h"

#include <string.h>

static amp_str_t argument(const void *args, const amp_param_t *param)
{
    amp_str_t value;
    memcpy(&value, (const uint8_t *)args + param->offset, sizeof value);
    return value;
}

/* Refuses what is missing or none of the allowed words. 1 when there is something to write. */
static int check_argument(amp_writer_t *writer, const amp_param_t *param, amp_str_t value)
{
    writer->field = param->name;
    if (value.len == 0) {
        if (param->required) {
            amp_writer_refuse(writer);
        }
        return 0;
    }
    const char *word = param->words;
    while (word != NULL && !amp_str_equal(value, amp_str(word))) {
        if (*word == '\0') {
            amp_writer_refuse(writer);
            return 0;
        }
        word += strlen(word) + 1u;
    }
    return 1;
}

static void write_path(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_operation_t *operation = client->operation;
    const amp_param_t *param = operation->params;
    amp_write(writer, client->prefix);
    for (const char *p = operation->path; *p != '\0';) {
        size_t run = strcspn(p, "{");
        amp_str_t text = {p, run};
        amp_write(writer, text);
        p += run;
        if (*p == '{' && p[1] == 'p') {
            writer->field = "projectIdOrName";
            amp_write_segment(writer, client->config->project);
        } else if (*p == '{') {
            writer->field = param->name;
            amp_write_segment(writer, argument(client->args, param));
            ++param;
        }
        p += strcspn(p, "}");
        p += *p == '}';
    }
}

static void write_query(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_operation_t *operation = client->operation;
    const char *before = "?";
    for (unsigned i = 0; i < operation->param_count; ++i) {
        const amp_param_t *param = &operation->params[i];
        if (param->where == AMP_IN_QUERY) {
            amp_str_t value = argument(client->args, param);
            if (check_argument(writer, param, value)) {
                amp_write_text(writer, before);
                amp_write_text(writer, param->name);
                amp_write_text(writer, "=");
                amp_write_percent(writer, value);
                before = "&";
            }
        }
    }
}

static void write_body(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_operation_t *operation = client->operation;
    const char *before = "{";
    for (unsigned i = 0; i < operation->param_count; ++i) {
        const amp_param_t *param = &operation->params[i];
        if (param->where == AMP_IN_BODY) {
            amp_str_t value = argument(client->args, param);
            if (check_argument(writer, param, value)) {
                amp_write_text(writer, before);
                amp_write_string(writer, amp_str(param->name));
                amp_write_text(writer, ":");
                amp_write_string(writer, value);
                before = ",";
            }
        }
    }
    if (operation->members != NULL) {
        operation->members(writer, client->args);
    }
    amp_write_text(writer, "}");
}

static void write_credential(const amp_client_t *client, amp_writer_t *writer)
{
    if (client->operation->anonymous) {
        return;
    }
    writer->field = "credential";
    amp_write_text(writer, client->config->token != NULL ? "Authorization: Bearer " : "X-Api-Key: ");
    amp_write_header_value(writer, client->config->token != NULL ? client->token : client->config->api_key);
    amp_write_text(writer, "\r\n");
}

void amp_request_write(const amp_client_t *client, amp_writer_t *writer)
{
    amp_write_text(writer, client->operation->method);
    amp_write_text(writer, " ");
    write_path(client, writer);
    write_query(client, writer);
    amp_write_text(writer, " HTTP/1.1\r\nHost: ");
    amp_write(writer, client->authority);
    amp_write_text(writer, "\r\nUser-Agent: ampersand-c/" AMP_VERSION_STRING
                           "\r\nAccept: application/json, application/problem+json"
                           "\r\nAccept-Encoding: identity\r\n");
    write_credential(client, writer);
    if (client->operation->has_body) {
        amp_writer_t count;
        amp_writer_init(&count, NULL, 0, 0);
        write_body(client, &count);
        amp_write_text(writer, "Content-Type: application/json\r\nContent-Length: ");
        amp_write_number(writer, count.len);
        amp_write_text(writer, "\r\n\r\n");
        write_body(client, writer);
    } else {
        amp_write_text(writer, "\r\n");
    }
}

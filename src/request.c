/* SPDX-License-Identifier: MIT */
#include "request.h"

#include <string.h>

#include "object.h"

static const amp_request_t *custom_of(const amp_client_t *client)
{
    return (client->endpoint->flags & AMP_IS_CUSTOM) != 0 ? client->args : NULL;
}

static const char *method_of(const amp_client_t *client)
{
    const amp_request_t *custom = custom_of(client);
    return custom != NULL ? custom->method : client->endpoint->method;
}

int amp_request_is_safe(const amp_client_t *client)
{
    return *method_of(client) == 'G';
}

static amp_str_t argument(const amp_client_t *client, const amp_param_t *param)
{
    const uint8_t *args = param->where == AMP_IN_QUERY_PAGE ? client->out : client->args;
    amp_str_t value;
    if (param->where == AMP_IN_QUERY_PAGE) {
        return amp_str((const char *)args + param->offset);
    }
    memcpy(&value, args + param->offset, sizeof value);
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

/* What stands for the next {} of the path. */
static void write_path_argument(const amp_client_t *client, amp_writer_t *writer, size_t index, int in_query)
{
    const amp_request_t *custom = custom_of(client);
    const amp_param_t *param = &client->endpoint->params[index];
    if (custom == NULL) {
        writer->field = param->name;
        amp_write_segment(writer, argument(client, param));
        return;
    }
    writer->field = "args";
    if (index >= custom->arg_count) {
        amp_writer_refuse(writer);
    } else if (in_query) {
        amp_write_percent(writer, custom->args[index]);
    } else {
        amp_write_segment(writer, custom->args[index]);
    }
}

static void write_path(const amp_client_t *client, amp_writer_t *writer, const char *path)
{
    size_t index = 0;
    int in_query = 0;
    amp_write(writer, client->prefix);
    while (*path != '\0') {
        size_t run = strcspn(path, "{?");
        amp_str_t text = {path, run};
        amp_write(writer, text);
        path += run;
        if (*path == '?') {
            amp_write_text(writer, "?");
            in_query = 1;
            ++path;
        } else if (strncmp(path, "{p}", 3) == 0) {
            writer->field = "projectIdOrName";
            amp_write_segment(writer, client->config->project);
            path += 3;
        } else if (*path == '{') {
            write_path_argument(client, writer, index, in_query);
            ++index;
            path += 2;
        }
    }
}

static void write_query(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    const char *before = "?";
    for (const amp_param_t *param = endpoint->params; param < endpoint->params + endpoint->param_count;
         ++param) {
        uint32_t number = 0;
        if (param->where == AMP_IN_QUERY_NUMBER) {
            memcpy(&number, (const uint8_t *)client->args + param->offset, sizeof number);
        } else if ((param->where != AMP_IN_QUERY && param->where != AMP_IN_QUERY_PAGE) ||
                   !check_argument(writer, param, argument(client, param))) {
            continue;
        }
        if (param->where == AMP_IN_QUERY_NUMBER && number == 0) {
            continue;
        }
        amp_write_text(writer, before);
        amp_write_text(writer, param->name);
        amp_write_text(writer, "=");
        if (param->where == AMP_IN_QUERY_NUMBER) {
            amp_write_number(writer, number);
        } else {
            amp_write_percent(writer, argument(client, param));
        }
        before = "&";
    }
}

static void write_body(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    if (custom_of(client) != NULL) {
        amp_write_json(writer, "body", custom_of(client)->body);
        return;
    }
    amp_write_open(writer);
    if ((endpoint->flags & AMP_SENDS_PROJECT) != 0) {
        amp_write_required(writer, "projectIdOrName", "projectIdOrName", client->config->project);
    }
    for (const amp_param_t *param = endpoint->params; param < endpoint->params + endpoint->param_count;
         ++param) {
        if (param->where == AMP_IN_BODY && check_argument(writer, param, argument(client, param))) {
            amp_write_name(writer, param->name);
            amp_write_string(writer, argument(client, param));
        }
    }
    if (endpoint->members != NULL) {
        endpoint->members(writer, client->args);
    }
    amp_write_close(writer);
}

/* What a caller wrote itself goes out as it is, so nothing in it may end the line or the path. */
static void check_custom(amp_writer_t *writer, const amp_request_t *custom)
{
    static const char *const methods[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};
    unsigned known = 0;
    for (unsigned i = 0; i < sizeof methods / sizeof methods[0]; ++i) {
        known |= (unsigned)(strcmp(custom->method, methods[i]) == 0);
    }
    writer->field = "method";
    if (!known) {
        amp_writer_refuse(writer);
    }
    size_t braces = 0;
    writer->field = "path";
    for (const char *p = custom->path; *p != '\0'; ++p) {
        int opens = *p == '{' && (p[1] == '}' || (p[1] == 'p' && p[2] == '}'));
        braces += (size_t)(opens && p[1] == '}');
        if (*p <= ' ' || *p > '~' || *p == '#' || (*p == '{' && !opens)) {
            amp_writer_refuse(writer);
        }
    }
    if (*custom->path != '/' || braces != custom->arg_count) {
        amp_writer_refuse(writer);
    }
}

static void write_credential(const amp_client_t *client, amp_writer_t *writer)
{
    if ((client->endpoint->flags & AMP_IS_ANONYMOUS) != 0) {
        return;
    }
    writer->field = "credential";
    amp_write_text(writer, client->config->token != NULL ? "Authorization: Bearer " : "X-Api-Key: ");
    amp_write_header_value(writer, client->config->token != NULL ? client->token : client->config->api_key);
    amp_write_text(writer, "\r\n");
}

void amp_request_write(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_endpoint_t *endpoint = client->endpoint;
    const amp_request_t *custom = custom_of(client);
    if (custom != NULL) {
        check_custom(writer, custom);
        if (writer->status != AMP_OK) {
            return;
        }
    }
    amp_write_text(writer, method_of(client));
    amp_write_text(writer, " ");
    write_path(client, writer, custom != NULL ? custom->path : endpoint->path);
    write_query(client, writer);
    amp_write_text(writer, " HTTP/1.1\r\nHost: ");
    amp_write(writer, client->authority);
    amp_write_text(writer, "\r\nUser-Agent: ampersand-c/" AMP_VERSION_STRING "\r\nAccept: ");
    amp_write_text(writer, (endpoint->flags & AMP_GIVES_URL) != 0 ? "text/plain" : "application/json");
    amp_write_text(writer, ", application/problem+json\r\nAccept-Encoding: identity\r\n");
    write_credential(client, writer);
    if ((endpoint->flags & AMP_HAS_BODY) != 0 || (custom != NULL && custom->body.len > 0)) {
        amp_writer_t count;
        amp_writer_init(&count, NULL, 0, 0);
        write_body(client, &count);
        amp_write_text(writer, "Content-Type: application/json\r\nContent-Length: ");
        amp_write_number(writer, count.len);
        amp_write_text(writer, "\r\n\r\n");
        write_body(client, writer);
    } else {
        /* RFC 9110, 8.6: methods that mean something by their content say when there is none. */
        amp_write_text(writer, *method_of(client) == 'P' ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }
}

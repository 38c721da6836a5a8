/* SPDX-License-Identifier: MIT */
/* Any endpoint that has no operation of its own. */
#include <string.h>

#include "endpoint.h"
#include "object.h"
#include "request.h"
#include "json_rows.h"

/* What a caller wrote itself goes out as it is, so nothing in it may end the line or the path. */
static void check(const amp_client_t *client, amp_writer_t *writer, const amp_request_t *request)
{
    static const char *const methods[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};
    unsigned known = 0;
    for (unsigned i = 0; i < sizeof methods / sizeof methods[0]; ++i) {
        known |= (unsigned)(strcmp(request->method, methods[i]) == 0);
    }
    writer->field = "method";
    if (!known) {
        amp_writer_refuse(writer);
    }
    size_t braces = 0;
    writer->field = "path";
    for (const char *p = request->path; *p != '\0'; ++p) {
        int opens = *p == '{' && (p[1] == '}' || (p[1] == 'p' && p[2] == '}'));
        braces += (size_t)(opens && p[1] == '}');
        if (*p <= ' ' || *p > '~' || *p == '#' || (*p == '{' && !opens)) {
            amp_writer_refuse(writer);
        }
    }
    if (*request->path != '/' || braces != request->arg_count) {
        amp_writer_refuse(writer);
    }
    writer->field = "schema";
    if (request->schema != NULL && !amp_rows_fit(request->schema)) {
        amp_writer_refuse(writer);
    }
    writer->field = "out";
    if (client->schema != request->schema) {
        amp_writer_refuse(writer);
    }
}

/* As many arguments are there as the path has braces. */
static void write_target(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_request_t *request = client->args;
    const amp_str_t *arg = request->args;
    int in_query = 0;
    check(client, writer, request);
    if (writer->status != AMP_OK) {
        return;
    }
    for (const char *path = request->path; *path != '\0'; ++path) {
        in_query |= *path == '?';
        if (*path != '{') {
            amp_write_char(writer, *path);
        } else if (path[1] == 'p') {
            amp_write_project(client, writer);
            path += 2;
        } else {
            writer->field = "args";
            if (in_query) {
                amp_write_percent(writer, *arg);
            } else {
                amp_write_segment(writer, *arg);
            }
            ++arg;
            ++path;
        }
    }
}

static void write_body(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_request_t *request = client->args;
    amp_write_json(writer, "body", request->body);
}

static const amp_endpoint_t without_body = {.target = write_target, .flags = AMP_TAKES_SUCCESS};
static const amp_endpoint_t with_body = {
    .target = write_target, .body = write_body, .flags = AMP_TAKES_SUCCESS};

amp_status_t amp_start(amp_client_t *client, const amp_request_t *request, void *out)
{
    const amp_endpoint_t *endpoint = request->body.len > 0 ? &with_body : &without_body;
    amp_status_t status = amp_start_endpoint(client, endpoint, request, out);
    if (status == AMP_OK) {
        client->method = request->method;
        /* With nowhere to put the record, the request is refused at its first step. */
        client->schema = out != NULL ? request->schema : NULL;
        if (client->schema != NULL) {
            memset(out, 0, request->schema->size);
        }
    }
    return status;
}

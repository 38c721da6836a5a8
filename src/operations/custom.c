/* SPDX-License-Identifier: MIT */
/* amp_request: a request to any endpoint of the service, also to one that has no operation in this library.
 *
 * Invariant: check() has refused every byte that could end the path or the request line before the path is
 * written. */
#include <string.h>

#include "ampersand/operations.h"

#include "../base/ascii.h"
#include "../client/endpoint.h"
#include "../client/request.h"
#include "../http/writer_json.h"
#include "../http/writer_percent.h"
#include "../json/name_lookup.h"

/* A method, and the endpoint flags that follow from it (RFC 9110, 9.2.1 and 8.6). */
typedef struct {
    const char *name;
    uint8_t flags;
} method_t;

/* Returns the row of a method, or NULL for a method that the library does not send. */
static const method_t *find_method(const char *name)
{
    static const method_t methods[] = {{"GET", AMP_IS_SAFE},
                                       {"POST", AMP_SENDS_LENGTH},
                                       {"PATCH", AMP_SENDS_LENGTH},
                                       {"PUT", AMP_SENDS_LENGTH},
                                       {"DELETE", AMP_IS_DELETE}};
    for (unsigned i = 0; i < sizeof methods / sizeof methods[0]; ++i) {
        if (strcmp(name, methods[i].name) == 0) {
            return &methods[i];
        }
    }
    return NULL;
}

/* Refuses a request that cannot be sent. The path is sent unchanged, except that the next argument replaces
 * {} and the project replaces {p}. Example: "/projects/{p}/connections/{}" needs one argument. */
static void check(const amp_client_t *client, amp_writer_t *writer, const amp_request_t *request)
{
    writer->field = "method";
    if (find_method(request->method) == NULL) {
        amp__writer_refuse(writer);
    }
    size_t arg_count = 0;
    writer->field = "path";
    for (const char *p = request->path; *p != '\0'; ++p) {
        int opens = *p == '{' && (p[1] == '}' || (p[1] == 'p' && p[2] == '}'));
        arg_count += (size_t)(opens && p[1] == '}');
        if (!amp__is_visible(*p) || *p == '#' || (*p == '{' && !opens)) {
            amp__writer_refuse(writer);
        }
    }
    if (*request->path != '/' || arg_count != request->arg_count) {
        amp__writer_refuse(writer);
    }
    writer->field = "schema";
    if (request->schema != NULL && !amp__schema_is_usable(request->schema)) {
        amp__writer_refuse(writer);
    }
    writer->field = "out";
    if (client->schema != request->schema) {
        amp__writer_refuse(writer);
    }
}

/* Writes path and query. check() has compared the number of arguments with the number of {}. */
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
            amp__write_char(writer, *path);
        } else if (path[1] == 'p') {
            amp__write_project(client, writer);
            path += 2;
        } else {
            writer->field = "args";
            if (in_query) {
                amp__write_percent(writer, arg);
            } else {
                amp__write_segment(writer, arg);
            }
            ++arg;
            ++path;
        }
    }
}

static void write_body(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_request_t *request = client->args;
    amp__write_json(writer, "body", &request->body);
}

static const amp_endpoint_t without_body = {.target = write_target, .flags = AMP_ANY_SUCCESS};
static const amp_endpoint_t with_body = {
    .target = write_target, .body = write_body, .flags = AMP_ANY_SUCCESS};

amp_status_t amp_request_start(amp_client_t *client, const amp_request_t *request, void *out)
{
    const amp_endpoint_t *endpoint = request->body.len > 0 ? &with_body : &without_body;
    amp_status_t status = amp__endpoint_start(client, endpoint, request, out);
    if (status == AMP_OK) {
        const method_t *method = find_method(request->method);
        unsigned flags = method != NULL ? method->flags : 0u;
        client->flags |= (uint8_t)(request->changes ? flags & ~(unsigned)AMP_IS_SAFE : flags);
        client->info.is_unsafe = (uint8_t)!amp__request_is_safe(client);
        client->method = request->method;
        /* A schema without `out` has no struct to fill. check() sees the difference at the first step and
         * refuses the request. */
        client->schema = out != NULL ? request->schema : NULL;
        if (client->schema != NULL) {
            memset(out, 0, request->schema->size);
        }
    }
    return status;
}

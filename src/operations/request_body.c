/* SPDX-License-Identifier: MIT */
/* Writes the JSON bodies of the operations that need more than the rows of their parameter table. Also checks
 * the answer to customAuthConnect. */
#include "request_body.h"

#include <string.h>

#include "../client/request.h"
#include "../http/writer_json.h"
#include "credential.h"
#include "url_answer.h"

/* Opens the object and writes the members of the parameter table. */
static void open_body(const amp_client_t *client, amp_writer_t *writer)
{
    amp__write_open(writer);
    amp__write_members(client, writer);
}

/* Opens the object and writes the project and the members of the parameter table, for an endpoint whose path
 * does not name the project. */
static void open_body_of_project(const amp_client_t *client, amp_writer_t *writer)
{
    amp__write_open(writer);
    amp__write_member(writer, "projectIdOrName", &client->config->project, AMP_IS_REQUIRED);
    amp__write_members(client, writer);
}

void amp__body_generate_connection(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_generate_connection_t *generate = client->args;
    open_body(client, writer);
    amp__write_metadata(writer, &generate->metadata);
    amp__write_credential(writer, &generate->credential);
    amp__write_close(writer);
}

/* Writes one name of the list `updateMask`. *before is "[" for the first and "," for the others. */
static void write_mask_entry(amp_writer_t *writer, const char *name, const char **before)
{
    amp__write_text(writer, *before);
    amp__write_text(writer, "\"");
    amp__write_text(writer, name);
    amp__write_text(writer, "\"");
    *before = ",";
}

/* Writes `updateMask`, the names of the members to change. A request without a change is refused. */
static void write_connection_mask(amp_writer_t *writer, const amp_update_connection_t *update)
{
    const amp_credential_kind_t *kind = update->credential.kind;
    const char *before = "[";
    amp__write_name(writer, "updateMask");
    if (update->provider_workspace_ref.len > 0) {
        write_mask_entry(writer, "providerWorkspaceRef", &before);
    }
    if (update->metadata.count > 0) {
        write_mask_entry(writer, "providerMetadata", &before);
    }
    if (kind != NULL) {
        writer->field = kind->name;
        if (!kind->may_change) {
            amp__writer_refuse(writer);
        }
        write_mask_entry(writer, kind->name, &before);
    }
    if (*before == '[') {
        writer->field = "updateMask";
        amp__writer_refuse(writer);
    }
    amp__write_text(writer, "]");
}

void amp__body_update_connection(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_update_connection_t *update = client->args;
    open_body(client, writer);
    write_connection_mask(writer, update);
    amp__write_name(writer, "connection");
    amp__write_open(writer);
    amp__write_member(writer, "providerWorkspaceRef", &update->provider_workspace_ref, AMP_IS_REF);
    amp__write_metadata(writer, &update->metadata);
    amp__write_credential(writer, &update->credential);
    amp__write_close(writer);
    amp__write_close(writer);
}

void amp__body_oauth_connect(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_oauth_connect_t *connect = client->args;
    open_body_of_project(client, writer);
    amp__write_metadata(writer, &connect->metadata);
    amp__write_close(writer);
}

/* Writes the text of a JSON object as a member, unless it is empty. */
static void write_object(amp_writer_t *writer, const char *name, const amp_str_t *text)
{
    if (text->len > 0) {
        amp__write_name(writer, name);
        amp__write_json(writer, name, text);
    }
}

void amp__body_custom_auth_connect(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_custom_auth_connect_t *connect = client->args;
    open_body_of_project(client, writer);
    amp__write_metadata(writer, &connect->metadata);
    write_object(writer, "customAuth", &connect->custom_auth);
    write_object(writer, "callbackParams", &connect->callback_params);
    amp__write_close(writer);
}

void amp__body_update_installation(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_update_installation_t *update = client->args;
    open_body(client, writer);
    amp__write_name(writer, "updateMask");
    amp__write_text(writer, "[\"connectionId\"]");
    amp__write_name(writer, "installation");
    amp__write_open(writer);
    amp__write_member(writer, "connectionId", &update->connection_id, AMP_IS_REQUIRED | AMP_IS_ID);
    amp__write_close(writer);
    amp__write_close(writer);
}

void amp__body_create_installation(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_create_installation_t *create = client->args;
    open_body(client, writer);
    if (create->config.len > 0) {
        write_object(writer, "config", &create->config);
    } else {
        amp__write_name(writer, "config");
        amp__write_open(writer);
        amp__write_name(writer, "content");
        amp__write_open(writer);
        amp__write_member(writer, "provider", &create->provider, AMP_IS_REQUIRED | AMP_IS_WORD);
        amp__write_close(writer);
        amp__write_close(writer);
    }
    amp__write_close(writer);
}

amp_status_t amp__check_custom_auth(const amp_client_t *client, const char **out_field)
{
    const amp_custom_auth_t *answer = client->out;
    amp_str_t url = amp_str(answer->redirect_url);
    int has_redirect = AMP_HAS(answer, AMP_CUSTOM_AUTH_REDIRECT);
    if (has_redirect == AMP_HAS(answer, AMP_CUSTOM_AUTH_CONNECTION)) {
        *out_field = has_redirect ? "redirect" : "connection";
        return has_redirect ? AMP_ERR_UNEXPECTED : AMP_ERR_MISSING;
    }
    if (has_redirect && !amp__url_is_valid(url)) {
        *out_field = "redirect.url";
        return AMP_ERR_VALUE;
    }
    return AMP_OK;
}

/* SPDX-License-Identifier: MIT */
/* Writes the credential of a request's body. Each kind has a function of its own, which a public constant
 * points to. So the linker keeps only the kinds whose constant the application uses.
 *
 * Invariant: an argument that must not be empty is refused here, before anything is sent. */
#include "credential.h"

#include "../http/writer_json.h"

/* A string member of a credential object. */
typedef struct {
    const char *name;
    const char *field; /* its full path, for info.field */
    uint16_t offset;   /* of the amp_str_t in amp_credential_t, bytes */
    uint8_t may_be_empty;
} string_row_t;

/* STRING_ROW("basicAuth", "username", username, 0): the member "username" of the object "basicAuth" is
 * credential->username, and it must not be empty. */
#define STRING_ROW(object, name, member, may_be_empty)                                                       \
    {                                                                                                        \
        name, object "." name, offsetof(amp_credential_t, member), may_be_empty                              \
    }

static void write_strings(amp_writer_t *writer, const amp_credential_t *credential, const string_row_t *rows,
                          unsigned count)
{
    for (const string_row_t *row = rows; row < rows + count; ++row) {
        const void *member = (const uint8_t *)credential + row->offset;
        const amp_str_t *text = member;
        writer->field = row->field;
        if (text->len == 0 && !row->may_be_empty) {
            amp__writer_refuse(writer);
        }
        amp__write_name(writer, row->name);
        amp__write_string(writer, text);
    }
}

static void write_scopes(amp_writer_t *writer, const amp_credential_t *credential)
{
    if (credential->scope_count == 0) {
        return;
    }
    amp__write_name(writer, "scopes");
    writer->field = "scopes";
    for (size_t i = 0; i < credential->scope_count; ++i) {
        amp__write_text(writer, i == 0 ? "[" : ",");
        if (credential->scopes[i].len == 0) {
            amp__writer_refuse(writer);
        }
        amp__write_string(writer, &credential->scopes[i]);
    }
    amp__write_text(writer, "]");
}

static void write_api_key(amp_writer_t *writer, const amp_credential_t *credential)
{
    writer->field = "apiKey";
    if (credential->api_key.len == 0) {
        amp__writer_refuse(writer);
    }
    amp__write_string(writer, &credential->api_key);
}

static void write_basic_auth(amp_writer_t *writer, const amp_credential_t *credential)
{
    static const string_row_t rows[] = {
        STRING_ROW("basicAuth", "username", username, 0),
        STRING_ROW("basicAuth", "password", password, 1),
    };
    amp__write_open(writer);
    write_strings(writer, credential, rows, 2);
    amp__write_close(writer);
}

static void write_client(amp_writer_t *writer, const amp_credential_t *credential)
{
    static const string_row_t rows[] = {
        STRING_ROW("oauth2ClientCredentials", "clientId", client_id, 0),
        STRING_ROW("oauth2ClientCredentials", "clientSecret", client_secret, 0),
    };
    amp__write_open(writer);
    write_strings(writer, credential, rows, 2);
    write_scopes(writer, credential);
    amp__write_close(writer);
}

static void write_password(amp_writer_t *writer, const amp_credential_t *credential)
{
    static const string_row_t rows[] = {
        STRING_ROW("oauth2PasswordCredentials", "username", username, 0),
        STRING_ROW("oauth2PasswordCredentials", "password", password, 1),
        STRING_ROW("oauth2PasswordCredentials", "clientId", client_id, 0),
        STRING_ROW("oauth2PasswordCredentials", "clientSecret", client_secret, 0),
    };
    amp__write_open(writer);
    write_strings(writer, credential, rows, 4);
    write_scopes(writer, credential);
    amp__write_close(writer);
}

/* Writes an optional time. `text` is a pointer because this function is on the deepest call path of a
 * Cortex-M0+: by value it would cost 16 bytes more stack. */
static void write_time(amp_writer_t *writer, const char *name, const amp_str_t *text)
{
    amp_time_t time;
    writer->field = name;
    if (text->len > 0 && amp_time_parse(*text, &time) != 0) {
        amp__writer_refuse(writer);
    }
    amp__write_member(writer, name, text, 0);
}

static void write_token(amp_writer_t *writer, const char *name, const amp_oauth2_token_t *token)
{
    amp__write_name(writer, name);
    amp__write_open(writer);
    writer->field = name;
    if (token->token.len == 0) {
        amp__writer_refuse(writer);
    }
    amp__write_name(writer, "token");
    amp__write_string(writer, &token->token);
    write_time(writer, "issuedAt", &token->issued_at);
    write_time(writer, "expiresAt", &token->expires_at);
    amp__write_close(writer);
}

static void write_code(amp_writer_t *writer, const amp_credential_t *credential)
{
    amp__write_open(writer);
    write_token(writer, "accessToken", &credential->access_token);
    if (credential->refresh_token.token.len > 0) {
        write_token(writer, "refreshToken", &credential->refresh_token);
    }
    write_scopes(writer, credential);
    amp__write_close(writer);
}

static void write_custom_auth(amp_writer_t *writer, const amp_credential_t *credential)
{
    amp__write_json(writer, "customAuth", &credential->custom_auth);
}

const amp_credential_kind_t amp_credential_api_key = {"apiKey", write_api_key, 1};
const amp_credential_kind_t amp_credential_basic_auth = {"basicAuth", write_basic_auth, 1};
const amp_credential_kind_t amp_credential_oauth2_client = {"oauth2ClientCredentials", write_client, 1};
const amp_credential_kind_t amp_credential_oauth2_password = {"oauth2PasswordCredentials", write_password, 1};
const amp_credential_kind_t amp_credential_oauth2_code = {"oauth2AuthorizationCode", write_code, 0};
const amp_credential_kind_t amp_credential_custom_auth = {"customAuth", write_custom_auth, 0};

void amp__write_credential(amp_writer_t *writer, const amp_credential_t *credential)
{
    if (credential->kind != NULL) {
        amp__write_name(writer, credential->kind->name);
        credential->kind->write(writer, credential);
    }
}

void amp__write_metadata(amp_writer_t *writer, const amp_metadata_list_t *list)
{
    if (list->count == 0) {
        return;
    }
    writer->field = "providerMetadata";
    if (list->kind == NULL) {
        amp__writer_refuse(writer);
        return;
    }
    amp__write_name(writer, writer->field);
    list->kind->write(writer, list);
}

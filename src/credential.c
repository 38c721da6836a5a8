/* SPDX-License-Identifier: MIT */
#include "credential.h"

#include <string.h>

#include "json.h"

/* A text member of a credential object. */
typedef struct {
    const char *name;
    const char *field; /* full path, for an error */
    uint16_t offset;
    uint8_t may_be_empty;
} text_row_t;

typedef struct {
    const char *object;
    uint8_t first; /* rows of texts[] */
    uint8_t count;
    uint8_t has_scopes;
} kind_row_t;

#define TEXT(object, name, member, may_be_empty)                                                             \
    {                                                                                                        \
        name, object "." name, (uint16_t)offsetof(amp_credential_t, member), may_be_empty                    \
    }

static const text_row_t texts[] = {
    TEXT("basicAuth", "username", username, 0),
    TEXT("basicAuth", "password", password, 1),
    TEXT("oauth2ClientCredentials", "clientId", client_id, 0),
    TEXT("oauth2ClientCredentials", "clientSecret", client_secret, 0),
    TEXT("oauth2PasswordCredentials", "username", username, 0),
    TEXT("oauth2PasswordCredentials", "password", password, 1),
    TEXT("oauth2PasswordCredentials", "clientId", client_id, 0),
    TEXT("oauth2PasswordCredentials", "clientSecret", client_secret, 0),
};

static const kind_row_t kinds[] = {
    [AMP_CREDENTIAL_BASIC] = {"basicAuth", 0, 2, 0},
    [AMP_CREDENTIAL_CLIENT_CREDENTIALS] = {"oauth2ClientCredentials", 2, 2, 1},
    [AMP_CREDENTIAL_PASSWORD] = {"oauth2PasswordCredentials", 4, 4, 1},
    [AMP_CREDENTIAL_AUTHORIZATION_CODE] = {"oauth2AuthorizationCode", 0, 0, 1},
};

static void write_name(amp_writer_t *writer, const char *before, const char *name)
{
    amp_write_text(writer, before);
    amp_write_string(writer, amp_str(name));
    amp_write_text(writer, ":");
}

static void write_required(amp_writer_t *writer, const char *field, amp_str_t text)
{
    writer->field = field;
    if (text.len == 0) {
        amp_writer_refuse(writer);
    }
    amp_write_string(writer, text);
}

static void write_scopes(amp_writer_t *writer, const amp_credential_t *credential, const char *before)
{
    if (credential->scope_count == 0) {
        return;
    }
    write_name(writer, before, "scopes");
    for (size_t i = 0; i < credential->scope_count; ++i) {
        amp_write_text(writer, i == 0 ? "[" : ",");
        write_required(writer, "scopes", credential->scopes[i]);
    }
    amp_write_text(writer, "]");
}

static void write_time(amp_writer_t *writer, const char *name, amp_str_t text)
{
    amp_time_t time;
    if (text.len == 0) {
        return;
    }
    write_name(writer, ",", name);
    writer->field = name;
    if (amp_time_parse(text, &time) != 0) {
        amp_writer_refuse(writer);
    }
    amp_write_string(writer, text);
}

static void write_token(amp_writer_t *writer, const char *before, const char *name,
                        const amp_oauth2_token_t *token)
{
    write_name(writer, before, name);
    write_name(writer, "{", "token");
    write_required(writer, name, token->token);
    write_time(writer, "issuedAt", token->issued_at);
    write_time(writer, "expiresAt", token->expires_at);
    amp_write_text(writer, "}");
}

static void write_object(amp_writer_t *writer, const amp_credential_t *credential)
{
    const kind_row_t *kind = &kinds[credential->kind];
    const char *before = "{";
    write_name(writer, ",", kind->object);
    for (unsigned i = kind->first; i < (unsigned)kind->first + kind->count; ++i) {
        amp_str_t text;
        memcpy(&text, (const uint8_t *)credential + texts[i].offset, sizeof text);
        writer->field = texts[i].field;
        write_name(writer, before, texts[i].name);
        if (texts[i].may_be_empty) {
            amp_write_string(writer, text);
        } else {
            write_required(writer, texts[i].field, text);
        }
        before = ",";
    }
    if (credential->kind == AMP_CREDENTIAL_AUTHORIZATION_CODE) {
        write_token(writer, before, "accessToken", &credential->access_token);
        before = ",";
        if (credential->refresh_token.token.len > 0) {
            write_token(writer, before, "refreshToken", &credential->refresh_token);
        }
    }
    if (kind->has_scopes) {
        write_scopes(writer, credential, before);
    }
    amp_write_text(writer, "}");
}

void amp_write_credential(amp_writer_t *writer, const amp_credential_t *credential)
{
    switch (credential->kind) {
    case AMP_CREDENTIAL_NONE:
        break;
    case AMP_CREDENTIAL_API_KEY:
        write_name(writer, ",", "apiKey");
        write_required(writer, "apiKey", credential->api_key);
        break;
    case AMP_CREDENTIAL_BASIC:
    case AMP_CREDENTIAL_CLIENT_CREDENTIALS:
    case AMP_CREDENTIAL_PASSWORD:
    case AMP_CREDENTIAL_AUTHORIZATION_CODE:
        write_object(writer, credential);
        break;
    case AMP_CREDENTIAL_CUSTOM:
        write_name(writer, ",", "customAuth");
        writer->field = "customAuth";
        if (!amp_json_is_object(credential->custom_auth)) {
            amp_writer_refuse(writer);
        }
        amp_write(writer, credential->custom_auth);
        break;
    default:
        writer->field = "credential";
        amp_writer_refuse(writer);
        break;
    }
}

static int is_source(amp_str_t source)
{
    return amp_str_equal(source, AMP_STR("input")) || amp_str_equal(source, AMP_STR("token")) ||
           amp_str_equal(source, AMP_STR("provider"));
}

static int stands_before(const amp_metadata_t *metadata, size_t index)
{
    for (size_t i = 0; i < index; ++i) {
        if (amp_str_equal(metadata[i].key, metadata[index].key)) {
            return 1;
        }
    }
    return 0;
}

void amp_write_metadata(amp_writer_t *writer, const amp_metadata_t *metadata, size_t count)
{
    if (count == 0) {
        return;
    }
    write_name(writer, ",", "providerMetadata");
    for (size_t i = 0; i < count; ++i) {
        amp_str_t source = metadata[i].source.len > 0 ? metadata[i].source : AMP_STR("input");
        amp_write_text(writer, i == 0 ? "{" : ",");
        write_required(writer, "providerMetadata", metadata[i].key);
        if (!is_source(source) || stands_before(metadata, i)) {
            amp_writer_refuse(writer);
        }
        amp_write_text(writer, ":");
        write_name(writer, "{", "value");
        amp_write_string(writer, metadata[i].value);
        write_name(writer, ",", "source");
        amp_write_string(writer, source);
        if (metadata[i].display_name.len > 0) {
            write_name(writer, ",", "displayName");
            amp_write_string(writer, metadata[i].display_name);
        }
        amp_write_text(writer, "}");
    }
    amp_write_text(writer, "}");
}

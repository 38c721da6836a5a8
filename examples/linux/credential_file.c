/* SPDX-License-Identifier: MIT */
/* The file is JSON with exactly one credential object. The tables of the JSON reader allow no unknown member,
 * so a misspelt name is an error and never an ignored secret. */
#include "credential_file.h"

#include <string.h>

#include "ampersand/reader.h"
#include "process.h"
#include "secret.h"
#include "secret_text.h"

#define FILE_MAX 65536u
#define SECRET_SIZE 4097u
#define SCOPE_SIZE 256u
#define TIME_SIZE 40u
#define SCOPES_MAX 8u

/* The members of all kinds of credential objects. There is room for one scope more than is allowed, to detect
 * it. */
typedef struct {
    amp_mask_t mask;
    char username[SECRET_SIZE];
    char password[SECRET_SIZE];
    char client_id[SECRET_SIZE];
    char client_secret[SECRET_SIZE];
    char access[SECRET_SIZE];
    char refresh[SECRET_SIZE];
    char access_issued[TIME_SIZE];
    char access_expires[TIME_SIZE];
    char refresh_issued[TIME_SIZE];
    char refresh_expires[TIME_SIZE];
    char scopes[SCOPES_MAX + 1u][SCOPE_SIZE];
} grant_t;

typedef struct {
    amp_mask_t mask;
    char api_key[SECRET_SIZE];
    grant_t grant;
} secret_t;

/* Each table with scopes begins with them: row 0 is the array, and row n is the n-th scope, counted from 1.
 */
enum { ROW_SCOPES, ROW_FIRST_SCOPE, ROW_SCOPE_TOO_MANY = ROW_FIRST_SCOPE + SCOPES_MAX };

#define TEXT(path, flags, member) AMP_FIELD(path, AMP_STRING, flags, grant_t, member)
#define SCOPES                                                                                               \
    AMP_CONTAINER("scopes", AMP_ARRAY, 0), TEXT("scopes[0]", 0, scopes[0]), TEXT("scopes[1]", 0, scopes[1]), \
        TEXT("scopes[2]", 0, scopes[2]), TEXT("scopes[3]", 0, scopes[3]), TEXT("scopes[4]", 0, scopes[4]),   \
        TEXT("scopes[5]", 0, scopes[5]), TEXT("scopes[6]", 0, scopes[6]), TEXT("scopes[7]", 0, scopes[7]),   \
        TEXT("scopes[8]", 0, scopes[8])

static const amp_field_t basic_fields[] = {
    TEXT("username", AMP_REQUIRED, username),
    TEXT("password", AMP_REQUIRED, password),
};
static const amp_field_t client_fields[] = {
    SCOPES,
    TEXT("clientId", AMP_REQUIRED, client_id),
    TEXT("clientSecret", AMP_REQUIRED, client_secret),
};
static const amp_field_t password_fields[] = {
    SCOPES,
    TEXT("username", AMP_REQUIRED, username),
    TEXT("password", AMP_REQUIRED, password),
    TEXT("clientId", AMP_REQUIRED, client_id),
    TEXT("clientSecret", AMP_REQUIRED, client_secret),
};
static const amp_field_t code_fields[] = {
    SCOPES,
    AMP_CONTAINER("accessToken", AMP_OBJECT, AMP_REQUIRED),
    TEXT("accessToken.token", AMP_REQUIRED, access),
    TEXT("accessToken.issuedAt", 0, access_issued),
    TEXT("accessToken.expiresAt", 0, access_expires),
    AMP_CONTAINER("refreshToken", AMP_OBJECT, 0),
    TEXT("refreshToken.token", AMP_REQUIRED, refresh),
    TEXT("refreshToken.issuedAt", 0, refresh_issued),
    TEXT("refreshToken.expiresAt", 0, refresh_expires),
};

static const amp_schema_t basic = AMP_SCHEMA(grant_t, basic_fields, AMP_NO_UNKNOWN);
static const amp_schema_t client = AMP_SCHEMA(grant_t, client_fields, AMP_NO_UNKNOWN);
static const amp_schema_t password = AMP_SCHEMA(grant_t, password_fields, AMP_NO_UNKNOWN);
static const amp_schema_t code = AMP_SCHEMA(grant_t, code_fields, AMP_NO_UNKNOWN);

/* Only one of the objects may be present, so all of them share one member. */
static const amp_field_t secret_fields[] = {
    AMP_FIELD("apiKey", AMP_STRING, 0, secret_t, api_key),
    AMP_NESTED("basicAuth", &basic, 0, secret_t, grant),
    AMP_NESTED("oauth2ClientCredentials", &client, 0, secret_t, grant),
    AMP_NESTED("oauth2PasswordCredentials", &password, 0, secret_t, grant),
    AMP_NESTED("oauth2AuthorizationCode", &code, 0, secret_t, grant),
};
static const amp_schema_t secret_schema = AMP_SCHEMA(secret_t, secret_fields, AMP_NO_UNKNOWN);

/* The library's kind of credential for each row of secret_fields. */
static const struct {
    const amp_credential_kind_t *kind;
    int has_scopes;
} kinds[] = {
    {&amp_credential_api_key, 0},       {&amp_credential_basic_auth, 0},
    {&amp_credential_oauth2_client, 1}, {&amp_credential_oauth2_password, 1},
    {&amp_credential_oauth2_code, 1},
};

static char text[FILE_MAX + 1u];
static secret_t secret;
static uint8_t window[6u * SECRET_SIZE + 64u]; /* a secret in which every byte is a \u escape */
static amp_reader_t reader;
static amp_str_t scopes[SCOPES_MAX];

static amp_status_t refuse(cli_t *cli, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_SECRET_FILE].name,
                       "the file of --secret-file %s", why);
}

/* The texts of amp_status_text() are about responses, so a status of the reader gets a text about the file.
 */
static amp_status_t refuse_status(cli_t *cli, amp_status_t status)
{
    static const struct {
        amp_status_t status;
        const char *why;
    } whys[] = {
        {AMP_ERR_JSON, "is not valid JSON"},
        {AMP_ERR_UNEXPECTED, "has an unknown member"},
        {AMP_ERR_MISSING, "has a required member missing"},
        {AMP_ERR_TYPE, "has a value of the wrong type"},
        {AMP_ERR_DUPLICATE, "has the same member twice, or two credentials"},
        {AMP_ERR_TOO_LONG, "has a value that is too long"},
    };
    const char *field = amp_reader_field(&reader);
    const char *why = "has an invalid value";
    for (size_t i = 0; i < sizeof whys / sizeof whys[0]; ++i) {
        why = whys[i].status == status ? whys[i].why : why;
    }
    return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_SECRET_FILE].name,
                       "the file of --secret-file %s%s%s", why, field != NULL ? ": " : "",
                       field != NULL ? field : "");
}

/* Returns AMP_END when `size` bytes of JSON are one complete value of the schema. */
static amp_status_t check_json(const amp_schema_t *schema, const char *json, size_t size)
{
    size_t at = 0;
    amp_status_t status = amp_reader_init(&reader, schema, &secret, window, sizeof window);
    while (status >= 0 && at < size) {
        size_t used;
        status = amp_reader_feed(&reader, json + at, size - at, &used);
        at += used;
    }
    return status < 0 ? status : amp_reader_end(&reader);
}

static size_t skip_space(size_t at, size_t len)
{
    while (at < len && memchr(" \t\r\n", text[at], 4) != NULL) {
        ++at;
    }
    return at;
}

/* Returns the offset after `word` when the next text after whitespace is `word`, else 0. */
static size_t skip(const char *word, size_t at, size_t len)
{
    size_t size = strlen(word);
    at = skip_space(at, len);
    return len - at >= size && memcmp(text + at, word, size) == 0 ? at + size : 0;
}

/* customAuth has any members, so no table can describe it. The text must be `{ "customAuth" : V }`, and V
 * alone must be a valid JSON object. With a second member in the outer object, V is not valid:
 * {"customAuth":{},"apiKey":"k"} makes V `{},"apiKey":"k"`. Returns V, or {NULL, 0}. */
static amp_str_t custom_auth(size_t len)
{
    amp_str_t value = {NULL, 0};
    size_t at = skip("{", 0, len);
    at = at > 0 ? skip("\"customAuth\"", at, len) : 0;
    at = at > 0 ? skip(":", at, len) : 0;
    while (len > at && memchr(" \t\r\n", text[len - 1u], 4) != NULL) {
        --len;
    }
    if (at > 0 && len > at && text[len - 1u] == '}') {
        at = skip_space(at, len);
        value.ptr = text + at;
        value.len = len - 1u - at;
    }
    return value;
}

static amp_status_t use_custom_auth(cli_t *cli, amp_str_t value, amp_credential_t *out_credential)
{
    if (value.len == 0 || value.ptr[0] != '{' || check_json(NULL, value.ptr, value.len) != AMP_END) {
        return refuse(cli, "must be {\"customAuth\":{…}} without other members");
    }
    out_credential->kind = &amp_credential_custom_auth;
    out_credential->custom_auth = value;
    return AMP_OK;
}

static amp_status_t use_scopes(cli_t *cli, amp_credential_t *out_credential)
{
    size_t count = 0;
    if (AMP_HAS(&secret.grant, ROW_SCOPE_TOO_MANY)) {
        return refuse(cli, "has more than 8 scopes");
    }
    while (count < SCOPES_MAX && AMP_HAS(&secret.grant, ROW_FIRST_SCOPE + count)) {
        scopes[count] = amp_str(secret.grant.scopes[count]);
        ++count;
    }
    out_credential->scopes = scopes;
    out_credential->scope_count = count;
    return AMP_OK;
}

static void use_grant(const grant_t *grant, amp_credential_t *out_credential)
{
    out_credential->api_key = amp_str(secret.api_key);
    out_credential->username = amp_str(grant->username);
    out_credential->password = amp_str(grant->password);
    out_credential->client_id = amp_str(grant->client_id);
    out_credential->client_secret = amp_str(grant->client_secret);
    out_credential->access_token.token = amp_str(grant->access);
    out_credential->access_token.issued_at = amp_str(grant->access_issued);
    out_credential->access_token.expires_at = amp_str(grant->access_expires);
    out_credential->refresh_token.token = amp_str(grant->refresh);
    out_credential->refresh_token.issued_at = amp_str(grant->refresh_issued);
    out_credential->refresh_token.expires_at = amp_str(grant->refresh_expires);
}

/* A null sets the bit in `truncated`, but not in `present`. In this file a null is always a mistake. */
static int has_null(const amp_mask_t *mask)
{
    return (mask->truncated & ~mask->present) != 0;
}

/* Returns the path of a member that must not be empty and is, or NULL. Only a password may be empty. The
 * library leaves out an empty refresh token, so the service would store a connection that cannot be renewed.
 */
static const char *empty_member(unsigned row)
{
    const amp_schema_t *of = secret_fields[row].of;
    if (of == NULL) {
        return secret.api_key[0] == '\0' ? secret_fields[row].path : NULL;
    }
    for (const amp_field_t *field = of->fields; field < of->fields + of->count; ++field) {
        if (AMP_HAS(&secret.grant, field - of->fields) && field->type == AMP_STRING &&
            field->offset != offsetof(grant_t, password) && ((char *)&secret.grant)[field->offset] == '\0') {
            return field->path;
        }
    }
    return NULL;
}

/* Reads the credential of any other kind: its texts are copied out of the file's text. */
static amp_status_t use_known(cli_t *cli, size_t len, amp_credential_t *out_credential)
{
    amp_status_t status = check_json(&secret_schema, text, len);
    if (status != AMP_END) {
        return refuse_status(cli, status);
    }
    process_wipe(text, sizeof text);
    uint32_t present = secret.mask.present;
    if (present == 0 || (present & (present - 1u)) != 0 || has_null(&secret.mask) ||
        has_null(&secret.grant.mask)) {
        return refuse(cli, "must have exactly one credential, and no null");
    }
    unsigned row = 0;
    while ((present >> row & 1u) == 0) {
        ++row;
    }
    const char *empty = empty_member(row);
    if (empty != NULL) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, options[OPT_SECRET_FILE].name,
                           "the file of --secret-file has an empty value: %s", empty);
    }
    out_credential->kind = kinds[row].kind;
    use_grant(&secret.grant, out_credential);
    return kinds[row].has_scopes ? use_scopes(cli, out_credential) : AMP_OK;
}

amp_status_t credential_read(cli_t *cli, const char *path, amp_credential_t *out_credential)
{
    size_t len = 0;
    memset(out_credential, 0, sizeof *out_credential);
    amp_status_t status = secret_read_file(cli, options[OPT_SECRET_FILE].name, path, text, sizeof text, &len);
    if (status != AMP_OK) {
        return status;
    }
    if (secret_text_is_utf16(text, len)) {
        return refuse(cli, "is UTF-16 text: save it as UTF-8");
    }
    memset(text, ' ', secret_text_mark(text, len));
    amp_str_t custom = custom_auth(len);
    status = custom.ptr != NULL ? use_custom_auth(cli, custom, out_credential)
                                : use_known(cli, len, out_credential);
    process_wipe(window, sizeof window); /* the client may wait for minutes: one copy of a secret is enough */
    process_wipe(&reader, sizeof reader);
    return status;
}

void credential_wipe(void)
{
    process_wipe(text, sizeof text);
    process_wipe(&secret, sizeof secret);
}

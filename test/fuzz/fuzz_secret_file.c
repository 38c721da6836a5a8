/* SPDX-License-Identifier: MIT */
/* Reads the credential file of the command line client. Only the file's reader is linked; this file defines
 * the other functions that it needs. */
#include <stdarg.h>

#include "fuzz.h"

#include "credential_file.h"
#include "process.h"
#include "secret.h"

const option_t options[OPT_COUNT] = {[OPT_SECRET_FILE] = {"--secret-file", "F", NULL, "", NULL, 1, NULL}};

static const uint8_t *file;
static size_t file_len;

amp_status_t secret_read_file(cli_t *cli, const char *option, const char *path, char *data, size_t size,
                              size_t *out_len)
{
    (void)cli;
    (void)path;
    MUST(strcmp(option, "--secret-file") == 0);
    if (file_len == 0 || file_len > size) {
        return AMP_ERR_ARGUMENT;
    }
    memcpy(data, file, file_len);
    *out_len = file_len;
    return AMP_OK;
}

amp_status_t failure_set(failure_t *failure, amp_status_t status, const char *field, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    failure->status = status;
    failure->field = field;
    MUST(vsnprintf(failure->text, sizeof failure->text, format, list) < (int)sizeof failure->text);
    va_end(list);
    return status;
}

void process_wipe(void *data, size_t size)
{
    memset(data, 0, size);
}

/* Reads all bytes of a text that a credential consists of. */
static void see(amp_str_t text)
{
    uint64_t sum = digest(DIGEST_START, text.ptr, text.len);
    MUST(sum != 0 && (text.len == 0 || memchr(text.ptr, '\0', text.len) == NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cli_t cli;
    amp_credential_t credential;
    file = data;
    file_len = size;
    memset(&cli, 0, sizeof cli);
    amp_status_t status = credential_read(&cli, "file", &credential);
    MUST(status == AMP_OK || status == AMP_ERR_ARGUMENT);
    if (status == AMP_OK) {
        MUST(credential.kind != NULL);
        see(credential.api_key);
        see(credential.username);
        see(credential.password);
        see(credential.client_id);
        see(credential.client_secret);
        see(credential.access_token.token);
        see(credential.refresh_token.token);
        see(credential.custom_auth);
        for (size_t i = 0; i < credential.scope_count; ++i) {
            see(credential.scopes[i]);
            MUST(credential.scopes[i].len > 0);
        }
    } else if (size > 0) {
        MUST(cli.failure.status == status && cli.failure.text[0] != '\0');
    }
    credential_wipe();
    return 0;
}

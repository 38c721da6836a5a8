/* SPDX-License-Identifier: MIT */
#include "secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "credential_file.h"
#include "process.h"
#include "token.h"

#define KEY_MAX 4096u
#define KEY_VARIABLE "AMP_API_KEY"

static char key[KEY_MAX + 1u];
static size_t key_len;
static int key_is_too_long; /* of the environment */

void secret_take_environment(void)
{
    char *value = getenv(KEY_VARIABLE);
    if (value == NULL) {
        return;
    }
    size_t len = strlen(value);
    key_is_too_long = len > KEY_MAX;
    if (!key_is_too_long) {
        memcpy(key, value, len);
        key_len = len;
    }
    process_wipe(value, len);
    unsetenv(KEY_VARIABLE);
}

size_t secret_without_newline(const char *data, size_t len)
{
    if (len > 0 && data[len - 1u] == '\n') {
        --len;
        len -= len > 0 && data[len - 1u] == '\r';
    }
    return len;
}

amp_status_t secret_read_file(cli_t *cli, const char *option, const char *path, char *data, size_t size,
                              size_t *out_len)
{
    int fd;
    amp_status_t status = process_open(path, &fd);
    if (status == AMP_OK) {
        status = process_read_all(fd, data, size, cli->end_ms, out_len);
        int error = errno;
        process_close(fd);
        errno = error;
    }
    if (status != AMP_OK) {
        return failure_of_file(&cli->failure, status, option, path);
    }
    if (*out_len == 0 || *out_len == size) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, option, "the file of %s is %s", option,
                           *out_len == 0 ? "empty" : "longer than such a secret can be");
    }
    return AMP_OK;
}

static amp_status_t refuse_key(cli_t *cli, const char *source, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_CONFIG, options[OPT_API_KEY_FILE].name, "the API key of %s %s",
                       source, why);
}

static amp_status_t read_key_file(cli_t *cli, const char *path)
{
    static char text[KEY_MAX + 3u]; /* the key, its line ending, and a byte to see that it is longer */
    size_t len = 0;
    amp_status_t status =
        secret_read_file(cli, options[OPT_API_KEY_FILE].name, path, text, sizeof text, &len);
    if (status == AMP_OK) {
        len = secret_without_newline(text, len);
        if (len == 0 || len > KEY_MAX || memchr(text, '\0', len) != NULL) {
            status = refuse_key(cli, options[OPT_API_KEY_FILE].name,
                                "is empty, longer than 4096 bytes or not text");
        } else {
            memcpy(key, text, len);
            key_len = len;
        }
    }
    process_wipe(text, sizeof text);
    return status;
}

/* An option goes before a variable, also where they are two kinds of credential. */
static void choose(const args_t *args, const char **out_path, const char **out_command, int *out_has_key)
{
    int is_command_given = options_nth(args, OPT_TOKEN_COMMAND, 0) != NULL;
    *out_path = options_get(args, OPT_API_KEY_FILE);
    *out_command = *out_path == NULL || is_command_given ? options_get(args, OPT_TOKEN_COMMAND) : NULL;
    *out_has_key = *out_path != NULL || (!is_command_given && (key_len > 0 || key_is_too_long));
}

amp_status_t secret_configure(cli_t *cli, amp_config_t *config)
{
    const char *path;
    const char *command;
    int has_key;
    choose(&cli->args, &path, &command, &has_key);
    if (has_key == (command != NULL)) {
        return failure_set(&cli->failure, AMP_ERR_CONFIG, "credential", "%s",
                           has_key ? "both an API key and a token command are given: leave one out"
                                   : "no credential is given: use --api-key-file, AMP_API_KEY, "
                                     "--token-command or AMP_TOKEN_COMMAND");
    }
    if (command != NULL) {
        token_configure(cli, command, config);
        return AMP_OK;
    }
    if (path != NULL) {
        amp_status_t status = read_key_file(cli, path);
        if (status != AMP_OK) {
            return status;
        }
    } else if (key_is_too_long) {
        return refuse_key(cli, KEY_VARIABLE, "is longer than 4096 bytes");
    }
    config->api_key.ptr = key;
    config->api_key.len = key_len;
    return AMP_OK;
}

void secret_wipe(void)
{
    process_wipe(key, sizeof key);
    token_wipe();
    credential_wipe();
}

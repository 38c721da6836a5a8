/* SPDX-License-Identifier: MIT */
/* Reads the API key from a file or the environment, and selects between a key and a token command. */
#include "secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "credential_file.h"
#include "process.h"
#include "secret_text.h"
#include "token.h"
#include "warning.h"

#define KEY_MAX 4096u
#define KEY_VARIABLE "AMP_API_KEY"

/* Room for the key, a byte order mark, and whitespace around the key. One more byte in `text` shows that the
 * text is too long. */
#define TEXT_MAX (KEY_MAX + 64u)

static char text[TEXT_MAX + 1u];
static size_t text_len; /* TEXT_MAX + 1: the variable's value was longer */

void secret_take_environment(void)
{
    char *value = getenv(KEY_VARIABLE);
    if (value == NULL) {
        return;
    }
    size_t len = strlen(value);
    text_len = len < sizeof text ? len : sizeof text;
    memcpy(text, value, text_len);
    process_wipe(value, len);
    unsetenv(KEY_VARIABLE);
}

amp_status_t secret_read_file(cli_t *cli, const char *option, const char *path, char *data, size_t size,
                              size_t *out_len)
{
    int fd;
    amp_status_t status = process_open(path, &fd);
    if (status == AMP_OK) {
        if (fd != STDIN_FILENO) {
            warning_of_mode(fd, path);
        }
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
                           *out_len == 0 ? "empty" : "longer than allowed");
    }
    return AMP_OK;
}

static amp_status_t refuse_key(cli_t *cli, const char *source, const char *why)
{
    return failure_set(&cli->failure, AMP_ERR_CONFIG, options[OPT_API_KEY_FILE].name, "the API key of %s %s",
                       source, why);
}

static int is_quoted(amp_str_t key)
{
    return key.len > 1u && (key.ptr[0] == '"' || key.ptr[0] == '\'') && key.ptr[key.len - 1u] == key.ptr[0];
}

/* Sets config->api_key to the key in `text`. */
static amp_status_t use_key(cli_t *cli, const char *source, amp_config_t *config)
{
    char why[SECRET_TEXT_SIZE];
    amp_str_t key = secret_text_read(text, text_len, ' ', "key", why);
    if (text_len > TEXT_MAX || key.len > KEY_MAX) {
        return refuse_key(cli, source, "is longer than 4096 bytes");
    }
    if (key.ptr == NULL) {
        return refuse_key(cli, source, why);
    }
    if (key.len == 0) {
        return refuse_key(cli, source, "is empty");
    }
    if (is_quoted(key)) {
        warning_print("the API key of %s is sent with the quotation marks around it: remove them if the "
                      "service refuses "
                      "the key",
                      source);
    }
    config->api_key = key;
    return AMP_OK;
}

/* An option has priority over a variable, even over the variable of the other kind of credential. */
static void choose(const args_t *args, const char **out_path, const char **out_command, int *out_has_key)
{
    int is_command_given = options_nth(args, OPT_TOKEN_COMMAND, 0) != NULL;
    *out_path = options_get(args, OPT_API_KEY_FILE);
    *out_command = *out_path == NULL || is_command_given ? options_get(args, OPT_TOKEN_COMMAND) : NULL;
    *out_has_key = *out_path != NULL || (!is_command_given && text_len > 0);
}

int secret_is_set(const cli_t *cli)
{
    const char *path;
    const char *command;
    int has_key;
    choose(&cli->args, &path, &command, &has_key);
    return has_key || command != NULL;
}

amp_status_t secret_configure(cli_t *cli, amp_config_t *config)
{
    const char *path;
    const char *command;
    int has_key;
    choose(&cli->args, &path, &command, &has_key);
    if (has_key == (command != NULL)) {
        return failure_set(&cli->failure, AMP_ERR_CONFIG, "credential", "%s",
                           has_key ? "both an API key and a token command are set: remove one of them"
                                   : "no credential is set: use --api-key-file, AMP_API_KEY, "
                                     "--token-command or AMP_TOKEN_COMMAND");
    }
    if (command != NULL) {
        token_configure(cli, command, config);
        return AMP_OK;
    }
    if (path == NULL) {
        return use_key(cli, KEY_VARIABLE, config);
    }
    amp_status_t status =
        secret_read_file(cli, options[OPT_API_KEY_FILE].name, path, text, sizeof text, &text_len);
    return status == AMP_OK ? use_key(cli, options[OPT_API_KEY_FILE].name, config) : status;
}

void secret_wipe(void)
{
    process_wipe(text, sizeof text);
    token_wipe();
    credential_wipe();
}

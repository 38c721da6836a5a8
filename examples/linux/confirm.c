/* SPDX-License-Identifier: MIT */
/* The question before a deletion. A script is not asked: the question needs a terminal for standard input and
 * one for standard error or standard output. Every answer but "y" or "yes" cancels the deletion. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "process.h"
#include "starts.h"
#include "text_out.h"

static int is_yes(const char *answer, size_t len)
{
    while (len > 0 && strchr(" \t\r\n", answer[len - 1u]) != NULL) {
        --len;
    }
    return (len == 1u && strchr("yY", answer[0]) != NULL) ||
           (len == 3u && strchr("yY", answer[0]) != NULL && strchr("eE", answer[1]) != NULL &&
            strchr("sS", answer[2]) != NULL);
}

/* Returns the stream to ask on, or NULL. Standard error is the first choice, since standard output may be
 * read by a program. */
static FILE *find_terminal(void)
{
    if (!isatty(STDIN_FILENO)) {
        return NULL;
    }
    return isatty(STDERR_FILENO) ? stderr : isatty(STDOUT_FILENO) ? stdout : NULL;
}

static amp_status_t ask(cli_t *cli, const char *warning, const char *what, unsigned position)
{
    char answer[16] = "";
    size_t len = 0;
    FILE *out = find_terminal();
    if (options_nth(&cli->args, OPT_YES, 0) != NULL || out == NULL) {
        return AMP_OK;
    }
    fprintf(out, "%sDelete %s ", warning, what);
    text_print(out, options_positional(&cli->args, position), 0);
    fputs("? [y/N] ", out);
    fflush(out);
    amp_status_t status = process_read(STDIN_FILENO, answer, sizeof answer, cli->end_ms, &len);
    if (status != AMP_OK) {
        fputc('\n', out);
        return failure_of_file(&cli->failure, status, options[OPT_YES].name, "-");
    }
    if (!is_yes(answer, len)) {
        return failure_set(&cli->failure, AMP_ERR_CANCELLED, NULL, "nothing was deleted");
    }
    return AMP_OK;
}

amp_status_t prepare_connection_delete(cli_t *cli)
{
    return ask(cli, "The installations that use it are deleted too.\n", "connection", 0);
}

amp_status_t prepare_installation_delete(cli_t *cli)
{
    return ask(cli, "", "installation", 1);
}

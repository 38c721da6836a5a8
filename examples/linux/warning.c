/* SPDX-License-Identifier: MIT */
/* Warnings may contain paths, so they are printed like any text from outside (text_out.h). */
#include "warning.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "advice.h"
#include "terminal.h"
#include "text_out.h"

#define INDENT 2u /* of the further lines on a terminal */

void warning_print(const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    unsigned at = (unsigned)fprintf(stderr, "ampersand: warning: ");
    text_wrap(stderr, text, at, INDENT, terminal_columns(stderr));
    fputc('\n', stderr);
}

void warning_of_mode(int fd, const char *path)
{
    struct stat file;
    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        char word[128];
        int is_quoted = advice_quote(path, word, sizeof word) == 0;
        warning_print("other users can read or write %.200s (mode %04o): run chmod 600%s %s", path,
                      (unsigned)(file.st_mode & 07777), is_quoted && path[0] == '-' ? " --" : "",
                      is_quoted ? word : "on it");
    }
}

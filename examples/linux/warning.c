/* SPDX-License-Identifier: MIT */
/* Warnings may contain paths, so they are printed like any text from outside (text_out.h). */
#include "warning.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "text_out.h"

void warning_print(const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fputs("ampersand: warning: ", stderr);
    text_print(stderr, text, 0); /* a path may contain terminal control characters */
    fputc('\n', stderr);
}

void warning_of_mode(int fd, const char *path)
{
    struct stat file;
    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && (file.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        warning_print("other users can read or write %.200s (mode %04o): run chmod 600 %.60s", path,
                      (unsigned)(file.st_mode & 07777), path);
    }
}

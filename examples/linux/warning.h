/* SPDX-License-Identifier: MIT */
/* Warnings: one line on standard error, about something that does not stop the command. */
#ifndef CLI_WARNING_H
#define CLI_WARNING_H

#if defined(__GNUC__)
#define WARNING_FORMAT __attribute__((format(printf, 1, 2)))
#else
#define WARNING_FORMAT
#endif

/* Prints a warning. Control characters in it are replaced. */
void warning_print(const char *format, ...) WARNING_FORMAT;

/* Warns when the open file is a regular file that other users may read or write. */
void warning_of_mode(int fd, const char *path);

#endif

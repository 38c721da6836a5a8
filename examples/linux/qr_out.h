/* SPDX-License-Identifier: MIT */
/* Prints a QR code on a terminal. */
#ifndef CLI_QR_OUT_H
#define CLI_QR_OUT_H

#include <stdio.h>

#include "cli.h"

/* Returns AMP_OK, or the failure's status when this program was built without QR codes. */
amp_status_t qr_check(cli_t *cli);

/* Prints the QR code of a text, two modules per character. Light modules are drawn in the foreground colour,
 * for a terminal with a dark background. With in_colour the code is black on white on any terminal. Prints a
 * message instead when the code does not fit. */
void qr_print(FILE *out, const char *text, int in_colour);

#endif

/* SPDX-License-Identifier: MIT */
/* A QR code in a terminal. */
#ifndef CLI_QR_OUT_H
#define CLI_QR_OUT_H

#include <stdio.h>

#include "cli.h"

/* AMP_OK, or the failure when this program was built without. */
amp_status_t qr_check(cli_t *cli);

/* Draws the code of a text, two modules in a character. Light modules are drawn, as on a terminal
 * with a dark background; `in_colour` says black and white outright. Says so when it does not fit. */
void qr_print(FILE *out, const char *text, int in_colour);

#endif

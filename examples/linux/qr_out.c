/* SPDX-License-Identifier: MIT */
/* Each character is two modules, one above the other. The quiet zone of 4 modules is part of the code
 * (ISO/IEC 18004). */
#include "qr_out.h"

#if defined(AMP_QRCODEGEN)

#include "amp_qr.h"
#include "terminal.h"

#define BORDER 4 /* modules */
#define VERSION_MAX 40u

amp_status_t qr_check(cli_t *cli)
{
    (void)cli;
    return AMP_OK;
}

/* A code with wrapped lines cannot be scanned, so it is printed only when it fits the terminal. */
static int fits(FILE *out, int columns)
{
    unsigned room = terminal_columns(out);
    if (room == 0 || room >= (unsigned)columns) {
        return 1;
    }
    fprintf(stderr,
            "the QR code needs %d columns, but the terminal has %u: widen the terminal, or use the URL\n",
            columns, room);
    return 0;
}

void qr_print(FILE *out, const char *text, int in_colour)
{
    /* index: 2 if the upper module is dark, plus 1 if the lower one is */
    static const char *const blocks[] = {"█", "▀", "▄", " "};
    static uint8_t memory[AMP_QR_BYTES(VERSION_MAX)];
    amp_qr_t qr;
    if (amp_qr_make(&qr, text, memory, sizeof memory) != AMP_OK) {
        fputs("the URL is too long for a QR code: use the URL itself\n", stderr);
        return;
    }
    if (!fits(out, qr.size + 2 * BORDER)) {
        return;
    }
    for (int y = -BORDER; y < qr.size + BORDER; y += 2) {
        fputs(in_colour ? "\033[97;40m" : "", out);
        for (int x = -BORDER; x < qr.size + BORDER; ++x) {
            fputs(blocks[amp_qr_is_dark(&qr, x, y) * 2 + amp_qr_is_dark(&qr, x, y + 1)], out);
        }
        fputs(in_colour ? "\033[0m\n" : "\n", out);
    }
}

#else

amp_status_t qr_check(cli_t *cli)
{
    return failure_set(
        &cli->failure, AMP_ERR_CONFIG, "--qr",
        "this program was built without QR codes: install libqrcodegen-dev and build it again");
}

void qr_print(FILE *out, const char *text, int in_colour)
{
    (void)out, (void)text, (void)in_colour;
}

#endif

/* SPDX-License-Identifier: MIT */
/* TERM=dumb is a terminal without control sequences. NO_COLOR: see no-color.org. */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_COLUMNS 80u

int terminal_can_redraw(void)
{
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
}

int terminal_has_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    return terminal_can_redraw() && (no_colour == NULL || *no_colour == '\0');
}

unsigned terminal_columns(FILE *out)
{
    struct winsize size;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned terminal_width(FILE *out)
{
    unsigned columns = terminal_columns(out);
    return columns > 0 ? columns : USUAL_COLUMNS;
}

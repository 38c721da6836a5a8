/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

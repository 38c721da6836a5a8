/* SPDX-License-Identifier: MIT */
/* Views of strings, beyond the public header. The functions take a pointer, because GCC stores a view that is
 * passed by value on the stack: 10 to 14 bytes of code for each function (Cortex-M4, -Os, GCC 12 and 13). */
#ifndef AMP_SRC_STR_H
#define AMP_SRC_STR_H

#include "ampersand/text.h"

/* Returns 1 when the view has the same bytes as the NUL-terminated text. */
int amp__str_is(const amp_str_t *view, const char *text);

#endif

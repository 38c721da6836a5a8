/* SPDX-License-Identifier: MIT */
/* Views of strings, beyond the public header. The functions take a pointer. GCC 12 and 13 store a view that
 * is passed by value on the stack, which takes 10 to 14 bytes of code for each function (Cortex-M4, -Os). */
#ifndef AMP_SRC_STR_H
#define AMP_SRC_STR_H

#include "ampersand/text.h"

/* Returns 1 when the view has the same bytes as the NUL-terminated text. */
int amp__str_is(const amp_str_t *view, const char *text);

#endif

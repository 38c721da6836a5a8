/* SPDX-License-Identifier: MIT */
/* Checks a result of a port, which may be the application's code, before it is used as a length. */
#ifndef AMP_SRC_PORT_RESULT_H
#define AMP_SRC_PORT_RESULT_H

#include "ampersand/port.h"

/* Returns `result`, the return value of a port's send or recv of `len` bytes. Returns AMP_ERR_NETWORK instead
 * when the result is more than `len`. */
static inline int amp__port_moved(int result, size_t len)
{
    return result > 0 && (size_t)result > len ? (int)AMP_ERR_NETWORK : result;
}

#endif

// SPDX-License-Identifier: MIT
/* Compiles the public headers in C++, with the sizes set in menuconfig. */
#include "amp_device.h"
#include "amp_posix.h"
#include "ampersand/ampersand.h"

static_assert(AMP_REF_SIZE == CONFIGURED_REF_SIZE, "the size of Kconfig did not arrive");
static_assert(sizeof(amp_connection_t) > 3 * CONFIGURED_REF_SIZE, "the record is not of that size");

extern amp_str_t literal;
amp_str_t literal = AMP_STR("text");

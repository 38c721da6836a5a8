/* SPDX-License-Identifier: MIT */
/* Division of a time span, without the 64-bit division of the C compiler's library. */
#ifndef AMP_SRC_DIVIDE_H
#define AMP_SRC_DIVIDE_H

#include <stdint.h>

/* Returns span / unit, rounded down, and at most UINT32_MAX. The unit is from 1 to 2^31. */
uint32_t amp__divide(uint64_t span, uint32_t unit);

#endif

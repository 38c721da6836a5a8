/* SPDX-License-Identifier: MIT */
/* The constants of the search for plain text; see scan.h. */
#include "scan.h"

#if UINTPTR_MAX > 0xffffffffu
const amp_scan_masks_t amp__scan_masks = AMP_SCAN_MASKS;
#else
typedef int amp_scan_masks_are_in_each_file_t;
#endif

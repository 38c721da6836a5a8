/* SPDX-License-Identifier: MIT */
/* Writes percent-encoded text: segments of a path and values of a query. */
#ifndef AMP_SRC_WRITER_PERCENT_H
#define AMP_SRC_WRITER_PERCENT_H

#include "writer.h"

/* Writes text with all but unreserved characters as %XX (RFC 3986, 2.1 to 2.3). Refuses text that is not
 * UTF-8 or has a NUL. */
void amp__write_percent(amp_writer_t *writer, const amp_str_t *text);

/* Writes a path segment, percent-encoded. Refuses an empty segment, "." and "..": servers normalize the last
 * two even when they are percent-encoded. */
void amp__write_segment(amp_writer_t *writer, const amp_str_t *text);

#endif

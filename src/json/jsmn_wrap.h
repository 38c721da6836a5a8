/* SPDX-License-Identifier: MIT */
/* jsmn as this library wants it, whatever the build around it has defined: static, with parent
 * links, which make it smaller, and not strict: its text is of our own making, so that strictness
 * would be code without a use. To be included by one file only. */
#ifndef AMP_SRC_JSMN_WRAP_H
#define AMP_SRC_JSMN_WRAP_H

#undef JSMN_HEADER
#undef JSMN_PARENT_LINKS
#undef JSMN_STATIC
#undef JSMN_STRICT
#define JSMN_STATIC
#define JSMN_PARENT_LINKS

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#include <jsmn.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#ifndef JSMN_H
#error "jsmn.h is not jsmn 1.1.0 or newer: an older one comes before it on the include path"
#endif

#endif

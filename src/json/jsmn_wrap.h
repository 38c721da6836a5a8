/* SPDX-License-Identifier: MIT */
/* Includes jsmn with fixed options, independent of the build's macros: static, with parent links (smaller
 * code), and not strict. The automaton has validated the text that jsmn reads, so strict checks would be
 * unused code. Include this header in one file only. */
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

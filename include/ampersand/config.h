/* SPDX-License-Identifier: MIT */
/** @file
 * Compile-time sizes and the version. All sizes are in bytes and include the terminating NUL.
 *
 * The sizes determine the layout of the records, so application and library must be compiled with the same
 * sizes. amp_init compares them and returns AMP_ERR_ABI if they differ (abi.h). */
#ifndef AMPERSAND_CONFIG_H
#define AMPERSAND_CONFIG_H

#define AMP_VERSION_MAJOR 0        /**< Major version. */
#define AMP_VERSION_MINOR 1        /**< Minor version. */
#define AMP_VERSION_PATCH 0        /**< Patch version. */
#define AMP_VERSION_STRING "0.1.0" /**< The version as text. */

/** Earliest plausible time, in seconds since 1970: 2026-11-01. A clock before this is treated as unset. A
 * build may define a later time, such as SOURCE_DATE_EPOCH. It takes effect when the library is compiled. */
#ifndef AMP_BUILD_TIME
#define AMP_BUILD_TIME 1793491200
#endif

/** Identifiers made by the service: UUIDs of 36 characters so far. */
#ifndef AMP_ID_SIZE
#define AMP_ID_SIZE 64
#endif

/** References made by the builder or the provider: groupRef, consumerRef, providerWorkspaceRef and others. */
#ifndef AMP_REF_SIZE
#define AMP_REF_SIZE 128
#endif

/** The createdBy members: a prefix and a reference, such as "consumer:REF" or "builder:REF". The 16 extra
 * bytes hold the longest documented prefix, "consumer:", with room for a longer one. */
#define AMP_CREATED_BY_SIZE (AMP_REF_SIZE + 16)

/** Words of open enumerations, and provider names: status, authScheme, "salesforce". */
#ifndef AMP_WORD_SIZE
#define AMP_WORD_SIZE 40
#endif

/** Display names. Longer ones are truncated and flagged. */
#ifndef AMP_NAME_SIZE
#define AMP_NAME_SIZE 64
#endif

/** Sentences of a problem document: detail, remedy. Longer ones are truncated and flagged. */
#ifndef AMP_TEXT_SIZE
#define AMP_TEXT_SIZE 160
#endif

/** A URL for the user that is a member of an answer. */
#ifndef AMP_URL_SIZE
#define AMP_URL_SIZE 512
#endif

/** The token of the next page of a list. */
#ifndef AMP_PAGE_TOKEN_SIZE
#define AMP_PAGE_TOKEN_SIZE 256
#endif

/** Maximum nesting depth of a JSON text; deeper is AMP_ERR_DEPTH. A multiple of 8. */
#ifndef AMP_JSON_DEPTH
#define AMP_JSON_DEPTH 64
#endif

/** 1: lines of a response head are read whole when they arrive whole. 0: byte by byte, with the same results.
 * On a Cortex-M4 with `-Os`, 0 saves 0.4 KB of flash. 1 reads a head of 479 B in an eighth of the
 * instructions: docs/costs.md has the figures. Used when the library is compiled. */
#ifndef AMP_FAST_HEAD
#define AMP_FAST_HEAD 1
#endif

/** 1: each request names the library and its version, "User-Agent: ampersand-c/0.1.0", so that the service
 * can tell which devices have which version. 0: it does not, which saves 31 bytes of each request and about
 * 40 of flash. RFC 9110, 10.1.5 allows both. Used when the library is compiled. */
#ifndef AMP_USER_AGENT
#define AMP_USER_AGENT 1
#endif

/** 1: amp_status_text returns a clause with cause and remedy. 0: it returns the name, as amp_status_name
 * does. 0 saves 3 KB of flash in a program that calls amp_health or amp_explain, which use the clause.
 * docs/errors.md explains every name. Used when the library is compiled. */
#ifndef AMP_TEXTS
#define AMP_TEXTS 1
#endif

/** Recommended size of the work buffer. It holds every text that fits its member, even if 50 characters are
 * escaped. A text that identifies and does not fit is AMP_ERR_WINDOW. A text that describes is truncated. */
#if AMP_URL_SIZE <= 512 && AMP_CREATED_BY_SIZE <= 512 && AMP_PAGE_TOKEN_SIZE <= 512
#define AMP_WORK_SIZE 1024
#else
#define AMP_WORK_SIZE (2 * (AMP_URL_SIZE + AMP_REF_SIZE + AMP_PAGE_TOKEN_SIZE))
#endif

/** Minimum size of the work buffer. */
#define AMP_WORK_MIN 384

/* Offsets and sizes are stored in 16 bits. With every size at its maximum, the largest record of the library
 * takes 56 KB. */
#if AMP_ID_SIZE < 40 || AMP_ID_SIZE > 512
#error "AMP_ID_SIZE: a UUID and its NUL take 37 bytes; at most 512"
#endif
#if AMP_REF_SIZE < 40 || AMP_REF_SIZE > 4096
#error "AMP_REF_SIZE: a UUID and its NUL take 37 bytes; at most 4096"
#endif
#if AMP_WORD_SIZE < 32 || AMP_WORD_SIZE > 512
#error "AMP_WORD_SIZE: oauth2/authorizationCodePKCE and its NUL take 29 bytes; at most 512"
#endif
#if AMP_NAME_SIZE < 16 || AMP_TEXT_SIZE < 16 || AMP_NAME_SIZE > 4096 || AMP_TEXT_SIZE > 4096
#error "AMP_NAME_SIZE, AMP_TEXT_SIZE: at least 16, shorter texts are not readable; at most 4096"
#endif
#if AMP_URL_SIZE < 64 || AMP_URL_SIZE > 8192 || AMP_PAGE_TOKEN_SIZE < 16 || AMP_PAGE_TOKEN_SIZE > 4096
#error "AMP_URL_SIZE, AMP_PAGE_TOKEN_SIZE: at least 64 and 16, at most 8192 and 4096"
#endif
#if AMP_JSON_DEPTH < 16 || AMP_JSON_DEPTH > 248 || AMP_JSON_DEPTH % 8 != 0
#error "AMP_JSON_DEPTH: a multiple of 8 from 16 to 248; real installations nest 9 deep"
#endif

/* Adds a size to a sum that depends on the order of the sizes: see abi.h and tls.h. */
#define AMP_ABI_ADD_(sum, size) ((uint32_t)((sum)*16777619u + (uint32_t)(size)))

/** @def AMP_MUST_CHECK
 * Marks a function whose result must be checked: the compiler warns if it is discarded. */
/** @def AMP_PUBLIC
 * Marks a function or constant that a shared library exports. */
#if defined(__GNUC__)
#define AMP_MUST_CHECK __attribute__((warn_unused_result))
#define AMP_PUBLIC __attribute__((visibility("default")))
#else
#define AMP_MUST_CHECK
#define AMP_PUBLIC
#endif

#endif

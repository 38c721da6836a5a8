/* SPDX-License-Identifier: MIT */
/* Compile-time sizes and the version. All sizes are in bytes and include the closing NUL.
 *
 * A size changes the layout of the records, so the application and the library must be
 * compiled with the same ones: amp_init() compares and returns AMP_ERR_ABI when they differ (abi.h). */
#ifndef AMPERSAND_CONFIG_H
#define AMPERSAND_CONFIG_H

/* The version, as numbers and as text. */
#define AMP_VERSION_MAJOR 0
#define AMP_VERSION_MINOR 1
#define AMP_VERSION_PATCH 0
#define AMP_VERSION_STRING "0.1.0"

/* No clock can be right that shows an earlier time: seconds since 1970 of 2026-11-01. A build that
 * knows better gives its own, such as SOURCE_DATE_EPOCH. Read when the library is compiled. */
#ifndef AMP_BUILD_TIME
#define AMP_BUILD_TIME 1793491200
#endif

/* Service's identifiers (UUIDs of 36 characters as seen). */
#ifndef AMP_ID_SIZE
#define AMP_ID_SIZE 64
#endif

/* Builder's and provider's references: groupRef, consumerRef, providerWorkspaceRef … */
#ifndef AMP_REF_SIZE
#define AMP_REF_SIZE 128
#endif

/* Who made something: a prefix, a reference and the NUL, such as "consumer:REF" and "builder:REF". The
 * 16 bytes hold the longest prefix that is documented, "consumer:", and leave room for a longer one. */
#define AMP_CREATED_BY_SIZE (AMP_REF_SIZE + 16)

/* Words of an open enumeration and provider names: status, authScheme, "salesforce" … */
#ifndef AMP_WORD_SIZE
#define AMP_WORD_SIZE 40
#endif

/* Names for people. Longer ones are cut and flagged. */
#ifndef AMP_NAME_SIZE
#define AMP_NAME_SIZE 64
#endif

/* Sentences of a problem document: detail, remedy. Longer ones are cut and flagged. */
#ifndef AMP_TEXT_SIZE
#define AMP_TEXT_SIZE 160
#endif

/* A URL that a user is sent to, where an answer holds it among other members. */
#ifndef AMP_URL_SIZE
#define AMP_URL_SIZE 512
#endif

/* The token of a list's next page. */
#ifndef AMP_PAGE_TOKEN_SIZE
#define AMP_PAGE_TOKEN_SIZE 256
#endif

/* Nesting of a JSON text that is followed; deeper is AMP_ERR_DEPTH. A multiple of 8. */
#ifndef AMP_JSON_DEPTH
#define AMP_JSON_DEPTH 64
#endif

/* The work buffer: what to give amp_init() unless there is a reason, and the least it takes. The
 * first holds any text that identifies and fits its member, also with 50 of its characters escaped.
 * One that does not fit is AMP_ERR_WINDOW; one that describes is cut. */
#if AMP_URL_SIZE <= 512 && AMP_CREATED_BY_SIZE <= 512 && AMP_PAGE_TOKEN_SIZE <= 512
#define AMP_WORK_SIZE 1024
#else
#define AMP_WORK_SIZE (2 * (AMP_URL_SIZE + AMP_REF_SIZE + AMP_PAGE_TOKEN_SIZE))
#endif
#define AMP_WORK_MIN 384

/* Offsets and sizes are kept in 16 bits: with all of them at their most, the largest record of this
 * library takes 62 KB. */
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
#error "AMP_NAME_SIZE, AMP_TEXT_SIZE: a cut below 15 characters tells a person nothing; at most 4096"
#endif
#if AMP_URL_SIZE < 64 || AMP_URL_SIZE > 8192 || AMP_PAGE_TOKEN_SIZE < 16 || AMP_PAGE_TOKEN_SIZE > 4096
#error "AMP_URL_SIZE, AMP_PAGE_TOKEN_SIZE: at least 64 and 16, at most 8192 and 4096"
#endif
#if AMP_JSON_DEPTH < 16 || AMP_JSON_DEPTH > 248 || AMP_JSON_DEPTH % 8 != 0
#error "AMP_JSON_DEPTH: a multiple of 8 from 16 to 248; real installations nest 9 deep"
#endif

/* Adds a size to a sum that depends on their order: see abi.h and tls.h. */
#define AMP_ABI_ADD_(sum, size) ((uint32_t)((sum)*16777619u + (uint32_t)(size)))

/* Of a function: its result must not be left alone; it can be called from outside. */
#if defined(__GNUC__)
#define AMP_MUST_CHECK __attribute__((warn_unused_result))
#define AMP_PUBLIC __attribute__((visibility("default")))
#else
#define AMP_MUST_CHECK
#define AMP_PUBLIC
#endif

#endif

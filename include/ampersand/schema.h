/* SPDX-License-Identifier: MIT */
/** @file
 * Schema tables: they define which members of a JSON object are wanted, and where in a struct they are
 * stored. The library's own records use the same tables, so an application can read any endpoint of the
 * service.
 *
 * @code
 *   typedef struct { amp_mask_t mask; char name[32]; int32_t seats; } team_t;
 *   enum { TEAM_NAME, TEAM_OWNER, TEAM_SEATS };
 *   static const amp_field_t team_fields[] = {
 *       [TEAM_NAME]  = AMP_FIELD("name", AMP_STRING, AMP_REQUIRED, team_t, name),
 *       [TEAM_OWNER] = AMP_CONTAINER("owner", AMP_OBJECT, 0),
 *       [TEAM_SEATS] = AMP_FIELD("owner.seats", AMP_INT, 0, team_t, seats),
 *   };
 *   static const amp_schema_t team = AMP_SCHEMA(team_t, team_fields, 0);
 * @endcode
 *
 * Rules of a table (amp_schema_check finds a row that breaks one)
 * - The struct is smaller than 64 KB, and its first member is `amp_mask_t mask`. Row n sets bit n of the
 *   mask, so a table has at most 32 rows.
 * - Names are printable ASCII without quotes, backslashes, slashes, dots and opening brackets. A name has at
 *   most 31 characters. A path consists of the names from the root of the record, separated by dots. [0] to
 *   [9] select an element of an array.
 * - Every object or array on the path has a row of its own (AMP_OBJECT, AMP_ARRAY). The rows of its members
 *   follow directly. A path has at most 4 levels below the root, those of nested tables included.
 * - AMP_REQUIRED requires the member if the object that contains it is present.
 *
 * Lists
 * - An AMP_LIST table reads an array of records.
 * - An AMP_ENVELOPE table reads an object that contains a list, such as {"results":[...],"pagination":{...}}.
 *   It has one AMP_RECORDS row, at the root. The elements are stored one after the other in the same nested
 *   struct. The members of the outer object are complete in the outer struct at the end; some may be stored
 *   earlier.
 *
 * null
 * - null in place of an array, also of an AMP_LIST table, is an empty array. Go programs write null for a
 *   list that was never allocated.
 * - null in place of any other member counts as absent.
 *
 * AMP_LENIENT is for texts that are useful even if one of their members is invalid, such as a problem
 * document (RFC 9457, section 3.1). It applies to the whole text, nested tables included:
 * - A member counts as absent if its value has the wrong type, is out of range, or is not a valid time. A
 *   text counts as absent if it is longer than its AMP_STRING array or the window. A text with U+0000 or half
 *   of a surrogate pair counts as absent too.
 * - If a member occurs twice, the first one counts, even if its value is invalid.
 * - An AMP_REQUIRED row is read as strictly as without the flag. So are the elements of a list: each must be
 *   an object.
 * - A text that is not JSON, is nested too deeply, or is not an object (a list for AMP_LIST) is still an
 *   error. */
#ifndef AMPERSAND_SCHEMA_H
#define AMPERSAND_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The members that were in the answer: one bit for each row of the table. A bit that is set only in
 * `truncated` means null, or a value that an AMP_LENIENT table ignored. Both count as absent. */
typedef struct {
    uint32_t present;   /**< The member was in the answer. */
    uint32_t truncated; /**< The text was truncated; see above. */
} amp_mask_t;

/** 1 if the member of a row was in the answer, else 0. */
#define AMP_HAS(record, row) ((int)((record)->mask.present >> (row)&1u))

/** 1 if the text of a row was truncated to fit, else 0. */
#define AMP_WAS_TRUNCATED(record, row)                                                                       \
    ((int)((record)->mask.truncated >> (row) & (record)->mask.present >> (row)&1u))

/** The type of a member in the answer and in the struct. */
typedef enum {
    AMP_STRING,       /**< char[]: text that identifies; AMP_ERR_TOO_LONG if it does not fit. */
    AMP_STRING_TRUNC, /**< char[]: text that describes; truncated at a character boundary and flagged. */
    AMP_INT,          /**< int32_t or int64_t: an integer within the range of the type. */
    AMP_BOOL,         /**< uint8_t: 0 or 1. */
    AMP_TIME,         /**< amp_time_t: an RFC 3339 time. */
    AMP_OBJECT,       /**< Not stored; the rows of its members follow. */
    AMP_ARRAY,        /**< Not stored; the rows of its elements follow. */
    AMP_RECORD,       /**< A nested struct with a table of its own; its first member is a mask too. */
    AMP_RECORDS       /**< A nested struct for each element of an array in turn: see AMP_ENVELOPE. */
} amp_type_t;

#define AMP_REQUIRED 1u   /**< Flag of a row: AMP_ERR_MISSING if the member is absent. */
#define AMP_LIST 1u       /**< Flag of a table: the text is an array of records. */
#define AMP_NO_UNKNOWN 2u /**< Flag of a table: a member without a row is AMP_ERR_UNEXPECTED. */
#define AMP_ENVELOPE 4u   /**< Flag of a table: the records are the elements of its one AMP_RECORDS row. */
#define AMP_LENIENT 8u    /**< Flag of the outermost table: a value that cannot be stored counts as absent. */

/** A schema table. */
typedef struct amp_schema amp_schema_t;

/** A row: one member. Initialize it with the macros below. */
typedef struct {
    const char *path;       /**< Path from the root of the record. */
    const amp_schema_t *of; /**< AMP_RECORD and AMP_RECORDS: the nested table; else NULL. */
    uint16_t offset;        /**< Offset of the member in the struct, in bytes. */
    uint16_t size;          /**< Size of the member, in bytes. */
    uint8_t type;           /**< An amp_type_t. */
    uint8_t flags;          /**< AMP_REQUIRED or 0. */
    uint8_t length;         /**< Length of the path, in bytes. */
} amp_field_t;

/** A table. Initialize it with AMP_SCHEMA. */
struct amp_schema {
    const amp_field_t *fields; /**< The rows. */
    uint16_t count;            /**< Number of rows. */
    uint16_t size;             /**< Size of the struct, in bytes. */
    uint16_t flags;            /**< AMP_LIST, AMP_NO_UNKNOWN, AMP_ENVELOPE, AMP_LENIENT or 0. */
};

/* The concatenation accepts string literals only. */
#define AMP_PATH_LENGTH_(path) (sizeof("" path) - 1u)
#define AMP_MEMBER_SIZE_(struct_type, member) sizeof(((struct_type *)0)->member)

/* Offsets, sizes and lengths are not cast, so the compiler warns when one does not fit its member. */

/** A row for a member of the struct. */
#define AMP_FIELD(path, type, flags, struct_type, member)                                                    \
    {                                                                                                        \
        path, NULL, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member), (uint8_t)(type),   \
            (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                                         \
    }

/** A row for an object or array that is not stored itself (AMP_OBJECT, AMP_ARRAY). */
#define AMP_CONTAINER(path, type, flags)                                                                     \
    {                                                                                                        \
        path, NULL, 0, 0, (uint8_t)(type), (uint8_t)(flags), AMP_PATH_LENGTH_(path)                          \
    }

/** A row for an object with a table of its own (AMP_RECORD). */
#define AMP_NESTED(path, schema, flags, struct_type, member)                                                 \
    {                                                                                                        \
        path, schema, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member),                  \
            (uint8_t)AMP_RECORD, (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                    \
    }

/** A row for an array of objects with a table of their own (AMP_RECORDS). */
#define AMP_ARRAY_OF(path, schema, flags, struct_type, member)                                               \
    {                                                                                                        \
        path, schema, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member),                  \
            (uint8_t)AMP_RECORDS, (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                   \
    }

/** A table for struct_type. `rows` is an array of amp_field_t. */
#define AMP_SCHEMA(struct_type, rows, flags)                                                                 \
    {                                                                                                        \
        rows, sizeof(rows) / sizeof((rows)[0]), sizeof(struct_type), flags                                   \
    }

/** Checks that the table `schema` follows the rules above. Call this in a unit test. A table is code and is
 * not checked at run time. A table that breaks a rule may cause writes outside its struct.
 *
 * Returns AMP_OK. Returns AMP_ERR_ARGUMENT if a row breaks a rule; *out_row receives the first such row of
 * the outermost table. `out_row` may be NULL. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_schema_check(const amp_schema_t *schema, size_t *out_row);

#ifdef __cplusplus
}
#endif
#endif

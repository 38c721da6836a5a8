/* SPDX-License-Identifier: MIT */
/* Schema tables: which members of a JSON object are wanted, and where in a struct they go.
 * The library's own records use nothing else, so any endpoint of the service is in reach of
 * an application's own table.
 *
 *   typedef struct { amp_mask_t mask; char name[32]; int32_t seats; } team_t;
 *   enum { TEAM_NAME, TEAM_OWNER, TEAM_SEATS };
 *   static const amp_field_t team_fields[] = {
 *       [TEAM_NAME]  = AMP_FIELD("name", AMP_STRING, AMP_REQUIRED, team_t, name),
 *       [TEAM_OWNER] = AMP_CONTAINER("owner", AMP_OBJECT, 0),
 *       [TEAM_SEATS] = AMP_FIELD("owner.seats", AMP_INT, 0, team_t, seats),
 *   };
 *   static const amp_schema_t team = AMP_SCHEMA(team_t, team_fields, 0);
 *
 * AMP_NESTED is a row for an object with a table of its own, AMP_ARRAY_OF one for a list of them.
 *
 * Rules of a table (amp_schema_check() tells which row breaks one):
 * - The struct is smaller than 64 KB, and its first member is `amp_mask_t mask`. Row n sets bit n of
 *   it: at most 32 rows.
 * - Names are ASCII, at most 31 characters each. A path is the names from the record's root
 *   with a dot between; `[0]` to `[9]` picks an element of an array.
 * - An object or array on the way has a row of its own (AMP_OBJECT, AMP_ARRAY), directly
 *   followed by the rows of what is in it. At most 4 levels below the root.
 * - AMP_REQUIRED asks for the member wherever the object that holds it is there.
 *
 * A list with something around it, {"results":[…],"pagination":{…}}, is an AMP_ENVELOPE table with
 * one AMP_RECORDS row. Its elements arrive one by one in the same nested struct; what is around them
 * is in the outer struct at the end, and a part of it perhaps before.
 *
 * null in place of an array is an array without elements, of an AMP_LIST table too. Programs in Go
 * write it for a list that was never made. null in place of any other member counts as absent.
 *
 * AMP_LENIENT is for texts whose other members are of use when one is not, such as a problem document
 * (RFC 9457, section 3.1). It holds for the whole text, nested tables included:
 * - A member counts as absent when its value is of another type, out of range, no time, longer than an
 *   AMP_STRING array or the window, or a text with \u0000 or half of a surrogate pair.
 * - Of a member that stands twice the first counts, whatever its value.
 * - An AMP_REQUIRED row is read as strictly as without the flag. So are the elements of a list: each
 *   must be an object.
 * - A text that is not JSON, is nested too deeply, or is not an object (a list for AMP_LIST) is an
 *   error as ever. */
#ifndef AMPERSAND_SCHEMA_H
#define AMPERSAND_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What was in the answer, a bit for each row of the table. `cut` without `present` means that the
 * service sent null, or a value that an AMP_LENIENT table ignores. Either counts as absent. */
typedef struct {
    uint32_t present;
    uint32_t truncated;
} amp_mask_t;

/* 1 when the member of row n was in the answer; when its text was cut to fit. */
#define AMP_HAS(record, row) ((int)((record)->mask.present >> (row)&1u))
#define AMP_WAS_TRUNCATED(record, row)                                                                       \
    ((int)((record)->mask.truncated >> (row) & (record)->mask.present >> (row)&1u))

/* What a member is, and where it goes. */
typedef enum {
    AMP_STRING,       /* char[]: text that identifies; longer than the array is AMP_ERR_TOO_LONG */
    AMP_STRING_TRUNC, /* char[]: text that describes; longer is cut at a character and flagged */
    AMP_INT,          /* int32_t or int64_t: an integer within the range of the type */
    AMP_BOOL,         /* uint8_t: 0 or 1 */
    AMP_TIME,         /* amp_time_t */
    AMP_OBJECT,       /* nothing is stored: rows of its members follow */
    AMP_ARRAY,        /* nothing is stored: rows of its elements follow */
    AMP_RECORD,       /* a struct with a table of its own, whose first member is a mask too */
    AMP_RECORDS       /* the same, for each element of an array: see AMP_ENVELOPE */
} amp_type_t;

#define AMP_REQUIRED 1u   /* of a row: AMP_ERR_MISSING without it */
#define AMP_LIST 1u       /* of a table: the text is an array of such records */
#define AMP_NO_UNKNOWN 2u /* of a table: a member with no row is AMP_ERR_UNEXPECTED */
#define AMP_ENVELOPE 4u   /* of a table: the records are the elements of its one AMP_RECORDS row */
#define AMP_LENIENT 8u    /* of the outermost table: a value that cannot be stored counts as absent */

typedef struct amp_schema amp_schema_t;

/* A row: one member. Made by the macros below. */
typedef struct {
    const char *path;       /* from the record down, with dots; digits pick an element */
    const amp_schema_t *of; /* AMP_RECORD: its table; else NULL */
    uint16_t offset;        /* of the member in the struct */
    uint16_t size;          /* of the member, bytes */
    uint8_t type;           /* amp_type_t */
    uint8_t flags;          /* AMP_REQUIRED or 0 */
    uint8_t length;         /* of the path, bytes */
} amp_field_t;

/* A table. Made by AMP_SCHEMA. */
struct amp_schema {
    const amp_field_t *fields; /* the rows */
    uint16_t count;            /* of them */
    uint16_t size;             /* of the struct, bytes */
    uint16_t flags;            /* AMP_LIST, AMP_NO_UNKNOWN, AMP_ENVELOPE, AMP_LENIENT or 0 */
};

/* Paths are string literals. */
#define AMP_PATH_LENGTH_(path) (sizeof("" path) - 1u)
#define AMP_MEMBER_SIZE_(struct_type, member) sizeof(((struct_type *)0)->member)

/* Rows of a table: a member of the struct; an object or array of which nothing is stored itself; a
 * record, and the elements of an array, with a table of their own. What a row has no bits for is not
 * cast to fit, so that a compiler tells. */
#define AMP_FIELD(path, type, flags, struct_type, member)                                                    \
    {                                                                                                        \
        path, NULL, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member), (uint8_t)(type),   \
            (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                                         \
    }
#define AMP_CONTAINER(path, type, flags)                                                                     \
    {                                                                                                        \
        path, NULL, 0, 0, (uint8_t)(type), (uint8_t)(flags), AMP_PATH_LENGTH_(path)                          \
    }
#define AMP_NESTED(path, schema, flags, struct_type, member)                                                 \
    {                                                                                                        \
        path, schema, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member),                  \
            (uint8_t)AMP_RECORD, (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                    \
    }
#define AMP_ARRAY_OF(path, schema, flags, struct_type, member)                                               \
    {                                                                                                        \
        path, schema, offsetof(struct_type, member), AMP_MEMBER_SIZE_(struct_type, member),                  \
            (uint8_t)AMP_RECORDS, (uint8_t)(flags), AMP_PATH_LENGTH_(path)                                   \
    }

/* A table of rows, an array of amp_field_t, for a struct. */
#define AMP_SCHEMA(struct_type, rows, flags)                                                                 \
    {                                                                                                        \
        rows, sizeof(rows) / sizeof((rows)[0]), sizeof(struct_type), flags                                   \
    }

/* Checks the rules of a table, for a unit test of your own. Returns AMP_OK, or AMP_ERR_ARGUMENT with the
 * first row of the outermost table that breaks a rule in *out_row, which may be NULL. A table is code:
 * nothing checks it again at run time, and a table that breaks the rules may write outside its struct. */
AMP_PUBLIC AMP_MUST_CHECK amp_status_t amp_schema_check(const amp_schema_t *schema, size_t *out_row);

#ifdef __cplusplus
}
#endif
#endif

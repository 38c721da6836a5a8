/* SPDX-License-Identifier: MIT */
/* Macros for the rows that describe endpoints and their parameters.
 *
 * Each row is an object of its own: the linker drops the rows of operations that a program does not use. It
 * keeps or drops the string literals of a file as a whole, so operations on different objects are in
 * different files. */
#ifndef AMP_SRC_ENDPOINT_TABLE_H
#define AMP_SRC_ENDPOINT_TABLE_H

#include "../client/endpoint.h"
#include "../client/request.h"
#include "../http/writer_json.h"
#include "ampersand/operations.h"
#include "identity.h"
#include "request_body.h"

/* The rows of a parameter table. `type` is the argument struct, `member` an amp_str_t in it.
 *
 *   AMP_PATH_PARAM("connectionId", amp_get_connection_t, id)
 *     The next {} of the path becomes args->id, percent-encoded. An empty one is refused.
 *   AMP_QUERY_PARAM("groupRef", amp_list_connections_t, group_ref)
 *     The query gets groupRef=..., unless args->group_ref is empty.
 *   AMP_BODY_PARAM("groupRef", AMP_REQUIRED_REF, amp_create_installation_t, group_ref)
 *     The JSON body gets "groupRef":"...". AMP_REQUIRED_REF refuses an empty string, and one of AMP_REF_SIZE
 *     bytes or more. With the rules 0 an empty string is left out.
 *
 * Offsets and counts are not cast to their member's type, so the compiler reports one that does not fit. */
#define AMP_PATH_PARAM(name, type, member) AMP_PARAM_(name, AMP_IN_PATH, AMP_IS_REQUIRED, type, member)
#define AMP_QUERY_PARAM(name, type, member) AMP_PARAM_(name, AMP_IN_QUERY, 0, type, member)
#define AMP_BODY_PARAM(name, rules, type, member) AMP_PARAM_(name, AMP_IN_BODY, rules, type, member)
#define AMP_PARAM_(name, where, rules, type, member)                                                         \
    {                                                                                                        \
        name, offsetof(type, member), where, rules                                                           \
    }

/* Rules of a body parameter that most operations share. */
#define AMP_REQUIRED_REF (AMP_IS_REQUIRED | AMP_IS_REF)
#define AMP_REQUIRED_WORD (AMP_IS_REQUIRED | AMP_IS_WORD)

/* The members of amp_endpoint_t for a parameter table, an array: .params = table, .param_count = its rows. */
#define AMP_PARAMS(table) .params = table, .param_count = sizeof(table) / sizeof((table)[0])

/* The beginnings of paths that several operations share: /projects/{project}/connections and
 * /projects/{project}/integrations/{integrationId}/installations. */
#define AMP_CONNECTIONS_PATH "connections"
#define AMP_INSTALLATIONS_PATH "integrations/{}/installations"

#endif

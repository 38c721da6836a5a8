/* SPDX-License-Identifier: MIT */
/* How a row of the service's operations is written, and the functions that take its types. A row
 * is an object of its own, so that a linker leaves out those that a program does not use. The rows'
 * texts it keeps or leaves out by file, which is why operations on different things are in
 * different ones. */
#ifndef AMP_SRC_ENDPOINT_TABLE_H
#define AMP_SRC_ENDPOINT_TABLE_H

#include "../client/endpoint.h"
#include "../client/request.h"
#include "../http/writer_json.h"
#include "ampersand/operations.h"
#include "identity.h"
#include "request_body.h"

#define PARAM(name, where, rules, type, member)                                                              \
    {                                                                                                        \
        name, (uint16_t)offsetof(type, member), where, rules                                                 \
    }
#define PATH(name, type, member) PARAM(name, AMP_IN_PATH, AMP_IS_REQUIRED, type, member)
#define QUERY(name, type, member) PARAM(name, AMP_IN_QUERY, 0, type, member)
#define REQUIRED_REF (AMP_IS_REQUIRED | AMP_IS_REF)
#define PARAMS(list) .params = list, .param_count = (uint8_t)(sizeof(list) / sizeof((list)[0]))

#define CONNECTIONS "connections"
#define INSTALLATIONS "integrations/{}/installations"

#endif

/* SPDX-License-Identifier: MIT */
/** @file
 * Ampersand for constrained devices: checks whether a customer's connection is healthy, and creates
 * connections. This header includes all others.
 *
 * Promises
 * 1. No heap, no globals, no recursion, no threads, no VLA, no printf family, no strtod. The caller provides
 *    all memory: one client, one work buffer, the record structs.
 * 2. Memory does not grow with the answer. A list of any length and a body of any size use the same work
 *    buffer. Members that no table row names are dropped while they are received.
 * 3. amp_step never waits for the network. It does the work that is possible at once and returns. A
 *    public-key operation of a TLS handshake may take long to compute: see amp_tls_set_max_ops. Blocking
 *    calls loop over amp_step. One absolute deadline covers DNS, TCP, TLS, request and body. A cancel flag
 *    may be set from another task or an interrupt.
 * 4. Strict input: RFC 8259 JSON and RFC 9112 framing. JSON is UTF-8 of bounded depth, with no bytes after
 *    the value. A member that a table row names occurs at most once. A record is delivered whole or not at
 *    all. Text that identifies is never truncated: if it is too long, the result is an error that names the
 *    member. Text that describes is truncated at a character boundary and flagged. A problem document is read
 *    leniently: a member that cannot be read counts as absent (RFC 9457, section 3.1).
 * 5. Security cannot be turned off. The peer's chain and host name are always checked. TLS 1.2 is the
 *    minimum. Only forward-secret AEAD suites are used, unless the library is compiled with AMP_TLS_CBC.
 *    Redirects are never followed. Credentials in an answer enter no record, and their bytes in the work
 *    buffer are wiped as soon as they are read. Secrets are wiped after use and appear in no log, error text
 *    or URL.
 * 6. Every failure has a stage, one status, the number of bytes that were needed, and the service's problem
 *    document when there is one. The first error is sticky until the next request starts or amp_reset is
 *    called.
 * 7. A request that may have taken effect is never sent twice by the library, and never reported as safe to
 *    repeat.
 * 8. Same sources, same results on Cortex-M0+, RISC-V, Xtensa and x86, in either byte order.
 *
 * Rules for the caller
 * - Pointers must not be NULL unless a comment permits NULL.
 * - Use a client and its port from one task at a time. Different clients may be used in different tasks.
 *   Several TLS clients in several tasks need mbedTLS built with MBEDTLS_THREADING_C; otherwise its global
 *   state (arena, PSA keys) is unprotected.
 * - Memory passed to a function remains the caller's. The comments state how long it must stay in place. */
#ifndef AMPERSAND_AMPERSAND_H
#define AMPERSAND_AMPERSAND_H

#include "abi.h"
#include "client.h"
#include "config.h"
#include "connect.h"
#include "doctor.h"
#include "explain.h"
#include "health.h"
#include "info.h"
#include "operations.h"
#include "pace.h"
#include "port.h"
#include "reader.h"
#include "records.h"
#include "schema.h"
#include "status.h"
#include "tenant.h"
#include "text.h"
#include "tls.h"
#include "url.h"

#endif

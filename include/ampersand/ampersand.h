/* SPDX-License-Identifier: MIT */
/* Ampersand for constrained devices: is this customer's connection healthy, and please make one.
 *
 * What holds everywhere
 * 1. No heap, no globals, no recursion, no threads, no VLA, no printf family, no strtod. All
 *    memory is the caller's: a client, a work buffer, the records.
 * 2. Memory does not grow with the answer. A list of any length and a body of any size are read
 *    with the same work buffer; what is not needed is dropped as it streams by.
 * 3. Nothing waits inside amp_step: it does what it can and returns (a public-key step of a TLS
 *    handshake may compute for long: it never waits, it is not always fast). Calls that wait
 *    are a loop over it. One absolute deadline covers DNS, TCP, TLS, request and body, and a
 *    cancel flag may be set from another task or an interrupt.
 * 4. Strict in what is read: RFC 8259 JSON (UTF-8, no duplicate of a wanted member, nothing
 *    after the value, bounded depth), RFC 9112 framing. A record is delivered whole or not at
 *    all. Text that identifies is never cut: too long is an error that names the field. Text
 *    that describes is cut at a character and flagged. A problem document is read leniently: a
 *    member that cannot be read counts as absent (RFC 9457, section 3.1).
 * 5. Secure with no choice to be otherwise: the peer's chain and host name are always checked,
 *    TLS 1.2 at least, redirects are never followed, credentials found in answers never reach a
 *    buffer that outlives the feed, secrets are wiped after use and appear in no log, error
 *    text or URL.
 * 6. Every failure says where (stage), what (one status), how much was missing (need), and
 *    carries the service's problem document when there is one. The first error sticks until the
 *    next request is started or amp_reset is called.
 * 7. A request that may have taken effect is never sent twice by the library.
 * 8. Same sources, same results on Cortex-M0+, RISC-V, Xtensa, x86, either endianness.
 *
 * Rules for the caller
 * - Pointers are not NULL unless a comment says that they may be.
 * - A client and its port are used from one task at a time; different clients from any. Over TLS the
 *   latter takes an mbedTLS that was built with MBEDTLS_THREADING_C: what a program has of it once, an
 *   arena and the keys of PSA, is not guarded without.
 * - What a call is given stays the caller's. How long it must stay in place is said there. */
#ifndef AMPERSAND_AMPERSAND_H
#define AMPERSAND_AMPERSAND_H

#include "abi.h"
#include "client.h"
#include "config.h"
#include "connect.h"
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

/* SPDX-License-Identifier: MIT */
/* The primitives of the proofs. An uninitialised local object has any value of its type. A static object is
 * zero until set_any(). */
#ifndef AMP_TEST_PROOF_H
#define AMP_TEST_PROOF_H

#include <stddef.h>
#include <stdint.h>

void __CPROVER_assume(_Bool condition);
void __CPROVER_assert(_Bool condition, const char *what);
void __CPROVER_havoc_object(void *object);

#define assume(condition) __CPROVER_assume(condition)
#define set_any(object) __CPROVER_havoc_object(&(object))
#define prove(condition) __CPROVER_assert(condition, #condition)

#endif

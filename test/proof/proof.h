/* SPDX-License-Identifier: MIT */
/* The vocabulary of the proofs. An object without an initialiser has any value of its type. */
#ifndef AMP_TEST_PROOF_H
#define AMP_TEST_PROOF_H

#include <stddef.h>
#include <stdint.h>

void __CPROVER_assume(_Bool condition);
void __CPROVER_assert(_Bool condition, const char *what);

#define assume(condition) __CPROVER_assume(condition)
#define prove(condition) __CPROVER_assert(condition, #condition)

#endif

#!/bin/sh
# SPDX-License-Identifier: MIT
# Mutation testing: changes the library in one place at a time, like a programmer's mistake, and runs the unit
# and TLS tests on it. A mutant that passes all tests shows a rule that no test checks. Fails if a survivor is
# not listed with its reason in survivors.txt.
#
#   sh test/mutation/run.sh                a sample: the same mutants first in each run, as many as fit into
#                                          AMPERSAND_MUTATION_SECONDS (120, the preparation included)
#   sh test/mutation/run.sh FILE...        every mutant of these files of src/
#   sh test/mutation/run.sh --all          every mutant: hours
#   sh test/mutation/run.sh --count N [FILE...]   the first N of the sample; the test command tries 40
#   sh test/mutation/run.sh --skip N --count N    those of the sample after the first N
#   sh test/mutation/run.sh --match TEXT [FILE...]  those whose line in survivors.txt has this text
#
# Other options: --jobs N, --list (prints the mutants, runs nothing). A mutant is not counted if it does not
# compile, or compiles to the same code as the original. A mutant that survives the tests as shipped also runs
# with AddressSanitizer and UndefinedBehaviorSanitizer. Uses the build trees of the parts "shipped" and
# "sanitize".
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
mkdir -p "${AMPERSAND_BUILD:-build}"
build=$(cd "${AMPERSAND_BUILD:-build}" && pwd)
export PYTHONDONTWRITEBYTECODE=1

need_build
need "$(has_header cmocka.h)" libcmocka-dev
need "$(has_header openssl/ssl.h)" libssl-dev
need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev
need 'command -v python3' python3
exec python3 test/mutation/run.py "$build" "$@"

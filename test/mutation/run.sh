#!/bin/sh
# SPDX-License-Identifier: MIT
# Mutation testing: changes the library in one place at a time, as a mistake would, and runs the unit and TLS tests on it. A
# mutant that passes them all is a rule that no test holds. Fails at a survivor that survivors.txt does not list with its
# reason.
#
#   sh test/mutation/run.sh                a sample: the same mutants first in each run, as many as fit into
#                                          AMPERSAND_MUTATION_SECONDS (120, the preparation included)
#   sh test/mutation/run.sh FILE...        every mutant of these files of src/
#   sh test/mutation/run.sh --all          every mutant: hours
#   sh test/mutation/run.sh --count N [FILE...]   the first N of the sample; the test command tries 60
#
#   sh test/mutation/run.sh --match TEXT [FILE...]  those whose line in survivors.txt has this text
#
# Other options: --jobs N, --list (prints the mutants, runs nothing). A mutant is not counted if it does not compile, or
# compiles to the same code as the original. A mutant that the tests as shipped do not find is tried with
# AddressSanitizer and UndefinedBehaviorSanitizer. Uses the build trees of the parts "shipped" and "sanitize".
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

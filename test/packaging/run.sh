#!/bin/sh
# SPDX-License-Identifier: MIT
# Gets the library in each of the ways that its users do, from scratch, and runs what they would.
#
#   sh test/packaging/run.sh             all parts
#   sh test/packaging/run.sh cmake deb   some: the files of test/packaging/parts/
#
# A part that lacks what cannot be installed here says so and is counted as skipped. Everything is
# built below build/packaging (or $AMPERSAND_BUILD/packaging).
set -eu
cd "$(dirname "$0")/../.."
. tools/parts.sh
[ $# -gt 0 ] || set -- versions cmake platformio esp-idf zephyr deb port pages reference
run_parts packaging "$@"

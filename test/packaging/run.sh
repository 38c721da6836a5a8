#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the library in each way that users do, from scratch, and runs the commands that users would run.
#
#   sh test/packaging/run.sh             all parts
#   sh test/packaging/run.sh cmake deb   only some: the files of test/packaging/parts/
#
# A part prints a message and counts as skipped if its tools cannot be installed here. Everything is built
# below build/packaging (or $AMPERSAND_BUILD/packaging).
set -eu
cd "$(dirname "$0")/../.."
. tools/parts.sh
[ $# -gt 0 ] || set -- versions cmake platformio esp-idf zephyr deb port pages reference
run_parts packaging "$@"

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
parts=${*:-versions cmake platformio esp-idf zephyr deb port reference}
mkdir -p "${AMPERSAND_BUILD:-build}/packaging"
out=$(cd "${AMPERSAND_BUILD:-build}/packaging" && pwd)
export out
passed=0 failed=0 skipped=0
for part in $parts; do
    [ -f "test/packaging/parts/$part.sh" ] || { echo "no such part: $part" >&2; exit 2; }
    echo "-- $part"
    result=0
    sh -eu "test/packaging/parts/$part.sh" || result=$?
    case $result in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *)
        failed=$((failed + 1))
        echo "FAILED packaging: $part" >&2
        ;;
    esac
done
echo "packaging: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

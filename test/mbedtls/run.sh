#!/bin/sh
# SPDX-License-Identifier: MIT
# The unit and end-to-end tests over mbedTLS 3.6, built from Debian trixie's source package.
#
# Skipped, by name, where Debian's sources cannot be had and no earlier run has left them.
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
build=$(mkdir -p "${AMPERSAND_BUILD:-build}/mbedtls-3.6" && cd "${AMPERSAND_BUILD:-build}/mbedtls-3.6" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)

skip() {
    echo "SKIPPED mbedTLS 3.6: $1"
    exit 0
}

if [ ! -f "$build/install/include/mbedtls/version.h" ]; then
    debian_source trixie mbedtls 'mbedtls_3.6*.orig.tar.*' "$build" || skip "$debian_source_why"
    echo "building mbedTLS 3.6"
    { cmake -S "$build/mbedtls" -B "$build/objects" -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF -DGEN_FILES=OFF \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$build/install" &&
        cmake --build "$build/objects" -j "$jobs" && cmake --install "$build/objects"; } > "$build/build.log" 2>&1 ||
        { tail -n 30 "$build/build.log" >&2; exit 1; }
fi

{ cmake -S . -B "$build/ampersand" -DCMAKE_PREFIX_PATH="$build/install" -DAMPERSAND_WERROR=ON \
    -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON &&
    cmake --build "$build/ampersand" -j "$jobs"; } > "$build/ampersand.log" 2>&1 ||
    { tail -n 40 "$build/ampersand.log" >&2; exit 1; }
grep -q 'MBEDTLS_VERSION_NUMBER *0x0306' "$build/install/include/mbedtls/build_info.h"
ctest --test-dir "$build/ampersand" -LE once -j "$jobs" --output-on-failure

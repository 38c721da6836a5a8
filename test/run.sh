#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds and runs the tests, installing what they need and is missing.
#
#   sh test/run.sh        all of them
#   sh test/run.sh fast   the unit tests and checks alone, under a minute
#
# Everything is built below build/ (or $AMPERSAND_BUILD).
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}
what=${1:-all}
jobs=$(nproc 2> /dev/null || echo 2)

need_build
need_sandbox
need "$(has_header cmocka.h)" libcmocka-dev
need "$(has_header openssl/ssl.h)" libssl-dev
need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev
need 'command -v c++' g++

# configure_and_build FOLDER OPTION...
configure_and_build() {
    folder=$1
    shift
    mkdir -p "$folder"
    cmake -S . -B "$folder" -DAMPERSAND_WERROR=ON -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON "$@" \
        > "$folder/build.log" 2>&1 && cmake --build "$folder" -j "$jobs" >> "$folder/build.log" 2>&1 && return 0
    tail -n 40 "$folder/build.log" >&2
    echo "the build failed: $folder/build.log" >&2
    return 1
}

if [ "$what" = fast ]; then
    configure_and_build "$build"
    exec ctest --test-dir "$build" -L fast -j "$jobs" --output-on-failure
fi

need 'command -v clang' clang
need 'command -v valgrind' valgrind
need 'command -v zbarimg' zbar-tools
configure_and_build "$build"
configure_and_build "$build/sanitize" -DAMPERSAND_SANITIZE=ON -DCMAKE_BUILD_TYPE=Debug
configure_and_build "$build/clang" -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=MinSizeRel
echo "== as it is shipped"
ctest --test-dir "$build" -j "$jobs" --output-on-failure
echo "== with AddressSanitizer and UndefinedBehaviorSanitizer"
ctest --test-dir "$build/sanitize" -LE once -j "$jobs" --output-on-failure
echo "== by clang, for size, as firmware is: without the short cuts"
ctest --test-dir "$build/clang" -L fast -LE once -j "$jobs" --output-on-failure
echo "== with four other builds of mbedTLS: 3.6 as it is packaged; 2.28 and 3.6 small and 3.6 standard, from source"
sh test/mbedtls/run.sh
echo "== in each of the ways that users get it"
sh test/packaging/run.sh
echo "== coverage of branches and conditions"
sh test/coverage/run.sh
echo "== by libFuzzer"
sh test/fuzz/run.sh
echo "== by proof, for every value that there is"
sh test/proof/run.sh
echo "== on other instruction sets"
sh test/targets/run.sh
echo "== as firmware, in an emulator"
sh test/firmware/run.sh
echo "== budgets"
sh test/bench/run.sh --check
echo "== budgets of TLS"
sh test/bench/tls.sh --check

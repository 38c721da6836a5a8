#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the analyzers that no other part runs:
#   analyzer  gcc's -fanalyzer over the library, the ports and the command line client
#   threads   clients in several threads under ThreadSanitizer
# and by hand, because they take minutes:
#   memcheck  valgrind over a TLS test: neither mbedTLS nor this library reads an uninitialized byte of the other
#   tidy      clang-tidy over the ports and the command line client, with the checks of .clang-tidy
#
#   sh test/analyzers/run.sh          analyzer and threads
#   sh test/analyzers/run.sh NAME...  these
#
# Everything is built below build/analyzers (or $AMPERSAND_BUILD/analyzers).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
root=$(mkdir -p "${AMPERSAND_BUILD:-build}/analyzers" && cd "${AMPERSAND_BUILD:-build}/analyzers" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)

need_build
need "$(has_header cmocka.h)" libcmocka-dev
need "$(has_header openssl/ssl.h)" libssl-dev
need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev

options="-std=c99 -D_POSIX_C_SOURCE=200809L -Iinclude -Iport/posix -Iport/uart -Iport/qrcodegen"

# build NAME COMPILER FLAGS TARGET...
build() {
    build=$root/$1
    compiler=$2
    flags=$3
    shift 3
    mkdir -p "$build"
    { cmake -S . -B "$build" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=None "-DCMAKE_C_FLAGS=$flags" \
        -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON -DAMPERSAND_BUILD_EXAMPLES=OFF &&
        cmake --build "$build" -j "$jobs" --target "$@"; } > "$build/build.log" 2>&1 && return 0
    tail -n 40 "$build/build.log" >&2
    return 1
}

# run PROGRAM...: prints a program's output if it fails
run() {
    for program in "$@"; do
        "$program" > "$program.log" 2>&1 || { tail -n 60 "$program.log" >&2; echo "failed: $program" >&2; return 1; }
    done
}

analyzer() {
    # shellcheck disable=SC2086 # options are words
    find src port/posix port/uart examples/linux -name '*.c' -print0 |
        xargs -0 -P "$jobs" -n 8 sh -c 'for file in "$@"; do gcc '"$options"' -O1 -fanalyzer -Werror -c "$file" -o /dev/null || exit 255; done' analyzer
}

threads() {
    build threads gcc "-O1 -g1 -fsanitize=thread" test_tls_tasks
    run "$root/threads/test/tls/test_tls_tasks"
    ! grep -q SKIPPED "$root/threads/test/tls/test_tls_tasks.log" || echo "SKIPPED threads: this mbedTLS does not support several tasks"
}

memcheck() {
    need 'command -v valgrind' valgrind
    build memcheck gcc "-O1 -g1" test_tls_binding
    valgrind --quiet --error-exitcode=9 --leak-check=no "$root/memcheck/test/tls/test_tls_binding" > "$root/memcheck.log" 2>&1 ||
        { tail -n 60 "$root/memcheck.log" >&2; return 1; }
}

# Excluded checks: memchr() is called without the NUL on purpose. clang-tidy 14 does not follow va_start() in
# another branch.
tidy() {
    need 'command -v clang-tidy-14' clang-tidy-14
    # shellcheck disable=SC2086 # options are words
    find port/posix port/uart examples/linux -name '*.c' -print0 | xargs -0 -P "$jobs" -n 6 sh -c 'clang-tidy-14 --quiet \
        --checks=-bugprone-not-null-terminated-result,-clang-analyzer-valist.Uninitialized \
        --warnings-as-errors="*" "$@" -- '"$options"' 2> /dev/null' tidy
}

[ $# -gt 0 ] || set -- analyzer threads
for part in "$@"; do
    "$part"
    echo "analyzers: $part"
done

#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the analyzers that no other part runs:
#   analyzer  gcc's -fanalyzer over the library, the ports and the command line client
#   threads   clients in several threads under ThreadSanitizer
#   integer   unit and TLS tests over a library that clang's -fsanitize=integer checks: no value changes in an implicit
#             conversion, and unsigned arithmetic wraps only in the functions of wraps.txt
# and by hand, because they take minutes:
#   memcheck  valgrind over a TLS test: neither mbedTLS nor this library reads an uninitialized byte of the other
#   tidy      clang-tidy over the ports and the command line client, with the checks of .clang-tidy
#
#   sh test/analyzers/run.sh          analyzer, threads and integer
#   sh test/analyzers/run.sh NAME...  these
#
# Everything is built below build/analyzers (or $AMPERSAND_BUILD/analyzers).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
root=$(mkdir -p "${AMPERSAND_BUILD:-build}/analyzers" && cd "${AMPERSAND_BUILD:-build}/analyzers" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)

need_build
need_ninja
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

# in_parallel COMMANDS: they run for each "$file" of the paths in standard input.
in_parallel() {
    xargs -P "$jobs" -n 4 sh -c 'for file in "$@"; do name=$(basename "$file" .c); '"$1"' || exit 255; done' in_parallel
}

# Left out are tests that need more than the library, that wait for real timeouts, or that repeat a text or a handshake for
# seconds.
integer_tests() {
    find test/unit -name 'test_*.c' |
        grep -v '/test_posix\|/test_qr\|/test_uart\|/test_own_endpoint\|/test_json_tables\|/test_reader_rows'
    for name in alerts binding bundle chain clock constraints policy refusals resume roots; do
        echo "test/tls/test_tls_$name.c"
    done
}

# Without CMake, whose own work takes as long as all of this. Only the library is checked, so only it is compiled for that.
integer() {
    need 'command -v clang' clang
    wraps=test/analyzers/wraps.txt
    for name in $(sed -n 's/^fun://p' "$wraps"); do
        grep -rqE "(^|[ *])$name\(" src port/posix include || { echo "$wraps: there is no function $name" >&2; return 1; }
    done
    rm -rf "$root/integer"
    mkdir -p "$root/integer/library" "$root/integer/rig"
    checks="-fsanitize=integer -fno-sanitize-recover=all -fsanitize-ignorelist=$wraps"
    find src port/posix -name '*.c' |
        in_parallel "clang $options $checks -O1 -c \$file -o $root/integer/library/\$name.o"
    for name in rig rig_case certs memory; do
        echo "test/tls/$name.c"
    done | in_parallel "clang $options -Isrc -c \$file -o $root/integer/rig/\$name.o"
    ar rcs "$root/integer/library.a" "$root"/integer/rig/*.o "$root"/integer/library/*.o
    libraries="-lcmocka -lmbedtls -lmbedx509 -lmbedcrypto -lssl -lcrypto -lpthread"
    integer_tests | in_parallel "program=$root/integer/\$name
        clang $options -Isrc '-DAMP_TEST_DATA=\"test/data\"' -fsanitize=integer -fsanitize-ignorelist=$wraps \$file \
            $root/integer/library.a $libraries -o \$program && \$program > \$program.log 2>&1 ||
            { tail -n 20 \$program.log >&2; echo \"failed: \$program\" >&2; false; }"
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

[ $# -gt 0 ] || set -- analyzer threads integer
for part in "$@"; do
    "$part"
    echo "analyzers: $part"
done

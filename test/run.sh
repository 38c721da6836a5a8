#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds and runs the tests. Installs missing tools from the system's packages, and names them.
#
#   sh test/run.sh           all parts, two at a time
#   sh test/run.sh fast      only unit tests, TLS tests and checks: less than a minute on two free cores
#   sh test/run.sh NAME...   these parts, or the tests whose names contain NAME; fails when there is none
#
# Parts: shipped, sanitize, clang, lint, analyzers, mbedtls, packaging, coverage, mutation, fuzz, proof, targets,
# firmware, bench, tls, pictures, windows.
# Everything is built below build/ (or $AMPERSAND_BUILD).
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}
jobs=$(nproc 2> /dev/null || echo 2)

# Installs tools and libraries for the tests of the default build.
need_tests() {
    need_build
    need_sandbox
    need "$(has_header cmocka.h)" libcmocka-dev
    need "$(has_header openssl/ssl.h)" libssl-dev
    need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev
    need 'command -v c++' g++
}

need_slow_tests() {
    need 'command -v valgrind' valgrind
    need 'command -v zbarimg' zbar-tools
    need 'command -v groff' groff-base
    need 'command -v zsh' zsh
    need 'command -v fish' fish
}

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

# run_tests FOLDER CTEST-OPTION...
run_tests() {
    folder=$1
    shift
    # Twice as many as processors, because the end-to-end tests often wait for a process or a timer.
    ctest --test-dir "$folder" -j $((2 * jobs)) --output-on-failure --no-tests=error "$@"
}

# Runs one part.
run_part() {
    case $1 in
    shipped)
        echo "== as shipped"
        configure_and_build "$build"
        run_tests "$build"
        ;;
    sanitize)
        echo "== with AddressSanitizer and UndefinedBehaviorSanitizer"
        configure_and_build "$build/sanitize" -DAMPERSAND_SANITIZE=ON -DCMAKE_BUILD_TYPE=Debug \
            -DCMAKE_C_FLAGS_DEBUG="-O1 -g" -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g"
        run_tests "$build/sanitize" -LE once
        ;;
    clang)
        echo "== compiled by clang for size, as firmware is"
        need 'command -v clang' clang
        need 'command -v ninja' ninja-build
        configure_and_build "$build/clang" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=MinSizeRel
        # The part "coverage" runs the TLS tests with clang.
        run_tests "$build/clang" -L fast -LE once -E '^tls\.'
        ;;
    lint)
        echo "== format and static checks"
        sh tools/lint.sh
        ;;
    mbedtls)
        echo "== with four other builds of mbedTLS: 3.6 as packaged; 2.28 and 3.6 small and 3.6 standard, from source"
        sh test/mbedtls/run.sh
        ;;
    packaging)
        echo "== in each of the ways that users get the library"
        sh test/packaging/run.sh
        ;;
    analyzers)
        echo "== by gcc's analyzer, ThreadSanitizer, and clang's checks of integers"
        sh test/analyzers/run.sh
        ;;
    coverage)
        echo "== coverage of branches and conditions"
        sh test/coverage/run.sh
        ;;
    mutation)
        echo "== on mutants of the library"
        sh test/mutation/run.sh --count 40
        ;;
    fuzz)
        echo "== by libFuzzer"
        sh test/fuzz/run.sh
        ;;
    proof)
        echo "== by proof, for every input of bounded size"
        sh test/proof/run.sh
        ;;
    targets)
        echo "== on other instruction sets"
        sh test/targets/run.sh
        ;;
    firmware)
        echo "== as firmware, in an emulator"
        sh test/firmware/run.sh
        ;;
    bench)
        echo "== budgets"
        sh test/bench/run.sh --check
        ;;
    pictures)
        echo "== pictures of the pages"
        sh tools/pictures.sh --check || [ $? -eq 77 ]
        ;;
    windows)
        echo "== on Windows, with Wine"
        sh test/windows/run.sh
        ;;
    tls)
        echo "== budgets of TLS"
        sh test/bench/tls.sh --check
        ;;
    *)
        configure_and_build "$build"
        run_tests "$build" -R "$1"
        ;;
    esac
}

# timed FUNCTION PART...: runs the function. Prints its duration, and the time of processors that this script has used so
# far: user and system.
timed() {
    began=$(date +%s)
    "$@"
    shift
    times > "$build/times"
    echo "-- $*: $(($(date +%s) - began)) s, processors $(tail -n 1 "$build/times")"
}

# run_lane PART...: runs parts one after the other, also after a failure. Prints the output of each when it has ended.
run_lane() {
    failed=
    for part in "$@"; do
        sh test/run.sh "$part" > "$build/$part.part" 2>&1 || failed="$failed $part"
        cat "$build/$part.part"
    done
    [ -z "$failed" ] || { echo "FAILED:$failed" >&2; return 1; }
}

need_tests
if [ "${1:-}" = fast ]; then
    configure_and_build "$build"
    run_tests "$build" -L fast
    exit 0
fi
need_slow_tests
if [ $# -eq 0 ]; then
    timed run_part shipped # alone, because it has the most tests that wait for a timer
    # Two lanes, because no part uses both processors all the time. Mutants need the build of "sanitize" and coverage
    # one of "mbedtls".
    result=0
    run_lane sanitize mutation fuzz proof windows pictures tls &
    run_lane lint clang mbedtls coverage analyzers packaging targets firmware bench || result=$?
    wait "$!" || result=$?
    exit "$result"
fi
for part in "$@"; do
    timed run_part "$part"
done

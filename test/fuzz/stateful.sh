#!/bin/sh
# SPDX-License-Identifier: MIT
# Calls the public interface in random sequences over a port that lies, and compares with a model: see
# stateful.h.
#
#   sh test/fuzz/stateful.sh [CALLS [SEED [BUILD...]]]
#
# Builds: fast (-O2), m32 (32-bit code with AddressSanitizer and UndefinedBehaviorSanitizer), msan
# (MemorySanitizer). The default is 1000000 calls in each build, from seed 1. A life of the model ends after
# several hundred calls, and the next one has the next seed. The same seed repeats a life in every build.
# run.sh adds 64-bit code with the sanitizers, and TLS. Everything is built below build/fuzz (or
# $AMPERSAND_BUILD/fuzz).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}/fuzz
calls=${1:-1000000}
seed=${2:-1}
[ $# -gt 2 ] && shift 2 || set -- fast m32 msan

need_build
mkdir -p "$build"

# lack BUILD WHY: skips the build by name on a desktop, and fails where CI is set.
lack() {
    echo "SKIPPED stateful $1: $2"
    [ -z "${CI:-}" ]
}

# run BUILD COMPILER OPTION...
run() {
    name=$1
    shift
    # TLS is omitted: its libraries exist neither as 32-bit code nor with MemorySanitizer.
    # shellcheck disable=SC2046 # one word for each source
    "$@" -std=c99 -D_POSIX_C_SOURCE=200809L -DSTATEFUL_MAIN -DSTATEFUL_TLS=0 -g -Wall -Wextra -Wconversion -Wshadow -Werror \
        -Iinclude -Isrc $(find src -name '*.c' -not -path 'src/tls/*') test/fuzz/fuzz_stateful.c -o "$build/stateful_$name"
    printf '%s: ' "stateful $name"
    ASAN_OPTIONS=abort_on_error=1:detect_leaks=1 UBSAN_OPTIONS=abort_on_error=1 MSAN_OPTIONS=abort_on_error=1 \
        "$build/stateful_$name" "$calls" "$seed"
}

for kind in "$@"; do
    case $kind in
    fast)
        run fast cc -O2
        ;;
    m32)
        # Names the package of one version, because gcc-multilib for the default version conflicts with cross
        # compilers.
        if [ "$(uname -m)" = x86_64 ] && need 'echo "int main(void) { return 0; }" |
            gcc -m32 -fsanitize=address,undefined -xc - -o /dev/null' "gcc-$(gcc -dumpversion)-multilib"; then
            run m32 gcc -m32 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
        else
            lack m32 "no compiler for 32-bit code"
        fi
        ;;
    msan)
        need 'echo "int main(void) { return 0; }" | clang-19 -fsanitize=memory -xc - -o /dev/null' clang-19 libclang-rt-19-dev
        run msan clang-19 -O1 -fsanitize=memory -fno-sanitize-recover=all
        ;;
    *)
        echo "no build: $kind" >&2
        exit 2
        ;;
    esac
done

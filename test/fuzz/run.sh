#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes the library with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   sh test/fuzz/run.sh             runs all targets: 10 s for each target that reads a peer's bytes and for
#                                   fuzz_stateful, the same few inputs each time for the others. Then runs
#                                   stateful.sh: the model of fuzz_stateful in other builds
#   sh test/fuzz/run.sh TARGET...   runs only these: fuzz_reader, fuzz_client ...
#
# AMPERSAND_FUZZ_SECONDS=N searches for new inputs for N seconds in each target. New inputs are kept in
# build/fuzz/corpus, and failing inputs in build/fuzz/found. A run starts with the output of seeds.py and with
# corpus/. The latter has inputs from long runs; each covers code that no other input covers. Everything is
# built below build/fuzz (or $AMPERSAND_BUILD/fuzz).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}/fuzz
export PYTHONDONTWRITEBYTECODE=1

need_build
need_ninja
need 'command -v python3' python3
need 'echo "int LLVMFuzzerTestOneInput(const char *data, unsigned long size) { return !data || size; }" |
    clang-19 -fsanitize=fuzzer,address -xc - -o /dev/null' clang-19 libclang-rt-19-dev

mkdir -p "$build/found"
if ! { cmake -S test/fuzz -B "$build" -DCMAKE_C_COMPILER=clang-19 && cmake --build "$build" -j 2; } > "$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    echo "the build failed: $build/build.log" >&2
    exit 1
fi
rm -rf "$build/seeds"
python3 test/fuzz/seeds.py "$build/seeds"
python3 test/fuzz/differential.py "$build/verdicts"

# The longest targets first, so that the end of the run uses all processors.
first="fuzz_client fuzz_reader fuzz_response fuzz_stateful"
all=$#
# shellcheck disable=SC2046,SC2086 # one word for each target
[ "$#" -gt 0 ] || set -- $first \
    $(cd test/fuzz && ls fuzz_*.c | sed 's/\.c$//' | grep -v -x -F "$(printf '%s\n' $first)")
printf '%s\n' "$@" | xargs -P "$(nproc 2> /dev/null || echo 2)" -n 1 sh test/fuzz/one.sh "$build"
[ "$all" -gt 0 ] || sh test/fuzz/stateful.sh 150000 1 m32 msan

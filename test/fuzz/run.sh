#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes the library with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   sh test/fuzz/run.sh             all targets: 10 s for each of those that read what a peer sends and for
#                                   fuzz_stateful, the same few inputs each time for the others; then
#                                   stateful.sh, which runs the model of fuzz_stateful in other builds
#   sh test/fuzz/run.sh TARGET...   these alone: fuzz_reader, fuzz_client ...
#
# AMPERSAND_FUZZ_SECONDS=N looks for new inputs that long in each target; what it learns stays in
# build/fuzz/corpus, what breaks something is left in build/fuzz/found. A run begins from what seeds.py
# writes, and from corpus/: inputs found by long runs, each for a way through the code that no other takes.
# Everything is built below build/fuzz (or $AMPERSAND_BUILD/fuzz).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}/fuzz
export PYTHONDONTWRITEBYTECODE=1

need_build
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

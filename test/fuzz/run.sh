#!/bin/sh
# SPDX-License-Identifier: MIT
# Fuzzes the library with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   sh test/fuzz/run.sh             a short run, the same inputs each time
#   sh test/fuzz/run.sh TARGET...   of these alone: fuzz_reader, fuzz_client …
#
# AMPERSAND_FUZZ_SECONDS=N looks for new inputs that long in each target; what it learns stays in
# build/fuzz/corpus, what breaks something is left in build/fuzz/found.
# Everything is built below build/fuzz (or $AMPERSAND_BUILD/fuzz).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}/fuzz
seconds=${AMPERSAND_FUZZ_SECONDS:-0}
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

# runs_of TARGET: how many inputs a short run tries, for some seconds each.
runs_of() {
    case $1 in
    fuzz_client) echo 15000 ;;
    fuzz_secret_file | fuzz_session) echo 10000 ;;
    fuzz_reader) echo 40000 ;;
    *) echo 60000 ;;
    esac
}

[ "$#" -gt 0 ] || set -- $(cd test/fuzz && ls fuzz_*.c | sed 's/\.c$//')
for target in "$@"; do
    seeds=$build/seeds/$target
    corpus=$build/corpus/$target
    how="-max_total_time=$seconds"
    if [ "$seconds" -eq 0 ]; then
        corpus=$build/short/$target
        rm -rf "$corpus"
        how="-runs=$(runs_of "$target") -seed=1"
    fi
    mkdir -p "$corpus"
    if ! "$build/$target" $how -max_len=4096 -timeout=20 -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
        "$corpus" "$seeds" > "$build/$target.log" 2>&1; then
        grep -E 'does not hold|runtime error|ERROR|SUMMARY|Test unit' "$build/$target.log" >&2 || tail -n 20 "$build/$target.log" >&2
        echo "$target broke something: $build/$target.log" >&2
        exit 1
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
    # A target whose seeds do not reach far has lost its format.
    [ "$runs" -gt "$(ls "$seeds" | wc -l)" ] || { echo "$target ran $runs inputs" >&2; exit 1; }
    echo "$target: $runs inputs, $(ls "$corpus" | wc -l) of them led to something new"
done

#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs one fuzz target that run.sh has built: one.sh BUILD TARGET
set -eu
build=$1
target=$2
here=$(dirname "$0")
learnt=$build/short/$target
case $target in
fuzz_client | fuzz_reader | fuzz_response | fuzz_stateful) limit=-max_total_time=10 ;;
fuzz_secret_file | fuzz_session) limit=-runs=10000 ;;
*) limit=-runs=60000 ;;
esac
if [ "${AMPERSAND_FUZZ_SECONDS:-0}" -gt 0 ]; then
    learnt=$build/corpus/$target
    limit=-max_total_time=$AMPERSAND_FUZZ_SECONDS
else
    rm -rf "$learnt"
    limit="$limit -seed=1"
fi
mkdir -p "$learnt"
set -- "$build/seeds/$target"
[ ! -d "$here/corpus/$target" ] || set -- "$@" "$here/corpus/$target"
if ! "$build/$target" $limit -max_len=4096 -timeout=20 -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
    "$learnt" "$@" > "$build/$target.log" 2>&1; then
    grep -E 'does not hold|runtime error|ERROR|SUMMARY|Test unit' "$build/$target.log" >&2 ||
        tail -n 20 "$build/$target.log" >&2
    echo "$target failed: $build/$target.log" >&2
    exit 1
fi
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
# The seeds must reach more code. Otherwise their format is out of date.
[ "$runs" -gt "$(find "$@" -type f | wc -l)" ] || {
    echo "$target ran $runs inputs" >&2
    exit 1
}
echo "$target: $runs inputs, $(ls "$learnt" | wc -l) of them reached new code"

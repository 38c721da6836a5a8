#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares the library's reader with Python's json, with a second reader by schema tables, and with results of
# the previous reader: see differential.py. The library is built as in run.sh: for speed and for size, with
# sanitizers.
#
#   sh test/fuzz/differential.sh                 as many texts as run.sh compares
#   sh test/fuzz/differential.sh COUNT [SEED]    COUNT texts for each of the first two: 1000000 take an hour
#   sh test/fuzz/differential.sh --write         writes the results of this library into recorded.txt
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=${AMPERSAND_BUILD:-build}/fuzz
export PYTHONDONTWRITEBYTECODE=1

need_build
need_ninja
need 'command -v python3' python3
need 'command -v clang-19' clang-19 libclang-rt-19-dev
mkdir -p "$build"
if ! { cmake -S test/fuzz -B "$build" -DCMAKE_C_COMPILER=clang-19 &&
    cmake --build "$build" -j 2 --target verdicts; } > "$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    exit 1
fi
exec python3 test/fuzz/differential.py "$build/verdicts" "$@"

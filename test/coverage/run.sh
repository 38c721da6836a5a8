#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the branches and conditions of src/ that the tests cover, with clang's source-based coverage and MC/DC, and
# compares them with the floors of floors.py.
#
#   sh test/coverage/run.sh           prints a line for each file, and fails below a floor
#   sh test/coverage/run.sh --lines   also lists the branches that are never taken
#
# Runs the unit tests, the TLS tests and two tests of the command line client.
# Everything is built below build/coverage (or $AMPERSAND_BUILD/coverage).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=$(mkdir -p "${AMPERSAND_BUILD:-build}/coverage" && cd "${AMPERSAND_BUILD:-build}/coverage" && pwd)
export PYTHONDONTWRITEBYTECODE=1

need_build
need_sandbox
need "$(has_header cmocka.h)" libcmocka-dev
need 'command -v clang-19 && command -v llvm-cov-19 &&
    echo "int main(void) { return 0; }" | clang-19 -fprofile-instr-generate -xc - -o /dev/null' \
    clang-19 llvm-19 libclang-rt-19-dev

# clang 19 does not measure MC/DC of nested conditions, and warns; -Wno-everything silences that.
flags="-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -Wno-everything"
if ! { cmake -S . -B "$build" -DCMAKE_C_COMPILER=clang-19 -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_C_FLAGS=$flags" \
    -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON && cmake --build "$build" -j 2; } > "$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    echo "the build failed: $build/build.log" >&2
    exit 1
fi

rm -rf "$build/profiles"
if ! LLVM_PROFILE_FILE="$build/profiles/%p.profraw" ctest --test-dir "$build" -j 4 --output-on-failure \
    -R '^unit\.|^tls\.|^e2e\.test_(tls|session)$' > "$build/tests.log" 2>&1; then
    tail -n 30 "$build/tests.log" >&2
    exit 1
fi
llvm-profdata-19 merge -sparse "$build"/profiles/*.profraw -o "$build/all.profdata"

# A program that links the whole library, so that files which no test links are measured, too.
echo 'int main(void) { return 0; }' > "$build/whole.c"
clang-19 -fprofile-instr-generate "$build/whole.c" -Wl,--whole-archive "$build/libampersand.a" -Wl,--no-whole-archive \
    -lmbedtls -lmbedx509 -lmbedcrypto -lpthread -o "$build/whole"
objects=
for program in "$build"/ampersand "$build"/test/test_* "$build"/test/tls/test_*; do
    [ ! -f "$program" ] || objects="$objects -object=$program"
done
llvm-cov-19 export -instr-profile="$build/all.profdata" "$build/whole" $objects src/*/*.c 2> "$build/export.log" \
    > "$build/coverage.json" || { cat "$build/export.log" >&2; exit 1; }
python3 test/coverage/floors.py "$build/coverage.json" "$@"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the branches and conditions of src/ that the tests cover, with clang's source-based coverage and
# MC/DC. Each one must be covered by at least one build, or be listed with a reason in unreached.py.
#
#   sh test/coverage/run.sh           prints a line for each file, and fails when one is neither covered nor listed
#   sh test/coverage/run.sh --all     also lists those that unreached.py has
#
# Runs the unit tests, the TLS tests and two tests of the command line client over this system's mbedTLS; and
# the TLS tests over mbedTLS 3.6 with port/mbedtls/config-standard.h, for TLS 1.3, PSA and the arena. The
# second build is skipped by name where its source cannot be downloaded. Then the files of src/tls/ are not
# compared. Everything is built below build/coverage (or $AMPERSAND_BUILD/coverage).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
root=$(mkdir -p "${AMPERSAND_BUILD:-build}/coverage" && cd "${AMPERSAND_BUILD:-build}" && pwd)
export PYTHONDONTWRITEBYTECODE=1

need_build
need_ninja
need_sandbox
need "$(has_header cmocka.h)" libcmocka-dev
need 'command -v clang-19 && command -v llvm-cov-19 &&
    echo "int main(void) { return 0; }" | clang-19 -fprofile-instr-generate -xc - -o /dev/null' \
    clang-19 llvm-19 libclang-rt-19-dev

# clang 19 does not measure MC/DC of nested conditions, and warns; -Wno-everything silences that.
flags="-O1 -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -Wno-everything"

# names FILE...: prints the targets of these sources
names() {
    for source in "$@"; do
        basename "$source" .c
    done
}

# measure NAME FLAGS TESTS MBEDTLS-FOLDER TARGET...: writes $root/coverage/NAME.json
# Excludes test_tls_secrets, whose search of all memory would take most of the time of an instrumented build.
measure() {
    build=$root/coverage/$1
    mkdir -p "$build"
    name=$1
    more=$2
    tests=$3
    installed=$4
    shift 4
    if ! { cmake -S . -B "$build" -DCMAKE_C_COMPILER=clang-19 -DCMAKE_BUILD_TYPE=None "-DCMAKE_C_FLAGS=$flags $more" \
        -DCMAKE_PREFIX_PATH="$installed" -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON -DAMPERSAND_BUILD_EXAMPLES=OFF &&
        cmake --build "$build" -j 2 --target "$@"; } > "$build/build.log" 2>&1; then
        tail -n 40 "$build/build.log" >&2
        echo "the build failed: $build/build.log" >&2
        exit 1
    fi
    rm -rf "$build/profiles"
    if ! LLVM_PROFILE_FILE="$build/profiles/%p.profraw" ctest --test-dir "$build" -j 4 --output-on-failure \
        -R "$tests" -E '^unit\.test_arduino$|^tls\.test_tls_secrets$' > "$build/tests.log" 2>&1; then
        tail -n 30 "$build/tests.log" >&2
        exit 1
    fi
    llvm-profdata-19 merge -sparse "$build"/profiles/*.profraw -o "$build/all.profdata"
    # Links a program with the whole library, so that files which no test links are measured, too.
    echo 'int main(void) { return 0; }' > "$build/whole.c"
    clang-19 -fprofile-instr-generate "$build/whole.c" -Wl,--whole-archive "$build/libampersand.a" -Wl,--no-whole-archive \
        ${installed:+"-L$installed/lib"} -lmbedtls -lmbedx509 -lmbedcrypto -lpthread -o "$build/whole"
    objects=
    for program in "$build"/ampersand "$build"/test/test_* "$build"/test/tls/test_*; do
        [ ! -f "$program" ] || objects="$objects -object=$program"
    done
    llvm-cov-19 export -instr-profile="$build/all.profdata" "$build/whole" $objects src/*/*.c 2> "$build/export.log" \
        > "$root/coverage/$name.json" || { cat "$build/export.log" >&2; exit 1; }
}

# shellcheck disable=SC2046 # one word for each target
measure system "" '^unit\.|^tls\.|^e2e\.test_(tls|session)$' "" ampersand_cli $(names test/unit/test_*.c test/tls/test_*.c)
sh test/mbedtls/run.sh --install 3.6-standard
installed=$root/mbedtls-3.6-standard/install
standard=
if [ -f "$installed/lib/libmbedtls.a" ]; then
    # shellcheck disable=SC2046 # one word for each target
    measure standard "-I$(pwd)/port/mbedtls -DMBEDTLS_CONFIG_FILE='\"config-standard.h\"'" '^tls\.' "$installed" \
        $(names test/tls/test_*.c)
    standard=$root/coverage/standard.json
fi
python3 test/coverage/floors.py "$@" "$root/coverage/system.json" $standard

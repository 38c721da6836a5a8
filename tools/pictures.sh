#!/bin/sh
# SPDX-License-Identifier: MIT
# Draws the pictures of the pages: captures of the command line client against the sandbox, plots of the measured
# tables in docs/costs.md, and the layers.
#
#   sh tools/pictures.sh           draws all of them into docs/pictures
#   sh tools/pictures.sh --check   exit status 1 when docs/pictures shows other figures or texts; 77 when PyPI has no tools
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
. tools/sandbox.sh
need_build
need_ninja
need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev
need 'python3 -c "import venv, ensurepip"' python3 python3-venv
build=${AMPERSAND_BUILD:-build}/pictures
mkdir -p "$build"
{ cmake -S . -B "$build" -DAMPERSAND_BUILD_TESTS=OFF && cmake --build "$build" -j 2; } > "$build/build.log" 2>&1 ||
    { tail -n 30 "$build/build.log" >&2; exit 1; }
${CC:-cc} -std=c99 -O2 -Iinclude test/bench/crowd.c "$build/libampersand.a" -o "$build/crowd"
if ! cmp -s tools/pictures/requirements.txt "$build/venv/has"; then
    python3 -m venv "$build/venv"
    "$build/venv/bin/pip" install --disable-pip-version-check -q -r tools/pictures/requirements.txt > "$build/venv.log" 2>&1 ||
        { echo "SKIPPED pictures: PyPI has no matplotlib or rich here ($build/venv.log)"; exit 77; }
    cp tools/pictures/requirements.txt "$build/venv/has"
fi
dir=$(mktemp -d)
trap 'exec 9>&-; wait "$sandbox_pid" 2> /dev/null; rm -rf "$dir"' EXIT
start_sandbox "$dir"
AMPERSAND_CLI=$build/ampersand AMPERSAND_CROWD=$build/crowd MPLCONFIGDIR=$dir \
    "$build/venv/bin/python" tools/pictures/pictures.py "$@"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Static checks: clang-format, clang-tidy over the library, shellcheck over scripts, ruff over Python.
#
#   sh tools/lint.sh                all of them
#   sh tools/lint.sh format|tidy|shell|python
#
# ruff comes from PyPI; without a way to install it, its part is skipped by name. The others come from
# the system's package manager.
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
jobs=$(nproc 2> /dev/null || echo 2)
build=${AMPERSAND_BUILD:-build}

lint_format() {
    sh tools/format.sh --check
}

# One process for each file, because clang-tidy checks one translation unit at a time.
lint_tidy() {
    need 'command -v clang-tidy-14' clang-tidy-14
    find src -name '*.c' -print0 | xargs -0 -P "$jobs" -n 4 \
        sh -c 'clang-tidy-14 --quiet --warnings-as-errors="*" "$@" -- -std=c99 -Iinclude 2> /dev/null' tidy
}

# A sourced file sets and reads variables of the file that sources it, which SC2034 and SC2154 cannot follow.
# SC2086: options are split on purpose. SC2016: quoted programs of awk and sh are not expanded here.
lint_shell() {
    need 'command -v shellcheck' shellcheck
    find . -name '*.sh' -not -path "./build*" -print0 | xargs -0 \
        shellcheck --shell=sh --severity=warning --exclude=SC2034,SC2154
}

lint_python() {
    ruff=$build/lint/bin/ruff
    if [ ! -x "$ruff" ]; then
        need 'python3 -c "import venv, ensurepip"' python3 python3-venv
        mkdir -p "$build"
        python3 -m venv "$build/lint" && "$build/lint/bin/pip" --quiet install 'ruff>=0.5' > "$build/lint.log" 2>&1 ||
            { echo "SKIPPED ruff: it could not be installed from PyPI"; return 0; }
    fi
    "$ruff" check --quiet --select E,F,W,B,PLE --line-length 130 test tools docs cmake
}

[ $# -gt 0 ] || set -- format tidy shell python
for part in "$@"; do
    "lint_$part"
    echo "lint: $part"
done

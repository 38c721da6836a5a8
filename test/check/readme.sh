#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles every C block of README.md and docs/recipes.md unchanged and without warnings. Links and runs the
# README's program. test/e2e/test_recipes.py runs the recipes.
# usage: readme.sh PROJECT LIBRARY.a [mbedTLS library folder]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk -v dir="$dir" '/^```c$/ { ++n; inside = 1; next } /^```$/ { inside = 0 }
    inside { print > (dir "/block" n ".c") }' "$1/README.md" "$1/docs/recipes.md"
compile="${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror ${CFLAGS:-}"
compile="$compile -I$1/include -I$1/port/posix -I$1/port/qrcodegen"
program=
blocks=0
for block in "$dir"/block*.c; do
    blocks=$((blocks + 1))
    $compile -c "$block" -o "$dir/block.o"
    ! grep -q '^int main' "$block" || program=$block
done
[ -n "$program" ] && [ "$blocks" -gt 3 ] || { echo "the pages have $blocks blocks of C" >&2; exit 1; }
$compile "$program" "$2" ${3:+-L"$3"} -lmbedtls -lmbedx509 -lmbedcrypto -o "$dir/readme"
# Without a key the program must refuse to run and name the reason, as in a first run. Without an installed
# bundle of authorities it names that instead.
if AMP_PROJECT='' AMP_API_KEY='' "$dir/readme" > "$dir/out" 2>&1; then
    echo "the program did not refuse to run without a key" >&2
    exit 1
fi
grep -Eq 'configuration cannot work|trust anchors cannot be read' "$dir/out" || { cat "$dir/out" >&2; exit 1; }
# The memory port of docs/testing.md replays its responses.
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1/docs/testing.md" > "$dir/testing.c"
$compile "$dir/testing.c" "$2" -o "$dir/testing"
"$dir/testing"
echo "$blocks blocks of C"

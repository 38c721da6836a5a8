#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares the symbols that the library exports with abi.txt. Each must begin with amp_. A shared library
# exports the same symbols: everything that is not AMP_PUBLIC is hidden.
# usage: abi.sh PROJECT LIBRARY.a|LIBRARY.so [--write]
set -eu
list=$1/test/check/abi.txt
case $2 in
*.so*) symbols="--dyn-syms" ;;
*) symbols="--syms" ;;
esac
found=$(readelf "$symbols" --wide "$2" |
    awk '($5 == "GLOBAL" || $5 == "WEAK") && $6 == "DEFAULT" && $7 != "UND" { print ($4 == "FUNC" ? "T" : "D"), $8 }' |
    LC_ALL=C sort -u)
[ "${3:-}" != --write ] || echo "$found" > "$list"
if ! echo "$found" | LC_ALL=C diff -u "$list" -; then
    echo "the library's public names changed. If that is intended: sh test/check/abi.sh . $2 --write" >&2
    exit 1
fi
count=$(echo "$found" | grep -c ' amp_') || true
[ "$count" -gt 20 ] && [ "$count" = "$(wc -l < "$list")" ] || { echo "$count of $(wc -l < "$list") begin with amp_" >&2; exit 1; }
echo "$count public names"

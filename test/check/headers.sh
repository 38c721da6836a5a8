#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles each public header by itself and twice, as C and as C++, in the oldest and newest dialects of its
# users.
# usage: headers.sh PROJECT
set -eu
project=$(cd "$1" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
warn="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only"
checked=0
for header in "$project"/include/ampersand/*.h "$project"/port/*/amp_*.h; do
    checked=$((checked + 1))
    printf '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' "$header" "$header" > "$dir/$checked.c"
    cp "$dir/$checked.c" "$dir/$checked.cc"
done
# One call of the compiler compiles all headers, each by itself.
for std in c99 gnu99 gnu17 gnu2x; do
    ${CC:-cc} -std=$std $warn -I"$project/include" "$dir"/*.c
done
for std in c++11 c++20 gnu++20; do
    ${CXX:-c++} -std=$std $warn -I"$project/include" "$dir"/*.cc
done
[ "$checked" -gt 8 ]
echo "$checked headers, 4 dialects of C and 3 of C++"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes a header that renames every symbol that the objects define, by adding a prefix. A second build of the
# same sources can then be linked next to them.
# usage: names.sh OUT.h OBJECT...
set -eu
out=$1
shift
nm --defined-only --extern-only "$@" |
    awk 'NF == 3 && $3 ~ /^amp_/ { print "#define " $3 " small_" $3 }' | sort -u > "$out"
[ "$(wc -l < "$out")" -gt 50 ] || { echo "nm listed too few names" >&2; exit 1; }

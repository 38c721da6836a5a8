#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes a header that gives every name the objects define a prefix, so that a second build of the
# same sources can be linked beside them.
# usage: names.sh OUT.h OBJECT...
set -eu
out=$1
shift
nm --defined-only --extern-only "$@" |
    awk 'NF == 3 && $3 ~ /^amp_/ { print "#define " $3 " small_" $3 }' | sort -u > "$out"
[ "$(wc -l < "$out")" -gt 50 ] || { echo "nm showed too few names" >&2; exit 1; }

#!/bin/sh
# SPDX-License-Identifier: MIT
# The files of the POSIX port compile with each number of sockets that AMP_POSIX_ATTEMPTS allows. Each name that
# the files of any port define has a prefix, because platform headers define hundreds of short names.
# usage: posix.sh PROJECT
set -eu
project=$(cd "$1" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
warn="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
includes="-I$project/include -I$project/port/posix"

cd "$dir"
for attempts in 1 2 3; do
    for std in c99 gnu2x; do
        # shellcheck disable=SC2086
        ${CC:-cc} -std=$std -Os $warn $includes -DAMP_POSIX_ATTEMPTS=$attempts -c "$project"/port/posix/*.c
    done
done
# shellcheck disable=SC2086
${CC:-cc} -std=c99 -O0 -g0 $includes -c "$project"/port/posix/*.c
nm --defined-only ./*.o | awk '$2 ~ /^[A-Za-z]$/ { print $3 }' > "$dir/names"
# Macros, typedefs and enumerators define no symbols. The other ports do not compile here, so their functions
# are also found in the text.
for port in arduino lwip posix qrcodegen stub template uart windows; do
    cat "$project/port/$port/"*.[ch]
done > "$dir/text"
sed -n 's/^static [^=;]* \**\([A-Za-z0-9_]*\)(.*/\1/p' "$dir/text" >> "$dir/names"
sed -n 's/^ *# *define \([A-Za-z0-9_]*\).*/\1/p' "$dir/text" | grep -vE '^(_GNU_SOURCE|_WIN32_WINNT)$' >> "$dir/names"
sed -n 's/^} \([A-Za-z0-9_]*\);.*/\1/p' "$dir/text" >> "$dir/names"
sed -n 's/^typedef .* \([A-Za-z0-9_]*\)\(\[.*\)\{0,1\};$/\1/p' "$dir/text" >> "$dir/names"
sed -n 's/^enum.*{\(.*\)}.*/\1/p' "$dir/text" | tr -d ' ' | tr ',' '\n' >> "$dir/names"
bad=$(grep -v '^\(amp\|AMP\)_' "$dir/names" || true)
[ -z "$bad" ] || { echo "names without a prefix in port/:" $bad >&2; exit 1; }
count=$(sort -u "$dir/names" | wc -l)
[ "$count" -gt 100 ] || { echo "only $count names were seen" >&2; exit 1; }

for attempts in 0 4; do
    # shellcheck disable=SC2086
    if ${CC:-cc} -std=c99 $includes -DAMP_POSIX_ATTEMPTS=$attempts -fsyntax-only \
        "$project/port/posix/amp_posix.c" 2> "$dir/errors"; then
        echo "AMP_POSIX_ATTEMPTS=$attempts compiles" >&2
        exit 1
    fi
    grep -q 'AMP_POSIX_ATTEMPTS must be 1, 2 or 3' "$dir/errors"
done
echo "$count names with a prefix"

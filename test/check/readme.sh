#!/bin/sh
# SPDX-License-Identifier: MIT
# The README's program compiles as it stands, without a warning, and links.
# usage: readme.sh PROJECT LIBRARY.a [mbedTLS library folder]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1/README.md" > "$dir/readme.c"
lines=$(wc -l < "$dir/readme.c")
[ "$lines" -gt 10 ] || { echo "no program found in README.md" >&2; exit 1; }
${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror ${CFLAGS:-} \
    -I"$1/include" -I"$1/port/posix" "$dir/readme.c" "$2" ${3:+-L"$3"} -lmbedtls -lmbedx509 -lmbedcrypto \
    -o "$dir/readme"
# Without a key it must refuse, and say why: that is what a first run looks like; or where no
# bundle of authorities is installed, that.
if AMP_PROJECT='' AMP_API_KEY='' "$dir/readme" > "$dir/out" 2>&1; then
    echo "the program did not refuse to run without a key" >&2
    exit 1
fi
grep -Eq 'configuration cannot work|trust anchors cannot be read' "$dir/out" || { cat "$dir/out" >&2; exit 1; }
echo "$lines lines"

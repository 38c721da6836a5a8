#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles the public headers, the ports and the library's sources in the presence of short names that
# platforms define: macros, enumerators and types of lwIP, ESP-IDF, Arduino, Zephyr, CMSIS and drivers
# (names/*.h). The system's own headers are included first, so that these names affect only this project's
# text.
# usage: names.sh PROJECT
set -eu
project=$(cd "$1" && pwd)
names=$(cd "$(dirname "$0")/names" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$project"
jobs=$(nproc 2> /dev/null || echo 2)
failed=0

# prefix PLATFORMS FILE...: prints #include lines for the system's headers that the files, or headers next to
# them, include. Prints those of the names last.
prefix() {
    platforms=$1
    shift
    printf '#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n#include <string.h>\n'
    for file in "$@"; do
        echo "${file%/*}"
    done | sort -u > "$dir/folders"
    # shellcheck disable=SC2046 # one word for each folder
    find $(cat "$dir/folders") -maxdepth 1 -name '*.h' > "$dir/near"
    # shellcheck disable=SC2046 # one word for each file
    sed -n 's/^ *# *include *<\(.*\)>.*/\1/p' "$@" $(cat "$dir/near") | sort -u |
        sed 's/.*/#if __has_include(<&>)\n#include <&>\n#endif/'
    for platform in $platforms; do
        printf '#include "%s/%s.h"\n' "$names" "$platform"
    done
}

# group NAME PLATFORMS DIALECTS FLAGS FILE...: compiles the files after the names. The text before them is the same
# for all files of a group, so it is precompiled once for each dialect.
group() {
    name=$1 platforms=$2 dialects=$3 flags=$4
    shift 4
    prefix "$platforms" "$@" > "$dir/$name.h"
    for dialect in $dialects; do
        compiler=${CC:-cc}
        [ "${dialect#*++}" = "$dialect" ] || compiler=${CXX:-c++}
        options="-std=$dialect -Wall -Wextra -Werror -Wno-unused -Iinclude $flags"
        # shellcheck disable=SC2086 # options are split on purpose
        "$compiler" $options "$dir/$name.h" -o "$dir/$name.h.gch"
        # shellcheck disable=SC2086
        printf '%s\n' "$@" |
            xargs -P "$jobs" -n 12 "$compiler" $options -include "$dir/$name.h" -fsyntax-only 2> "$dir/errors" ||
            { echo "$name as $dialect:" >&2; grep -m 8 error "$dir/errors" >&2; failed=1; }
    done
    count=$((count + $#))
}

count=0
everywhere='esp_idf arduino zephyr cmsis drivers'
# shellcheck disable=SC2012 # no name of a header has a space
headers=$(ls include/ampersand/*.h port/*/amp_*.h)
for header in $headers; do
    echo "#include \"$project/$header\""
done > "$dir/headers.c"
cp "$dir/headers.c" "$dir/headers.cc"
# The files are compiled below $dir, so their folders are named here.
prefix "lwip lwip_sockets $everywhere" $headers > "$dir/all.h"
for dialect in c99 gnu2x; do
    "${CC:-cc}" -std=$dialect -Wall -Wextra -Wpedantic -Werror -Wno-unused -Iinclude -include "$dir/all.h" \
        -fsyntax-only "$dir/headers.c" || failed=1
done
for dialect in c++11 c++20; do
    "${CXX:-c++}" -std=$dialect -Wall -Wextra -Werror -Wno-unused -Iinclude -include "$dir/all.h" \
        -fsyntax-only "$dir/headers.cc" || failed=1
done

# first.c and check.c are applications.
ports=$(find port -name '*.c' -not -path 'port/lwip/*' -not -path 'port/qrcodegen/*' -not -path port/template/first.c \
    -not -path port/template/check.c)
# Sources of the library see a platform's headers only through mbedTLS's configuration.
group sources 'lwip esp_idf arduino zephyr cmsis' c99 "-Isrc -D_GNU_SOURCE" src/*/*.c
group ports "lwip $everywhere" 'c99 gnu2x' "-D_GNU_SOURCE -DAMP_TEMPLATE" $ports
group qrcodegen "lwip $everywhere" 'c99 gnu2x' "-D_GNU_SOURCE -DAMP_QRCODEGEN -isystem /usr/include/qrcodegen" \
    port/qrcodegen/*.c
if [ -f /usr/include/lwip/lwip/tcp.h ]; then
    group lwip "$everywhere" 'c99 gnu2x' \
        "-D_GNU_SOURCE -DAMP_PORT_LWIP -Iexamples/bare-metal -isystem /usr/include/lwip" port/lwip/*.c
else
    echo "without port/lwip: there is no lwIP"
fi
[ "$failed" = 0 ]
[ "$count" -gt 50 ]
echo "$(echo "$headers" | wc -l) headers, 2 dialects of C and 2 of C++; $count sources"

#!/bin/sh
# SPDX-License-Identifier: MIT
# The public headers, the ports and the library's sources compile where the short names of platforms are taken:
# by macros, enumerators and types of lwIP, ESP-IDF, Arduino, Zephyr, CMSIS and drivers (names/*.h). The system's
# own headers come first, so that only this project's text meets the names.
# usage: names.sh PROJECT
set -eu
project=$(cd "$1" && pwd)
names=$(cd "$(dirname "$0")/names" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$project"
failed=0

# unit FILE...: prints a translation unit with the system's headers that the files include, the names, the files.
unit() {
    printf '#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n#include <string.h>\n'
    for file in "$@"; do
        # Headers of the project's own with system headers of theirs are beside the file or among the sources.
        for near in "$file" "${file%/*}"/*.h; do
            [ ! -f "$near" ] || sed -n 's/^ *# *include *<\(.*\)>.*/\1/p' "$near"
        done
    done | sort -u | sed 's/.*/#if __has_include(<&>)\n#include <&>\n#endif/'
    for platform in $platforms; do
        printf '#include "%s/%s.h"\n' "$names" "$platform"
    done
    for file in "$@"; do
        printf '#include "%s"\n' "$project/$file"
    done
}

# compile LABEL COMPILER DIALECT UNIT FLAG...
compile() {
    label=$1 compiler=$2 dialect=$3 source=$4
    shift 4
    "$compiler" -std="$dialect" -Wall -Wextra -Werror -Wno-unused -fsyntax-only -Iinclude "$@" "$source" \
        2> "$dir/errors" || { echo "$label as $dialect:" >&2; grep -m 4 error "$dir/errors" >&2; failed=1; }
}

headers=$(ls include/ampersand/*.h port/*/amp_*.h)
platforms='lwip lwip_sockets esp_idf arduino zephyr cmsis drivers'
# shellcheck disable=SC2086
unit $headers > "$dir/headers.c"
cp "$dir/headers.c" "$dir/headers.cc"
for dialect in c99 gnu2x; do
    compile headers "${CC:-cc}" $dialect "$dir/headers.c" -Wpedantic
done
for dialect in c++11 c++20; do
    compile headers "${CXX:-c++}" $dialect "$dir/headers.cc"
done

sources=0
for file in port/*/*.c src/*/*.c; do
    platforms='lwip esp_idf arduino zephyr cmsis drivers'
    dialects='c99 gnu2x'
    flags="-I${file%/*} -Isrc -D_GNU_SOURCE"
    case $file in
    src/*) # sees a platform's headers through mbedTLS's configuration alone
        platforms='lwip esp_idf arduino zephyr cmsis'
        dialects=c99
        ;;
    port/lwip/*)
        [ -f /usr/include/lwip/lwip/tcp.h ] || { echo "without $file: there is no lwIP"; continue; }
        platforms='esp_idf arduino zephyr cmsis drivers'
        flags="$flags -DAMP_PORT_LWIP -Iexamples/bare-metal -isystem /usr/include/lwip"
        ;;
    port/template/first.c) continue ;; # an application
    port/template/*) flags="$flags -DAMP_TEMPLATE" ;;
    port/qrcodegen/*) flags="$flags -DAMP_QRCODEGEN -isystem /usr/include/qrcodegen" ;;
    esac
    unit "$file" > "$dir/source.c"
    for dialect in $dialects; do
        # shellcheck disable=SC2086
        compile "$file" "${CC:-cc}" $dialect "$dir/source.c" $flags
    done
    sources=$((sources + 1))
done
[ "$failed" = 0 ]
[ "$sources" -gt 50 ]
echo "$(echo "$headers" | wc -l) headers, 2 dialects of C and 2 of C++; $sources sources"

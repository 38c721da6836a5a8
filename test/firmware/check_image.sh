#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that an image has no heap, no stdio, and no random numbers made for tests.
# usage: check_image.sh IMAGE.elf TOOLS (arm-none-eabi)
set -eu
symbols=$("$2-nm" "$1" | awk '{ print $NF }')
forbidden='_?(malloc|calloc|realloc|free|memalign)(_r)?|_?sbrk(_r)?|alloca|v?s?n?f?printf|fixed_random'
found=$(echo "$symbols" | grep -Ex "($forbidden)(\..*)?" || true)
[ -z "$found" ] || { echo "$1 has: $found" >&2; exit 1; }
# Link-time optimization merges functions and adds suffixes to the names of others. The parts of an image are
# therefore identified by their data.
for wanted in device mbedtls_ecdsa_info ram_heap emulator_random; do
    echo "$symbols" | grep -Eqx "$wanted(\..*)?" || { echo "$1 has no $wanted: nothing was checked" >&2; exit 1; }
done
"$2-size" "$1" | awk -v image="$(basename "$(dirname "$1")")/$(basename "$1")" \
    'NR == 2 { printf "%s: %d bytes of flash, %d of RAM, no heap\n", image, $1 + $2, $2 + $3 }'

#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that the command line client has each hardening measure of cmake/hardening.cmake that compiler and
# linker support.
# usage: hardening.sh PROGRAM COMPILER MEASURE...
set -eu
program=$1
compiler=$2
shift 2

# has MEASURE FILE: succeeds if the file was built with the measure
has() {
    case $1 in
    pie) readelf -Wh "$2" | grep -q 'Type: *DYN' && readelf -Wd "$2" | grep -q 'FLAGS_1.*PIE' ;;
    relro) # all symbols are bound at start, and no memory is both writable and executable
        readelf -Wl "$2" | grep -q GNU_RELRO && readelf -Wd "$2" | grep -q 'FLAGS_1.*NOW' &&
            readelf -Wl "$2" | grep -q 'GNU_STACK.* RW ' && ! readelf -Wl "$2" | grep -q RWE
        ;;
    stack) readelf -Ws --dyn-syms "$2" | grep -Eq '__stack_chk_fail|__stack_chk_guard' ;;
    fortify) readelf -Ws --dyn-syms "$2" | grep -q '__v\{0,1\}snprintf_chk' ;;
    *) return 2 ;;
    esac
}

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo 'int main(void) { return 0; }' > "$dir/soft.c"
"$compiler" -no-pie -fno-pie -fno-stack-protector -Wl,-z,norelro,-z,lazy,-z,execstack "$dir/soft.c" -o "$dir/soft"
[ $# -gt 0 ] || { echo "no measure to check" >&2; exit 1; }
for measure in "$@"; do
    ! has "$measure" "$dir/soft" || { echo "a program without $measure passes the check" >&2; exit 1; }
    has "$measure" "$program" || { echo "$program was built without $measure" >&2; exit 1; }
done
echo "hardened: $*"

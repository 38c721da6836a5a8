#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds and runs one unit test for a board, for test_board of board.sh. All of its tests must run and pass.
# Prints its name and the number of tests. The library is compiled for size by board.sh. The test is compiled
# for speed, because an emulator is slow.
# usage: one_test.sh NAME
set -eu
image=$out/$1
sources=test/unit/$1.c
case $1 in
test_uart) sources="$sources port/uart/*.c -Iport/uart" ;;
test_own_endpoint) sources="$sources examples/own-endpoint/integration.c -Iexamples/own-endpoint" ;;
esac
# All texts are read byte by byte. They are split in two and damaged only at every $stride-th place, because an emulator is
# slow.
if ! $compiler $flags -O2 -D_POSIX_C_SOURCE=200809L "-DAMP_TEST_DATA=\"$PWD/test/data\"" "-DPIECES_STRIDE=${stride}u" \
    -isystem "$root/cmocka/include" $sources "$out"/core/*.o "$out"/tls/*.o "$out/cmocka/cmocka.o" $link \
    -o "$image" > "$image.log" 2>&1; then
    cat "$image.log" >&2
    echo "$part: $1 cannot be built" >&2
    exit 1
fi
status=0
timeout 240 $run "$image" < /dev/null > "$image.log" 2>&1 || status=$?
number=$(sed -n 's/^\[==========\] Running \([0-9]*\) test.*/\1/p' "$image.log")
if [ "$status" -ne 0 ] || [ "${number:-0}" -eq 0 ] || ! grep -q "^\[  PASSED  \] $number test" "$image.log"; then
    grep -v '^\[ *\(RUN\|OK\) ' "$image.log" | tail -n 30 >&2 || true
    echo "$part: $1 failed with status $status" >&2
    exit 1
fi
echo "$1 $number"

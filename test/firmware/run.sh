#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds whole images for microcontrollers, runs them in an emulator against the sandbox, and checks
# what they cost. Everything is built below build/firmware (or $AMPERSAND_BUILD/firmware).
#
#   sh test/firmware/run.sh            builds, runs, checks, and compares what it costs with budgets and docs/costs.md
#   sh test/firmware/run.sh --write    and puts the table of what it costs into docs/costs.md
#   sh test/firmware/run.sh --record   makes the recording anew that the cost gate plays
#
# Skipped, by name, where AMPERSAND_FIRMWARE is 0, and where Debian's sources of lwIP and mbedTLS
# cannot be had and no earlier run has left them.
set -eu
case ${1:-} in
"" | --write | --record) ;;
*)
    echo "usage: sh test/firmware/run.sh [--write | --record]" >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
. test/firmware/build.sh

skip() {
    echo "SKIPPED firmware: $1"
    exit 0
}

[ "${AMPERSAND_FIRMWARE:-1}" != 0 ] || skip "AMPERSAND_FIRMWARE is 0"
need_sandbox
need 'command -v qemu-system-arm' qemu-system-arm
need_firmware || skip "$firmware_why"

# make_image CPU FOLDER NAME MAIN VARIABLE=VALUE...
make_image() {
    cpu=$1 folder=$2 name=$3 main=$4
    shift 4
    make_device "$folder" CPU="$cpu" NAME="$name" MAIN="$PWD/$main" "$@"
}

# make_test_image CPU NAME OPTIONS VARIABLE=VALUE...: with numbers that are not random
make_test_image() {
    cpu=$1 name=$2 options=$3
    shift 3
    make_image "$cpu" "$cpu-test" "$name" test/firmware/replay.c ENTROPY="$PWD/test/firmware/fixed_random.c" \
        EXTRA="-DAMPERSAND_TEST_BUILD $options" "$@"
}

# Files of the cipher, which make's FAST compiles with -O2.
cipher="chacha20 poly1305"
forget_cipher() {
    for name in $cipher; do
        rm -f "$out/cortex-m3-test/mbedtls/$name.o"
    done
}

export AMPERSAND_FIRMWARE_OUT="$out" AMPERSAND_FIRMWARE_FIGURES="$out" PYTHONDONTWRITEBYTECODE=1
if [ "${1:-}" = --record ]; then
    rm -f "$out/cortex-m3-test/main/replay.o"
    make_test_image cortex-m3 record -DRECORD
    rm -f "$out/cortex-m3-test/main/replay.o"
    exec python3 test/firmware/record.py test/firmware/recorded
fi

rm -f "$out"/device-*.json "$out"/replay-*.json "$out/ciphers.json"
for cpu in cortex-m0plus cortex-m3 cortex-m4; do
    make_image "$cpu" "$cpu" device examples/bare-metal/main.c
    make_image "$cpu" "$cpu" faults test/firmware/faults.c
    sh test/firmware/check_image.sh "$out/$cpu/device.elf"
    sh test/firmware/check_image.sh "$out/$cpu/faults.elf"
    make_test_image "$cpu" replay ""
done
forget_cipher
make_test_image cortex-m3 replay-fast "" FAST="$cipher"
forget_cipher
# fixed_random.c must not compile by accident, and an image with it must not pass for a device's.
if arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -Iexamples/bare-metal -fsyntax-only test/firmware/fixed_random.c 2> "$out/refused.log" ||
    ! grep -q 'for tests alone' "$out/refused.log" || sh test/firmware/check_image.sh "$out/cortex-m3-test/replay.elf" 2> /dev/null; then
    echo "numbers that are not random were let into an image" >&2
    exit 1
fi

# The port alone, with lwIP on this machine.
need "$(has_header cmocka.h)" libcmocka-dev
lwip="$out/lwip/src"
gcc -std=gnu99 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -DAMP_PORT_LWIP -Itest/firmware/host \
    -Iinclude -Iport/lwip -isystem "$lwip/include" -isystem examples/bare-metal -Wall -Wextra \
    test/firmware/host/test_lwip.c port/lwip/amp_lwip.c "$lwip"/core/dns.c "$lwip"/core/def.c "$lwip"/core/i[np]*.c \
    "$lwip"/core/mem*.c "$lwip"/core/netif.c "$lwip"/core/pbuf.c "$lwip"/core/sys.c "$lwip"/core/tcp*.c \
    "$lwip"/core/timeouts.c "$lwip"/core/udp.c "$lwip"/core/ipv4/[ei]*.c "$lwip"/netif/ethernet.c \
    -lcmocka -o "$out/test_lwip"
"$out/test_lwip"

for test in test/firmware/test_*.py; do
    echo "-- $test"
    python3 "$test"
done
sh test/firmware/footprint.sh --check "$@"

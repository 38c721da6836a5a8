#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds whole images for microcontrollers, runs them in an emulator against the sandbox, and checks their
# costs. Everything is built below build/firmware (or $AMPERSAND_BUILD/firmware).
#
#   sh test/firmware/run.sh            builds, runs, checks, and compares costs with budgets and docs/costs.md
#   sh test/firmware/run.sh --write    also writes the table of costs into docs/costs.md
#   sh test/firmware/run.sh --record   renews the recording that the cost gate replays
#
# Skipped, by name, where AMPERSAND_FIRMWARE is 0. Also skipped where Debian's sources of lwIP and mbedTLS
# cannot be downloaded and are not left from an earlier run.
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
need 'command -v qemu-system-riscv32' qemu-system-misc
need_firmware || skip "$firmware_why"

# make_image CPU NAME MAIN VARIABLE=VALUE...
make_image() {
    cpu=$1 name=$2 main=$3
    shift 3
    for_processor "$cpu"
    make_device "$cpu" BOARD="$board" CPU="$cpu" NAME="$name" MAIN="$PWD/$main" "$@"
}

# make_test_image CPU NAME OPTIONS VARIABLE=VALUE...: with fixed numbers in place of random ones. Only
# replay.c and fixed_random.c read the options, so the other objects are those of a device.
make_test_image() {
    cpu=$1 name=$2 options=$3
    shift 3
    make_image "$cpu" "$name" test/firmware/replay.c ENTROPY="$PWD/test/firmware/fixed_random.c" \
        EXTRA="-DAMPERSAND_TEST_BUILD $options" "$@"
}

# Files of the cipher, which make compiles with -O2 if FAST is set.
cipher="chacha20 poly1305"
forget_cipher() {
    for name in $cipher; do
        rm -f "$out/cortex-m3/mbedtls/$name.o"
    done
}

export AMPERSAND_FIRMWARE_OUT="$out" AMPERSAND_FIRMWARE_FIGURES="$out" PYTHONDONTWRITEBYTECODE=1
if [ "${1:-}" = --record ]; then
    rm -f "$out/cortex-m3/main/replay.o"
    make_test_image cortex-m3 record -DRECORD
    rm -f "$out/cortex-m3/main/replay.o"
    exec python3 test/firmware/record.py test/firmware/recorded
fi

rm -f "$out"/device-*.json "$out"/replay-*.json "$out/ciphers.json"
for cpu in $processors; do
    make_image "$cpu" device examples/bare-metal/main.c
    make_image "$cpu" faults test/firmware/faults.c
    make_image "$cpu" overflow test/firmware/overflow.c
    sh test/firmware/check_image.sh "$out/$cpu/device.elf" "$tools"
    sh test/firmware/check_image.sh "$out/$cpu/faults.elf" "$tools"
    make_test_image "$cpu" replay ""
done
forget_cipher
make_test_image cortex-m3 replay-fast "" FAST="$cipher"
forget_cipher
# fixed_random.c must not compile by accident, and check_image.sh must refuse an image with it.
if arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -Iexamples/bare-metal -fsyntax-only test/firmware/fixed_random.c 2> "$out/refused.log" ||
    ! grep -q 'for tests only' "$out/refused.log" || sh test/firmware/check_image.sh "$out/cortex-m3/replay.elf" arm-none-eabi 2> /dev/null; then
    echo "an image with fixed random numbers was not refused" >&2
    exit 1
fi

# on_this_machine NAME SOURCE...: builds and runs a test with lwIP on this machine.
on_this_machine() {
    name=$1
    shift
    lwip="$out/lwip/src"
    gcc -std=gnu99 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -DAMP_PORT_LWIP -Itest/firmware/host \
        -Iinclude -Iport/lwip -isystem "$lwip/include" -isystem examples/bare-metal -isystem examples/bare-metal/boards/virt \
        -Wall -Wextra "test/firmware/host/$name.c" "$@" "$lwip"/core/dns.c "$lwip"/core/def.c "$lwip"/core/i[np]*.c \
        "$lwip"/core/mem*.c "$lwip"/core/netif.c "$lwip"/core/pbuf.c "$lwip"/core/sys.c "$lwip"/core/tcp*.c \
        "$lwip"/core/timeouts.c "$lwip"/core/udp.c "$lwip"/core/ipv4/[ei]*.c "$lwip"/netif/ethernet.c \
        -lcmocka -o "$out/$name"
    "$out/$name"
}

need "$(has_header cmocka.h)" libcmocka-dev
on_this_machine test_lwip port/lwip/amp_lwip.c
on_this_machine test_virtio_net examples/bare-metal/boards/virt/virtio_net.c

# All at the same time, although they count instructions: they wait for each other's deadlines.
pids=
for test in test/firmware/test_*.py; do
    python3 "$test" > "$out/$(basename "$test" .py).log" 2>&1 &
    pids="$pids $!"
done
failed=
for pid in $pids; do
    wait "$pid" || failed=1
done
for test in test/firmware/test_*.py; do
    echo "-- $test"
    cat "$out/$(basename "$test" .py).log"
done
[ -z "$failed" ]
sh test/firmware/footprint.sh --check "$@"

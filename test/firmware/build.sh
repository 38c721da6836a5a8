# SPDX-License-Identifier: MIT
# To be sourced after need.sh and debian_source.sh. Builds images below $out.
out=$(mkdir -p "${AMPERSAND_BUILD:-build}/firmware" && cd "${AMPERSAND_BUILD:-build}/firmware" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)
jsmn=/usr/local/include
[ -f "$jsmn/jsmn.h" ] || jsmn=/usr/include

processors="cortex-m0plus cortex-m3 cortex-m4 rv32imc"

# for_processor CPU: sets $board, a folder of examples/bare-metal/boards, and $tools, the prefix of its compiler.
for_processor() {
    case $1 in
    rv32imc) board=virt tools=riscv64-unknown-elf ;;
    *) board=mps2 tools=arm-none-eabi ;;
    esac
}

# On failure `firmware_why` names the missing part.
need_firmware() {
    need 'command -v make' make
    need 'command -v arm-none-eabi-gcc' gcc-arm-none-eabi
    need 'test -f "$(arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -print-file-name=libc_nano.a)"' libnewlib-arm-none-eabi
    need 'command -v riscv64-unknown-elf-gcc' gcc-riscv64-unknown-elf
    need 'test -f /usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs' picolibc-riscv64-unknown-elf
    need "$(has_header jsmn.h)" libjsmn-dev
    debian_source bookworm lwip 'lwip_2.1*.orig.tar.*' "$out" || { firmware_why="lwIP: $debian_source_why"; return 1; }
    debian_source bookworm mbedtls 'mbedtls_2.28*.orig.tar.*' "$out" || { firmware_why="mbedTLS: $debian_source_why"; return 1; }
}

# make_device FOLDER MAKE-ARGUMENT...
make_device() {
    device_folder=$out/$1
    shift
    make -s -j "$jobs" -f examples/bare-metal/Makefile LWIP="$out/lwip" MBEDTLS="$out/mbedtls" JSMN="$jsmn" \
        OUT="$device_folder" "$@" > "$out/build.log" 2>&1 || { tail -n 30 "$out/build.log" >&2; return 1; }
}

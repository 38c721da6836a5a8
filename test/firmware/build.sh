# SPDX-License-Identifier: MIT
# To be sourced, behind need.sh. How images are built; $out is where.
out=$(mkdir -p "${AMPERSAND_BUILD:-build}/firmware" && cd "${AMPERSAND_BUILD:-build}/firmware" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

need_firmware() {
    need 'command -v arm-none-eabi-gcc' gcc-arm-none-eabi
    need 'test -f "$(arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -print-file-name=libc_nano.a)"' libnewlib-arm-none-eabi
    need 'command -v qemu-system-arm' qemu-system-arm
    need "$(has_header jsmn.h)" libjsmn-dev
}

# compile FOLDER SOURCE...: with $compiler and $flags, $jobs at a time; unchanged ones are kept.
compile() {
    to=$1
    shift
    mkdir -p "$to"
    for source in "$@"; do
        object=$to/$(basename "$source" .c).o
        if [ ! -f "$object" ] || [ -n "$(find "$source" -newer "$object")" ] || [ -n "${compile_all:-}" ]; then
            echo "$source"
        fi
    done > "$to/sources"
    xargs -P "$jobs" -I{} sh -c '$0 -c "$2" -o "$1/$(basename "$2" .c).o"' "$compiler $flags" "$to" {} < "$to/sources"
}

#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the costs of the library on each kind of microcontroller, and prints them as Markdown.
#
#   sh test/firmware/footprint.sh           prints
#   sh test/firmware/footprint.sh --check   also compares with the budgets (footprint.py) and with
#   docs/costs.md
#   sh test/firmware/footprint.sh --write   also writes the table into docs/costs.md
#
# The run-time costs are from the last run of test/firmware/run.sh, which calls this script.
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
. test/firmware/build.sh
export PYTHONDONTWRITEBYTECODE=1

need_firmware || { echo "the footprint cannot be measured: $firmware_why" >&2; exit 1; }
for cpu in $processors; do
    [ -f "$out/device-$cpu.json" ] && [ -f "$out/replay-$cpu.json" ] ||
        { echo "$cpu has no measurements: run sh test/firmware/run.sh" >&2; exit 1; }
done
need 'command -v xtensa-lx106-elf-gcc' gcc-xtensa-lx106
need 'test -f /usr/lib/xtensa-lx106-elf/picolibc.specs' picolibc-xtensa-lx106-elf

board_own='board_.*|emulator_random|network_random|mbedtls_hardware_poll|provision_(page|end)' # a board's own file

# Functions of a C library that cJSON needs, for a target that has no C library to link with.
uncounted='malloc|realloc|free|strtod|__(ge|le)df2|__fixdfsi'

# for_target NAME: sets the variables that the functions below read.
for_target() {
    target=$1 cpu=$1 folder=parts-$1 lacks='' extra='' made=library
    case $1 in
    m0plus | m4)
        cross=arm-none-eabi machine="-mcpu=cortex-$1 -mthumb" library=--specs=nano.specs system=--specs=nosys.specs
        cpu=cortex-$1
        ;;
    rv32imc)
        cross=riscv64-unknown-elf machine="-march=rv32imc -mabi=ilp32 --specs=picolibc.specs" library='' system=''
        ;;
    lx106)
        cross=xtensa-lx106-elf machine="-mlongcalls -mtext-section-literals" library='' system=''
        machine="$machine -specs=/usr/lib/xtensa-lx106-elf/picolibc.specs"
        made=parts
        # Debian's libgcc for this target has no arithmetic functions, and its picolibc has no usable linker
        # script. Functions of those libraries are not counted.
        library=-nodefaultlibs
        lacks='mem(chr|cmp|cpy|move|set)|str(chr|cmp|len|ncmp|spn|str)|__u?(div|mod|mul)[sd]i3|__bswapsi2|_ctype_'
        extra=-g0 # with -g the linker keeps some long instructions
        ;;
    esac
    parts=$out/footprint/$1
    mkdir -p "$parts"
    rm -f "$parts"/*
}

compile() {
    "$cross-gcc" $machine -Os -ffunction-sections -fdata-sections "$@"
}

# link_part NAME MISSING OPTION...: links a part like a program, with its C library. Only symbols that match
# the pattern MISSING may be undefined. Otherwise the figure would be too small.
link_part() {
    part=$1 missing="$2${lacks:+|$lacks}"
    shift 2
    "$cross-gcc" $machine $library -nostartfiles -Wl,--gc-sections,--entry=0,--warn-unresolved-symbols "$@" \
        -Wl,-Map="$parts/$part.map" -o "$parts/$part.elf" > "$out/footprint.log" 2>&1 ||
        { cat "$out/footprint.log" >&2; return 1; }
    unknown=$("$cross-nm" -u "$parts/$part.elf" | awk '{ print $NF }' | grep -Evx "$missing" || true)
    [ -z "$unknown" ] || { echo "$target: $part was linked without" $unknown >&2; return 1; }
}

# figure KEY PART: prints a figure of flash.py for a part.
figure() {
    number=$(python3 test/bench/flash.py "$parts/$2.map" | sed -n "s/^$1 //p")
    echo "${number:?$target: $2 has no $1}"
}

# Sizes on a target that cannot run here: the size of a symbol in the object is the result.
write_sizes() {
    echo '#include "ampersand/ampersand.h"'
    echo 'extern char size_AMP_WORK_SIZE[AMP_WORK_SIZE]; char size_AMP_WORK_SIZE[AMP_WORK_SIZE];'
    awk '/^typedef/ { is_struct = $2 == "struct" || $2 == "union" }
        /^} amp_[a-z_]*_t;/ && is_struct {
            name = substr($2, 1, length($2) - 1)
            print "extern char size_" name "[sizeof(" name ")]; char size_" name "[sizeof(" name ")];"
        }' include/ampersand/*.h
}

measure_sizes() {
    compile -std=c99 -Iinclude -c "$out/footprint/sizes.c" -o "$parts/sizes.o"
    "$cross-nm" -S -t d "$parts/sizes.o" | sed -n "s/^[0-9]* 0*\([0-9]*\) . size_\(.*\)\$/$target.size.\2 \1/p"
}

measure_library() {
    objects=$(find "$out/$folder/library" -name '*.o' -not -name amp_lwip.o | LC_ALL=C sort)
    for name in json http get main everything tls; do
        roots=$(python3 test/firmware/parts.py "$name" "$cross-nm" $objects)
        link_part "$name" "$([ "$name" != tls ] || echo 'mbedtls_.*')" $roots $objects
        size=$(figure flash.client "$name")
        ram=$(figure ram.static "$name")
        echo "$target.flash.$name $size"
        [ "$name" != everything ] || echo "$target.ram.without_tls $ram"
        [ "$name" != tls ] || echo "$target.ram.tls $ram"
    done
    of_tls=$(find src/tls -name '*.c' | sed 's|.*/|/|; s|c$|o|')
    without_tls=$(echo "$objects" | grep -vF "$of_tls")
    OBJDUMP="$cross-objdump" python3 test/bench/stack.py "$parts/everything.elf" $without_tls > "$parts/stack"
    sed -n "s/^stack.worst/$target.stack/p" "$parts/stack"
    echo "version.$target $("$cross-gcc" --version | sed 1q)"
}

# alone NAME: prints the size of a part, and of the parts of the C library that it needs if all of them could be
# linked.
alone() {
    own=$(figure flash.client "$1")
    taken=$(figure flash.toolchain "$1")
    echo "$target.own.$1 $own"
    [ -n "$lacks" ] || echo "$target.taken.$1 $taken"
}

# Other JSON readers, if Debian packages them.
measure_peers() {
    alone json
    echo '#include <jsmn.h>' > "$parts/jsmn.c"
    compile -isystem "$out/$folder/include" -c "$parts/jsmn.c" -o "$parts/jsmn.o"
    link_part jsmn '' -Wl,-u,jsmn_init,-u,jsmn_parse "$parts/jsmn.o"
    alone jsmn
    [ -n "$cjson" ] || return 0
    compile -w -c "$cjson/cJSON.c" -o "$parts/cjson.o"
    link_part cjson "${lacks:+$uncounted}" $system -Wl,-u,cJSON_ParseWithLength,-u,cJSON_GetObjectItemCaseSensitive,-u,cJSON_Delete \
        "$parts/cjson.o"
    alone cjson
}

# A whole program. Where no emulator runs it here, it is linked without a board's own files.
measure_image() {
    case $target in
    m0plus | m4 | rv32imc)
        "$cross-size" "$out/$cpu/device.elf" | awk -v target="$target" \
            'NR == 2 { print target ".image.flash " $1 + $2; print target ".image.ram " $2 + $3 }'
        ;;
    *)
        link_part image "$board_own" -Wl,--defsym=__flash_size=1M,-u,device_start,-u,device_stop,-u,device_check \
            -Wl,-u,device_list,-u,device_generate,-u,amp_tls_import,-u,amp_tls_export,-u,amp_tls_stats \
            "$out/$folder"/device/*.o "$out/$folder"/library/*.o "$out/$folder"/lwip/*.o "$out/$folder"/mbedtls/*.o
        size=$(figure flash.whole image)
        echo "$target.image.flash $size"
        ;;
    esac
}

mkdir -p "$out/footprint"
write_sizes > "$out/footprint/sizes.c"
cjson=$out/cjson
debian_source bookworm cjson 'cjson_*.orig.tar.*' "$out" || { cjson=; echo "SKIPPED cJSON: $debian_source_why"; }
: > "$out/footprint/measured"
for name in m0plus m4 rv32imc lx106; do
    for_target "$name"
    for_processor "$cpu"
    # A part is linked without the rest of the program, so link-time optimization would have little effect.
    make_device "$folder" BOARD="$board" CROSS="$cross-" TARGET="$machine" EXTRA="$extra" LTO= "$made"
    for what in sizes library peers image; do
        "measure_$what" >> "$out/footprint/measured"
    done
done
python3 test/firmware/footprint.py "$out" "$@"

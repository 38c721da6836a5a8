#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures what the library costs, and prints it as Markdown. Instructions are counted, not timed:
# the figures depend on compilers and libc, not on the machine or on what else runs.
#
#   sh test/bench/run.sh           prints
#   sh test/bench/run.sh --check   and compares with the budgets (budgets.py) and with docs/costs.md
#   sh test/bench/run.sh --write   and puts the table into docs/costs.md
#
# Everything is built below build/bench (or $AMPERSAND_BUILD/bench).
set -eu
for option in "$@"; do
    case $option in
    --check | --write) ;;
    *)
        echo "usage: sh test/bench/run.sh [--check] [--write]" >&2
        exit 2
        ;;
    esac
done
cd "$(dirname "$0")/../.."
. tools/need.sh
bench=test/bench
out=${AMPERSAND_BUILD:-build}/bench
measured=$out/measured

host="gcc -std=c99 -O2"
cross='arm-none-eabi'
m4="-mcpu=cortex-m4 -mthumb"
arm="$cross-gcc -std=c99 $m4 -Os"
smallest="$cross-gcc -std=c99 -mcpu=cortex-m0plus -mthumb -Os"
sections="-ffunction-sections -fdata-sections"

export PYTHONDONTWRITEBYTECODE=1
# Instructions of the dynamic linker at a first call must not count as a decoder's.
export LD_BIND_NOW=1
# glibc selects memcpy and similar functions by processor features. The baseline versions make counts comparable.
export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX,-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM

need 'command -v gcc && echo "int main(void){return 0;}" | gcc -xc - -o /dev/null' gcc libc6-dev
need 'command -v python3' python3
need 'command -v valgrind' valgrind
need "$(has_header jsmn.h)" libjsmn-dev
need "$(has_header cjson/cJSON.h)" libcjson-dev
need "command -v $cross-gcc" gcc-arm-none-eabi
need "test -f \"\$($cross-gcc $m4 -print-file-name=libc_nano.a)\"" libnewlib-arm-none-eabi

# The library without TLS.
sources=$(find src -name '*.c' -not -path 'src/tls/*')

# compile_library FOLDER COMPILER...
compile_library() {
    folder=$1
    shift
    mkdir -p "$folder"
    rm -f "$folder"/*
    for source in $sources; do
        "$@" $sections -Iinclude -I"$out/include" -c "$source" -o "$folder/$(basename "$source" .c).o"
    done
}

# A cross compiler must see jsmn.h and nothing else of this system's headers.
copy_jsmn() {
    for folder in /usr/local/include /usr/include; do
        if [ -f "$folder/jsmn.h" ]; then
            cp "$folder/jsmn.h" "$out/include/"
            return 0
        fi
    done
    return 1
}

build_host() {
    compile_library "$out/host" $host
    $host -Iinclude -Isrc -I"$out/include" "$bench"/decode*.c "$out"/host/*.o -Wl,--gc-sections -lcjson \
        -o "$out/decode"
}

# link_image NAME OBJECT...
link_image() {
    image=$1
    shift
    $arm --specs=nano.specs --specs=nosys.specs -nostartfiles -Wl,--gc-sections,-e,main \
        -Wl,-Map="$out/$image.map" "$@" -o "$out/$image.elf"
}

build_crowd() {
    $host -Iinclude "$bench/crowd.c" "$out/host/pace_backoff.o" -o "$out/crowd"
}

build_target() {
    compile_library "$out/m4" $arm -fcallgraph-info=su
    for name in firmware empty sizes; do
        $arm $sections -Iinclude -c "$bench/$name.c" -o "$out/$name.o"
    done
    $arm $sections -Iinclude -DFIRMWARE_KEEPS_PROBLEM -c "$bench/firmware.c" -o "$out/problem.o"
    link_image empty "$out/empty.o"
    link_image firmware "$out/firmware.o" "$out"/m4/*.o
    link_image problem "$out/problem.o" "$out"/m4/*.o
    link_image all -Wl,--no-gc-sections "$out/problem.o" "$out"/m4/*.o
    compile_library "$out/m0plus" $smallest -fcallgraph-info=su
    $smallest --specs=nano.specs -nostartfiles -Wl,--entry=0 "$out"/m0plus/*.o -o "$out/m0plus.elf"
}

# count WHAT FUNCTION DOCUMENT: instructions of the function and of all it calls.
count() {
    profile=$out/$1.$3.callgrind
    valgrind --tool=callgrind --toggle-collect="$2" --callgrind-out-file="$profile" "$out/decode" "$1" "$out/$3" \
        > "$out/valgrind.log" 2>&1 || { cat "$out/valgrind.log" >&2; return 1; }
    instructions=$(sed -n 's/^summary: \([1-9][0-9]*\)$/\1/p' "$profile")
    echo "count.$1.$3 ${instructions:?no instructions were counted in $2}"
}

measure_decoding() {
    for document in connection installation list head; do
        echo "bytes.$document $(($(wc -c < "$out/$document")))"
    done
    for document in connection installation list; do
        for what in pieces whole jsmn cjson; do
            count "$what" "bench_$what" "$document"
        done
        "$out/decode" sizes "$out/$document"
    done
    count head bench_head head
}

# A service that does not answer, one that asks to come again in 30 s, and what drawing is there for.
measure_crowd() {
    "$out/crowd" silent 0 1
    "$out/crowd" asking 30 1
    "$out/crowd" undrawn 0 0
}

measure_target() {
    python3 "$bench/flash.py" "$out/firmware.map"
    for image in problem all; do
        python3 "$bench/flash.py" "$out/$image.map" | sed -n "s/^flash\.client/flash.$image/p"
    done
    python3 "$bench/flash.py" "$out/empty.map" | sed -n 's/^flash\.whole/flash.empty/p'
    python3 "$bench/stack.py" "$out/firmware.elf" "$out"/m4/*.o
    python3 "$bench/stack.py" "$out/m0plus.elf" "$out"/m0plus/*.o | sed -n 's/^stack\.worst/stack.m0plus/p'
    $cross-nm -S -t d "$out/sizes.o" | sed -n 's/^[0-9]* 0*\([0-9]*\) . size_\(.*\)$/size.\2 \1/p'
}

versions() {
    echo "version.gcc $(gcc --version | sed 1q)"
    echo "version.arm $($cross-gcc --version | sed 1q)"
    echo "version.valgrind $(valgrind --version)"
    echo "version.cjson $(printf '#include <cjson/cJSON.h>\nCJSON_VERSION_MAJOR.CJSON_VERSION_MINOR.CJSON_VERSION_PATCH\n' |
        gcc -E -P -xc - | tail -n 1 | tr -d ' ')"
}

mkdir -p "$out/include"
copy_jsmn
python3 "$bench/inputs.py" "$out"
build_host
build_crowd
build_target
# One after the other and not in a pipe, so that a failure ends the run.
versions > "$measured"
measure_decoding >> "$measured"
measure_crowd >> "$measured"
measure_target >> "$measured"
python3 "$bench/table.py" "$measured" "$@"

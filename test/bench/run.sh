#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the costs of the library, and prints them as Markdown. Instructions are counted, not timed. The
# figures depend on compilers and libc, but not on the machine or its load.
#
#   sh test/bench/run.sh            prints
#   sh test/bench/run.sh --check    also compares with the budgets (budgets.py) and with docs/costs.md
#   sh test/bench/run.sh --write    also writes the table into docs/costs.md
#   sh test/bench/run.sh --seed N   draws responses with this seed instead of a new one for each run
#
# The figures in docs/costs.md are for one seed. The budgets also apply to the responses of the drawn seed,
# which is printed. The rows of a Cortex-M3 need an emulator. Without cJSON's source they are printed without
# cJSON, and not compared. Everything is built below build/bench (or $AMPERSAND_BUILD/bench).
set -eu
seed='' options=''
while [ $# -gt 0 ]; do
    case $1 in
    --check | --write) options="$options $1" ;;
    --seed)
        seed=${2:?--seed takes a number}
        shift
        ;;
    *)
        echo "usage: sh test/bench/run.sh [--check] [--write] [--seed N]" >&2
        exit 2
        ;;
    esac
    shift
done
seed=${seed:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
bench=test/bench
out=$(mkdir -p "${AMPERSAND_BUILD:-build}/bench" && cd "${AMPERSAND_BUILD:-build}/bench" && pwd) # apt needs an absolute path
measured=$out/measured

host="gcc -std=c99 -O2"
cross='arm-none-eabi'
m4="-mcpu=cortex-m4 -mthumb"
arm="$cross-gcc -std=c99 $m4 -Os"
m3="$cross-gcc -std=gnu99 -mcpu=cortex-m3 -mthumb"
smallest="$cross-gcc -std=c99 -mcpu=cortex-m0plus -mthumb -Os"
sections="-ffunction-sections -fdata-sections"

export PYTHONDONTWRITEBYTECODE=1
# Instructions of the dynamic linker at a first call must not count for a decoder.
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
need 'command -v qemu-system-arm' qemu-system-arm

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

# A cross compiler must see jsmn.h and no other header of this system.
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
    for source in response response_header; do
        $host -DAMP_FAST_HEAD=0 -Iinclude -I"$out/include" -c "src/http/$source.c" -o "$out/bytewise-$source.o"
    done
    rest=$(find "$out/host" -name '*.o' ! -name response.o ! -name response_header.o)
    $host -Iinclude -Isrc -I"$out/include" "$bench"/decode*.c "$out"/bytewise-*.o $rest -Wl,--gc-sections -lcjson \
        -o "$out/decode-bytewise"
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
    compile_library "$out/m4-bytewise-head" $arm -DAMP_FAST_HEAD=0
    link_image bytewise-head "$out/firmware.o" "$out"/m4-bytewise-head/*.o
    compile_library "$out/m4-lto" $arm -flto
    $arm $sections -flto -Iinclude -c "$bench/firmware.c" -o "$out/firmware-lto.o"
    link_image lto -flto -Wno-lto-type-mismatch "$out/firmware-lto.o" "$out"/m4-lto/*.o
    compile_library "$out/m0plus" $smallest -fcallgraph-info=su
    $smallest --specs=nano.specs -nostartfiles -Wl,--entry=0 "$out"/m0plus/*.o -o "$out/m0plus.elf"
}

# link_board NAME OBJECT...: an image of on_board.c
link_board() {
    image=$out/$1.elf
    shift
    $m3 -Os $sections -nostartfiles --specs=nano.specs --specs=nosys.specs -Wl,--gc-sections \
        -Wl,--defsym=STACK_SIZE=32K -Lexamples/bare-metal -T examples/bare-metal/boards/mps2/memory.ld \
        -Iinclude -Iexamples/bare-metal -I"$out/include" $cjson_include \
        "$bench/on_board.c" "$bench"/decode_ours.c "$bench"/decode_jsmn.c $cjson \
        examples/bare-metal/boards/mps2/board.c examples/bare-metal/startup.c examples/bare-metal/semihosting.c "$@" -o "$image"
}

build_board() {
    peers="jsmn cjson" cjson="$bench/decode_cjson.c $out/cjson/cJSON.c" cjson_include="-isystem $out/cjson-include"
    if debian_source bookworm cjson 'cjson_*.orig.tar.*' "$out"; then
        mkdir -p "$out/cjson-include/cjson"
        cp "$out/cjson/cJSON.h" "$out/cjson-include/cjson/"
    else
        echo "SKIPPED cJSON on a Cortex-M3: $debian_source_why"
        peers=jsmn cjson='' cjson_include=-DBENCH_WITHOUT_CJSON
    fi
    compile_library "$out/m3-size" $m3 -Os
    # AMPERSAND_FAST_JSON of cmake/speed.cmake
    fast=$(sed -n 's/^set(ampersand_fast_json \(.*\))$/\1/p' cmake/speed.cmake)
    rm -rf "$out/m3-speed"
    cp -R "$out/m3-size" "$out/m3-speed"
    for source in ${fast:?cmake/speed.cmake names no file}; do
        $m3 -Os $sections -Iinclude -I"$out/include" -O2 -c "$source" -o "$out/m3-speed/$(basename "$source" .c).o"
    done
    link_board size "$out"/m3-size/*.o
    link_board speed "$out"/m3-speed/*.o
}

# count WHAT FUNCTION DOCUMENT [KEY]: counts instructions of the function and of its callees. With KEY, runs
# decode-KEY.
count() {
    profile=$out/$1.$3.callgrind
    valgrind --tool=callgrind --toggle-collect="$2" --callgrind-out-file="$profile" "$out/decode${4:+-$4}" "$1" "$out/$3" \
        > "$out/valgrind.log" 2>&1 || { cat "$out/valgrind.log" >&2; return 1; }
    instructions=$(sed -n 's/^summary: \([1-9][0-9]*\)$/\1/p' "$profile")
    echo "count.${4:-$1}.$3 ${instructions:?no instructions were counted in $2}"
}

measure_decoding() {
    for document in $answers $costly head; do
        echo "bytes.$document $(($(wc -c < "$out/$document")))"
    done
    for document in $answers $costly; do
        for what in whole pieces bytes jsmn cjson; do
            count "$what" "bench_$what" "$document"
        done
    done
    for document in connection installation installations; do
        "$out/decode" mallocs "$out/$document"
    done
    count head bench_head head
    count head bench_head head bytewise
}

measure_drawn() {
    echo "seed $seed"
    for document in $answers; do
        cp "$out/drawn/$document" "$out/drawn-$document"
        echo "bytes.drawn-$document $(($(wc -c < "$out/drawn-$document")))"
        count pieces bench_pieces "drawn-$document"
    done
}

measure_board() {
    drawn=$(printf 'drawn-%s ' $answers)
    python3 "$bench/on_board.py" "$out" "$out/size.elf" "$out/speed.elf" "$peers" $answers $costly $drawn
}

# A service that does not respond; one with Retry-After 30 s; and the first one without jitter.
measure_crowd() {
    "$out/crowd" silent 0 1
    "$out/crowd" asking 30 1
    "$out/crowd" undrawn 0 0
}

measure_target() {
    python3 "$bench/flash.py" "$out/firmware.map"
    for image in problem all bytewise-head; do
        python3 "$bench/flash.py" "$out/$image.map" | sed -n "s/^flash\.client/flash.$image/p"
    done
    # With -flto, the sizes of single files and of the client by itself are unknown.
    python3 "$bench/flash.py" "$out/lto.map" | sed -n 's/^flash\.whole/flash.lto/p'
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

mkdir -p "$out/include" "$out/drawn"
copy_jsmn
echo "seed of the drawn answers: $seed"
python3 "$bench/inputs.py" "$out"
python3 "$bench/inputs.py" "$out/drawn" "$seed"
answers="connection connections installation installations pretty escaped plain"
costly=$(python3 "$bench/inputs.py" --costly)
build_host
build_crowd
build_target
build_board
# Run one after the other instead of in a pipe, so that a failure ends the run.
versions > "$measured"
measure_decoding >> "$measured"
measure_drawn >> "$measured"
measure_board >> "$measured"
measure_crowd >> "$measured"
measure_target >> "$measured"
python3 "$bench/table.py" "$measured" $options

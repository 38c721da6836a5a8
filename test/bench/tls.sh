#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the costs of TLS for a client, next to libcurl: instructions and bytes of a full handshake, a
# resumed handshake and a GET. Also measures the arena and the flash of mbedTLS by configuration. Instructions
# are counted, not timed. Keys, certificates and handshake randoms are random; tls_table.py states the
# resulting variation.
#
#   sh test/bench/tls.sh           prints
#   sh test/bench/tls.sh --check   also compares with the budgets (tls_table.py) and with docs/costs.md
#   sh test/bench/tls.sh --write   also writes the table into docs/costs.md
#
# Skipped, by name, where Debian's sources of mbedTLS cannot be downloaded. If the versions of compiler,
# valgrind, mbedTLS or libcurl differ from docs/costs.md, --check compares only budgets, and says so.
# Everything is built below build/bench/tls (or $AMPERSAND_BUILD/bench/tls).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
bench=test/bench
out=${AMPERSAND_BUILD:-build}/bench/tls
mkdir -p "$out"
out=$(cd "$out" && pwd)
measured=$out/measured
jobs=$(nproc 2> /dev/null || echo 2)
export PYTHONDONTWRITEBYTECODE=1 LD_BIND_NOW=1

need 'command -v gcc && echo "int main(void){return 0;}" | gcc -xc - -o /dev/null' gcc libc6-dev
# gcc-multilib itself conflicts with cross compilers. It would only add a link to the kernel's headers.
need 'echo "int main(void){return 0;}" | gcc -m32 -xc - -o /dev/null' "gcc-$(gcc -dumpversion | cut -d. -f1)-multilib"
kernel_headers=/usr/include/$(gcc -print-multiarch)
need 'command -v arm-none-eabi-gcc' gcc-arm-none-eabi
need 'test -d /usr/lib/arm-none-eabi/newlib || test -d /usr/arm-none-eabi' libnewlib-arm-none-eabi
need 'command -v python3' python3
need 'command -v openssl' openssl
need 'command -v valgrind' valgrind
need "$(has_header jsmn.h)" libjsmn-dev
need 'test -n "$(find /usr/include -path "*curl/curl.h")"' libcurl4-openssl-dev
need 'ldconfig -p | grep -q libcurl-gnutls.so.4' libcurl3-gnutls

# build NAME VERSION SUITE CONFIG FLAG...: builds mbedTLS with a configuration, and our client over it.
build() {
    prepare gcc -DAMP_MBEDTLS_HOST "$@"
    shift 4
    # The quotes around the file name must reach the compiler.
    eval "gcc $(echo "$flags $*" | sed 's/"/\\"/g') -D_GNU_SOURCE -Isrc $bench/tls_client.c src/*/*.c port/posix/*.c" \
        "\"$out/$name/libmbedtls.a\" -Wl,--gc-sections -lpthread -o \"$out/$name/client\"" 2> "$out/gcc.log" ||
        { cat "$out/gcc.log" >&2; return 1; }
}

# flash NAME VERSION SUITE CONFIG FLAG...: prints the size of a Cortex-M3 program over mbedTLS with a
# configuration.
flash() {
    machine="-mcpu=cortex-m3 -mthumb -Os"
    prepare arm-none-eabi-gcc "$machine" "$@"
    mkdir -p "$out/jsmn"
    cp "$(find /usr/include /usr/local/include -name jsmn.h | head -n 1)" "$out/jsmn/" # and no other header of this system
    shift 4
    eval "arm-none-eabi-gcc $(echo "$flags $*" | sed 's/"/\\"/g') -Isrc -I$out/jsmn $bench/tls_firmware.c src/*/*.c" \
        "\"$out/$name/libmbedtls.a\" --specs=nano.specs --specs=nosys.specs -Wl,--gc-sections" \
        "-o \"$out/$name/firmware\"" 2> "$out/gcc.log" || { cat "$out/gcc.log" >&2; return 1; }
    arm-none-eabi-size "$out/$name/firmware" | awk -v name="$name" 'NR == 2 { print name ".flash " $1 + $2 }'
}

# prepare COMPILER MORE-FLAGS NAME VERSION SUITE CONFIG FLAG...: compiles mbedTLS with a configuration. Sets
# name and flags.
prepare() {
    compiler=$1 more=$2 name=$3 version=$4 suite=$5 config=$6
    shift 6
    root=$out/../../mbedtls-source
    mkdir -p "$root/$version" "$out/$name"
    debian_source "$suite" mbedtls "mbedtls_$version*.orig.tar.*" "$root/$version" ||
        { echo "SKIPPED measuring TLS: $debian_source_why"; exit 0; }
    source=$root/$version/mbedtls
    flags="-std=gnu99 -w -ffunction-sections -fdata-sections -DMBEDTLS_CONFIG_FILE=\"$config\" $more"
    # No User-Agent, as on a metered connection. libcurl does not send one here either.
    flags="$flags -DAMP_USER_AGENT=0"
    flags="$flags -Iport/mbedtls -I$source/include -I$source/library -Iinclude -Iport/posix"
    [ "$compiler" != gcc ] || flags="$flags -idirafter $kernel_headers"
    if [ ! -f "$out/$name/libmbedtls.a" ] || [ "$(cat "$out/$name/flags" 2> /dev/null)" != "$flags $*" ] ||
        [ -n "$(find port/mbedtls -name 'config-small*' -newer "$out/$name/libmbedtls.a")" ] ||
        [ -n "$(find "port/mbedtls/$config" -newer "$out/$name/libmbedtls.a")" ]; then
        rm -f "$out/$name"/*
        for file in "$source"/library/*.c; do
            echo "$file" "$out/$name/$(basename "$file" .c).o"
        done | xargs -P "$jobs" -n 2 sh -c "$compiler"' '"$(echo "$flags $*" | sed 's/"/\\"/g')"' -c "$0" -o "$1"'
        ar rcs "$out/$name/libmbedtls.a" "$out/$name"/*.o
        echo "$flags $*" > "$out/$name/flags"
    fi
}

# issue NAME SUBJECT ISSUER EXTENSIONS
issue() {
    openssl req -new -key "$out/$1.key" -subj "/CN=$2" -out "$out/$1.csr"
    openssl x509 -req -in "$out/$1.csr" -CA "$out/$3.pem" -CAkey "$out/$3.key" -CAcreateserial -sha256 -days 3650 \
        -extfile "$out/$4.ext" -out "$out/$1.pem" 2> "$out/openssl.log"
}

# make_chain KIND OPENSSL-WORD...: makes an authority, an intermediate authority and a server certificate.
make_chain() {
    kind=$1
    shift
    [ ! -f "$out/$kind-chain.pem" ] || return 0
    for what in ca middle server; do
        openssl genpkey -algorithm "$@" -out "$out/$kind-$what.key" 2> "$out/openssl.log"
    done
    printf 'basicConstraints=critical,CA:TRUE\n' > "$out/authority.ext"
    printf 'subjectAltName=DNS:localhost\n' > "$out/server.ext"
    openssl req -x509 -new -sha256 -days 3650 -key "$out/$kind-ca.key" -subj "/CN=Root" -out "$out/$kind-ca.pem"
    openssl x509 -in "$out/$kind-ca.pem" -outform der -out "$out/$kind-ca.der"
    issue "$kind-middle" Middle "$kind-ca" authority
    issue "$kind-server" localhost "$kind-middle" server
    cat "$out/$kind-server.pem" "$out/$kind-middle.pem" > "$out/$kind-chain.pem"
}

server=
stop() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    server=
}
trap stop EXIT

# serve VERSION KIND: starts a server with that TLS version and that chain. Sets port and ca.
serve() {
    stop
    rm -f "$out/port"
    python3 "$bench/tls_server.py" "$out/$2-chain.pem" "$out/$2-server.key" "$1" "$out/log" > "$out/port" &
    server=$!
    for _ in $(seq 500); do
        [ ! -s "$out/port" ] || break
        sleep 0.02
    done
    port=$(cat "$out/port")
    ca=$out/$2-ca
}

# count LABEL FUNCTION COMMAND...: counts instructions within one function.
count() {
    counted=$1 function=$2
    shift 2
    valgrind --tool=callgrind --toggle-collect="$function" --callgrind-out-file="$out/callgrind" "$@" \
        > "$out/valgrind.log" 2>&1 || { cat "$out/valgrind.log" >&2; return 1; }
    instructions=$(sed -n 's/^summary: \([1-9][0-9]*\)$/\1/p' "$out/callgrind")
    echo "$counted ${instructions:?no instructions were counted in $function}"
}

# gets LABEL COMMAND...: measures the three requests: instructions, and bytes received and sent by the server.
gets() {
    label=$1
    shift
    : > "$out/log"
    "$@" > "$out/ours.log"
    awk -v label="$label" '
        function pair(what, up, down) { print label ".up." what " " up; print label ".down." what " " down }
        NR == 1 { pair("cold", $2, $3); up = $2; down = $3 }
        NR == 2 { pair("kept", $2 - up, $3 - down) }
        NR == 3 { pair("resumed", $2, $3); print label ".resumes " $1 }' "$out/log"
    for what in cold kept resumed; do
        count "$label.count.$what" "bench_$what" "$@"
    done
}

# ours NAME VERSION: measures our client over one build of mbedTLS.
ours() {
    serve "$2" ec
    gets "$1" "$out/$1/client" "$port" "$ca.der"
    sed "s/^/$1./" "$out/ours.log"
    count "$1.handshake.full" bench_full_handshake "$out/$1/client" "$port" "$ca.der"
    count "$1.handshake.resumed" bench_resumed_handshake "$out/$1/client" "$port" "$ca.der"
}

# arena NAME VERSION KIND: measures the arena of a 32-bit build.
arena() {
    serve "$2" "$3"
    "$out/$1/client" "$port" "$ca.der" | sed -n "s/^\(arena\.\|session\|storage\)/$1.\1/p"
}

# curls NAME LIBRARY VERSION
curls() {
    gcc -std=c99 -O2 -w "$bench/tls_curl.c" -l:"$2" -o "$out/$1"
    serve "$3" ec
    gets "$1.$3" "$out/$1" "$port" "$ca.pem"
    sed "s/^/version.$1 /" "$out/ours.log"
}

# version_of VERSION HEADER: prints the version of the source package.
version_of() {
    sed -n "s/^#define MBEDTLS_VERSION_STRING *\"\(.*\)\"/version.mbedtls-$1 \1/p" \
        "$out/../../mbedtls-source/$1/mbedtls/include/mbedtls/$2"
}

make_chain ec EC -pkeyopt ec_paramgen_curve:P-256
make_chain rsa RSA -pkeyopt rsa_keygen_bits:2048
build small-1.2 2.28 bookworm config-small.h -O2
build standard-1.3 3.6 trixie config-standard.h -O2
build small-1.3 3.6 trixie config-small-13.h -O2
build psk-1.3 3.6 trixie config-small-13.h -O2 -DAMP_TLS_PSK_ONLY
build small-13-32 3.6 trixie config-small-13.h -m32 -O0
build psk-13-32 3.6 trixie config-small-13.h -m32 -O0 -DAMP_TLS_PSK_ONLY
build small-2.28-32 2.28 bookworm config-small.h -m32 -O0
build small-3.6-32 3.6 trixie config-small.h -m32 -O0
build rsa-2.28-32 2.28 bookworm config-small.h -m32 -O0 -DAMP_MBEDTLS_WITH_RSA
build standard-3.6-32 3.6 trixie config-standard.h -m32 -O0
{
    echo "version.gcc $(gcc --version | sed 1q)"
    echo "version.valgrind $(valgrind --version)"
    version_of 2.28 version.h
    version_of 3.6 build_info.h
} > "$measured"
ours small-1.2 1.2 >> "$measured"
ours standard-1.3 1.3 >> "$measured"
ours small-1.3 1.3 >> "$measured"
ours psk-1.3 1.3 >> "$measured"
{
    arena small-2.28-32 1.2 ec
    arena small-3.6-32 1.2 ec
    arena rsa-2.28-32 1.2 rsa
    arena standard-3.6-32 1.3 ec
    arena small-13-32 1.3 ec
    arena psk-13-32 1.3 ec
    flash flash-small-2.28 2.28 bookworm config-small.h
    flash flash-small-3.6 3.6 trixie config-small.h
    flash flash-small-13 3.6 trixie config-small-13.h
    flash flash-psk-13 3.6 trixie config-small-13.h -DAMP_TLS_PSK_ONLY -DAMP_MBEDTLS_ONLY_13
} >> "$measured"
curls curl-openssl libcurl.so.4 1.2 >> "$measured"
curls curl-openssl libcurl.so.4 1.3 >> "$measured"
curls curl-gnutls libcurl-gnutls.so.4 1.2 >> "$measured"
curls curl-gnutls libcurl-gnutls.so.4 1.3 >> "$measured"
stop
python3 "$bench/tls_table.py" "$measured" "$@"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the library on Windows: compiles with MinGW-w64, runs with Wine.
# - the public headers before and after windows.h, in C and C++, and every file that PlatformIO compiles
# - the unit tests that need no POSIX system, and those of port/windows/
# - against the sandbox, over TLS: the README's program, port/template/check.c, and PlatformIO's example
#
# mbedTLS and cmocka are built from Debian's source packages. If a tool or a package cannot be installed, a
# desktop skips this test by name. It fails where the variable CI is set. Everything is built below
# build/windows (or $AMPERSAND_BUILD/windows), except mbedTLS's sources, which test/mbedtls/run.sh shares.
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
. tools/sandbox.sh
out=$(mkdir -p "${AMPERSAND_BUILD:-build}/windows" && cd "${AMPERSAND_BUILD:-build}/windows" && pwd)
sources=$(mkdir -p "$out/../mbedtls-source/3.6" && cd "$out/../mbedtls-source/3.6" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)
tool=x86_64-w64-mingw32
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
config="-I$PWD/port/mbedtls -DMBEDTLS_CONFIG_FILE='\"config-small.h\"' -DAMP_MBEDTLS_HOST -DAMP_MBEDTLS_WITH_RSA"

skip() {
    echo "SKIPPED windows: $1"
    [ -z "${CI:-}" ] || exit 1
    exit 0
}

# quietly COMMAND...: prints the output only if the command fails.
quietly() {
    "$@" > "$out/log" 2>&1 || { tail -n 40 "$out/log" >&2; echo "failed: $*" >&2; return 1; }
}

install_mbedtls() {
    library=$out/install/lib/libmbedtls.a
    if [ ! -f "$library" ] || [ -n "$(find port/mbedtls/config-small.h test/windows/mingw.cmake -newer "$library")" ]; then
        debian_source trixie mbedtls "mbedtls_3.6*.orig.tar.*" "$sources" || skip "mbedTLS: $debian_source_why"
        quietly cmake -S "$sources/mbedtls" -B "$out/mbedtls" -DCMAKE_TOOLCHAIN_FILE="$PWD/test/windows/mingw.cmake" \
            -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF -DGEN_FILES=OFF -DCMAKE_BUILD_TYPE=None \
            -DCMAKE_C_FLAGS="$config" -DCMAKE_INSTALL_PREFIX="$out/install"
        quietly cmake --build "$out/mbedtls" -j "$jobs"
        quietly cmake --install "$out/mbedtls"
    fi
}

install_cmocka() {
    debian_source bookworm cmocka 'cmocka_1*.orig.tar.*' "$out" || skip "cmocka: $debian_source_why"
    [ -f "$out/libcmocka.a" ] || {
        quietly $tool-gcc -O1 -w -DHAVE_SIGNAL_H -I"$out/cmocka/include" -c "$out/cmocka/src/cmocka.c" -o "$out/cmocka.o"
        quietly $tool-ar rcs "$out/libcmocka.a" "$out/cmocka.o"
    }
}

build() {
    mkdir -p "$out/include"
    cp -u "$(find /usr/local/include /usr/include -maxdepth 1 -name jsmn.h | head -n 1)" "$out/include/"
    quietly cmake -S . -B "$out/ampersand" -DCMAKE_TOOLCHAIN_FILE="$PWD/test/windows/mingw.cmake" \
        -DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_C_FLAGS="$config" -DMbedTLS_DIR="$out/install/lib/cmake/MbedTLS" \
        -DJSMN_INCLUDE_DIR="$out/include" -DCMOCKA_INCLUDE_DIR="$out/cmocka/include" \
        -DCMOCKA_LIBRARY="$out/libcmocka.a" -DAMPERSAND_WERROR=ON -DAMPERSAND_BUILD_TESTS=ON
    quietly cmake --build "$out/ampersand" -j "$jobs"
}

# windows.h defines thousands of macros: the public headers compile before and after it, in C and C++.
check_headers() {
    for first in '#include <windows.h>' ''; do
        { echo "$first"; sed 's/.*/#include "&"/' "$out/headers"; echo '#include <windows.h>'; } > "$out/headers.h"
        # shellcheck disable=SC2086 # options are split on purpose
        quietly $tool-gcc -x c -std=c99 $warnings $includes -fsyntax-only "$out/headers.h"
        # shellcheck disable=SC2086
        quietly $tool-g++ -x c++ -std=c++11 $warnings $includes -fsyntax-only "$out/headers.h"
    done
    echo "headers: $(wc -l < "$out/headers") compile before and after windows.h, in C and C++"
}

# Compiles the files of the ports as library.json makes PlatformIO compile them. Those for another platform
# must be empty.
compile_ports() {
    ports=$(find port -name '*.c' -not -path 'port/stub/*' -not -path 'port/template/*' | sort)
    rm -rf "$out/ports"
    mkdir "$out/ports"
    for file in $ports; do
        object=$out/ports/$(basename "$file" .c).o
        # shellcheck disable=SC2086
        quietly $tool-gcc $warnings -Os $includes -c "$file" -o "$object"
        case $file in
        port/windows/* | port/posix/amp_device.c | port/uart/*) ;;
        *) [ -z "$($tool-nm --defined-only --extern-only "$object")" ] || { echo "$file is not empty" >&2; return 1; } ;;
        esac
    done
    echo "ports: $(echo "$ports" | wc -l) files compile without a warning"
}

# program NAME SOURCE...: compiles and links $out/NAME.exe with the ports' objects and the library.
program() {
    name=$1
    shift
    # shellcheck disable=SC2086
    quietly $tool-gcc -std=c99 $warnings -Os $includes -I"$out" "$@" "$out"/ports/*.o "$out/ampersand/libampersand.a" \
        -L"$out/install/lib" -lmbedtls -lmbedx509 -lmbedcrypto -leverest -lp256m -lws2_32 -lbcrypt -o "$out/$name.exe"
}

build_programs() {
    awk '/^```c$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md > "$out/hello.c"
    sed 's/amp_stub/amp_windows/g' port/template/check.c > "$out/check.c"
    { printf '#define FIRST_ANCHORS '; sed 's/.*/"&\\n" \\/' "$AMP_CA_FILE"; echo '""'
      echo "#define FIRST_BASE_URL \"$AMP_URL\""; } > "$out/first_config.h"
    program hello "$out/hello.c"
    program check "$out/check.c" -DAMP_CHECK_TIMES=20
    program sketch examples/platformio/src/check.c examples/platformio/src/native/main.c
    program answer examples/platformio/src/check.c examples/platformio/test/test_answer/test_main.c
    # The program may only use DLLs that every Windows has.
    $tool-objdump -p "$out/hello.exe" | sed -n 's/.*DLL Name: //p' | tr 'A-Z\n' 'a-z ' > "$out/dlls"
    [ "$(cat "$out/dlls")" = "bcrypt.dll kernel32.dll msvcrt.dll ws2_32.dll " ] || { cat "$out/dlls" >&2; return 1; }
}

# run NAME: runs a program with Wine, and prints its output with this system's line ends.
run() {
    status=0
    timeout 120 wine "$out/$1.exe" > "$out/$1.out" 2>&1 || status=$?
    tr -d '\r' < "$out/$1.out"
    return "$status"
}

# expect PATTERN SED-SCRIPT-FOR-THE-URL: the README's program must fail with a text that matches.
expect() {
    url=$(echo "$AMP_URL" | sed "$2")
    [ "$url" != "$AMP_URL" ] || [ -z "$2" ]
    AMP_URL=$url run hello > "$out/expect.out" || true
    grep -q "$1" "$out/expect.out" || { cat "$out/expect.out" >&2; echo "expected $1 from $url" >&2; return 1; }
    count=$((count + 1))
}

check_over_tls() {
    count=0
    run hello > "$out/hello.txt"
    grep -q '^group-alpha is working$' "$out/hello.txt"
    AMP_URL=$(echo "$AMP_URL" | sed 's/127.0.0.1/localhost/') run hello | grep -q '^done$'
    expect 'AMP_ERR_CERT_NAME' 's/127.0.0.1/127.1/'
    expect 'AMP_ERR_DNS, stage dns, error 11001' 's/127.0.0.1/no-such-name.invalid/'
    expect 'AMP_ERR_CONNECT, stage connect, error 10061' 's/:[0-9][0-9]*\//:1\//'
    expect 'AMP_ERR_ABORTED, stage body' 's/v1$/x:cut=300\/v1/'
    expect 'AMP_ERR_ABORTED, stage head' 's/v1$/x:reset\/v1/'
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$out/other.key" -out "$out/other.pem" \
        -subj '/CN=Another authority' 2> /dev/null
    AMP_CA_FILE=$out/other.pem expect AMP_ERR_CERT_UNTRUSTED ''
    AMP_CA_FILE='' expect 'AMP_ERR_TRUST' ''
    AMP_API_KEY=wrong expect 'AMP_ERR_UNAUTHORIZED' ''
    echo "program of the README: a list over TLS, by address and by name; $count failures are reported"
    run check > "$out/check.txt" || { cat "$out/check.txt" >&2; return 1; }
    grep -q '^rules: kept$' "$out/check.txt"
    echo "port/template/check.c: $(grep -c '^ok' "$out/check.txt") cases; $(grep 'longest open' "$out/check.txt")"
    AMP_DOCTOR=1 run sketch > "$out/sketch.txt"
    [ "$(grep -c '^[a-z]*: ok' "$out/sketch.txt")" -eq 6 ] || { cat "$out/sketch.txt" >&2; return 1; }
    grep -q ' is working$' "$out/sketch.txt"
    run answer > "$out/answer.txt" || { cat "$out/answer.txt" >&2; return 1; }
    echo "PlatformIO's example: doctor and list; $(grep -c '^ok' "$out/answer.txt") unit tests"
}

[ "$(uname -m)" = x86_64 ] || { echo "SKIPPED windows: Wine runs programs of x86-64 only on x86-64"; exit 0; }
need_build
need_ninja
need_sandbox
need "command -v $tool-gcc" gcc-mingw-w64-x86-64 || skip "no MinGW-w64"
need "command -v $tool-g++" g++-mingw-w64-x86-64 || skip "no MinGW-w64 for C++"
need 'command -v wine' wine wine64 || skip "no Wine"
install_mbedtls
install_cmocka
build
ls include/ampersand/*.h port/*/amp_device.h port/*/amp_windows.h | sed "s|^|$PWD/|" > "$out/headers"
includes="-Iinclude -Isrc -I$out/include -Iport/posix -Iport/windows -Iport/uart"
check_headers
compile_ports

# A new Wine prefix, without a display, and without Mono and Gecko. It has 700 MB and is removed when this
# script ends.
export WINEPREFIX="$out/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='
unset DISPLAY
end() {
    wineserver -k > /dev/null 2>&1 || true
    rm -rf "$WINEPREFIX" "$out/sandbox"
}
trap end EXIT
end
mkdir "$out/sandbox"
start_sandbox "$out/sandbox"
build_programs
wine wineboot --init > "$out/wine.log" 2>&1 || { tail -n 20 "$out/wine.log" >&2; exit 1; }
quietly ctest --test-dir "$out/ampersand" -j "$((2 * jobs))" --output-on-failure --no-tests=error
echo "unit tests: $(sed -n 's/.* out of \([0-9]*\)$/\1/p' "$out/log") programs pass; not for Windows: test_posix*, POSIX" \
    "sockets; test_qr, a library of Debian's; test/tls, a server of OpenSSL"
check_over_tls

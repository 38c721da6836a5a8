#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the tests that depend on mbedTLS with other builds of it than this system's:
#   3.6           as packaged in Debian trixie, linked statically
#   2.28-small    bookworm's source package with port/mbedtls/config-small.h, and RSA
#   3.6-small     trixie's source package with the same configuration
#   3.6-small-13  with port/mbedtls/config-small-13.h and resumption without a key exchange: only the TLS tests
#   3.6-standard  with port/mbedtls/config-standard.h
#
#   sh test/mbedtls/run.sh              all builds
#   sh test/mbedtls/run.sh BUILD...     only these. A build can also be the absolute path of another mbedTLS, such as
#                                       mbedTLS 4: the folder of its sources, or its installation folder
#   sh test/mbedtls/run.sh --install BUILD...   builds and installs these below build/mbedtls-BUILD/install, without tests
#
# Skipped, by name, where the packages cannot be downloaded and are not left from an earlier run.
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh
root=$(mkdir -p "${AMPERSAND_BUILD:-build}" && cd "${AMPERSAND_BUILD:-build}" && pwd)
jobs=$(nproc 2> /dev/null || echo 2)
need "$(has_header openssl/ssl.h)" libssl-dev
need_ninja

# Unpacks trixie's libmbedtls-dev. Its static libraries also link with older versions of glibc.
install_package() {
    debian_binary trixie libmbedtls-dev 'libmbedtls-dev_3.6*.deb' "$build" || return 1
    mkdir -p "$build/install/lib"
    cp -R "$build/libmbedtls-dev/usr/include" "$build/install/"
    find "$build/libmbedtls-dev" -name '*.a' -exec cp {} "$build/install/lib/" \;
}

# install_source VERSION SUITE: builds Debian's source package with $config.
install_source() {
    sources=$root/mbedtls-source
    mkdir -p "$sources/$1"
    debian_source "$2" mbedtls "mbedtls_$1*.orig.tar.*" "$sources/$1" || return 1
    install_folder "$sources/$1/mbedtls" -DGEN_FILES=OFF
}

# install_folder SOURCES CMAKE-OPTION...: builds the sources with $config.
install_folder() {
    folder=$1
    shift
    echo "building mbedTLS $name"
    { cmake -S "$folder" -B "$build/objects" -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF "$@" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS="$config" -DCMAKE_INSTALL_PREFIX="$build/install" &&
        cmake --build "$build/objects" -j "$jobs" && cmake --install "$build/objects"; } > "$build/build.log" 2>&1 ||
        { tail -n 30 "$build/build.log" >&2; exit 1; }
}

# have COMMAND...: runs the command, unless an earlier run has installed that build and no configuration has
# changed since.
have() {
    library=$build/install/lib/libmbedtls.a
    [ ! -f "$library" ] || [ -n "$(find port/mbedtls -name 'config-*.h' -newer "$library")" ] || return 0
    "$@" || { echo "SKIPPED mbedTLS $name: $debian_source_why"; return 1; }
}

# test_with VERSION-NUMBER CLIENT CTEST-OPTION...: CLIENT is ON if the tests need the command line client.
test_with() {
    [ -z "$is_install" ] || return 0
    number=$1 client=$2
    shift 2
    { cmake -S . -B "$build/ampersand" -DCMAKE_PREFIX_PATH="$build/install" -DCMAKE_C_FLAGS="$config" \
        -DAMPERSAND_WERROR=ON -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_TLS_TESTS_ONLY=ON \
        -DAMPERSAND_BUILD_CLI="$client" -DAMPERSAND_BUILD_EXAMPLES="$client" &&
        cmake --build "$build/ampersand" -j "$jobs"; } > "$build/ampersand.log" 2>&1 ||
        { tail -n 40 "$build/ampersand.log" >&2; exit 1; }
    grep -q "^MbedTLS_LIBRARY.*=$build/install\|^MbedTLS_DIR.*=$build/install" "$build/ampersand/CMakeCache.txt"
    cat "$build"/install/include/mbedtls/build_info.h "$build"/install/include/mbedtls/version.h 2> /dev/null |
        grep -q "MBEDTLS_VERSION_NUMBER *$number"
    ctest --test-dir "$build/ampersand" -j $((2 * jobs)) --output-on-failure "$@"
}

# config_of FILE OPTION...: prints flags that make mbedTLS, and all files that include it, use our
# configuration.
config_of() {
    file=$1
    shift
    echo "-I$(pwd)/port/mbedtls -DMBEDTLS_CONFIG_FILE='\"$file\"' $*"
}

# The tests whose result can depend on mbedTLS. Unit tests do not use it. The other end-to-end tests run with
# the system's mbedTLS. The client's tests take longest, so they run once for each version.
library='^(tls|check)\.'
everywhere='^(tls|check)\.|^e2e\.test_(tls|session|faults|memory|doctor|device)$'
small="-DAMP_MBEDTLS_HOST -DAMP_MBEDTLS_WITH_RSA -DAMP_MBEDTLS_RESTARTABLE"

is_install=
if [ "${1:-}" = --install ]; then
    is_install=1
    shift
fi
[ $# -gt 0 ] || set -- 3.6 2.28-small 3.6-small 3.6-small-13 3.6-standard
for name in "$@"; do
    build=$root/mbedtls-$(basename "$name")
    config=
    mkdir -p "$build"
    echo "== with mbedTLS $name"
    case $name in
    3.6)
        have install_package || continue
        test_with 0x0306 OFF -LE once -R "$library"
        ;;
    2.28-small)
        config=$(config_of config-small.h $small)
        have install_source 2.28 bookworm || continue
        test_with 0x021C ON -LE once -R "$everywhere"
        ;;
    3.6-small)
        config=$(config_of config-small.h $small)
        have install_source 3.6 trixie || continue
        test_with 0x0306 OFF -LE once -R "$library"
        ;;
    3.6-small-13)
        config=$(config_of config-small-13.h -DAMP_MBEDTLS_HOST -DAMP_MBEDTLS_WITH_RSA -DAMP_TLS_PSK_ONLY)
        have install_source 3.6 trixie || continue
        test_with 0x0306 OFF -R '^tls\.' -E 'test_tls_memory'
        ;;
    3.6-standard)
        config=$(config_of config-standard.h)
        have install_source 3.6 trixie || continue
        test_with 0x0306 ON -LE once -R "$everywhere"
        ;;
    /*)
        if [ -f "$name/CMakeLists.txt" ]; then
            have install_folder "$name"
        else
            rm -rf "$build/install"
            ln -s "$name" "$build/install"
        fi
        test_with 0x ON -LE once -R "$everywhere"
        ;;
    *)
        echo "there is no build $name" >&2
        exit 2
        ;;
    esac
done

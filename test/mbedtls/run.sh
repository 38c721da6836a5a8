#!/bin/sh
# SPDX-License-Identifier: MIT
# The unit and end-to-end tests over mbedTLS 3.6, built from Debian trixie's source package. The
# package is fetched with a private apt configuration: the system's own stays as it is.
#
# Skipped, by name, where Debian's sources cannot be had and no earlier run has left them.
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
build=$(mkdir -p "${AMPERSAND_BUILD:-build}/mbedtls-3.6" && cd "${AMPERSAND_BUILD:-build}/mbedtls-3.6" && pwd)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
jobs=$(nproc 2> /dev/null || echo 2)

skip() {
    echo "SKIPPED mbedTLS 3.6: $1"
    exit 0
}

# The address of the Debian mirror that this system already uses.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null |
        sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\).*/\2/p' | grep -E '/debian/?$' | head -n 1
}

fetch() {
    [ -f "$keyring" ] || skip "no Debian archive keyring on this system"
    from=$(mirror)
    [ -n "$from" ] || skip "this system has no Debian mirror configured"
    mkdir -p "$build/apt/lists/partial" "$build/apt/cache/archives/partial" "$build/download"
    echo "deb-src [signed-by=$keyring] $from trixie main" > "$build/apt/sources.list"
    options="-o Dir::Etc::sourcelist=$build/apt/sources.list -o Dir::Etc::sourceparts=-"
    options="$options -o Dir::State::lists=$build/apt/lists -o Dir::Cache=$build/apt/cache -o APT::Sandbox::User=root"
    (cd "$build/download" && apt-get $options update && apt-get $options source --download-only mbedtls) \
        > "$build/fetch.log" 2>&1 || skip "its source package could not be fetched ($build/fetch.log)"
}

if [ ! -f "$build/install/include/mbedtls/version.h" ]; then
    ls "$build"/download/mbedtls_3.6*.orig.tar.* > /dev/null 2>&1 || fetch
    need 'command -v xz' xz-utils
    need 'command -v bzip2' bzip2
    rm -rf "$build/source"
    mkdir "$build/source"
    tar -xf "$build"/download/mbedtls_3.6*.orig.tar.* -C "$build/source" --strip-components=1
    echo "building mbedTLS 3.6"
    { cmake -S "$build/source" -B "$build/objects" -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF -DGEN_FILES=OFF \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$build/install" &&
        cmake --build "$build/objects" -j "$jobs" && cmake --install "$build/objects"; } > "$build/build.log" 2>&1 ||
        { tail -n 30 "$build/build.log" >&2; exit 1; }
fi

{ cmake -S . -B "$build/ampersand" -DCMAKE_PREFIX_PATH="$build/install" -DAMPERSAND_WERROR=ON \
    -DAMPERSAND_BUILD_TESTS=ON -DAMPERSAND_BUILD_CLI=ON &&
    cmake --build "$build/ampersand" -j "$jobs"; } > "$build/ampersand.log" 2>&1 ||
    { tail -n 40 "$build/ampersand.log" >&2; exit 1; }
grep -q 'MBEDTLS_VERSION_NUMBER *0x0306' "$build/install/include/mbedtls/build_info.h"
ctest --test-dir "$build/ampersand" -LE once -j "$jobs" --output-on-failure

# SPDX-License-Identifier: MIT
# To be sourced. need CHECK PACKAGE...: when the shell command CHECK fails, installs the packages with the
# system's package manager and prints their names. When CHECK passes, the system is not changed.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null 2>&1; then
        sudo "$@"
    else
        echo "this needs root: $*" >&2
        return 1
    fi
}

need() {
    check=$1
    shift
    if sh -c "$check" > /dev/null 2>&1; then
        return 0
    fi
    if ! command -v apt-get > /dev/null 2>&1; then
        echo "missing: $* (and no apt-get here to install it with)" >&2
        return 1
    fi
    echo "installing: $*"
    need_log=$(mktemp)
    # Two scripts may need packages at the same time, and apt-get does not wait for another apt-get.
    if [ -z "${need_updated:-}" ]; then
        as_root flock /var/cache/apt apt-get update > "$need_log" 2>&1 || true
        need_updated=1
    fi
    if ! as_root env DEBIAN_FRONTEND=noninteractive flock /var/cache/apt apt-get install -y --no-install-recommends "$@" \
        >> "$need_log" 2>&1; then
        tail -n 20 "$need_log" >&2
        rm -f "$need_log"
        echo "could not install: $*" >&2
        return 1
    fi
    rm -f "$need_log"
}

has_header() {
    echo "test -f /usr/include/$1 || test -f /usr/local/include/$1"
}

# Installs the packages that are needed to build the library and its command line client.
need_build() {
    need 'command -v cc && echo "int main(void){return 0;}" | cc -xc - -o /dev/null' gcc libc6-dev
    need 'command -v make' make
    need 'command -v cmake' cmake
    need "$(has_header mbedtls/ssl.h)" libmbedtls-dev
    need "$(has_header jsmn.h)" libjsmn-dev
}

# CMake calls Ninja instead of make from here on, which takes a quarter less time for many small files.
need_ninja() {
    need 'command -v ninja' ninja-build
    export CMAKE_GENERATOR=Ninja
}

# Installs the packages that the sandbox needs.
need_sandbox() {
    need 'command -v python3' python3
    need 'command -v openssl' openssl
}

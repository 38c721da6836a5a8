#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that the library does not compile over an mbedTLS build that lacks a certificate check which the
# library promises. The compiler's error must say why.
# usage: mbedtls_checks.sh PROJECT COMPILER INCLUDE-FOLDER-OF-MBEDTLS...
set -eu
project=$(cd "$1" && pwd)
compiler=$2
shift 2
include=
for folder in "$@"; do
    include="$include -I$folder"
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# compile: compiles with the settings that config.h adds to mbedTLS's own configuration.
compile() {
    "$compiler" -std=c99 -fsyntax-only $more -DMBEDTLS_USER_CONFIG_FILE="\"$dir/config.h\"" -I"$project/include" \
        -I"$project/src" $include -x c "$project/src/tls/tls_policy.c" > "$dir/out" 2>&1
}

# refused OPTION WORD LINE...: checks that a configuration with these lines does not compile, and that the
# error names the option.
refused() {
    option=$1 word=$2
    shift 2
    printf '%s\n' "$@" > "$dir/config.h"
    if compile; then
        echo "compiles $word $option" >&2
        exit 1
    fi
    grep -q "error.*mbedTLS is built $word $option:" "$dir/out" || { cat "$dir/out" >&2; exit 1; }
    checked=$((checked + 1))
}

checked=0
more=
: > "$dir/config.h"
compile || { cat "$dir/out" >&2; exit 1; }
for option in MBEDTLS_X509_ALLOW_UNSUPPORTED_CRITICAL_EXTENSION MBEDTLS_TLS_DEFAULT_ALLOW_SHA1_IN_CERTIFICATES \
    MBEDTLS_TEST_NULL_ENTROPY MBEDTLS_X509_REMOVE_VERIFY_CALLBACK; do
    refused $option with "#define $option"
done
more=-DAMP_TLS_PSK_ONLY
refused MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED without "#undef MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED"
more=
echo '#include <mbedtls/version.h>' > "$dir/version.c"
major=$("$compiler" $include -E -dM "$dir/version.c" | sed -n 's/^#define MBEDTLS_VERSION_MAJOR *//p')
: "${major:?}"
if [ "$major" = 2 ]; then # 3.0 removed these options
    for option in MBEDTLS_X509_CHECK_KEY_USAGE MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE; do
        refused $option without "#undef $option"
    done
fi
echo "$checked builds of mbedTLS $major refused"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that the library does not compile when a TLS port does not fit AMP_TLS_STORAGE_SIZE, and that the
# error states a sufficient size. An application with another size gets AMP_ERR_ABI. No program of this
# project allocates the storage from the heap.
# usage: storage.sh PROJECT LIBRARY COMPILER [FOLDERS OF HEADERS, separated by semicolons]
set -eu
project=$(cd "$1" && pwd)
library=$2
compiler=$3
folders=$(echo "${4:-}" | tr ';' '\n' | sed 's/^./-isystem &/' | tr '\n' ' ')
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# compile SIZE: compiles tls_setup.c
compile() {
    # shellcheck disable=SC2086 # one word for each folder
    $compiler -std=c99 -Wall -Wextra -Wpedantic -Werror ${CFLAGS:-} $folders -DAMP_TLS_STORAGE_SIZE="$1" -I"$project/include" \
        -fsyntax-only "$project/src/tls/tls_setup.c" 2> "$dir/errors"
}

if compile 1024; then
    echo "the library compiles with AMP_TLS_STORAGE_SIZE 1024" >&2
    exit 1
fi
size=$(sed -n 's/.*error:.*set_AMP_TLS_STORAGE_SIZE_to_\([0-9]*\).*/\1/p' "$dir/errors" | sort -u)
case $size in
[1-9][0-9][0-9][0-9] | [1-9][0-9][0-9][0-9][0-9]) ;;
*)
    echo "the error does not have one size to set:" >&2
    cat "$dir/errors" >&2
    exit 1
    ;;
esac
compile "$size" || { cat "$dir/errors" >&2; exit 1; }
for wrong in 1000 4097; do
    ! compile "$wrong" || { echo "AMP_TLS_STORAGE_SIZE=$wrong compiles" >&2; exit 1; }
    grep -q '#error.*AMP_TLS_STORAGE_SIZE' "$dir/errors"
done

cat > "$dir/app.c" << 'EOF'
#include <stdio.h>
#include "ampersand/ampersand.h"
int main(void)
{
    static amp_tls_storage_t storage;
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    amp_port_t under = {0}, tls = {0};
    amp_tls_config_t trust = {0};
    const amp_config_t config = {0};
    trust.under = &under;
    printf("%s %s %s\n", sizeof storage >= amp_tls_storage_size() ? "fits" : "is too small",
           amp_status_name(amp_init(&client, &config, work, sizeof work)),
           amp_status_name(amp_tls_init(&storage, sizeof storage, &trust, &tls)));
    return 0;
}
EOF

# expect TEXT [OPTION]: checks the output of an application that is compiled with this option
expect() {
    # shellcheck disable=SC2086 # the option may be missing
    ${CC:-cc} -std=c99 ${2:-} -I"$project/include" "$dir/app.c" "$library" -lmbedtls -lmbedx509 -lmbedcrypto -o "$dir/app"
    told=$("$dir/app")
    [ "$told" = "$1" ] || { echo "an application ${2:-} gets: $told" >&2; exit 1; }
}
expect 'fits AMP_ERR_CONFIG AMP_ERR_TRUST'
expect 'fits AMP_ERR_ABI AMP_ERR_ABI' -DAMP_TLS_STORAGE_SIZE=81920

cd "$project"
! git --no-pager grep -n 'malloc(amp_tls_storage_size' -- README.md docs examples port test/packaging test/e2e 2> /dev/null ||
    { echo "use amp_tls_storage_t in the lines above" >&2; exit 1; }
echo "this mbedTLS: AMP_TLS_STORAGE_SIZE $size"

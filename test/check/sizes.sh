#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that amp_init returns AMP_ERR_ABI when a size of config.h differs between application and library. A
# size that does not fit the 16 bits of a table must not compile.
# usage: sizes.sh PROJECT LIBRARY
set -eu
project=$(cd "$1" && pwd)
library=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/app.c" << 'EOF'
#include <stdio.h>
#include "ampersand/ampersand.h"
int main(void)
{
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    const amp_config_t config = {0};
    return puts(amp_status_name(amp_init(&client, &config, work, sizeof work))) < 0;
}
EOF

# what_init_says [NAME=VALUE]: prints the result of amp_init for an application with this setting
what_init_says() {
    ${CC:-cc} -std=c99 ${1:+-D"$1"} -I"$project/include" "$dir/app.c" "$library" -Wl,-rpath,"$(dirname "$library")" \
        -o "$dir/app"
    "$dir/app"
}

[ "$(what_init_says)" = AMP_ERR_CONFIG ]
checked=0
for name in $(sed -n 's/^#ifndef \(AMP_[A-Z_]*_SIZE\|AMP_JSON_DEPTH\)$/\1/p' "$project/include/ampersand/config.h"); do
    value=$(sed -n "s/^#define $name \([0-9]*\)\$/\1/p" "$project/include/ampersand/config.h")
    for other in $((value + 8)) $((value - 8)); do
        told=$(what_init_says "$name=$other")
        [ "$told" = AMP_ERR_ABI ] || { echo "amp_init returns $told to an application with $name=$other" >&2; exit 1; }
    done
    if ${CC:-cc} -std=c99 -D"$name=16384" -I"$project/include" -fsyntax-only "$dir/app.c" 2> "$dir/errors"; then
        echo "$name=16384 compiles" >&2
        exit 1
    fi
    grep -q "#error.*$name" "$dir/errors"
    checked=$((checked + 1))
done
[ "$checked" -eq 8 ]

# With all sizes at their maximum, the offsets of every record must still fit the tables.
cat > "$dir/most.c" << 'EOF'
#include "ampersand/records.h"
#define FITS(type) typedef char type##_fits[sizeof(type) <= UINT16_MAX ? 1 : -1]
FITS(amp_connection_t);
FITS(amp_installation_t);
FITS(amp_problem_t);
FITS(amp_backfill_progress_t);
FITS(amp_operations_t);
FITS(amp_provider_t);
FITS(amp_custom_auth_t);
EOF
most="-DAMP_ID_SIZE=512 -DAMP_REF_SIZE=4096 -DAMP_WORD_SIZE=512 -DAMP_NAME_SIZE=4096 -DAMP_TEXT_SIZE=4096
    -DAMP_URL_SIZE=8192 -DAMP_PAGE_TOKEN_SIZE=4096"
${CC:-cc} -std=c99 $most -I"$project/include" -fsyntax-only "$dir/most.c"
least="-DAMP_ID_SIZE=40 -DAMP_REF_SIZE=40 -DAMP_WORD_SIZE=32 -DAMP_NAME_SIZE=16 -DAMP_TEXT_SIZE=16
    -DAMP_URL_SIZE=64 -DAMP_PAGE_TOKEN_SIZE=16"
for source in "$project"/src/operations/schema_*.c; do
    for sizes in "$most" "$least"; do
        ${CC:-cc} -std=c99 -Wall -Wextra -Wconversion -Werror $sizes -I"$project/include" -fsyntax-only "$source"
    done
done

# A struct that is too large for its table must not compile in C or in C++.
cat > "$dir/large.c" << 'EOF'
#include "ampersand/schema.h"
typedef struct {
    amp_mask_t mask;
    char filler[SIZE];
    char name[32];
} large_t;
static const amp_field_t fields[] = {AMP_FIELD("name", AMP_STRING, AMP_REQUIRED, large_t, name)};
extern const amp_schema_t large;
const amp_schema_t large = AMP_SCHEMA(large_t, fields, 0);
EOF
for compiler in "${CC:-cc} -std=c99" "${CXX:-c++} -x c++ -std=c++11"; do
    warn="-Wall -Wextra -Wpedantic -Wconversion -Werror -fsyntax-only"
    $compiler -DSIZE=65000 $warn -I"$project/include" "$dir/large.c"
    if $compiler -DSIZE=65536 $warn -I"$project/include" "$dir/large.c" 2> /dev/null; then
        echo "$compiler accepts a struct of 64 KB" >&2
        exit 1
    fi
done
echo "$checked sizes"

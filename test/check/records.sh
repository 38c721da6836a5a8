#!/bin/sh
# SPDX-License-Identifier: MIT
# No struct that the library reads or writes may change its size between two patch releases, and none may
# change unseen by amp_init:
# - records.txt has the size of each public struct for this AMP_VERSION_MINOR, on machines whose int, long
#   and pointers are 4, 8 and 8 bytes;
# - AMP_ABI_LIST_ has every public struct;
# - an application for which a struct has 8 bytes more is told AMP_ERR_ABI; for those of TLS, AMP_TLS_ABI
#   differs too.
# usage: records.sh PROJECT LIBRARY [--write]
set -eu
project=$(cd "$1" && pwd)
library=$2
list=$project/test/check/records.txt
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat > "$dir/sizes.c" << 'EOF'
#include <stdio.h>
#include "ampersand/ampersand.h"
#define PRINT(type) printf("%s %lu\n", #type, (unsigned long)sizeof(type));
int main(void)
{
    if (sizeof(int) != 4 || sizeof(long) != 8 || sizeof(void *) != 8) {
        puts("SKIPPED");
        return 0;
    }
    printf("AMP_VERSION_MINOR %d\n", AMP_VERSION_MINOR);
    AMP_ABI_LIST_(PRINT)
    return 0;
}
EOF
cat > "$dir/app.c" << 'EOF'
#include <stdio.h>
#include "ampersand/ampersand.h"
int main(void)
{
    static amp_client_t client;
    static uint8_t work[AMP_WORK_SIZE];
    const amp_config_t config = {0};
    printf("%s %s %lu\n", amp_status_name(amp_abi_check()),
           amp_status_name(amp_init(&client, &config, work, sizeof work)), (unsigned long)AMP_TLS_ABI);
    return 0;
}
EOF

${CC:-cc} -std=c99 -I"$project/include" "$dir/sizes.c" -o "$dir/sizes"
"$dir/sizes" > "$dir/found"
if ! grep -q SKIPPED "$dir/found"; then
    [ "${3:-}" != --write ] || cp "$dir/found" "$list"
    if ! diff -u "$list" "$dir/found"; then
        echo "public structs changed their sizes, or the version its minor number. A program that was compiled" >&2
        echo "before cannot use this library: raise AMP_VERSION_MINOR if this one was released, and run" >&2
        echo "sh test/check/records.sh . $library --write" >&2
        exit 1
    fi
fi

# Every struct of the headers, by its closing line; enumerations aside, which hold no members.
cat "$project"/include/ampersand/*.h | awk '
    /^typedef (struct|enum) \{/ { kind = $2 }
    /^struct amp_[a-z0-9_]* \{/ { kind = "struct" }
    /^typedef enum .*\} amp_[a-z0-9_]*_t;$/ { next }
    /^\} amp_[a-z0-9_]*_t;/ && kind == "struct" { sub(/;.*/, "", $2); print $2 }
    END { print "amp_schema_t" }' | LC_ALL=C sort -u > "$dir/declared"
sed -n 's/^\(amp_[a-z0-9_]*\) [0-9]*$/\1/p' "$list" | LC_ALL=C sort -u > "$dir/listed"
diff -u "$dir/declared" "$dir/listed" || { echo "AMP_ABI_LIST_ (abi.h) has other structs than the headers" >&2; exit 1; }

# what_is_said HEADERS
what_is_said() {
    ${CC:-cc} -std=c99 -I"$1" "$dir/app.c" "$library" -Wl,-rpath,"$(dirname "$library")" -o "$dir/app"
    "$dir/app"
}

said=$(what_is_said "$project/include")
tls=${said##* }
[ "${said% *}" = "AMP_OK AMP_ERR_CONFIG" ] || { echo "an application is told $said" >&2; exit 1; }
checked=0
while read -r type; do
    rm -rf "$dir/include"
    cp -R "$project/include" "$dir/include"
    for header in "$dir"/include/ampersand/*.h; do
        sed "s/^} $type;/    uint64_t grown_;\n} $type;/" "$header" > "$dir/grown"
        [ "$type" != amp_schema_t ] || sed "s/^struct amp_schema {/&\n    uint64_t grown_;/" "$header" > "$dir/grown"
        cp "$dir/grown" "$header"
    done
    said=$(what_is_said "$dir/include")
    [ "${said% *}" = "AMP_ERR_ABI AMP_ERR_ABI" ] || { echo "an application with a larger $type is told $said" >&2; exit 1; }
    case $type in
    amp_tls_* | amp_anchor_t | amp_pin_t | amp_port_t)
        [ "${said##* }" != "$tls" ] || { echo "AMP_TLS_ABI does not depend on $type" >&2; exit 1; }
        ;;
    esac
    checked=$((checked + 1))
done < "$dir/declared"
[ "$checked" -gt 50 ]
echo "$checked structs"

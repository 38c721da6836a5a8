#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that no public struct changes its size between two patch releases, and that amp_init detects every
# change:
# - records.txt has the size of each public struct for this AMP_VERSION_MINOR, on machines whose int, long and
#   pointers have 4, 8 and 8 bytes.
# - AMP_ABI_LIST_ has every public struct.
# - AMP_ABI differs for an application that was compiled with 8 more bytes in any one struct. So does
#   AMP_TLS_ABI for the structs of TLS.
# - The library returns AMP_ERR_ABI to an application with another AMP_ABI.
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
    printf("%s %s %lu %lu\n", amp_status_name(amp_abi_check()),
           amp_status_name(amp_init(&client, &config, work, sizeof work)), (unsigned long)AMP_ABI,
           (unsigned long)AMP_TLS_ABI);
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

# Lists every struct of the headers by its closing line. Enumerations are skipped, because they have no
# members.
cat "$project"/include/ampersand/*.h | awk '
    /^typedef (struct|enum) \{/ { kind = $2 }
    /^struct amp_[a-z0-9_]* \{/ { kind = "struct" }
    /^typedef enum .*\} amp_[a-z0-9_]*_t;$/ { next }
    /^\} amp_[a-z0-9_]*_t;/ && kind == "struct" { sub(/;.*/, "", $2); print $2 }
    END { print "amp_schema_t" }' | LC_ALL=C sort -u > "$dir/declared"
sed -n 's/^\(amp_[a-z0-9_]*\) [0-9]*$/\1/p' "$list" | LC_ALL=C sort -u > "$dir/listed"
diff -u "$dir/declared" "$dir/listed" || { echo "AMP_ABI_LIST_ (abi.h) has other structs than the headers" >&2; exit 1; }

# run_app HEADERS: compiles an application with these headers. Prints the library's result, and the application's
# AMP_ABI and AMP_TLS_ABI.
run_app() {
    ${CC:-cc} -std=c99 -I"$1" "$dir/app.c" "$library" -Wl,-rpath,"$(dirname "$library")" -o "$dir/app"
    "$dir/app"
}

# grow TYPE: adds 8 bytes to a struct of the headers in $dir/include.
grow() {
    line="} $1;"
    change="s/^$line/    uint64_t grown_;\\n$line/"
    if [ "$1" = amp_schema_t ]; then
        line="struct amp_schema {"
        change="s/^$line/&\\n    uint64_t grown_;/"
    fi
    header=$(grep -l "^$line" "$project"/include/ampersand/*.h)
    sed "$change" "$header" > "$dir/include/ampersand/${header##*/}"
}

cat > "$dir/differs.c" << 'EOF'
#include "ampersand/ampersand.h"
extern char abi_differs[AMP_ABI != ABI ? 1 : -1];
#ifdef TLS_ABI
extern char tls_abi_differs[AMP_TLS_ABI != TLS_ABI ? 1 : -1];
#endif
EOF

result=$(run_app "$project/include")
abi=$(echo "$result" | cut -d ' ' -f 3)
tls_abi=$(echo "$result" | cut -d ' ' -f 4)
[ "${result% * *}" = "AMP_OK AMP_ERR_CONFIG" ] || { echo "an application gets $result" >&2; exit 1; }
cp -R "$project/include" "$dir/include"
checked=0
while read -r type; do
    grow "$type"
    case $type in
    amp_tls_* | amp_anchor_t | amp_pin_t | amp_port_t) with_tls=-DTLS_ABI=${tls_abi}u ;;
    *) with_tls='' ;;
    esac
    ${CC:-cc} -std=c99 -fsyntax-only -I"$dir/include" "-DABI=${abi}u" $with_tls "$dir/differs.c" ||
        { echo "AMP_ABI or AMP_TLS_ABI does not depend on the size of $type" >&2; exit 1; }
    cp "$header" "$dir/include/ampersand/"
    checked=$((checked + 1))
done < "$dir/declared"
[ "$checked" -gt 50 ]

# The library refuses an application with another AMP_ABI.
grow amp_config_t
result=$(run_app "$dir/include")
[ "${result% * *}" = "AMP_ERR_ABI AMP_ERR_ABI" ] ||
    { echo "an application with a larger amp_config_t gets $result" >&2; exit 1; }
echo "$checked structs"

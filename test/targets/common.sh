# SPDX-License-Identifier: MIT
# To be sourced by the parts. Each part writes its own files below $out.
. tools/part.sh
. tools/debian_source.sh
out=$root/$part
export out
mkdir -p "$out"
rm -f "$out"/*.log

# need_tool CHECK PACKAGE...: installs the packages, or skips the target.
need_tool() {
    need "$@" && return 0
    shift
    skip "missing, and cannot be installed here: $*"
}

# target_is DESCRIPTION COMPILER...: checks that the compiler's target has these properties.
target_is() {
    what=$1
    shift
    is=$("$@" -dM -E -xc /dev/null | awk '
        $2 == "__SIZEOF_POINTER__" { bits = 8 * $3 }
        $2 == "__BYTE_ORDER__" { order = $3 }
        $2 == "__CHAR_UNSIGNED__" { sign = "unsigned" }
        END { printf "%d bits, %s endian, char is %s\n", bits, order ~ /BIG/ ? "big" : "little", sign ? sign : "signed" }')
    echo "$part: $is"
    [ "$is" = "$what" ] || { echo "$part: it should be: $what" >&2; return 1; }
}

# SPDX-License-Identifier: MIT
# To be sourced by the parts, which make what is not for all of them in $out.
. tools/part.sh
. tools/debian_source.sh
out=$root/$part
export out
mkdir -p "$out"
rm -f "$out"/*.log

# need_tool CHECK PACKAGE...: or the target is skipped.
need_tool() {
    need "$@" && return 0
    shift
    skip "missing, and not to be installed here: $*"
}

# target_is DESCRIPTION COMPILER...: the compiler's target has these properties.
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

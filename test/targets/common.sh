# SPDX-License-Identifier: MIT
# To be sourced by the parts, which run in the project's folder: $target is the part's name, $out the
# folder for what it makes, and $root the one that the parts share.
. tools/need.sh
. tools/debian_source.sh
jobs=$(nproc 2> /dev/null || echo 2)
mkdir -p "$out"

skip() {
    echo "SKIPPED targets: $target: $1"
    exit 77
}

# need_tool CHECK PACKAGE...: or the target is skipped.
need_tool() {
    need "$@" && return 0
    shift
    skip "missing, and not to be installed here: $*"
}

# target_is WHAT COMPILER...: as the compiler has it.
target_is() {
    what=$1
    shift
    is=$("$@" -dM -E -xc /dev/null | awk '
        $2 == "__SIZEOF_POINTER__" { bits = 8 * $3 }
        $2 == "__BYTE_ORDER__" { order = $3 }
        $2 == "__CHAR_UNSIGNED__" { sign = "unsigned" }
        END { printf "%d bits, %s endian, char is %s\n", bits, order ~ /BIG/ ? "big" : "little", sign ? sign : "signed" }')
    echo "$target: $is"
    [ "$is" = "$what" ] || { echo "$target: it should be: $what" >&2; return 1; }
}

# quietly LOG COMMAND...: its output goes to the file, and is shown if it fails.
quietly() {
    log=$1
    shift
    if ! "$@" > "$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "$target: failed: $*" >&2
        return 1
    fi
}

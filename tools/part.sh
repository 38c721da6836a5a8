# SPDX-License-Identifier: MIT
# To be sourced by a part of a test, which run_parts (tools/parts.sh) runs.
. tools/need.sh
jobs=$(nproc 2> /dev/null || echo 2)

# skip WHY: ends a part whose requirements are not available here.
skip() {
    echo "SKIPPED $suite: $part: $1"
    exit 77
}

# quietly LOG COMMAND...: appends the output of the command to the file, and prints it if the command fails.
quietly() {
    log=$1
    shift
    if ! "$@" >> "$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "$part: failed: $*" >&2
        return 1
    fi
}

# SPDX-License-Identifier: MIT
# To be sourced by the parts, which run in the project's folder with $out for what they make.
. tools/need.sh
jobs=$(nproc 2> /dev/null || echo 2)
cc_strict="${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror"
version=$(sed -n 's/.*AMP_VERSION_STRING "\([0-9.]*\)".*/\1/p' include/ampersand/config.h)
[ -n "$version" ]

# fresh NAME: an empty folder of that name, whose path is printed.
fresh() {
    rm -rf "${out:?}/$1"
    mkdir -p "$out/$1"
    echo "$out/$1"
}

# quietly LOG COMMAND...: its output goes to the file, and is shown if it fails.
quietly() {
    log=$1
    shift
    if ! "$@" >> "$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "failed: $*" >&2
        return 1
    fi
}

skip() {
    echo "SKIPPED packaging: $1"
    exit 77
}

# The sources as a user has them, without what was built: copy_project FOLDER
copy_project() {
    mkdir -p "$1"
    tar -cf - --exclude=./build --exclude='./build-*' --exclude=./.git --exclude='*.pyc' . | tar -xf - -C "$1"
}

# The README shows what is run here: each of the file's lines that matches stands in it.
# readme_shows FILE PATTERN
readme_shows() {
    grep -E "$2" "$1" > "$out/readme.lines"
    while IFS= read -r line; do
        grep -qxF -e "$line" README.md || { echo "README.md does not have this line of $1: $line" >&2; exit 1; }
    done < "$out/readme.lines"
    [ -s "$out/readme.lines" ]
}

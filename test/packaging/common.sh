# SPDX-License-Identifier: MIT
# To be sourced by the parts. Each part writes its files below $out.
. tools/part.sh
. tools/sandbox.sh
out=$root
export out
cc_strict="${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror"
version=$(sed -n 's/.*AMP_VERSION_STRING "\([0-9.]*\)".*/\1/p' include/ampersand/config.h)
[ -n "$version" ]

# fresh NAME: makes an empty folder $out/NAME and prints its path.
fresh() {
    rm -rf "${out:?}/$1"
    mkdir -p "$out/$1"
    echo "$out/$1"
}

# Prints the path of a header that the system's compiler finds.
find_header() {
    echo "#include <$1>" | ${CC:-cc} -E -xc - | sed -n "s|^# [0-9]* \"\(.*/$1\)\".*|\1|p" | head -n 1
}

# copy_project FOLDER: copies the sources as a user gets them, without build results
copy_project() {
    mkdir -p "$1"
    tar -cf - --exclude=./build --exclude='./build-*' --exclude=./.git --exclude='*.pyc' . | tar -xf - -C "$1"
}

# page_shows PAGE FILE PATTERN: checks that the page has each line of the file that matches, because the file
# is what this test runs.
page_shows() {
    grep -E "$3" "$2" > "$out/page.lines"
    while IFS= read -r line; do
        grep -qxF -e "$line" "$1" || { echo "$1 does not have this line of $2: $line" >&2; exit 1; }
    done < "$out/page.lines"
    [ -s "$out/page.lines" ]
}

# Installs the tools of requirements.txt into a virtual environment and sets $venv to its path, or skips.
need_from_pypi() {
    venv=$out/venv
    if cmp -s test/packaging/requirements.txt "$venv/has"; then
        return 0
    fi
    need 'python3 -c "import venv, ensurepip"' python3 python3-venv
    rm -rf "$venv"
    quietly "$out/venv.log" python3 -m venv "$venv"
    "$venv/bin/pip" install --disable-pip-version-check -q -r test/packaging/requirements.txt \
        >> "$out/venv.log" 2>&1 || skip "$1: its tools could not be installed from PyPI ($out/venv.log)"
    cp test/packaging/requirements.txt "$venv/has"
}

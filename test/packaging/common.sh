# SPDX-License-Identifier: MIT
# To be sourced by the parts, which make what they make in $out.
. tools/part.sh
out=$root
export out
cc_strict="${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror"
version=$(sed -n 's/.*AMP_VERSION_STRING "\([0-9.]*\)".*/\1/p' include/ampersand/config.h)
[ -n "$version" ]

# fresh NAME: an empty folder of that name, whose path is printed.
fresh() {
    rm -rf "${out:?}/$1"
    mkdir -p "$out/$1"
    echo "$out/$1"
}

# The path of a header that the system's compiler finds.
find_header() {
    echo "#include <$1>" | ${CC:-cc} -E -xc - | sed -n "s|^# [0-9]* \"\(.*/$1\)\".*|\1|p" | head -n 1
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

# Puts the tools of requirements.txt into a virtual environment whose path is in $venv, or skips.
need_from_pypi() {
    venv=$out/venv
    if cmp -s test/packaging/requirements.txt "$venv/has"; then
        return 0
    fi
    need 'python3 -c "import venv, ensurepip"' python3 python3-venv
    rm -rf "$venv"
    quietly "$out/venv.log" python3 -m venv "$venv"
    "$venv/bin/pip" install --disable-pip-version-check -q -r test/packaging/requirements.txt \
        >> "$out/venv.log" 2>&1 || skip "$1: its tools could not be had from PyPI ($out/venv.log)"
    cp test/packaging/requirements.txt "$venv/has"
}

# Starts the stand-in for the service and exports what reaches it; it ends with this script.
start_sandbox() {
    need_sandbox
    sandbox_dir=$(fresh sandbox)
    mkfifo "$sandbox_dir/alive"
    python3 test/sandbox/sandbox.py --dir "$sandbox_dir" --stdin-guard < "$sandbox_dir/alive" \
        > "$sandbox_dir/log" 2>&1 &
    sandbox_pid=$!
    exec 9> "$sandbox_dir/alive"
    while [ ! -f "$sandbox_dir/ready.json" ]; do
        kill -0 "$sandbox_pid" 2> /dev/null || { cat "$sandbox_dir/log" >&2; exit 1; }
        sleep 0.05
    done
    ready() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$sandbox_dir/ready.json" "$1"; }
    AMP_URL=https://127.0.0.1:$(ready port)/v1
    AMP_CA_FILE=$(ready ca) AMP_API_KEY=$(ready apiKey) AMP_PROJECT=$(ready project)
    export AMP_URL AMP_CA_FILE AMP_API_KEY AMP_PROJECT
}

#!/bin/sh
# SPDX-License-Identifier: MIT
# Starts the sandbox, the stand-in for the service.
#
#   eval "$(sh tools/sandbox.sh)"   starts it and sets AMP_URL, AMP_CA_FILE, AMP_API_KEY and AMP_PROJECT in this shell
#   eval "$(sh tools/sandbox.sh ADDRESS)"   the same on another address of this machine, for a board
#   . tools/sandbox.sh              defines the functions below, for scripts; source need.sh first

# start_sandbox FOLDER: starts the stand-in for the service, and exports AMP_URL, AMP_CA_FILE, AMP_API_KEY and
# AMP_PROJECT. Its files are in FOLDER, which must exist and be empty. Its process is $sandbox_pid. It ends
# when descriptor 9 is closed, so it never outlives this script.
start_sandbox() {
    need_sandbox
    sandbox_dir=$1
    mkfifo "$sandbox_dir/alive"
    python3 test/sandbox/sandbox.py --dir "$sandbox_dir" --stdin-guard < "$sandbox_dir/alive" \
        > "$sandbox_dir/sandbox.log" 2>&1 &
    sandbox_pid=$!
    exec 9> "$sandbox_dir/alive"
    await_sandbox
}

# Waits until the sandbox in $sandbox_dir is ready, and exports its variables.
await_sandbox() {
    while [ ! -f "$sandbox_dir/ready.json" ]; do
        kill -0 "$sandbox_pid" 2> /dev/null || { cat "$sandbox_dir/sandbox.log" >&2; exit 1; }
        sleep 0.05
    done
    # Uses the address, because not every container can resolve localhost. The certificate contains both.
    AMP_URL=$(sandbox_value url | sed "s#//localhost:#//127.0.0.1:#")
    AMP_CA_FILE=$(sandbox_value ca) AMP_API_KEY=$(sandbox_value apiKey) AMP_PROJECT=$(sandbox_value project)
    export AMP_URL AMP_CA_FILE AMP_API_KEY AMP_PROJECT
}

# sandbox_value NAME: prints a value that the sandbox wrote when it was ready.
sandbox_value() {
    python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$sandbox_dir/ready.json" "$1"
}

# quoted TEXT: prints the text as one word of the shell.
quoted() {
    printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

# start_for_shell [ADDRESS]: starts a sandbox that outlives this script, and prints the commands that set its variables. It ends by `kill`, or after an
# hour without a request.
start_for_shell() {
    cd "$(dirname "$0")/.."
    . tools/need.sh
    need_sandbox >&2
    sandbox_dir=$(mktemp -d)
    nohup python3 test/sandbox/sandbox.py --dir "$sandbox_dir" --host "${1:-127.0.0.1}" --idle 3600 --remove \
        < /dev/null > "$sandbox_dir/sandbox.log" 2>&1 &
    sandbox_pid=$!
    await_sandbox
    for name in AMP_URL AMP_CA_FILE AMP_API_KEY AMP_PROJECT; do
        eval "echo \"export $name=\$(quoted \"\$$name\")\""
    done
    echo "AMP_SANDBOX_PID=$sandbox_pid"
    echo "The sandbox ends by: kill $sandbox_pid, or after an hour without a request" >&2
}

case $0 in
*sandbox.sh)
    set -eu
    start_for_shell "$@"
    ;;
esac

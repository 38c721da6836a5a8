# SPDX-License-Identifier: MIT
# To be sourced after need.sh, in the project's folder.

# start_sandbox FOLDER: starts the stand-in for the service with its files in FOLDER, which exists and is empty, and
# exports AMP_URL, AMP_CA_FILE, AMP_API_KEY and AMP_PROJECT. Its process is $sandbox_pid. It ends when descriptor 9 is
# closed, so it never outlives this script.
start_sandbox() {
    need_sandbox
    sandbox_dir=$1
    mkfifo "$sandbox_dir/alive"
    python3 test/sandbox/sandbox.py --dir "$sandbox_dir" --stdin-guard < "$sandbox_dir/alive" \
        > "$sandbox_dir/sandbox.log" 2>&1 &
    sandbox_pid=$!
    exec 9> "$sandbox_dir/alive"
    while [ ! -f "$sandbox_dir/ready.json" ]; do
        kill -0 "$sandbox_pid" 2> /dev/null || { cat "$sandbox_dir/sandbox.log" >&2; exit 1; }
        sleep 0.05
    done
    # By address: not every container can resolve localhost. The certificate names both.
    AMP_URL=https://127.0.0.1:$(sandbox_value port)/v1
    AMP_CA_FILE=$(sandbox_value ca) AMP_API_KEY=$(sandbox_value apiKey) AMP_PROJECT=$(sandbox_value project)
    export AMP_URL AMP_CA_FILE AMP_API_KEY AMP_PROJECT
}

# sandbox_value NAME: prints a value that the sandbox wrote when it was ready.
sandbox_value() {
    python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$sandbox_dir/ready.json" "$1"
}

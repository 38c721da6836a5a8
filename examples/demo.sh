#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the command line client and demonstrates the library over HTTPS. The client generates a connection, reads it, lists
# all connections, judges a healthy and a broken one, and lets a user connect with a QR code. It uses the sandbox of this
# repository, or the real service if AMP_API_KEY and AMP_PROJECT are set.
#
# It generates a connection in the real service only if AMP_DEMO_PROVIDER, AMP_DEMO_GROUP, AMP_DEMO_CONSUMER and
# AMP_DEMO_SECRET_FILE are all set. `build/ampersand connection generate --help` describes the secret file.
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
. tools/sandbox.sh

need_build
need "$(has_header qrcodegen/qrcodegen.h)" libqrcodegen-dev
mkdir -p build
# Prints the percentage that cmake prints, on one line of a terminal.
progress() {
    if [ -t 1 ]; then
        sed -un 's/^\[ *\([0-9]*%\)\].*/\1/p' | while read -r percent; do printf '\rbuilding: %s ' "$percent"; done
        printf '\r\033[K'
    else
        cat > /dev/null
    fi
}

# Keep the configuration of a build folder that the tests use.
[ -f build/CMakeCache.txt ] || tests=-DAMPERSAND_BUILD_TESTS=OFF
echo "building the client"
cmake -S . -B build ${tests:-} > build/demo.log 2>&1 || { tail -n 30 build/demo.log >&2; exit 1; }
{ cmake --build build --target ampersand_cli -j "$(nproc 2> /dev/null || echo 2)" 2>&1; echo $? > build/demo.status; } |
    tee -a build/demo.log | progress
[ "$(cat build/demo.status)" -eq 0 ] || { tail -n 30 build/demo.log >&2; exit 1; }
client=build/ampersand

dir=$(mktemp -d)
clean_up() {
    exec 9>&- 2> /dev/null || true
    [ -z "${sandbox_pid:-}" ] || wait "$sandbox_pid" 2> /dev/null || true
    rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Starts the sandbox and sets the variables that the demonstration needs.
use_sandbox() {
    start_sandbox "$dir"
    printf '{"apiKey":"the-customers-key"}\n' > "$dir/secret.json"
    chmod 600 "$dir/secret.json"
    provider=salesforce group=group-demo consumer=consumer-demo secret=$dir/secret.json
}

# Opens a URL as the user's browser does, which authorizes the connection.
browse() {
    python3 -c 'import ssl, sys, urllib.request as u
u.urlopen(sys.argv[1], context=ssl.create_default_context(cafile=sys.argv[2]), timeout=30).read()' "$1" "$AMP_CA_FILE"
}

# Prints a command, runs it, and prints the bytes and the memory that it used.
show() {
    printf '\n$ ampersand %s\n' "$*"
    "$client" --stats "$@" 2> "$dir/stderr" && status=0 || status=$?
    grep -v '^stats: ' "$dir/stderr" >&2 || true
    sed -n 's/^stats: {"tx":\([0-9]*\),"rx":\([0-9]*\),"tls":"\([^"]*\)".*"work":\([0-9]*\),"client":\([0-9]*\)}.*/(\3, \1 bytes sent and \2 received, including the handshake; memory: client \5 + work buffer \4 bytes)/p' "$dir/stderr"
    return "$status"
}

if [ -n "${AMP_API_KEY:-}" ]; then
    : "${AMP_PROJECT:?set AMP_PROJECT to your project}"
    echo "service: ${AMP_URL:-https://api.withampersand.com/v1}"
    provider=${AMP_DEMO_PROVIDER:-} group=${AMP_DEMO_GROUP:-} consumer=${AMP_DEMO_CONSUMER:-}
    secret=${AMP_DEMO_SECRET_FILE:-}
else
    use_sandbox
    echo "service: a sandbox on this machine, $AMP_URL"
fi

if [ -n "$provider" ] && [ -n "$group" ] && [ -n "$consumer" ] && [ -n "$secret" ]; then
    show --json connection generate --provider "$provider" --group "$group" --consumer "$consumer" \
        --secret-file "$secret" | tee "$dir/made.json"
    id=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' "$dir/made.json")
    [ -n "$id" ] || exit 1
    show connection get "$id"
fi
show connection list ${group:+--group "$group"}

# The sandbox has a healthy and a broken connection, and a user who authorizes at once.
if [ -n "${sandbox_pid:-}" ]; then
    show connection status --provider salesforce --group group-alpha
    show connection status --provider hubspot --group group-beta || [ $? -eq 1 ]
    mkfifo "$dir/shown"
    show connect --provider salesforce --group group-qr --consumer consumer-qr --qr > "$dir/shown" &
    shown_pid=$!
    opened=
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        https://*)
            [ -n "$opened" ] || browse "$line" &
            opened=1
            ;;
        esac
    done < "$dir/shown"
    wait "$shown_pid"
fi

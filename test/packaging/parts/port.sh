# SPDX-License-Identifier: MIT
# The porting guide: runs the commands of port/README.md in their order, in a copy of the project, against the
# sandbox. fill.py writes the code that the guide leaves to its reader.
. test/packaging/common.sh
need_build
work=$(fresh port)
copy_project "$work/sources"
fill=$PWD/test/packaging/port/fill.py

# Completes the code before the block that checks that it is complete.
awk '
    /^```sh$/ { inside = 1; block = ""; next }
    inside && /^```$/ { inside = 0; if (block ~ /grep -n FIXME/) printf "complete\n"; printf "%s", block }
    inside { block = block $0 "\n" }' port/README.md > "$work/guide.sh"
cat > "$work/all.sh" << END
trap 'kill "\$AMP_SANDBOX_PID" 2> /dev/null || true' EXIT
complete() {
    python3 "$fill" port/myboard/amp_myboard.h port/myboard/amp_myboard.c
}
$(cat "$work/guide.sh")
END
[ "$(grep -cE '^complete$|build/port/step[123]( |\)|$)' "$work/guide.sh")" -ge 4 ] || { echo "the guide lacks a step" >&2; exit 1; }
cd "$work/sources" || exit
# The template must compile unchanged with its macro. Without the macro it must compile as an empty file.
$cc_strict -Iinclude -Iport/template -DAMP_TEMPLATE -c port/template/amp_template.c -o "$work/template.o"
$cc_strict -Iinclude -Iport/template -c port/template/amp_template.c -o "$work/empty.o"
sh -eu "$work/all.sh" > "$work/out" 2>&1 || { cat "$work/out" >&2; echo "port/README.md: a command fails" >&2; exit 1; }
cat "$work/out"

# The check must find a port that does not release its connections, and one that waits too long.
start_sandbox "$(fresh sandbox)"
sed -n '/^mkdir -p build.port$/,/^} >/p' "$work/guide.sh" > "$work/config.sh"
. "$work/config.sh"
mkdir "$work/objects"
(cd "$work/objects" && ${CC:-cc} -std=c99 -I"$work/sources/include" -c "$work"/sources/src/*/*.c)
wrong() {
    mkdir "$work/$1"
    sed "$2" port/myboard/amp_myboard.c > "$work/$1/amp_myboard.c"
    ! cmp -s port/myboard/amp_myboard.c "$work/$1/amp_myboard.c" || { echo "$1: nothing was changed" >&2; exit 1; }
    $cc_strict -D_POSIX_C_SOURCE=200809L -DAMP_MYBOARD -Iinclude -Iport/myboard -Ibuild/port "$work/$1/amp_myboard.c" \
        port/myboard/check.c "$work"/objects/*.o -lmbedtls -lmbedx509 -lmbedcrypto -o "$work/$1/check"
    # shellcheck disable=SC3045 # dash, bash and busybox have it
    if (ulimit -n 64 && "$work/$1/check") > "$work/$1/out"; then
        cat "$work/$1/out" >&2
        echo "the check did not notice: $1" >&2
        exit 1
    fi
    grep -q "$3" "$work/$1/out" || { cat "$work/$1/out" >&2; exit 1; }
}
wrong leaks 's/(void)close(state->socket)/(void)state->socket/' '^NOT OK many connections'
wrong waits 's/poll(&waiting, 1, (int)ms)/poll(\&waiting, 1, (int)ms + 2000)/' '^rules: a request ends by its deadline'

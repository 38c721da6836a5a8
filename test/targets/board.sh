# SPDX-License-Identifier: MIT
# To be sourced by the parts for boards without an operating system. Exit status and files use semihosting. A part sets
# $compiler, the command and its machine options, and $flags, the options for this project's files.
. test/targets/common.sh
stride=${stride:-17}
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
# These tests need inet_pton, POSIX sockets or a Debian library, which a board does not have.
needs_a_system="test_device test_ip $(find test/unit -name 'test_posix*.c' -exec basename -s .c {} + | LC_ALL=C sort | tr '\n' ' ')test_qr"
# Compares each byte in each state with the grammar, which takes half a minute on a board. The tables are the
# same on every machine.
same_everywhere=test_json_tables
tls_files=$(find src/tls -name '*.c' -not -name der.c -not -name pem.c -not -name certificate_message.c)
# These three files of tls/ do not need mbedTLS, and have unit tests.
core_files="$(find src -name '*.c' -not -path 'src/tls/*') src/tls/der.c src/tls/pem.c src/tls/certificate_message.c"

# Copies the only headers of this system that a cross compiler may see.
take_headers() {
    need_tool "$(has_header jsmn.h)" libjsmn-dev
    need_tool "$(has_header mbedtls/ssl.h)" libmbedtls-dev
    rm -rf "$out/include"
    mkdir -p "$out/include"
    for header in jsmn.h mbedtls psa; do
        from=/usr/local/include/$header
        [ -e "$from" ] || from=/usr/include/$header
        cp -RL "$from" "$out/include/"
    done
    flags="-std=c99 -Os -ffunction-sections -fdata-sections $warnings -Iinclude -Isrc -isystem $out/include"
    # shellcheck disable=SC2089 # the quotes are part of the macro's value and must reach the compiler
    flags="$flags -Iport/mbedtls -DMBEDTLS_CONFIG_FILE=\"config-small.h\""
}

# compile FOLDER SOURCE...
compile() {
    rm -rf "${out:?}/$1"
    mkdir -p "$out/$1"
    to=$out/$1
    shift
    printf '%s\n' "$@" > "$to/sources"
    if ! xargs -P "$jobs" -I{} sh -c '$0 -c "$2" -o "$1/$(basename "$2" .c).o"' "$compiler $flags" "$to" {} \
        < "$to/sources" > "$to/log" 2>&1; then
        cat "$to/log" >&2
        return 1
    fi
}

# compile_library SIZE-TOOL
compile_library() {
    compile core $core_files
    compile tls $tls_files
    for half in core tls; do
        echo "$part: $half: $(wc -l < "$out/$half/sources") files compile without a warning," \
            "$("$1" -t "$out/$half"/*.o | awk 'END { print $1 }') bytes of code and constants in all"
    done
}

# Warnings of cmocka are disabled: cmocka is not part of this project.
compile_cmocka() {
    debian_source bookworm cmocka 'cmocka_1*.orig.tar.*' "$root" || skip "cmocka: $debian_source_why"
    all_flags=$flags
    flags="-Os -w -DHAVE_SIGNAL_H -I$root/cmocka/include"
    compile cmocka "$root/cmocka/src/cmocka.c"
    flags=$all_flags
}

# test_board: runs every unit test except $needs_a_system and $same_everywhere. $link has the linker's options
# for an image. $run is the command of the emulator.
test_board() {
    # shellcheck disable=SC2090 # as above
    export target out root compiler flags link run stride
    find test/unit -name 'test_*.c' -exec basename -s .c {} + | LC_ALL=C sort |
        grep -vxF "$(echo "$needs_a_system $same_everywhere" | tr ' ' '\n')" > "$out/tests"
    failed=
    xargs -P "$jobs" -n 1 sh test/targets/one_test.sh < "$out/tests" > "$out/passed" || failed=1
    echo "$part: $(wc -l < "$out/passed") of $(wc -l < "$out/tests") programs passed," \
        "$(awk '{ n += $2 } END { print n + 0 }' "$out/passed") tests; not for a board: $needs_a_system $same_everywhere"
    [ -z "$failed" ]
}

# must_fail SOURCE PATTERN: checks that a failure on the board is detected here: exit status 1, and a line
# that matches.
must_fail() {
    image=$out/$(basename "$1" .c)
    # shellcheck disable=SC2090 # as above
    quietly "$image.log" $compiler $flags -isystem "$root/cmocka/include" "$1" "$out/cmocka/cmocka.o" $link -o "$image"
    status=0
    timeout 120 $run "$image" < /dev/null > "$image.log" 2>&1 || status=$?
    if [ "$status" -ne 1 ] || ! grep -q "$2" "$image.log"; then
        cat "$image.log" >&2
        echo "$part: $1 must fail, and ended with $status" >&2
        return 1
    fi
}

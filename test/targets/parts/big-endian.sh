# SPDX-License-Identifier: MIT
# Cross-compiles the project's own build for s390x, with Debian's packages for that architecture.
. test/targets/common.sh
need_build
need_ninja
need_sandbox
need_tool 'echo "#include <stdio.h>" | s390x-linux-gnu-gcc -E -xc -' gcc-s390x-linux-gnu libc6-dev-s390x-cross
need_tool 'command -v qemu-s390x' qemu-user
debian_foreign bookworm s390x "$out" libcmocka-dev libcmocka0 libjsmn-dev libmbedtls-dev libmbedtls14 \
    libmbedx509-1 libmbedcrypto7 libqrcodegen-dev libqrcodegen1 libssl-dev libssl3 ||
    skip "libraries for s390x: $debian_source_why"
debs=$out/s390x/usr
target_is "64 bits, big endian, char is unsigned" s390x-linux-gnu-gcc

# As on the boards, texts are not split in two at every place.
emulator="qemu-s390x;-L;/usr/s390x-linux-gnu;-E;LD_LIBRARY_PATH=$debs/lib/s390x-linux-gnu"
quietly "$out/configure.log" cmake -S . -B "$out/build" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=s390x \
    -DCMAKE_C_COMPILER=s390x-linux-gnu-gcc -DCMAKE_C_FLAGS="-isystem $debs/include/s390x-linux-gnu -DPIECES_STRIDE=17u" \
    -DCMAKE_CROSSCOMPILING_EMULATOR="$emulator" -DCMAKE_LIBRARY_ARCHITECTURE=s390x-linux-gnu \
    -DCMAKE_FIND_ROOT_PATH="$debs;/usr/s390x-linux-gnu" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
    -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
    -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY -DAMPERSAND_WERROR=ON -DAMPERSAND_BUILD_TESTS=ON \
    -DAMPERSAND_BUILD_CLI=ON
quietly "$out/build.log" cmake --build "$out/build" -j "$jobs"

# Excludes test_tls_records, _resume and _out_of_memory, whose handshakes take minutes. test_session.py below
# tests resumption. Also excludes test_json_tables, which takes half a minute here. It compares bytes with the
# grammar, which are the same on every machine.
quietly "$out/tests.log" ctest --test-dir "$out/build" -R '^unit\.|^tls\.test_tls_(clock|memory|misuse|refusals)$' \
    -E '^unit\.test_json_tables$' -j $((2 * jobs)) --no-tests=error --output-on-failure
echo "$part: $(grep -c ' Test .* unit\..* Passed ' "$out/tests.log") programs with unit tests and" \
    "$(grep -c ' Test .* tls\..* Passed ' "$out/tests.log") with tests of TLS passed"

client=$out/ampersand
printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$(echo "$emulator" | tr ';' ' ')" "$out/build/ampersand" > "$client"
chmod +x "$client"
for test in connection session; do
    AMPERSAND_CLI=$client PYTHONDONTWRITEBYTECODE=1 quietly "$out/$test.log" python3 "test/e2e/test_$test.py"
    echo "$part: $(sed -n 's/^Ran \([0-9]* tests\).*/\1/p' "$out/$test.log") of test/e2e/test_$test.py passed"
done

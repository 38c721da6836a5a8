# SPDX-License-Identifier: MIT
# ESP-IDF: the component's CMakeLists.txt compiles it for a 32-bit processor, in the dialects of ESP-IDF 4.4,
# 5.x and 6.0. The headers are those of newlib, lwIP, mbedTLS, and stand-ins for ESP-IDF's; each names the
# versions that it was compared with. Then Espressif's own tools pack and configure the component.
. test/packaging/common.sh
need_build
need 'command -v arm-none-eabi-g++' gcc-arm-none-eabi
need 'arm-none-eabi-gcc -E -xc -include stdlib.h /dev/null' libnewlib-arm-none-eabi
need 'test -f /usr/include/lwip/lwip/sockets.h' liblwip-dev
work=$(fresh esp-idf)
log=$work/log
here=$PWD/test/packaging/esp-idf

# A cross compiler must see these headers and no other headers of this system.
mkdir "$work/jsmn"
cp "$(find_header jsmn.h)" "$work/jsmn/"
mkdir "$work/mbedtls-2.28"
cp -R "$(dirname "$(find_header mbedtls/ssl.h)")" "$work/mbedtls-2.28/"
[ ! -d "$out/../mbedtls-3.6/install/include" ] || cp -R "$out/../mbedtls-3.6/install/include" "$work/mbedtls-3.6"

echo 'set(CONFIG_AMPERSAND_REF_SIZE "200")' > "$work/sdkconfig.cmake"
cmake -DPROJECT="$PWD" -P "$here/requirements.cmake" > "$work/requires" 2>&1
grep -qx 'requires  and in private mbedtls;lwip;esp_timer' "$work/requires" || { cat "$work/requires" >&2; exit 1; }

# compile NAME C-DIALECT C++-DIALECT MBEDTLS CONFIGURED
compile() {
    quietly "$log" cmake -S "$here" -B "$work/$1" -DAMPERSAND="$PWD" -DSDKCONFIG="$work/sdkconfig.cmake" \
        -DHEADERS="$work/jsmn;/usr/include/lwip;$work/$4" -DCONFIGURED="$5" \
        -DCMAKE_SYSTEM_NAME=Generic -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY \
        -DCMAKE_C_COMPILER=arm-none-eabi-gcc -DCMAKE_CXX_COMPILER=arm-none-eabi-g++ \
        -DCMAKE_C_FLAGS="-mcpu=cortex-m3 -std=$2" -DCMAKE_CXX_FLAGS="-mcpu=cortex-m3 -fno-exceptions -std=$3"
    quietly "$log" cmake --build "$work/$1" -j "$jobs"
    # Since 5.5 ESP-IDF turns warnings into errors, and clang reports a #pragma message as a warning.
    ! grep -E ':[0-9]+: (note|warning): ' "$log" || { echo "$1: the diagnostics above" >&2; exit 1; }
    echo "$1: $(find "$work/$1" -name '*.obj' | wc -l) files as $2 over $4"
}

for mbedtls in mbedtls-2.28 mbedtls-3.6; do
    [ -d "$work/$mbedtls" ] || { echo "SKIPPED packaging: ESP-IDF over $mbedtls, which test/mbedtls/run.sh builds"; continue; }
    compile "$mbedtls-gnu99" gnu99 gnu++11 "$mbedtls" OFF
    compile "$mbedtls-gnu17" gnu17 gnu++20 "$mbedtls" ON
    compile "$mbedtls-gnu2x" gnu2x gnu++2b "$mbedtls" ON
done
# The sketch links without a bundle, because some Arduino cores have none (docs/trust.md).
! arm-none-eabi-nm "$work/mbedtls-2.28-gnu17/libplatformio_arduino.a" | grep crt_bundle
# In the sketch with a modem, the port over Arduino's Client is compiled.
arm-none-eabi-nm -C "$work/mbedtls-2.28-gnu17/libplatformio_modem.a" | grep -q ' t amp_arduino_open('
# There the port is compiled.
for function in amp_posix_init amp_device_open_abi; do
    arm-none-eabi-nm "$work/mbedtls-2.28-gnu17/ampersand/lib__idf_ampersand.a" | grep -q " T $function\$"
done

# Runs the example as a board would: several wakes against the sandbox.
quietly "$log" cmake -S . -B "$work/host" -DAMPERSAND_BUILD_CLI=OFF
quietly "$log" cmake --build "$work/host" -j "$jobs"
start_sandbox "$(fresh sandbox)"
mkdir "$work/board"
sed -e 's/^ *config \(.*\)/#define CONFIG_\1 \\/; t' -e 's/^ *default //; t' -e d \
    examples/esp-idf/main/Kconfig.projbuild |
    sed -e "s|\"https:.*\"|\"$AMP_URL\"|; s/\"my-project\"/\"$AMP_PROJECT\"/; s/\"acme\"/\"\"/" > "$work/board/sdkconfig.h"
quietly "$log" ${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -isystem "$here/idf" -I"$work/board" -Iinclude -Iport/posix \
    examples/esp-idf/main/*.c "$here/board.c" "$work/host/libampersand.a" -Wl,--wrap=connect \
    -lmbedtls -lmbedx509 -lmbedcrypto -o "$work/board/app"

# wake LINE...: simulates one wake, whose log must have these lines.
wake() {
    (cd "$work/board" && ./app > log 2>&1) || { cat "$work/board/log" >&2; exit 1; }
    for line in "$@"; do
        grep -q "$line" "$work/board/log" || { cat "$work/board/log" >&2; echo "no line: $line" >&2; exit 1; }
    done
}

wake '^E main: no API key in NVS' '^I main: sleeps for 60 s'
printf '%s' "$AMP_API_KEY" > "$work/board/nvs.api_key"
wake '^I check: dns: ok ' '^I check: clock: ok .*, offset ' '^I check: project: ok' '^I check: .* is working' '^I session: full handshake, [1-9]' '^nvs: written' '^I main: sleeps for 900 s'
wake '^I session: resumed'
! grep -q '^nvs: written\|^I check: dns' "$work/board/log"
# A failed look-up does not lose the session, whose only copy is in RTC memory.
mv "$work/board/nvs.session" "$work/board/session"
BOARD_NO_PEER=1 wake '^E check: .*AMP_ERR_CONNECT' '^I main: sleeps for 60 s'
wake '^I session: resumed' '^I main: sleeps for 900 s'
mv "$work/board/session" "$work/board/nvs.session"
BOARD_OFFLINE=1 wake '^E main: no network' '^I main: sleeps for 60 s'
BOARD_OFFLINE=1 wake '^I main: sleeps for 120 s'
rm "$work/board/rtc"
wake '^I session: resumed' '^I main: sleeps for 900 s'
printf wrong > "$work/board/nvs.api_key"
wake '^E check: .*AMP_ERR_UNAUTHORIZED.* The service says: ' '^I main: sleeps for 60 s'
echo "examples/esp-idf: 9 wakes, a session over sleep, a look-up that failed and a loss of power"

need_from_pypi "ESP-IDF's component manager and configuration"
quietly "$log" "$venv/bin/python" -m kconfgen --kconfig Kconfig --output cmake "$work/kconfig.cmake"
[ "$(grep -c '^set(CONFIG_AMPERSAND_' "$work/kconfig.cmake")" -ge 8 ]
copy_project "$work/sources"
(cd "$work/sources" && quietly "$log" "$venv/bin/compote" component pack --name ampersand --dest-dir "$work/dist") ||
    exit 1
archive=$work/dist/ampersand_$version.tgz
tar -tzf "$archive" | sed 's|^\./||' > "$work/packed.list"
for file in CMakeLists.txt Kconfig idf_component.yml include/ampersand/ampersand.h src/client/client.c port/posix/amp_device.c \
    port/posix/amp_posix.c port/arduino/amp_arduino.h; do
    grep -qx "$file" "$work/packed.list" || { echo "the component lacks $file" >&2; exit 1; }
done
! grep -E '^(test|tools)/' "$work/packed.list"
# Compiles the packed component.
mkdir "$work/component"
tar -xzf "$archive" -C "$work/component"
cp "$work/kconfig.cmake" "$work/sdkconfig.cmake"
(cd "$work/component" && compile packed gnu17 gnu++20 mbedtls-2.28 ON)
page_shows docs/start-esp-idf.md examples/esp-idf/main/idf_component.yml '^dependencies|ampersand:|version: |override_path: ../'

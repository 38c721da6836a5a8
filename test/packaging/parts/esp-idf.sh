# SPDX-License-Identifier: MIT
# ESP-IDF: the component is compiled by its own CMakeLists.txt for a 32-bit processor, in the
# dialects of 4.4, 5.x and 6.0, against newlib, lwIP and mbedTLS and stand-ins for the rest; then
# packed and configured by Espressif's own tools.
. test/packaging/common.sh
need_build
need 'command -v arm-none-eabi-g++' gcc-arm-none-eabi
need 'arm-none-eabi-gcc -E -xc -include stdlib.h /dev/null' libnewlib-arm-none-eabi
need 'test -f /usr/include/lwip/lwip/sockets.h' liblwip-dev
work=$(fresh esp-idf)
log=$work/log
here=$PWD/test/packaging/esp-idf

# A cross compiler must see these and nothing else of this system's headers.
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
    echo "$1: $(find "$work/$1" -name '*.obj' | wc -l) files as $2 over $4"
}

for mbedtls in mbedtls-2.28 mbedtls-3.6; do
    [ -d "$work/$mbedtls" ] || { echo "SKIPPED packaging: ESP-IDF over $mbedtls, which test/mbedtls/run.sh builds"; continue; }
    compile "$mbedtls-gnu99" gnu99 gnu++11 "$mbedtls" OFF
    compile "$mbedtls-gnu17" gnu17 gnu++20 "$mbedtls" ON
    compile "$mbedtls-gnu2x" gnu2x gnu++2b "$mbedtls" ON
done
# The port is not empty there.
arm-none-eabi-nm "$work/mbedtls-2.28-gnu17/ampersand/lib__idf_ampersand.a" | grep -q ' T amp_posix_init$'

need_from_pypi "ESP-IDF's component manager and configuration"
quietly "$log" "$venv/bin/python" -m kconfgen --kconfig Kconfig --output cmake "$work/kconfig.cmake"
[ "$(grep -c '^set(CONFIG_AMPERSAND_' "$work/kconfig.cmake")" -ge 8 ]
copy_project "$work/sources"
(cd "$work/sources" && quietly "$log" "$venv/bin/compote" component pack --name ampersand --dest-dir "$work/dist") ||
    exit 1
archive=$work/dist/ampersand_$version.tgz
tar -tzf "$archive" | sed 's|^\./||' > "$work/packed.list"
for file in CMakeLists.txt Kconfig idf_component.yml include/ampersand/ampersand.h src/client.c port/posix/amp_posix.c; do
    grep -qx "$file" "$work/packed.list" || { echo "the component lacks $file" >&2; exit 1; }
done
! grep -E '^(test|tools)/' "$work/packed.list"
# What was packed is compiled as it is.
mkdir "$work/component"
tar -xzf "$archive" -C "$work/component"
cp "$work/kconfig.cmake" "$work/sdkconfig.cmake"
(cd "$work/component" && compile packed gnu17 gnu++20 mbedtls-2.28 ON)

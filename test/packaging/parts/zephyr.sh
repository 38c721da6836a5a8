# SPDX-License-Identifier: MIT
# Zephyr: the files that module.yml names must exist. kconfiglib, the basis of Zephyr's own Kconfig reader,
# reads Kconfig. CMakeLists.txt compiles the module for a 32-bit processor with newlib, lwIP's sockets and
# stand-ins for Zephyr's headers (compared with Zephyr 3.6). No package registry has Zephyr itself, so no test
# builds with it.
. test/packaging/common.sh
need_build
need 'command -v arm-none-eabi-g++' gcc-arm-none-eabi
need 'arm-none-eabi-gcc -E -xc -include stdlib.h /dev/null' libnewlib-arm-none-eabi
need 'test -f /usr/include/lwip/lwip/sockets.h' liblwip-dev
work=$(fresh zephyr)
log=$work/log
[ -f "$(sed -n 's/^  cmake: //p' zephyr/module.yml)/CMakeLists.txt" ]
[ -f "$(sed -n 's/^  kconfig: //p' zephyr/module.yml)" ]

mkdir "$work/jsmn" "$work/mbedtls"
cp "$(find_header jsmn.h)" "$work/jsmn/"
cp -R "$(dirname "$(find_header mbedtls/ssl.h)")" "$work/mbedtls/"
cp port/mbedtls/config-standard.h "$work/mbedtls/mbedtls/config.h"
printf 'set(CONFIG_AMPERSAND y)\nset(CONFIG_AMPERSAND_REF_SIZE "200")\n' > "$work/options.cmake"

# compile NAME OPTION...
compile() {
    name=$1
    shift
    quietly "$log" cmake -S test/packaging/zephyr -B "$work/$name" -DMODULE="$PWD/zephyr" \
        -DSDKCONFIG="$work/options.cmake" -DHEADERS="/usr/include/lwip;$work/mbedtls" -DJSMN_INCLUDE_DIR="$work/jsmn" \
        -DCMAKE_SYSTEM_NAME=Generic -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY \
        -DCMAKE_C_COMPILER=arm-none-eabi-gcc -DCMAKE_CXX_COMPILER=arm-none-eabi-g++ \
        -DCMAKE_C_FLAGS="-mcpu=cortex-m3 -std=c17 -D_POSIX_C_SOURCE=200809L" -DCMAKE_CXX_FLAGS="-mcpu=cortex-m3 -std=c++17" "$@"
    quietly "$log" cmake --build "$work/$name" -j "$jobs"
    arm-none-eabi-nm "$work/$name/module/libampersand.a" | grep -q ' T amp_posix_init$'
    echo "$name: $(find "$work/$name" -name '*.obj' | wc -l) files"
}

compile plain
! cmake -S test/packaging/zephyr -B "$work/no-jsmn" -DMODULE="$PWD/zephyr" -DSDKCONFIG="$work/options.cmake" \
    -DCMAKE_SYSTEM_NAME=Generic > "$work/no-jsmn.out" 2>&1
grep -q 'set JSMN_INCLUDE_DIR' "$work/no-jsmn.out"

need_from_pypi "Zephyr's Kconfig"
"$venv/bin/python" test/packaging/zephyr/options.py "$PWD/zephyr/Kconfig" "$work/options.cmake"
compile with-kconfig

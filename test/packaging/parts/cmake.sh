# SPDX-License-Identifier: MIT
# CMake: the library is installed static and shared, and found by find_package and by pkg-config. It is also
# used as a subdirectory and by FetchContent. Each consumer is configured, built, linked and run from scratch.
. test/packaging/common.sh
need_build
need 'command -v pkg-config' pkg-config
work=$(fresh cmake)
log=$work/log
consumer=$PWD/test/packaging/consumer

# build_and_run NAME OPTION...: builds and runs the consumer of that name.
build_and_run() {
    name=$1
    shift
    quietly "$log" cmake -S "$work/consumer/${name%-*}" -B "$work/$name" "$@"
    quietly "$log" cmake --build "$work/$name" -j "$jobs"
    "$work/$name/app" > "$work/$name.out"
    grep -q "^ampersand $version: .* reads 1, sets up 1" "$work/$name.out"
    echo "$name: $(cat "$work/$name.out")"
}

# install_as NAME OPTION...
install_as() {
    name=$1
    shift
    quietly "$log" cmake -S . -B "$work/build-$name" -DCMAKE_INSTALL_PREFIX="$work/nowhere" \
        -DAMPERSAND_WERROR=ON -DCMAKE_C_FLAGS=-O1 "$@"
    quietly "$log" cmake --build "$work/build-$name" -j "$jobs"
    # Installs to another prefix than the configured one: the installed files must be relocatable.
    quietly "$log" cmake --install "$work/build-$name" --prefix "$work/$name"
    ! grep -rl "$work" "$work/$name/lib/cmake" "$work/$name/lib/pkgconfig" ||
        { echo "$name: the files above contain a path of the build folder" >&2; exit 1; }
    ! grep -rlE "jsmn(\.h|::)|Jsmn" "$work/$name/lib/cmake" "$work/$name/include" "$work/$name/lib/pkgconfig" ||
        { echo "$name: the files above contain jsmn, which is private" >&2; exit 1; }
}

by_pkg_config() {
    flags=$(PKG_CONFIG_PATH=$work/$1/lib/pkgconfig pkg-config --cflags --libs ampersand)
    [ "$(PKG_CONFIG_PATH=$work/$1/lib/pkgconfig pkg-config --modversion ampersand)" = "$version" ]
    # shellcheck disable=SC2086
    quietly "$log" $cc_strict "$consumer/main.c" $flags -Wl,-rpath,"$work/$1/lib" -o "$work/pkg-config-$1"
    "$work/pkg-config-$1"
}

# The shared library exports only the symbols of test/check/abi.txt, and its name changes with the ABI.
check_abi() {
    library=$1/lib/libampersand.so
    soname=$(readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
    [ "$soname" = "libampersand.so.${version%.*}" ] || { echo "SONAME is $soname" >&2; exit 1; }
    sh test/check/abi.sh . "$library" > "$work/abi.out"
    echo "$soname: $(cat "$work/abi.out")"
}

cp -R "$consumer" "$work/consumer"

install_as static -DAMPERSAND_BUILD_CLI=OFF
build_and_run find-static -DCMAKE_PREFIX_PATH="$work/static"
by_pkg_config static

install_as shared -DBUILD_SHARED_LIBS=ON -DAMPERSAND_SIZES="AMP_REF_SIZE=200"
build_and_run find-shared -DCMAKE_PREFIX_PATH="$work/shared"
grep -q 'REF_SIZE 200' "$work/find-shared.out" # the consumer's own default would differ
by_pkg_config shared | grep 'REF_SIZE 200'
[ "$("$work/shared/bin/ampersand" --version)" = "ampersand $version" ]
check_abi "$work/shared"

# find_package refuses a version that is not installed.
sed 's/ampersand 0.1/ampersand 7.0/' "$consumer/find/CMakeLists.txt" > "$work/consumer/find/CMakeLists.txt"
! cmake -S "$work/consumer/find" -B "$work/find-refused" -DCMAKE_PREFIX_PATH="$work/static" > "$work/refused" 2>&1
grep -q "version: $version" "$work/refused"

copy_project "$work/ampersand-$version"
mkdir -p "$work/consumer/subdirectory/third_party"
ln -s "$work/ampersand-$version" "$work/consumer/subdirectory/third_party/ampersand"
build_and_run subdirectory -DCMAKE_BUILD_TYPE=MinSizeRel -DAMPERSAND_FAST_JSON=ON -DAMPERSAND_LTO=ON
built=$work/subdirectory/third_party/ampersand
objdump -h "$built/libampersand.a" | grep -q 'gnu\.lto'
for file in jsmn_value name_lookup; do
    grep -q "$file.c.o_OPTIONS = -O2" "$built/CMakeFiles/ampersand.dir/flags.make"
done
echo "subdirectory: for size, with AMPERSAND_FAST_JSON and AMPERSAND_LTO"

(cd "$work" && tar -czf "ampersand-$version.tar.gz" "ampersand-$version")
build_and_run fetch -DAMPERSAND_URL="file://$work/ampersand-$version.tar.gz"

for preset in develop sanitize release; do
    (cd "$work/ampersand-$version" && quietly "$log" cmake --preset "$preset" -N)
done
echo "presets: develop, sanitize, release"

for way in find subdirectory fetch; do
    page_shows docs/start-linux.md "$consumer/$way/CMakeLists.txt" 'ampersand|Fetch'
done

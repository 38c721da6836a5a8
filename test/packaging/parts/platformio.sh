# SPDX-License-Identifier: MIT
# PlatformIO: the library is packed, and a copy of examples/platformio/ is built, run against the
# sandbox and tested on this machine from the packed archive. The packages of
# PlatformIO's registry are replaced: SCons comes from PyPI, the platform "native" is a stand-in, and git maps jsmn's
# address to a local repository.
. test/packaging/common.sh
need_build
need 'command -v git' git
need_from_pypi PlatformIO
work=$(fresh platformio)
log=$work/log
export PLATFORMIO_CORE_DIR="$work/core" PLATFORMIO_SETTING_ENABLE_TELEMETRY=no
export PLATFORMIO_SETTING_CHECK_PLATFORMIO_INTERVAL=999 PLATFORMIO_NO_ANSI=true

pio() {
    "$venv/bin/python" test/packaging/platformio/pio.py "$@"
}

make_jsmn() {
    mkdir "$work/jsmn"
    cp "$(find_header jsmn.h)" "$work/jsmn/"
    echo '{"name": "jsmn", "frameworks": "*", "platforms": "*"}' > "$work/jsmn/library.json"
    git -C "$work/jsmn" init -q
    git -C "$work/jsmn" add .
    git -C "$work/jsmn" -c user.name=test -c user.email=test@localhost commit -qm jsmn
    git -C "$work/jsmn" tag v1.1.0
    git config --file "$work/gitconfig" "url.file://$work/jsmn.insteadOf" https://github.com/zserge/jsmn.git
    export GIT_CONFIG_GLOBAL="$work/gitconfig"
}

# The roots of the sketch must equal the output of roots.sh, as far as this system still has those roots.
mozilla=/usr/share/ca-certificates/mozilla
set -- ISRG_Root_X1.crt ISRG_Root_X2.crt GTS_Root_R1.crt GTS_Root_R4.crt
if (cd "$mozilla" && ls "$@") > /dev/null 2>&1; then
    (cd "$mozilla" && sh "$OLDPWD/examples/platformio/roots.sh" "$@") > "$work/roots.h"
    cmp "$work/roots.h" examples/platformio/src/arduino/roots.h
else
    echo "roots: not compared, $mozilla lacks them"
fi

"$venv/bin/python" test/packaging/platformio/seed.py "$PLATFORMIO_CORE_DIR"
make_jsmn

copy_project "$work/sources"
archive=$work/ampersand-$version.tar.gz
pio pkg pack -o "$archive" "$work/sources" >> "$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
tar -tzf "$archive" > "$work/packed"
for file in library.json port/posix/amp_device.h port/posix/amp_device.c port/windows/amp_windows.c port/arduino/amp_arduino.h; do
    grep -qx "$file" "$work/packed" || { echo "the package lacks $file" >&2; exit 1; }
done

cp -R examples/platformio "$work/project"
sed -i "s|symlink://../..|file://$archive|; s|^platform = native|platform = symlink://$PWD/test/packaging/platformio/native|" \
    "$work/project/platformio.ini"
quietly "$log" pio run -d "$work/project" -e native
program=$work/project/.pio/build/native/program
[ -f "$work/project/.pio/libdeps/native/ampersand/library.json" ] # unpacked, as users get it

start_sandbox "$(fresh sandbox)"
AMP_GROUP=nobody "$program" > "$work/none.out"
[ ! -s "$work/none.out" ]
"$program" > "$work/all.out"
grep -q ' is working$' "$work/all.out"
AMP_DOCTOR=1 "$program" > "$work/doctor.out"
[ "$(grep -c '^[a-z]*: ok' "$work/doctor.out")" -eq 6 ] || { cat "$work/doctor.out" >&2; exit 1; }
! AMP_API_KEY=wrong "$program" > "$work/refused.out"
grep -q '(AMP_ERR_UNAUTHORIZED, .* The service says: ' "$work/refused.out"
echo "native: $(head -n 1 "$work/all.out")"

pio test -d "$work/project" -e native > "$work/test.out" 2>&1 || { cat "$work/test.out" >&2; exit 1; }
grep -q ' 5 succeeded' "$work/test.out" || { cat "$work/test.out" >&2; exit 1; }
# A test that fails makes the run fail.
sed -i 's/bad_credentials"/other"/' "$work/project/test/test_answer/test_main.c"
! pio test -d "$work/project" -e native > "$work/failing.out" 2>&1
grep -q '1 failed' "$work/failing.out" || { cat "$work/failing.out" >&2; exit 1; }
echo "pio test: $(grep ' succeeded' "$work/test.out" | tr -d '=' | sed 's/^ *//')"
page_shows docs/start-arduino.md examples/platformio/platformio.ini '^lib_deps = .'

# SPDX-License-Identifier: MIT
# The getting-started guides: runs the commands of docs/start-linux.md in their order, in a copy of the
# project, against the sandbox. Compares the commands and names of the other guides with the files that they
# describe.
. test/packaging/common.sh
need_build
work=$(fresh pages)
copy_project "$work/sources"
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' docs/start-linux.md > "$work/linux.sh"
echo 'kill "$AMP_SANDBOX_PID"' >> "$work/linux.sh"
(cd "$work/sources" && sh -eu "$work/linux.sh") > "$work/linux.out" 2>&1 || { cat "$work/linux.out" >&2; exit 1; }
grep -q ' is working$' "$work/linux.out" || { cat "$work/linux.out" >&2; echo "hello did not list a connection" >&2; exit 1; }
# Runs the demonstration, with the programs that are built already.
(cd "$work/sources" && sh examples/demo.sh) > "$work/demo.out" 2>&1 || { cat "$work/demo.out" >&2; exit 1; }
for line in '^OK ' '^REAUTHORIZE ' '^CONNECTED ' '^\$ ampersand connection list'; do
    grep -q "$line" "$work/demo.out" || { cat "$work/demo.out" >&2; echo "demo.sh: no line $line" >&2; exit 1; }
done
echo "start-linux: $(grep -c . "$work/linux.sh") lines"

# Each option that a guide names must be set by its example, or explained as missing there.
grep -o '^| `CONFIG_[A-Z0-9_]*' docs/start-esp-idf.md | sed 's/.* `//' > "$work/options"
[ "$(wc -l < "$work/options")" -ge 4 ]
while IFS= read -r option; do
    grep -q "^$option=" examples/esp-idf/sdkconfig.defaults || { echo "sdkconfig.defaults lacks $option" >&2; exit 1; }
done < "$work/options"
# The environments that the guide for Arduino uses, and the settings that the sketch requires.
for name in native esp32dev; do
    grep -q -e "-e $name" docs/start-arduino.md
    grep -qx "\[env:$name\]" examples/platformio/platformio.ini
done
# The messages that the guides explain must be those of the programs.
grep -q 'no API key in NVS' docs/start-esp-idf.md
grep -q '"no API key in NVS' examples/esp-idf/main/main.c
echo "start-esp-idf, start-arduino: $(wc -l < "$work/options") options, 2 environments"

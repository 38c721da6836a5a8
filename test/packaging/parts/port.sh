# SPDX-License-Identifier: MIT
# The porting guide: runs the commands of port/README.md in their order in a copy of the project, against the sandbox.
# fill.py writes the parts of the code that the guide leaves to its reader.
. test/packaging/common.sh
need_build
work=$(fresh port)
copy_project "$work/sources"
fill=$PWD/test/packaging/port/fill.py

# The code is completed before the block that checks that it is complete.
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
# The template compiles unchanged, with its macro and, as an empty file, without.
$cc_strict -Iinclude -Iport/template -DAMP_TEMPLATE -c port/template/amp_template.c -o "$work/template.o"
$cc_strict -Iinclude -Iport/template -c port/template/amp_template.c -o "$work/empty.o"
sh -eu "$work/all.sh" > "$work/out" 2>&1 || { cat "$work/out" >&2; echo "port/README.md: a command fails" >&2; exit 1; }
cat "$work/out"

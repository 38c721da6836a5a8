# SPDX-License-Identifier: MIT
# The porting guide: runs the commands of port/README.md in their order in a copy of the project, against the sandbox.
# fill.py writes the parts of the code that the guide leaves to its reader.
. test/packaging/common.sh
need_build
work=$(fresh port)
copy_project "$work/sources"
fill=$PWD/test/packaging/port/fill.py
start_sandbox "$(fresh sandbox)"

# The code is completed before the last block, which checks that it is complete.
awk -v base="$work/step" '
    /^```sh$/ { inside = 1; n++; file = base n ".sh"; next }
    /^```$/ { inside = 0 }
    inside { print > file }' port/README.md
[ -f "$work/step5.sh" ] && [ ! -f "$work/step6.sh" ] || { echo "the guide has not five blocks" >&2; exit 1; }
cd "$work/sources" || exit
# The template compiles unchanged, with its macro and, as an empty file, without.
$cc_strict -Iinclude -Iport/template -DAMP_TEMPLATE -c port/template/amp_template.c -o "$work/template.o"
$cc_strict -Iinclude -Iport/template -c port/template/amp_template.c -o "$work/empty.o"
for step in 1 2 3 4 5; do
    [ "$step" -lt 5 ] || python3 "$fill" port/myboard/amp_myboard.h port/myboard/amp_myboard.c
    sh -eu "$work/step$step.sh" || { echo "port/README.md: block $step fails" >&2; exit 1; }
done

# SPDX-License-Identifier: MIT
# The porting guide, to the letter: the commands of port/README.md are run one after the other in a
# copy of the project, against the sandbox; what the guide leaves to its reader is filled in here.
. test/packaging/common.sh
need_build
work=$(fresh port)
copy_project "$work/sources"
fill=$PWD/test/packaging/port/fill.py
start_sandbox "$(fresh sandbox)"

# Block by block: the gaps are filled in before the last one, which finds none left.
awk -v base="$work/step" '
    /^```sh$/ { inside = 1; n++; file = base n ".sh"; next }
    /^```$/ { inside = 0 }
    inside { print > file }' port/README.md
[ -f "$work/step5.sh" ] && [ ! -f "$work/step6.sh" ] || { echo "the guide has not five blocks" >&2; exit 1; }
cd "$work/sources" || exit
# A port in the making compiles as it is: for the files to be found empty elsewhere, too.
$cc_strict -Iinclude -Iport/template -DAMP_TEMPLATE -c port/template/amp_template.c -o "$work/template.o"
$cc_strict -Iinclude -Iport/template -c port/template/amp_template.c -o "$work/empty.o"
for step in 1 2 3 4 5; do
    [ "$step" -lt 5 ] || python3 "$fill" port/myboard/amp_myboard.h port/myboard/amp_myboard.c
    sh -eu "$work/step$step.sh" || { echo "port/README.md: block $step fails" >&2; exit 1; }
done

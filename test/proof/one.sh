#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs one proof, with the CBMC that run.sh has downloaded: one.sh FOLDER NAME. Additional arguments are in
# the proof's file, in lines that begin with `/* cbmc`. If AMPERSAND_PROOF is deep, those of `/* deep` follow
# and override them: longer inputs, for a manual run.
set -eu
out=$1
name=$2
log=$out/$name.log
given=$(sed -n 's|^/\* cbmc \(.*\) \*/$|\1|p' "test/proof/proof_$name.c")
deep=
[ "${AMPERSAND_PROOF:-}" != deep ] || deep=$(sed -n 's|^/\* deep \(.*\) \*/$|\1|p' "test/proof/proof_$name.c")
size=-DAMP_FAST_HEAD=0
[ "$name" != scan ] || size=
if ! sh "$out/cbmc.sh" --bounds-check --pointer-check --pointer-overflow-check --signed-overflow-check \
    --undefined-shift-check --div-by-zero-check --unwinding-assertions --slice-formula $size \
    -Iinclude -Isrc -Itest/proof \
    test/proof/libc.c "test/proof/proof_$name.c" ${given:?proof_$name.c has no line with arguments of CBMC} $deep > "$log" 2>&1; then
    grep -E 'FAILURE|rror' "$log" >&2 || tail -n 20 "$log" >&2
    echo "the proof of $name fails: $log" >&2
    exit 1
fi
echo "$name: $(sed -n 's/^\*\* 0 of \([0-9]*\) failed.*/\1/p' "$log") properties hold"

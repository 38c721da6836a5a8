#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves, with CBMC, the statements of proof_*.c. For every value that they leave open, no byte outside of the
# code's memory is accessed. No shift or addition is undefined behaviour, and each prove() holds. The code is
# compiled as for size on a board. proof_scan.c proves the fast paths of other builds.
#
#   sh test/proof/run.sh           all proofs
#   sh test/proof/run.sh NAME...   only these: automaton, response ...
#
# CBMC is from Debian trixie. It runs with trixie's C library, which is not installed on the system. If CBMC
# cannot be installed, a desktop skips the proofs by name. They fail where CI is set, as .ci/run and CI
# services do. AMPERSAND_PROOF=0 skips them anywhere. AMPERSAND_PROOF=deep proves them for longer inputs,
# which takes minutes. Everything is below build/proof (or $AMPERSAND_BUILD/proof).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh

skip() {
    echo "SKIPPED proofs: $1"
    exit 0
}

# lack WHY: CBMC cannot be installed. Skips the proofs on a desktop, and fails where CI is set.
lack() {
    [ -n "${CI:-}" ] || skip "$1"
    echo "CBMC for the proofs cannot be installed: $1 (AMPERSAND_PROOF=0 skips them)" >&2
    exit 1
}

[ "${AMPERSAND_PROOF:-1}" != 0 ] || skip "AMPERSAND_PROOF is 0"
[ "$(dpkg --print-architecture 2> /dev/null)" = amd64 ] || lack "CBMC is only downloaded for amd64"
need_build
mkdir -p "${AMPERSAND_BUILD:-build}/proof"
out=$(cd "${AMPERSAND_BUILD:-build}/proof" && pwd)
for package in cbmc libc6 libstdc++6 libgcc-s1 minisat zlib1g; do
    debian_binary trixie "$package" "${package}_*.deb" "$out" || lack "$package: $debian_source_why"
done
lib=lib/x86_64-linux-gnu
path=
for package in libc6 libstdc++6 libgcc-s1 zlib1g; do
    path=$path$out/$package/usr/$lib:$out/$package/$lib:
done
cat > "$out/cbmc.sh" << END
exec "$out/libc6/usr/$lib/ld-linux-x86-64.so.2" --library-path "$path$out/minisat/usr/lib" "$out/cbmc/usr/bin/cbmc" "\$@"
END
# Checks that CBMC finds a known fault.
printf 'int main(void) { int a[2]; unsigned i; return a[i %% 3]; }\n' > "$out/wrong.c"
if sh "$out/cbmc.sh" --bounds-check "$out/wrong.c" > "$out/wrong.log" 2>&1 || ! grep -q 'a\[.*FAILURE' "$out/wrong.log"; then
    tail -n 20 "$out/wrong.log" >&2
    echo "CBMC did not find the fault in a wrong program" >&2
    exit 1
fi

[ "$#" -gt 0 ] || set -- writer value automaton token scan string unescape header response der ip url utf8 dial feed run time date retry session names
printf '%s\n' "$@" | xargs -P "$(nproc 2> /dev/null || echo 2)" -n 1 sh test/proof/one.sh "$out"

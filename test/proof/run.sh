#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves, with CBMC, what proof_*.c say: for every value that they leave open, no byte is touched that is not
# the code's, no shift or sum has no meaning, and each prove() holds. The code is that of a build for size, as
# on a board; proof_scan.c has the short cuts of the others.
#
#   sh test/proof/run.sh           all of them
#   sh test/proof/run.sh NAME...   these alone: automaton, response ...
#
# CBMC is of Debian's trixie, run with the C library it was made for, which the system never sees. Where it cannot
# be had, a desktop skips the proofs by name; they fail where CI is set, as .ci/run and CI services do.
# AMPERSAND_PROOF=0 skips them anywhere. AMPERSAND_PROOF=deep proves them for longer inputs, which takes minutes.
# Everything is below build/proof (or $AMPERSAND_BUILD/proof).
set -eu
cd "$(dirname "$0")/../.."
. tools/need.sh
. tools/debian_source.sh

skip() {
    echo "SKIPPED proofs: $1"
    exit 0
}

# lack WHY: CBMC cannot be had.
lack() {
    [ -n "${CI:-}" ] || skip "$1"
    echo "no CBMC for the proofs: $1 (AMPERSAND_PROOF=0 skips them)" >&2
    exit 1
}

[ "${AMPERSAND_PROOF:-1}" != 0 ] || skip "AMPERSAND_PROOF is 0"
[ "$(dpkg --print-architecture 2> /dev/null)" = amd64 ] || lack "CBMC is fetched for amd64 alone"
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
# Shows that the tool finds a fault.
printf 'int main(void) { int a[2]; unsigned i; return a[i %% 3]; }\n' > "$out/wrong.c"
if sh "$out/cbmc.sh" --bounds-check "$out/wrong.c" > "$out/wrong.log" 2>&1 || ! grep -q 'a\[.*FAILURE' "$out/wrong.log"; then
    tail -n 20 "$out/wrong.log" >&2
    echo "CBMC does not see what is wrong" >&2
    exit 1
fi

[ "$#" -gt 0 ] || set -- writer automaton scan string unescape header response der ip url utf8 dial feed run time date retry session names
printf '%s\n' "$@" | xargs -P "$(nproc 2> /dev/null || echo 2)" -n 1 sh test/proof/one.sh "$out"
